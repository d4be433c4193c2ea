"""What the guard looks for in the sheets of an .xlsx: positions, formulas without value, hidden rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from integrator.workbooks.extent import Extent
from integrator.workbooks.markup import Attributes, MalformedMarkupError

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_TRUE = ("1", "true")
_KEPT_TEXT = 64


def column_number(letters: str) -> int:
    """The 1-based column of its letters.

    >>> column_number("A"), column_number("xfd")
    (1, 16384)
    """
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


class SheetScan:
    """Follows the cells of a worksheet part as the parser will, into an `Extent`.

    A cell without a reference stands after the one before it, a row without number below it. What a
    row holds goes to the extent when the row ends: these methods run millions of times. Of texts only the
    shared ones are counted; the others stand in the part itself, whose size is bounded.
    """

    def __init__(self, extent: Extent, strings: Sequence[int]) -> None:
        self._extent, self._strings = extent, strings
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._row_digits = ""
        self._row_hidden = False
        self._held = self._held_text = self._held_column = 0
        self._open = self._reading = self._formula = False
        self._kind = self._value = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element of the sheet begins."""
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            if self._open:
                self._end_cell()
            reference = attributes.get("r")
            if reference is None:
                self._column += 1
            else:
                self._place(reference)
            self._open, self._formula, self._reading = True, False, False
            self._kind = attributes.get("t", "")
            self._value = ""
        elif name in ("v", "t"):
            self._reading = self._open
        elif name == "f":
            self._formula, self._reading = self._open, False
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            self._extent.hide_columns(_count(attributes, "min"), _count(attributes, "max"))
        elif name == "mergeCell":
            self._extent.merge()
        else:
            self._reading = False  # text of page footers or rules of validation belongs to no cell

    def text(self, text: str) -> None:
        """A piece of text; counts when it is the value of a cell."""
        if self._reading and len(self._value) < _KEPT_TEXT:
            self._value += text

    def take(self, rows: Sequence[int], filled: int, column: int, text: int, cells: int) -> bool:
        """Account for whole visible rows without formulas or errors, of which `filled` is the last with a value.

        False, and nothing done, when they are not below each other and below the rows before them, or when
        one of their cells would be out of bounds: then they must come cell by cell.
        """
        below = all(map(int.__lt__, (self._row, *rows), rows))
        if self._open or not below or not self._extent.bears(filled, column, text):
            return False
        self._change_row(rows[-1])
        self._column, self._row_hidden = column, False
        if cells:
            self._extent.hold(filled, column, text, cells)
        return True

    def close(self) -> None:
        """Account for the last row; called at the end of the part."""
        if self._open:
            self._end_cell()
        self._end_row()

    def _end_cell(self) -> None:
        self._open = self._reading = False
        value = self._value
        if value:
            self._held += 1
            if self._column > self._held_column:
                self._held_column = self._column
            if self._kind == "s":
                self._held_text += self._shared_length()
            if self._kind == "e":
                self._extent.errors.add(self._row, self._column)
        if self._formula and not value.strip():
            self._extent.uncalculated.add(self._row, self._column)

    def _end_row(self) -> None:
        extent = self._extent
        extent.formatted_rows = max(extent.formatted_rows, self._row)
        if not self._held:
            return
        extent.hold(self._row, self._held_column, self._held_text, self._held)
        if self._row_hidden:
            extent.hidden.add(self._row, 0)
        self._held = self._held_text = self._held_column = 0

    def _begin_row(self, attributes: Attributes) -> None:
        if self._open:
            self._end_cell()
        number = attributes.get("r")
        if number is None:
            self._change_row(self._row + 1)
        elif number.isascii() and number.isdigit() and len(number) <= 7:
            self._change_row(int(number))
        else:
            raise MalformedMarkupError(f"the row number {number[:20]!r}")
        self._column = 0
        self._row_hidden = attributes.get("hidden") in _TRUE

    def _change_row(self, row: int) -> None:
        self._end_row()
        self._row, self._row_digits = row, str(row)

    def _place(self, reference: str) -> None:
        column = self._columns.get(reference.removesuffix(self._row_digits))
        if column is not None:  # a known column of the same row, by far the most frequent
            self._column = column
            return
        parts = _REFERENCE.fullmatch(reference)
        if parts is None:
            raise MalformedMarkupError(f"the cell reference {reference[:20]!r}")
        letters, digits = parts.groups()
        if int(digits) != self._row:
            self._change_row(int(digits))
        self._columns[letters] = self._column = column_number(letters)

    def _shared_length(self) -> int:
        index = self._value.strip()
        if index.isascii() and index.isdigit() and int(index) < len(self._strings):
            return self._strings[int(index)]
        raise MalformedMarkupError(f"the shared text {index[:20]!r}")


def _count(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "")
    if text.isascii() and text.isdigit() and len(text) <= 7:
        return int(text)
    raise MalformedMarkupError(f"{name}={text[:20]!r}")
