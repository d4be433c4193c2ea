"""The plans of capacity: what each supplier gives, what one unit more is worth, which needs stay short and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.lists import Styled, write_list
from integrator.project_sheets.pages.above import text_line, total_line
from integrator.project_sheets.valuations import ESTIMATED, Row, rows_of
from integrator.project_sheets.valued.amounts import Amount, amount_cell
from integrator.project_sheets.valued.capacity import RUNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from integrator.project_sheets.pages.job import Job
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

_WIDTHS = {"plan": 11, "of": 12, "name": 34, "capacity": 18, "used": 18, "price": 18, "words": 76}
_NOT_ASKED = "demand_unknown"


def has_capacities(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether any need takes part in the plans."""
    return bool(tables["covers"]["demand"].notna().any())


def write_capacities(book: WorkbookWriter, name: str, job: Job, words: Wording) -> None:
    """Suppliers, then needs that are short, by plan; one row for all needs without a known demand."""
    heads = {words(f"pages.col.{key}"): width for key, width in _WIDTHS.items()}
    covers = rows_of(job.tables["covers"])
    capacities = rows_of(job.tables["capacities"])
    rows = [
        *(_supplier(row, job, words) for run in RUNS for row in capacities if row["run"] == run),
        *(_need(row, job, words) for run in RUNS for row in covers if row["run"] == run and _is_short(row)),
        *_not_asked(covers, words),
    ]

    def above(sheet: Worksheet, row: int) -> int:
        last = len(_WIDTHS) - 1
        row = text_line(book, sheet, row, last, words("pages.capacities.title"), theme.SECTION)
        row = total_line(book, sheet, row, last, job.whole, "allocation_worth", words, is_estimated=_is_estimated(job))
        return text_line(book, sheet, row, last, words("worth.plan.note"), theme.SMALL)

    write_list(book, name, heads, rows, words, above=above)


def _is_short(row: Row) -> bool:
    return bool(row["reason"]) and row["reason"] != _NOT_ASKED


def _supplier(row: Row, job: Job, words: Wording) -> list[object]:
    return [
        words(f"worth.run.{row['run']}"),
        words("pages.of.supplier"),
        job.whole.suppliers.get(row["supplier_id"], row["supplier_id"]),
        _quantity(row["capacity"], row["unit"], words),
        _quantity(row["used"], row["unit"], words),
        _price(row, job, words),
        row["words"],
    ]


def _need(row: Row, job: Job, words: Wording) -> list[object]:
    return [
        words(f"worth.run.{row['run']}"),
        words("pages.of.need"),
        f"{row['need_id']} – {job.whole.needs.get(row['need_id'], '')}",
        _quantity(row["demand"], row["unit"], words),
        _quantity(row["served"], row["unit"], words),
        _price(row, job, words),
        row["words"] or words(f"worth.plan.{row['reason']}"),
    ]


def _not_asked(covers: Sequence[Row], words: Wording) -> Iterator[list[object]]:
    found = list(dict.fromkeys(row["need_id"] for row in covers if row["reason"] == _NOT_ASKED))
    if found:
        count = words("pages.capacities.not_asked", count=words.number(len(found)))
        yield [words("pages.both"), words("pages.of.need"), count, "", "", "", ", ".join(found)]


def _quantity(number: float | None, unit: str, words: Wording) -> Styled:
    value = None if number is None else Amount(number, number, number, unit)
    cell = amount_cell(1, value, words, theme.ROW)
    return Styled(cell.value, cell.style)


def _price(row: Row, job: Job, words: Wording) -> Styled:
    """What one unit more adds; of money an estimate where some net value is one. Shares of needs stand in the words."""
    is_money = row["price_unit"] not in ("", "need")
    if not is_money or row["price"] is None:
        return Styled("" if row["price_unit"] == "need" else words("worth.unknown"), theme.ROW)
    unit = f"{row['price_unit']}/{row['unit'].split('/')[0]}"
    value = Amount(row["price"], row["price"], row["price"], unit, _is_estimated(job))
    cell = amount_cell(1, value, words, theme.ROW)
    return Styled(cell.value, cell.style)


def _is_estimated(job: Job) -> bool:
    """Whether plans that count money rest on an estimated net value."""
    plans, figures = job.tables["covers"], job.tables["values"]
    of_net = figures[figures["figure"] == "net_domestic_value"]["status"]
    return bool((of_net == ESTIMATED).any()) and not (plans["price_unit"] == "need").any()
