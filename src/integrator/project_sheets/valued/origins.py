"""Whether the product is originating under each agreement, today and localised, and which lines decide it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import COLUMNS, Cell
from integrator.project_sheets.valuations import tokens
from integrator.project_sheets.valued.amounts import amount, amount_text
from integrator.project_sheets.valued.lines import head, lacking_line
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

_SPANS = (3, 3, 3, 3)
_STATES = ("today", "localised")


def has_origins(valued: Valued) -> bool:
    """Whether there is a bill of materials to tell it from."""
    return bool(valued.rows("origins"))


def write_origins(page: Page, content: SheetContent, words: Wording) -> None:
    """A table a product: one row an agreement, below it what was not read in the primary text."""
    for of, rows in groupby(content.valued.rows("origins"), key=lambda row: row["of"]):
        found = list(rows)
        page.line([Cell(COLUMNS, words("worth.origin.of", of=of), theme.SUBJECT)])
        head(page, _SPANS, ("agreement", "today", "localised", "deciding"), words)
        for agreement, states in groupby(found, key=lambda row: row["agreement"]):
            _agreement(page, agreement, {row["state"]: row for row in states}, words)
        lacking_line(page, [token for row in found for token in tokens(row["missing"])], words)
    page.note(words("worth.origin.note"))


def _agreement(page: Page, agreement: str, states: Mapping[str, Row], words: Wording) -> None:
    known = names(words.language)
    cells = [Cell(_SPANS[0], known.agreement(agreement), theme.FACT)]
    for span, state in zip(_SPANS[1:], _STATES, strict=False):
        row = states.get(state)
        cells.append(Cell(span, words("worth.origin.same") if row is None else _state(row, words), theme.FACT))
    lines = dict.fromkeys(token for row in states.values() for token in tokens(row["deciding"]))
    cells.append(Cell(_SPANS[3], ", ".join(lines) or "–", theme.FACT))
    page.line(cells, least=11)
    unverified = dict.fromkeys(token for row in states.values() for token in tokens(row["unverified"]))
    if unverified:
        sources = dict.fromkeys(_source(row) for row in states.values() if row["source"])
        text = words("worth.origin.unverified", what=known.inputs(unverified), source=", ".join(sources))
        page.line([Cell(COLUMNS, text, theme.SMALL)], least=11)


def _state(row: Row, words: Wording) -> str:
    """Yes, no or not known, with the share against the limit; ≈ where the rule was not verified."""
    answer = words(f"worth.origin.{row['originating'] or 'unknown'}")
    share = amount(row, "share", "share", is_estimated=bool(row["unverified"]))
    if share is None or (row["limit"] is None and not row["originating"]):
        return answer
    said = words("worth.origin.share", share=amount_text(share, words))
    if row["limit"] is None:
        return f"{answer} ; {said}"
    limit = words("worth.percent", number=words.number(row["limit"] * 100, 0))
    return f"{answer} ; {said}, {words('worth.origin.limit', limit=limit, rule=row['rule'])}"


def _source(row: Row) -> str:
    return f"{row['source']} ({row['date']})" if row["date"] else str(row["source"])
