"""A sheet that is one list: a head, rows of text and figures, filters, ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.wording import Wording
from integrator.workbooks.wrapping import height, lines_of, pixels
from integrator.workbooks.writing import LAST_ROW, WorkbookWriter

if TYPE_CHECKING:
    from integrator.project_sheets.theme import Style


def write_list(
    book: WorkbookWriter, name: str, heads: Mapping[str, float], rows: Sequence[Sequence[object]], words: Wording,
    looks: Mapping[int, Style] | None = None,
) -> None:  # fmt: skip
    """Write a sheet; `heads` gives the width of each column by its head, `looks` another look by column."""
    sheet = book.sheet(name)
    sheet.hide_gridlines(2)
    widths = tuple(heads.values())
    for column, (head, width) in enumerate(heads.items()):
        sheet.set_column(column, column, width)
        book.put(sheet, 0, column, head, theme.HEAD)
    sheet.set_row(0, 28)
    shown = rows[: LAST_ROW - 2]
    for row, values in enumerate(shown, start=1):
        for column, value in enumerate(values):
            book.put(sheet, row, column, value, (looks or {}).get(column, theme.ROW))
        texts = ((str(value), width) for value, width in zip(values, widths, strict=True))
        lines = max(len(lines_of(text, pixels(width))) for text, width in texts)
        sheet.set_row(row, min(max(height(lines), 13.0), 409.0))
    if len(shown) < len(rows):
        book.put(sheet, len(shown) + 1, 0, words("quality.more", count=len(rows) - len(shown)), theme.BANNER)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(shown), 1), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&R&8 &P / &N")
