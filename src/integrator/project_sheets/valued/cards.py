"""The cards of a valuation on page one: gross and net side by side, jobs, the cost gap; never a bare estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import COLUMNS, Cell, Page
from integrator.project_sheets.valuations import ESTIMATED, MISSING, tokens
from integrator.project_sheets.valued.amounts import amount, amount_text
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.valuations import Row
    from integrator.wording import Wording

CARDS = ("gross_import_replaced", "net_domestic_value", "jobs", "cost_gap")
_MOST_NAMED = 3
"""Missing inputs that a card names; the sections name them all."""


def write_cards(page: Page, content: SheetContent, words: Wording) -> None:
    """Four cards, and the legend of the mark when one of them bears it."""
    figures = [(name, content.valued.figure(name)) for name in CARDS]
    page.gap(4)
    page.line([Cell(3, words(f"sheet.card.{name}"), theme.CARD_LABEL) for name, _ in figures], least=15)
    page.line([_value(row, words) for _, row in figures], least=22)
    page.line([Cell(3, _note(row, words), theme.CARD_NOTE) for _, row in figures], least=15)
    if any(row and row["status"] != MISSING and amount_text(amount(row), words).startswith("≈") for _, row in figures):
        page.line([Cell(COLUMNS, words("worth.legend"), theme.SMALL)])


def figure_text(row: Row, words: Wording) -> str:
    """A figure in short; a gap above zero with its sign."""
    value = amount(row)
    text = amount_text(value, words, short=True)
    if row["figure"] == "cost_gap" and value is not None and value.low > 0:
        return f"{value.mark}+{text.removeprefix(value.mark)}"
    return text


def first_inputs(missing: Sequence[str], most: int, words: Wording) -> str:
    """The first missing inputs, and how many more there are; never "and 1 more"."""
    shown = missing if len(missing) <= most + 1 else missing[:most]
    lacking = names(words.language).inputs(shown)
    if len(shown) == len(missing):
        return lacking
    return words("worth.more", inputs=lacking, count=len(missing) - len(shown))


def _value(row: Row | None, words: Wording) -> Cell:
    value = amount(row) if row else None
    is_withheld = row is not None and row["missing"] == "confidential"
    text = words("level.word") if is_withheld else figure_text(row, words) if row else words("worth.unknown")
    look = theme.CARD_UNKNOWN if value is None else theme.CARD_VALUE
    size = 13 if len(text) <= 16 else 11 if len(text) <= 26 else 9
    return Cell(3, text, {**look, "font_size": size, "italic": value is not None and value.is_estimated})


def _note(row: Row | None, words: Wording) -> str:
    """How it is known, or what lacks for it."""
    if row is None or row["missing"] == "confidential":
        return ""
    lacking = first_inputs(tokens(row["missing"]), _MOST_NAMED, words)
    if row["status"] == MISSING:
        return words("worth.missing", inputs=lacking) if lacking else ""
    if row["figure"] == "cost_gap" and (row["low"] > 0 or row["high"] < 0):
        side = words("front.dearer" if row["low"] > 0 else "front.cheaper")
        return words.joined((side, words("worth.card.estimated"))) if row["status"] == ESTIMATED else side
    if row["status"] == ESTIMATED:
        return words("worth.card.estimated")
    return words("worth.vague", inputs=lacking) if lacking else words("worth.card.known")
