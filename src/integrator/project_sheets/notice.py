"""The sentence that a job wants on every page: a band at the top of each sheet; the header is the workbook's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.workbooks.wrapping import height, lines_of, pixels

if TYPE_CHECKING:
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

_NARROWEST = 8.43
"""Width of a column that nobody set; a band over several columns is at least so wide a column."""


def write_notice(book: WorkbookWriter, sheet: Worksheet, row: int, last: int) -> int:
    """Write the notice of the workbook over the columns 0 to `last` and return the row below; without one `row`."""
    if not book.notice:
        return row
    book.put_across(sheet, row, 0, last, book.notice, theme.NOTICE)
    lines = len(lines_of(book.notice, pixels(_NARROWEST, last + 1), bold=True))
    sheet.set_row(row, max(18.0, height(lines)))
    return row + 1
