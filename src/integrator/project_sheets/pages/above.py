"""Lines that stand above the list of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.valued.amounts import amount, amount_text
from integrator.project_sheets.valued.names import names
from integrator.workbooks.wrapping import height, lines_of, pixels

if TYPE_CHECKING:
    from integrator.project_sheets.theme import Style
    from integrator.project_sheets.valuations import Valued
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

_WIDTH = 9.0
"""No page has narrower columns on the average."""


def text_line(book: WorkbookWriter, sheet: Worksheet, row: int, last: int, text: str, style: Style) -> int:
    """One text over the columns 0 to `last`; returns the row below."""
    size = float(style["font_size"])
    lines = lines_of(text, pixels(_WIDTH, last + 1), size, style.get("bold", False))
    book.put_across(sheet, row, 0, last, text, style)
    sheet.set_row(row, max(13.0, height(len(lines), size)))
    return row + 1


def total_line(
    book: WorkbookWriter, sheet: Worksheet, row: int, last: int, whole: Valued, figure: str, words: Wording,
    *, is_estimated: bool = False,
) -> int:  # fmt: skip
    """A figure of all needs together, with what the sum leaves out; no line when the tables do not have it."""
    found = whole.figure(figure)
    if found is None:
        return row
    known = names(words.language)
    value = amount(found, is_estimated=is_estimated)
    text = words.told(known.figure(figure), amount_text(value, words))
    note = known.note(found["note"])
    look = {**theme.TEXT, "italic": True} if value and value.is_estimated else theme.TEXT
    return text_line(book, sheet, row, last, f"{text} – {note}" if note else text, look)
