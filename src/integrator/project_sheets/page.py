"""A page of twelve narrow columns, filled from the top down; row heights computed, nothing clipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from integrator.project_sheets import theme
from integrator.project_sheets.notice import write_notice
from integrator.workbooks.charts import bar_chart, place_chart
from integrator.workbooks.wrapping import height, lines_of, pixels
from integrator.workbooks.writing import footer_text

if TYPE_CHECKING:
    from integrator.project_sheets.theme import Style
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

COLUMNS = 12
COLUMN_WIDTH = 7.6
TALLEST_ROW = 400.0
"""Points; a spreadsheet takes no row above 409."""
_CHART_HEIGHT = 170.0
"""Points."""
_INDENT = 9
"""Pixels of one step of indentation."""


class Cell(NamedTuple):
    """One cell of a row: how many columns it takes, its value, its look, and the web address behind it."""

    span: int
    value: object
    style: Style
    link: str = ""


class Page:
    """Writes one sheet from the top."""

    def __init__(self, book: WorkbookWriter, name: str, footer: str) -> None:
        self.book = book
        self.sheet: Worksheet = book.sheet(name)
        self.row = 0
        self._sections = 0
        self.sheet.hide_gridlines(2)
        self.sheet.set_column(0, COLUMNS - 1, COLUMN_WIDTH)
        self.sheet.set_portrait()
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
        self.sheet.center_horizontally()
        self.sheet.fit_to_pages(1, 0)
        self.row = write_notice(book, self.sheet, 0, COLUMNS - 1)
        self.sheet.set_footer(f"&L&8 {footer_text(footer)}&R&8 &P / &N")

    def line(self, cells: Sequence[Cell], least: float = 13.0) -> None:
        """One row of cells that together take twelve columns or fewer.

        A text too long for the tallest row goes on in the rows below.
        """
        rest = [_lines(cell) for cell in cells]
        most = [max(int(TALLEST_ROW / height(1, _size(cell))), 1) for cell in cells]
        shown = [min(len(lines), fit) for lines, fit in zip(rest, most, strict=True)]
        whole = all(len(lines) <= count for lines, count in zip(rest, shown, strict=True))
        tall = max([least, *(height(n, _size(cell)) for n, cell in zip(shown, cells, strict=True) if n)])
        column = 0
        for cell, lines, count in zip(cells, rest, shown, strict=True):
            value = cell.value if len(lines) <= count else "".join(lines[:count]).rstrip()
            self._put(column, cell._replace(value=value))
            column += cell.span
        self.sheet.set_row(self.row, min(tall, TALLEST_ROW))
        self.row += 1
        if not whole:
            left = [cell._replace(value="".join(lines[n:])) for cell, lines, n in zip(cells, rest, shown, strict=True)]
            self.line(left)

    def _put(self, column: int, cell: Cell) -> None:
        last = column + cell.span - 1
        if not cell.link:
            self.book.put_across(self.sheet, self.row, column, last, cell.value, cell.style)
            return
        if cell.span > 1:
            self.sheet.merge_range(self.row, column, self.row, last, "", self.book.style(cell.style))
        self.book.link(self.sheet, self.row, column, cell.link, str(cell.value), cell.style)

    def back_to(self, name: str, text: str) -> None:
        """A row with a link to another sheet, at the right."""
        first, last = COLUMNS - 3, COLUMNS - 1
        self.sheet.merge_range(self.row, first, self.row, last, "", self.book.style(theme.BACK))
        self.book.link_sheet(self.sheet, self.row, first, name, text, theme.BACK)
        self.sheet.set_row(self.row, 14)
        self.row += 1

    def gap(self, points: float = 6.0) -> None:
        """A little air."""
        self.sheet.set_row(self.row, points)
        self.row += 1

    def section(self, title: str) -> None:
        """A numbered section title."""
        self._sections += 1
        self.gap(8)
        self.line([Cell(COLUMNS, f"{self._sections}   {title}", theme.SECTION)], least=18)
        self.gap(3)

    def pair(self, label: str, value: object, style: Style = theme.TEXT) -> None:
        """A label and its value."""
        self.line([Cell(3, label, theme.LABEL), Cell(9, value, style)])

    def note(self, text: str) -> None:
        """Small print."""
        self.line([Cell(COLUMNS, text, theme.SMALL)])

    def bars(
        self, title: str, columns: Mapping[str, Sequence[object]], colours: Sequence[str], number_format: str
    ) -> None:
        """A chart of bars: the first of the columns names the groups, each other one is a series.

        The numbers stand to the right of what is printed, in rows that the chart covers.
        """
        first, last = self.row + 1, self.row + len(next(iter(columns.values())))
        for column, (name, values) in enumerate(columns.items(), start=COLUMNS + 1):
            self.book.put(self.sheet, self.row, column, name, theme.SMALL)
            for row, value in enumerate(values, start=first):
                self.book.put(self.sheet, row, column, value, {**theme.SMALL, "num_format": number_format})
        names = (first, COLUMNS + 1, last, COLUMNS + 1)
        areas = [(name, (first, column, last, column)) for column, name in enumerate(columns, start=COLUMNS + 1)]
        series = [(name, area, colour) for (name, area), colour in zip(areas[1:], colours, strict=True)]
        chart = bar_chart(self.book, self.sheet, title, names, series, number_format)
        rows = len(next(iter(columns.values()))) + 1
        for row in range(self.row, self.row + rows):
            self.sheet.set_row(row, _CHART_HEIGHT / rows)
        place_chart(self.sheet, self.row, chart, (pixels(COLUMN_WIDTH, COLUMNS), _CHART_HEIGHT * 4 / 3))
        self.row += rows
        self.gap(8)

    def finish(self) -> None:
        """Print area down to the last row."""
        self.sheet.print_area(0, 0, max(self.row - 1, 0), COLUMNS - 1)


def _size(cell: Cell) -> float:
    return float(cell.style["font_size"])


def _lines(cell: Cell) -> list[str]:
    """The lines of a wrapped text, each with its line break or blank; nothing for numbers and plain cells."""
    if not isinstance(cell.value, str) or not cell.value or not cell.style.get("text_wrap"):
        return []
    room = pixels(COLUMN_WIDTH, cell.span) - _INDENT * cell.style.get("indent", 0)
    paragraphs = [
        lines_of(paragraph, room, _size(cell), cell.style.get("bold", False)) for paragraph in cell.value.split("\n")
    ]
    for lines in paragraphs[:-1]:
        lines[-1] += "\n"
    return [line for lines in paragraphs for line in lines]
