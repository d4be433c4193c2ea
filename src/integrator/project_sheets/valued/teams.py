"""Suppliers that together have every process of a need: who makes what, who leads, on whom it hangs."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import COLUMNS, Cell
from integrator.project_sheets.valued.amounts import Amount, amount_text
from integrator.project_sheets.valued.lines import head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.project_sheets.wording import Wording

_SPANS = (2, 5, 5)


def has_teams(valued: Valued) -> bool:
    """Whether a team, or an incomplete one, was found."""
    return bool(valued.rows("teams"))


def write_teams(page: Page, content: SheetContent, words: Wording) -> None:
    """One row a team, the best first, the nearest incomplete one last."""
    valued = content.valued
    head(page, _SPANS, ("team", "members", "remarks"), words)
    teams = [list(rows) for _, rows in groupby(valued.rows("teams"), key=lambda row: row["team"])]
    for rows in sorted(teams, key=lambda rows: (rows[0]["team"] == 0, rows[0]["team"])):
        members = "\n".join(dict.fromkeys(_member(row, valued, words) for row in rows))
        page.line(
            [
                Cell(2, _title(rows[0], words), {**theme.FACT, "bold": True}),
                Cell(5, members, theme.FACT),
                Cell(5, _remarks(rows, words), theme.FACT),
            ],
            least=11,
        )
    page.line([Cell(COLUMNS, words("worth.team.note"), theme.SMALL)])


def _title(row: Row, words: Wording) -> str:
    return words("worth.team.incomplete") if row["team"] == 0 else words("worth.team.number", number=row["team"])


def _member(row: Row, valued: Valued, words: Wording) -> str:
    """`emboutissage : Emboutis Démo Un (chef de file, seul possible)`."""
    if not row["supplier_id"]:
        return f"{row['label']} : {words('worth.team.nobody')}"
    marks = [words(f"worth.team.{name}") for name in ("lead", "single") if row[name] == "yes"]
    name = valued.suppliers.get(row["supplier_id"], row["supplier_id"])
    return f"{row['label']} : {name}" + (f" ({', '.join(marks)})" if marks else "")


def _remarks(rows: Sequence[Row], words: Wording) -> str:
    """Its cost, that it is not certain, and the sentences of the notes."""
    first = rows[0]
    said = []
    cost = _cost(first)
    if cost is not None:
        said.append(words("worth.team.cost", cost=amount_text(cost, words)))
    if first["team"] and any(row["firm"] == "no" for row in rows):
        said.append(words("worth.team.unsure"))
    notes = (sentence for row in rows for sentence in row["note"].split("\n") if sentence)
    return "\n".join(dict.fromkeys((*said, *notes)))


def _cost(row: Row) -> Amount | None:
    if row["cost_low"] is None or row["cost_high"] is None:
        return None
    return Amount(row["cost_low"], None, row["cost_high"], f"{row['money']}/year")
