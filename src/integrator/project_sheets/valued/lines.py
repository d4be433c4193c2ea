"""Rows that several sections share: a figure with its note, the head of a table, what lacks, what nobody stated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import COLUMNS, LEAST_AFTER_HEAD, Cell
from integrator.project_sheets.valuations import MISSING, tokens
from integrator.project_sheets.valued.amounts import amount, amount_cell, amount_text
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

_NOT_STATED = ("default", "assumption")


def figure_line(page: Page, valued: Valued, name: str, words: Wording, *, lacking: bool = True) -> None:
    """A figure: what it is, its value, and how it is known; nothing when the tables do not have it.

    What it lacks stands beside it too, unless `lacking` is false: a section then says it once for all its figures.
    """
    row = valued.figure(name)
    if row is None:
        return
    page.line(
        [
            Cell(4, names(words.language).figure(name), theme.LABEL),
            amount_cell(3, amount(row), words),
            Cell(5, _note(valued, row, words, lacking=lacking), theme.SMALL),
        ]
    )


def known_lines(page: Page, valued: Valued, order: Sequence[str], words: Wording) -> list[str]:
    """Figures that are known, one a line, then the names of the others in one line, and what lacks for them.

    Returns the names of those known.
    """
    known = [row["figure"] for row in valued.known(*order)]
    for name in known:
        figure_line(page, valued, name, words, lacking=False)
    unknown = [name for name in order if name in valued.figures and name not in known]
    if unknown:
        said = words.listed(map(names(words.language).figure, unknown))
        page.line([Cell(4, words("worth.unknown").capitalize(), theme.LABEL), Cell(8, said, theme.SMALL)])
    lacking_line(page, valued.missing(*order), words)
    return known


def _note(valued: Valued, row: Row, words: Wording, *, lacking: bool) -> str:
    """What lacks, what it rests on when it is an estimate, and the note of the figure."""
    known = names(words.language)
    missing = known.inputs(tokens(row["missing"])) if lacking else ""
    if row["status"] == MISSING:
        return words("worth.missing", inputs=missing) if missing else known.note(row["note"]) if lacking else ""
    parts = (
        _basis(valued, row["figure"], words),
        words("worth.vague", inputs=missing) if missing else "",
        known.note(row["note"]),
    )
    return words.joined(parts)


def _basis(valued: Valued, name: str, words: Wording) -> str:
    """What an estimate rests on that nobody stated."""
    inputs = valued.inputs.get(name, ())
    kinds = [kind for kind in _NOT_STATED if any(one["kind"] == kind for one in inputs)]
    if any(one["verified"] == "no" for one in inputs):
        kinds.append("unverified")
    return words.listed(words(f"worth.basis.{kind}") for kind in kinds)


def head(page: Page, spans: Sequence[int], keys: Sequence[str], words: Wording, *, numbers: Sequence[str] = ()) -> None:
    """The head of a table; `keys` end the keys `worth.col.` of the wording, `numbers` stand over numbers."""
    page.keep(LEAST_AFTER_HEAD)
    looks = (theme.HEAD_RIGHT if key in numbers else theme.HEAD for key in keys)
    cells = zip(spans, (words(f"worth.col.{key}") for key in keys), looks, strict=True)
    page.line([Cell(*cell) for cell in cells], least=15)


def lacking_line(page: Page, missing: Iterable[str], words: Wording) -> None:
    """What a section lacks, each input once; no line when that is nothing."""
    text = names(words.language).inputs(missing)
    if text:
        page.line([Cell(4, words("worth.lacking"), theme.LABEL), Cell(COLUMNS - 4, text, theme.SMALL)])


def not_stated_lines(page: Page, valued: Valued, figures: Iterable[str], words: Wording) -> None:
    """Each default, assumption or value that is not verified and went into the figures, with its source."""
    found: dict[str, None] = {}
    for name in figures:
        for one in valued.inputs.get(name, ()):
            if one["kind"] in _NOT_STATED or one["verified"] == "no":
                found[_said(one, words)] = None
    if found:
        page.line([Cell(4, words("worth.not_stated"), theme.LABEL), Cell(COLUMNS - 4, "\n".join(found), theme.SMALL)])


def _said(one: Row, words: Wording) -> str:
    text = words.told(names(words.language).input(one["input"]), amount_text(amount(one, is_estimated=True), words))
    return f"{text} ({', '.join(filter(None, (kind_text(one, words), one['source'], one['date'])))})"


def kind_text(one: Row, words: Wording) -> str:
    """Whether an input was stated, and whether it was verified."""
    text = words(f"worth.kind.{one['kind']}")
    return f"{text}, {words('worth.basis.unverified')}" if one["verified"] == "no" else text
