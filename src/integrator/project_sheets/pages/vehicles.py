"""The integration rates of vehicles and of their portfolio, before and after, each with its cost gap."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.lists import Styled, write_list
from integrator.project_sheets.pages.above import text_line
from integrator.project_sheets.valuations import Row, rows_of, tokens
from integrator.project_sheets.valued.amounts import amount, amount_cell
from integrator.project_sheets.valued.names import names
from integrator.project_sheets.valued.rates import chart_columns, definition, gap_unit, localised, points_text
from integrator.workbooks.charts import bar_chart, place_half

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from integrator.project_sheets.pages.job import Job
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

_WIDTHS = {
    "scope": 24, "what": 26, "rate": 6, "definition": 44, "year": 7, "before": 14, "after": 14, "change": 12,
    "gap": 20, "lacking": 30,
}  # fmt: skip
_CHART_ROWS = 16
_MOST_CHARTS = 4
"""Vehicles drawn; the list below holds all."""


def has_vehicles(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether a bill of materials gives rates of a vehicle."""
    return bool(_of_vehicles(tables))


def _of_vehicles(tables: Mapping[str, pd.DataFrame]) -> list[list[Row]]:
    """Rates by scope, vehicle and localised need, the portfolio first; bills of parts stand on their sheets."""
    parts = set(tables["needs"]["need_id"])
    rows = [row for row in rows_of(tables["rates"]) if row["scope"] != "part" and row["of"] not in parts]
    rows.sort(key=lambda row: (row["scope"], row["of"], row["need_id"], row["rate"]))
    return [list(group) for _, group in groupby(rows, key=lambda row: (row["scope"], row["of"], row["need_id"]))]


def write_vehicles(book: WorkbookWriter, name: str, job: Job, words: Wording) -> None:
    """Charts of the first vehicles with all their lines localised, then one row a rate."""
    groups = _of_vehicles(job.tables)
    heads = {words(f"pages.col.{key}"): width for key, width in _WIDTHS.items()}
    rows = [_line(row, group, job, words) for group in groups for row in group]

    def above(sheet: Worksheet, row: int) -> int:
        last = len(_WIDTHS) - 1
        row = text_line(book, sheet, row, last, words("pages.vehicles.title"), theme.SECTION)
        row = text_line(book, sheet, row, last, words("worth.rates.note"), theme.SMALL)
        return _charts(book, sheet, row, [group for group in groups if not group[0]["need_id"]], words)

    write_list(book, name, heads, rows, words, above=above)


def _line(row: Row, group: Sequence[Row], job: Job, words: Wording) -> list[object]:
    need = row["need_id"]
    what = f"{need} – {job.whole.needs[need]}" if need in job.whole.needs else localised(group, row["scope"], words)
    gap = amount(row, "gap", gap_unit(row["currency"], row["scope"]))
    cells = [amount_cell(1, amount(row, side, "share"), words, theme.ROW) for side in ("before", "after")]
    beside = amount_cell(1, gap, words, theme.ROW)
    return [
        words(f"worth.scope.{row['scope']}", of=row["of"]),
        what,
        row["rate"],
        definition(row, words),
        row["year"] or words("pages.unknown"),
        *(Styled(cell.value, cell.style) for cell in cells),
        points_text(row, words),
        Styled(beside.value, beside.style),
        names(words.language).inputs(tokens(row["missing"])),
    ]


def _charts(book: WorkbookWriter, sheet: Worksheet, row: int, groups: Sequence[Sequence[Row]], words: Wording) -> int:
    """Two charts beside each other; their numbers stand to the right of what is printed."""
    drawn = [(group, found) for group in groups if (found := chart_columns(group, words))][:_MOST_CHARTS]
    for number, (group, (columns, colours)) in enumerate(drawn):
        top, left = row + (number // 2) * (_CHART_ROWS + 1), len(_WIDTHS) + 1 + (number % 2) * 7
        for column, (head, values) in enumerate(columns.items(), start=left):
            book.put(sheet, top, column, head, theme.SMALL)
            for below, value in enumerate(values, start=top + 1):
                book.put(sheet, below, column, value, {**theme.SMALL, "num_format": words.percent_format})
        end = top + len(next(iter(columns.values())))
        series = [
            (head, (top + 1, column, end, column), colour)
            for column, (head, colour) in enumerate(zip(list(columns)[1:], colours, strict=True), start=left + 1)
        ]
        scope = words(f"worth.scope.{group[0]['scope']}", of=group[0]["of"])
        title = words("worth.chart.rates", scope=scope)
        chart = bar_chart(book, sheet, title, (top + 1, left, end, left), series, words.percent_format)
        place_half(sheet, top, chart, (number % 2, 2), tuple(_WIDTHS.values()), _CHART_ROWS)
    rows = (len(drawn) + 1) // 2
    return row + rows * (_CHART_ROWS + 1)
