"""What the two plans of capacity give to a need, and why it is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valued.amounts import Amount, amount_text
from integrator.project_sheets.valued.lines import head

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

RUNS = ("cautious", "hopeful")
_SPANS = (2, 3, 3, 4)


def has_capacity(valued: Valued) -> bool:
    """Whether the need takes part in the plans: its demand is known."""
    return any(row["demand"] is not None for row in valued.rows("covers"))


def write_capacity(page: Page, content: SheetContent, words: Wording) -> None:
    """One row a plan: asked, served, by whom, and why not more."""
    valued = content.valued
    head(page, _SPANS, ("plan", "asked", "served", "by"), words)
    covers = {row["run"]: row for row in valued.rows("covers")}
    for run in RUNS:
        row = covers.get(run)
        if row is not None:
            makers = [one for one in valued.rows("allocations") if one["run"] == run]
            page.line(
                [
                    Cell(2, words(f"worth.run.{run}"), theme.ROW_BOLD),
                    Cell(3, _quantity(row["demand"], row["unit"], words), theme.ROW_TOP),
                    Cell(3, _quantity(row["served"], row["unit"], words), theme.ROW_TOP),
                    Cell(4, _makers(makers, valued, words), theme.ROW_TOP),
                ],
            )
            page.line([Cell(2, words("worth.col.why"), theme.FACT_LABEL), Cell(10, _why(row, words), theme.FACT)])
    page.note(words("worth.plan.note"))


def _quantity(number: float | None, unit: str, words: Wording) -> str:
    return amount_text(None if number is None else Amount(number, number, number, unit), words)


def _makers(rows: list[Row], valued: Valued, words: Wording) -> str:
    return "\n".join(
        words.told(
            valued.suppliers.get(one["supplier_id"], one["supplier_id"]), _quantity(one["amount"], one["unit"], words)
        )
        for one in rows
    )


def _why(row: Row, words: Wording) -> str:
    """The sentences of the plan; without them the reason in general words."""
    if not row["reason"]:
        return words("worth.plan.full")
    return row["words"] or words(f"worth.plan.{row['reason']}")
