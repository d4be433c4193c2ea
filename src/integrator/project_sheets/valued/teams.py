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
    from integrator.wording import Wording

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
        page.line(
            [
                Cell(2, _title(rows[0], words), {**theme.FACT, "bold": True}),
                Cell(5, _members(rows, valued, words), theme.FACT),
                Cell(5, _remarks(rows, valued, words), theme.FACT),
            ],
            least=11,
        )
    page.line([Cell(COLUMNS, words("worth.team.note"), theme.SMALL)])


def _title(row: Row, words: Wording) -> str:
    return words("worth.team.incomplete") if row["team"] == 0 else words("worth.team.number", number=row["team"])


def _members(rows: Sequence[Row], valued: Valued, words: Wording) -> str:
    """`Emboutis Un (chef de file) : emboutissage`, one member a line; last the processes that nobody has."""
    processes: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: (not row["supplier_id"], row["step"])):
        processes.setdefault(row["supplier_id"], []).append(row["label"])
    leads = {row["supplier_id"] for row in rows if row["lead"] == "yes"}
    return "\n".join(
        words.told(_led(_name(one, valued, words), one in leads, words), words.listed(of))
        for one, of in processes.items()
    )


def _led(name: str, leads: bool, words: Wording) -> str:
    return words("worth.team.lead", name=name) if leads else name


def _name(supplier_id: str, valued: Valued, words: Wording) -> str:
    return valued.suppliers.get(supplier_id, supplier_id) if supplier_id else words("worth.team.nobody")


def _remarks(rows: Sequence[Row], valued: Valued, words: Wording) -> str:
    """Its cost, on whom it hangs, that it is not certain, and the sentences of the notes."""
    first = rows[0]
    said = []
    cost = _cost(first)
    if cost is not None:
        said.append(words("worth.team.cost", cost=amount_text(cost, words)))
    said += _single(rows, valued, words)
    notes = [sentence for row in rows for sentence in row["note"].split("\n") if sentence]
    if first["team"] and not notes and any(row["firm"] == "no" for row in rows):
        said.append(words("worth.team.unsure"))
    return "\n".join(dict.fromkeys((*said, *notes)))


def _single(rows: Sequence[Row], valued: Valued, words: Wording) -> list[str]:
    """The members on whom the team hangs; of a firm that is alone nothing is said."""
    members = {row["supplier_id"] for row in rows}
    single = dict.fromkeys(row["supplier_id"] for row in rows if row["single"] == "yes")
    if not single or len(members) == 1:
        return []
    if set(single) == members:
        return [words("worth.team.single_all")]
    return [words("worth.team.single", names=words.listed(_name(one, valued, words) for one in single))]


def _cost(row: Row) -> Amount | None:
    if row["cost_low"] is None or row["cost_high"] is None:
        return None
    return Amount(row["cost_low"], None, row["cost_high"], f"{row['money']}/year")
