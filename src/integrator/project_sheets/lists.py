"""A sheet that is one list: what stands above it, a head, rows of text and figures, filters, ready to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from integrator.project_sheets import theme
from integrator.project_sheets.notice import write_notice
from integrator.wording import Wording
from integrator.workbooks.wrapping import height, lines_of, pixels
from integrator.workbooks.writing import LAST_ROW, WorkbookWriter, Worksheet

if TYPE_CHECKING:
    from integrator.project_sheets.theme import Style

Above = Callable[[Worksheet, int], int]
"""Writes what stands above a list from a row on, and returns the row after it."""
_TALLEST = 409.0
_MOST_FROZEN = 5
"""Rows above a head that stay on the screen; below charts nothing does, or no room would be left to scroll."""


class Styled(NamedTuple):
    """A value with a look of its own."""

    value: object
    style: Style


class SheetLink(NamedTuple):
    """A text that leads to another sheet."""

    sheet: str
    text: str


def write_list(
    book: WorkbookWriter, name: str, heads: Mapping[str, float], rows: Sequence[Sequence[object]], words: Wording,
    looks: Mapping[int, Style] | None = None, above: Above | None = None,
) -> None:  # fmt: skip
    """Write a sheet; `heads` gives the width of each column by its head, `looks` another look by column."""
    sheet = book.sheet(name)
    sheet.hide_gridlines(2)
    widths = tuple(heads.values())
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    header = write_notice(book, sheet, 0, len(widths) - 1)
    header = above(sheet, header) if above else header
    for column, head in enumerate(heads):
        book.put(sheet, header, column, head, theme.HEAD)
    lines = max(len(lines_of(head, pixels(width), bold=True)) for head, width in heads.items())
    sheet.set_row(header, max(28.0, height(lines)))
    shown = rows[: LAST_ROW - 2 - header]
    for row, values in enumerate(shown, start=header + 1):
        for column, value in enumerate(values):
            _put(book, sheet, row, column, value, (looks or {}).get(column, theme.ROW))
        texts = zip(map(_text, values), widths, strict=True)
        lines = max(len(lines_of(text, pixels(width))) for text, width in texts)
        sheet.set_row(row, min(max(height(lines), 13.0), _TALLEST))
    if len(shown) < len(rows):
        more = words("quality.more", count=len(rows) - len(shown))
        book.put(sheet, header + len(shown) + 1, 0, more, theme.BANNER)
    last = header + max(len(shown), 1)
    if header <= _MOST_FROZEN:
        sheet.freeze_panes(header + 1, 0)
    sheet.autofilter(header, 0, last, len(heads) - 1)
    sheet.print_area(0, 0, last + (len(shown) < len(rows)), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_footer("&R&8 &P / &N")


def _put(book: WorkbookWriter, sheet: Worksheet, row: int, column: int, value: object, style: Style) -> None:
    if isinstance(value, SheetLink):
        book.link_sheet(
            sheet, row, column, value.sheet, value.text, {**theme.LINK, "bottom": 4, "bottom_color": theme.HAIRLINE}
        )
    elif isinstance(value, Styled):
        book.put(sheet, row, column, value.value, value.style)
    else:
        book.put(sheet, row, column, value, style)


def _text(value: object) -> str:
    if isinstance(value, SheetLink):
        return value.text
    return str(value.value if isinstance(value, Styled) else value)
