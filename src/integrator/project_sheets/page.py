"""Pages of twelve narrow columns, filled from the top down: row heights computed, nothing clipped.

Every page break is set where the next row would not fit, so that no title is left alone at the foot of a page; what a
chart draws stands to the right of what is printed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from integrator.project_sheets import theme
from integrator.project_sheets.notice import write_notice
from integrator.workbooks.charts import Area, bar_chart, place_chart
from integrator.workbooks.wrapping import height, lines_of, pixels
from integrator.workbooks.writing import footer_text

if TYPE_CHECKING:
    from integrator.project_sheets.theme import Style
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

COLUMNS = 12
COLUMN_WIDTH = 7.6
PRINT_SCALE = 92
"""Percent: programs measure columns a little differently, and a page must hold all twelve in each."""
PAGE_HEIGHT = 806.0
"""Points of rows on a page: A4 less margins holds 828 at this scale, and programs differ by a row or two."""
LEAST_AFTER_HEAD = 76.0
"""Points that must fit from the head of a table on: itself and a row of three lines."""
_TITLE = 30.0
"""Points of such a title with the air around it."""
TALLEST_ROW = 400.0
"""Points; a spreadsheet takes no row above 409."""
_PIXEL = 0.75
"""Points; heights of rows are whole pixels."""
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


class Formula(NamedTuple):
    """A formula of ours and the value it has."""

    text: str
    value: float | str


class Page:
    """Writes one sheet from the top."""

    def __init__(self, book: WorkbookWriter, name: str, footer: str, header: str = "") -> None:
        self.book = book
        self.sheet: Worksheet = book.sheet(name)
        self.row = 0
        self.used = 0.0
        """Points filled of the page at hand."""
        self._sections = 0
        self._breaks: list[int] = []
        self.sheet.hide_gridlines(2)
        self.sheet.set_column(0, COLUMNS - 1, COLUMN_WIDTH)
        self.sheet.set_portrait()
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.center_horizontally()
        self.sheet.set_print_scale(PRINT_SCALE)
        self.row = write_notice(book, self.sheet, 0, COLUMNS - 1)
        self.used = 30.0 * self.row
        if header and not book.notice:
            self.sheet.set_header(f"&L&8 {footer_text(header, 110)}", {"margin": 0.2})
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
        tall = min(tall, TALLEST_ROW)
        self.keep(tall)
        column = 0
        for cell, lines, count in zip(cells, rest, shown, strict=True):
            value = cell.value if len(lines) <= count else "".join(lines[:count]).rstrip()
            self._put(column, cell._replace(value=value))
            column += cell.span
        self._end_row(tall)
        if not whole:
            left = [cell._replace(value="".join(lines[n:])) for cell, lines, n in zip(cells, rest, shown, strict=True)]
            self.line(left)

    def keep(self, points: float) -> None:
        """Go to the next page unless so much still fits on this one."""
        if self.used + _whole(points) > PAGE_HEIGHT:
            self.turn()

    def turn(self) -> None:
        """Go to the next page."""
        if self.used:
            self._breaks.append(self.row)
            self.used = 0.0

    def _end_row(self, points: float) -> None:
        points = _whole(points)
        self.sheet.set_row(self.row, points)
        self.row += 1
        self.used += points

    def _put(self, column: int, cell: Cell) -> None:
        last = column + cell.span - 1
        if isinstance(cell.value, Formula):
            self.book.merge(self.sheet, self.row, column, last, cell.style)
            self.book.formula(self.sheet, self.row, column, *cell.value, cell.style)
            return
        if not cell.link:
            self.book.put_across(self.sheet, self.row, column, last, cell.value, cell.style)
            return
        self.book.merge(self.sheet, self.row, column, last, cell.style)
        self.book.link(self.sheet, self.row, column, cell.link, str(cell.value), cell.style)

    def back_to(self, name: str, text: str) -> None:
        """A row with a link to another sheet, at the right."""
        first, last = COLUMNS - 3, COLUMNS - 1
        self.book.merge(self.sheet, self.row, first, last, theme.BACK)
        self.book.link_sheet(self.sheet, self.row, first, name, text, theme.BACK)
        self._end_row(14)

    def freeze(self) -> None:
        """What was written so far stays on the screen."""
        self.sheet.freeze_panes(self.row, 0)

    def gap(self, points: float = 6.0) -> None:
        """A little air."""
        if self.used and self.used + _whole(points) <= PAGE_HEIGHT:
            self._end_row(points)

    def section(self, title: str) -> None:
        """A numbered section title."""
        self._sections += 1
        self.keep(_TITLE + LEAST_AFTER_HEAD)
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
        self.keep(_CHART_HEIGHT)
        names, series = self.beside(columns, colours, number_format)
        chart = bar_chart(self.book, self.sheet, title, names, series, number_format)
        rows = len(next(iter(columns.values()))) + 1
        place_chart(self.sheet, self.row, chart, (pixels(COLUMN_WIDTH, COLUMNS), _CHART_HEIGHT * 4 / 3))
        for _ in range(rows):
            self._end_row(_CHART_HEIGHT / rows)
        self.gap(8)

    def beside(
        self, columns: Mapping[str, Sequence[object]], colours: Sequence[str], number_format: str
    ) -> tuple[Area, list[tuple[str, Area, str]]]:
        """Numbers of a chart to the right of what is printed, from the row at hand down: cells of names, and series."""
        first, last = self.row + 1, self.row + len(next(iter(columns.values())))
        look = {**theme.SMALL, "num_format": number_format}
        for column, (name, values) in enumerate(columns.items(), start=COLUMNS + 1):
            self.book.put(self.sheet, self.row, column, name, theme.SMALL)
            for row, value in enumerate(values, start=first):
                if isinstance(value, Formula):
                    self.book.formula(self.sheet, row, column, *value, look)
                else:
                    self.book.put(self.sheet, row, column, value, look)
        areas = [(name, (first, column, last, column)) for column, name in enumerate(columns, start=COLUMNS + 1)]
        series = [(name, area, colour) for (name, area), colour in zip(areas[1:], colours, strict=True)]
        return areas[0][1], series

    def finish(self) -> None:
        """Print area down to the last row, and the page breaks."""
        self.sheet.print_area(0, 0, max(self.row - 1, 0), COLUMNS - 1)
        self.sheet.set_h_pagebreaks(self._breaks)


def _whole(points: float) -> float:
    return math.ceil(points / _PIXEL) * _PIXEL


def clipped(text: str, span: int, lines: int, *, size: float = 9.0, bold: bool = False) -> str:
    """A text cut to so many lines of a cell, with a mark; the whole of it stands further down the sheet."""
    plain = re.sub(r"[ \t\r\n]+", " ", text).strip()
    found = lines_of(plain, pixels(COLUMN_WIDTH, span), size, bold)
    if len(found) <= lines:
        return plain
    kept = "".join(found[:lines]).rstrip()[:-2]
    whole = kept.rpartition(" ")[0]
    return (whole if len(whole) > len(kept) / 2 else kept).rstrip(" ,;.«(") + " …"


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
