"""Measures of support that a project may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valuations import tokens
from integrator.project_sheets.valued.amounts import Amount, amount, amount_text
from integrator.project_sheets.valued.lines import figure_line, head
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

FIGURES = ("support_premium", "support_amount")
_SPANS = (4, 2, 2, 4)


def has_support(valued: Valued) -> bool:
    """Whether anything is decided: a measure is open to the project, or is not."""
    return any(row["eligible"] for row in valued.rows("supports"))


def write_support(page: Page, content: SheetContent, words: Wording) -> None:
    """One row a measure, then the sum of the premiums."""
    valued = content.valued
    head(page, _SPANS, ("measure", "eligible", "premium", "lacking"), words)
    for row in valued.rows("supports"):
        _measure(page, row, words)
    for name in FIGURES:
        figure_line(page, valued, name, words)
    sources = dict.fromkeys(_source(row, words) for row in valued.rows("supports"))
    page.note(words("worth.support.sources", sources=words.joined(sources)))


def _measure(page: Page, row: Row, words: Wording) -> None:
    answer = words(f"worth.eligible.{row['eligible'] or 'unknown'}")
    if row["to_confirm"] == "yes" and row["eligible"] != "no":
        answer = words("worth.to_confirm", answer=answer) if row["eligible"] else words("worth.eligible.to_confirm")
    page.line(
        [
            Cell(4, row["label"], theme.FACT),
            Cell(2, answer, theme.FACT),
            Cell(2, _premium(row, words), {**theme.FACT, "italic": True}),
            Cell(4, names(words.language).inputs(tokens(row["missing"])), theme.FACT_LABEL),
        ],
        least=11,
    )


def _premium(row: Row, words: Wording) -> str:
    low, high = row["premium_low"], row["premium_high"]
    if not high:
        return "–"
    return amount_text(Amount(low, None, high, "share", row["verified"] == "no" or row["to_confirm"] == "yes"), words)


def _source(row: Row, words: Wording) -> str:
    mark = "" if row["verified"] == "yes" else words("worth.basis.unverified")
    return words.listed(part for part in (row["source"], row["date"], mark) if part)


def lacking_support(valued: Valued, words: Wording) -> str:
    """What lacks for an answer, and up to what the premiums could go."""
    missing = names(words.language).inputs(
        dict.fromkeys(token for row in valued.rows("supports") for token in tokens(row["missing"]))
    )
    parts = [words("worth.missing", inputs=missing)] if missing else []
    premium = valued.known("support_premium")
    if premium:
        parts.append(words("worth.support.up_to", premium=amount_text(amount(premium[0]), words)))
    return words.joined(parts)
