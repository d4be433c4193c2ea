"""The next steps upstream: needs that would follow from making the part here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valued.amounts import amount, amount_text
from integrator.project_sheets.valued.lines import head
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

_SPANS = (4, 3, 3, 2)


def has_upstream(valued: Valued) -> bool:
    """Whether a bill of materials says which input is the next."""
    return any(row["basis"] == "bom" for row in valued.rows("upstream"))


def lacking_upstream(valued: Valued, words: Wording) -> str:
    """Inputs by the lexicon, which knows no values; without any that none is known."""
    rows = valued.rows("upstream")
    if not rows:
        return words("worth.upstream.none")
    said = (row["label"] if row["suppliers"] is None else f"{row['label']} ({row['suppliers']})" for row in rows)
    return words("worth.upstream.proposed", steps=words.listed(dict.fromkeys(said)))


def write_upstream(page: Page, content: SheetContent, words: Wording) -> None:
    """One row an input with what it follows from."""
    head(page, _SPANS, ("step", "imported", "processes", "basis"), words)
    valued = content.valued
    for row in valued.rows("upstream"):
        value = amount(row)
        page.line(
            [
                Cell(4, _step(row, valued, words), theme.FACT),
                Cell(3, _value(row, words) if value is None else amount_text(value, words), theme.FACT),
                Cell(3, _processes(row, words), theme.FACT),
                Cell(2, words(f"worth.upstream.{row['basis']}"), theme.FACT_LABEL),
            ],
            least=11,
        )
    page.note(words("worth.upstream.note"))


def _step(row: Row, valued: Valued, words: Wording) -> str:
    """The input, what it goes into, and what else may be larger."""
    into = row["path"].split(" > ")[-2]
    part = valued.needs.get(into) or names(words.language).concept(into)
    text = words("worth.upstream.from", step=row["label"], part=part)
    return words("worth.upstream.rivals", step=text, rivals=row["rivals"]) if row["rivals"] else text


def _value(row: Row, words: Wording) -> str:
    return words("worth.upstream.no_value") if row["basis"] == "lexicon" else words("worth.unknown")


def _processes(row: Row, words: Wording) -> str:
    if row["suppliers"] is None:
        return row["processes"] or "–"
    return words("worth.upstream.suppliers", processes=row["processes"], count=row["suppliers"])
