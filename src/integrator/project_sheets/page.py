"""A page of twelve narrow columns, filled from the top down; row heights computed, nothing clipped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from integrator.project_sheets import theme

if TYPE_CHECKING:
    from integrator.project_sheets.theme import Style
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

COLUMNS = 12
COLUMN_WIDTH = 7.6
_LINE_POINTS = 1.36
"""Height of a line of text in multiples of its font size."""
_CHARS_A_WIDTH = 1.13
"""Characters of nine points that fit in one unit of column width (Calibri, mixed text, with a margin)."""


class Cell(NamedTuple):
    """One cell of a row: how many columns it takes, its value and its look."""

    span: int
    value: object
    style: Style
    link: str = ""


def text_height(text: str, width: float, size: float = 9, bold: bool = False) -> float:
    """Points needed by wrapped text in columns of a total `width` (in Excel's units)."""
    fit = max(width * _CHARS_A_WIDTH * 9 / size * (0.92 if bold else 1.0), 1.0)
    lines = sum(max(1, math.ceil(len(line) / fit)) for line in text.split("\n"))
    return lines * size * _LINE_POINTS + 3


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
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8&P / &N")

    def line(self, cells: Sequence[Cell], least: float = 13.0) -> None:
        """One row of cells that together take twelve columns or fewer."""
        column, height = 0, least
        for cell in cells:
            last = column + cell.span - 1
            if cell.link and cell.span > 1:
                self.sheet.merge_range(self.row, column, self.row, last, "", self.book.style(cell.style))
            if cell.link:
                self.book.link(self.sheet, self.row, column, cell.link, str(cell.value), cell.style)
            else:
                self.book.put_across(self.sheet, self.row, column, last, cell.value, cell.style)
            if isinstance(cell.value, str) and cell.style.get("text_wrap"):
                width = cell.span * COLUMN_WIDTH - cell.style.get("indent", 0)
                size, bold = cell.style["font_size"], cell.style.get("bold", False)
                height = max(height, text_height(cell.value, width, size, bold))
            column = last + 1
        self.sheet.set_row(self.row, min(height, 409.0))
        self.row += 1

    def gap(self, points: float = 6.0) -> None:
        """A little air."""
        self.sheet.set_row(self.row, points)
        self.row += 1

    def section(self, title: str) -> None:
        """A numbered section title."""
        self._sections += 1
        self.gap()
        self.line([Cell(COLUMNS, f"{self._sections}   {title}", theme.SECTION)], least=18)

    def pair(self, label: str, value: object, style: Style = theme.TEXT) -> None:
        """A label and its value."""
        self.line([Cell(3, label, theme.LABEL), Cell(9, value, style)])

    def note(self, text: str) -> None:
        """Small print."""
        self.line([Cell(COLUMNS, text, theme.SMALL)])

    def finish(self) -> None:
        """Print area down to the last row."""
        self.sheet.print_area(0, 0, max(self.row - 1, 0), COLUMNS - 1)
