"""Which trades the opportunities ask for, where and when: for those who train and place people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from integrator import places
from integrator.project_sheets import theme
from integrator.project_sheets.lists import Styled, write_list
from integrator.project_sheets.pages.above import text_line
from integrator.project_sheets.valuations import rows_of
from integrator.project_sheets.valued.amounts import amount, amount_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from integrator.project_sheets.pages.job import Job
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

_WIDTHS = {
    "isco": 8, "trade": 46, "level": 13, "region": 26, "year": 9, "headcount": 26, "needs": 10, "needs_unknown": 12,
}  # fmt: skip


def has_skills(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether any trade is asked for."""
    return len(tables["skills"]) > 0


def write_skills(book: WorkbookWriter, name: str, job: Job, words: Wording) -> None:
    """One row a trade, region and year: the most people first, then those asked for without a number."""
    rows = sorted(rows_of(job.tables["skills"]), key=_order)
    trades = job.tables["trades"]
    estimated = set(trades.loc[trades["estimated"] == "yes", "isco08"])
    heads = {words(f"pages.col.{key}"): width for key, width in _WIDTHS.items()}
    shown = [_line(row, row["isco08"] in estimated, words) for row in rows]

    def above(sheet: Worksheet, row: int) -> int:
        last = len(_WIDTHS) - 1
        row = text_line(book, sheet, row, last, words("pages.skills.title"), theme.SECTION)
        return text_line(book, sheet, row, last, words("pages.skills.note"), theme.SMALL)

    write_list(book, name, heads, shown, words, above=above)


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    people = row["high"] if row["high"] is not None else -1.0
    return (-people, -row["unknown"], row["isco08"], row["level"], row["region"], row["year"])


def _line(row: dict[str, Any], is_estimated: bool, words: Wording) -> list[object]:
    cell = amount_cell(1, amount(row, unit="jobs", is_estimated=is_estimated), words, theme.ROW)
    return [
        row["isco08"],
        row[f"title_{words.language}"],
        words(f"worth.level.{row['level']}"),
        places.region_name(row["region"], words.language) or words("pages.unknown"),
        row["year"] or words("pages.unknown"),
        Styled(cell.value, cell.style),
        row["needs"],
        row["unknown"],
    ]
