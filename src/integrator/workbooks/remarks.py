"""What the guard saw on a sheet -> the warnings an analyst should read."""

from __future__ import annotations

from collections.abc import Iterator

from integrator.errors import Problem
from integrator.records import CellRef
from integrator.workbooks.extent import Extent
from integrator.workbooks.refusing import warning

_FAR_BELOW = 1_000


def remarks(extent: Extent, last_row: int) -> Iterator[Problem]:
    """Warnings on one sheet whose last row with a value is `last_row`."""
    file, sheet = extent.file, extent.sheet
    if extent.uncalculated.count:
        found = extent.uncalculated
        yield warning(
            file,
            "no_stored_value",
            f"{found.count} formula cells without a stored value (first: {_cell(extent, found.row, found.column)})"
            ", read as unknown",
            "open the workbook in Excel, save it and read it again",
            sheet,
            found.row,
        )
    if extent.errors.count:
        found = extent.errors
        yield warning(
            file,
            "error_cells",
            f"{found.count} cells show an Excel error such as #N/A (first: "
            f"{_cell(extent, found.row, found.column)}), read as unknown",
            "correct the formulas in Excel",
            sheet,
            found.row,
        )
    if extent.hidden.count:
        yield warning(
            file,
            "hidden_rows",
            f"{extent.hidden.count} hidden rows are read like the others (first: row {extent.hidden.row})",
            "delete them if they should not count",
            sheet,
            extent.hidden.row,
        )
    columns = list(_hidden_columns(extent))
    if columns:
        names = ", ".join(CellRef("", "", 0, column).letters for column in columns)
        yield warning(
            file, "hidden_columns", f"hidden columns are read like the others: {names}",
            "delete those that should not count", sheet,
        )  # fmt: skip
    yield from blank_tail(file, sheet, last_row, max(extent.formatted_rows, extent.rows))


def blank_tail(file: str, sheet: str, last_row: int, far_row: int) -> Iterator[Problem]:
    """A warning when cells go on far below the last value."""
    if far_row - last_row > _FAR_BELOW:
        yield warning(
            file,
            "blank_tail",
            f"the sheet goes on down to row {far_row} without any value below row {last_row}; reading stopped there",
            "delete the rows below the table",
            sheet,
            far_row,
        )


def _hidden_columns(extent: Extent) -> Iterator[int]:
    done = 0
    for first, last in sorted(extent.hidden_columns):
        yield from range(max(first, done + 1), min(last, extent.columns) + 1)
        done = max(done, last)


def _cell(extent: Extent, row: int, column: int) -> str:
    return CellRef(extent.file, extent.sheet, row, column).cell
