"""What the guard looks for in the content of an .ods: repeats, merges, formulas without value, hidden rows.

A tiny .ods can say "this cell 16,384 times, this row 1,048,576 times": what counts is where the filled
cells end up once the repeats are laid out, and what they hold then: the parser copies formulas and dates too.
"""

from __future__ import annotations

from integrator.workbooks.extent import Extent
from integrator.workbooks.limits import Limits
from integrator.workbooks.markup import Attributes, MalformedMarkupError, by_local_name, local
from integrator.workbooks.refusing import refused
from integrator.workbooks.shared_texts import width

_MOST_REPEATS = 1 << 30
_CELLS = ("table-cell", "covered-table-cell")
_PARAGRAPHS = ("p", "h")
_HIDDEN = ("collapse", "filter")


class ContentScan:
    """Follows the tables of `content.xml`; `sheets` holds one `Extent` a table, in order."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.sheets: list[Extent] = []
        self._file, self._limits = file, limits
        self._depth = self._annotations = self._paragraphs = 0
        self._row = self._next_row = self._row_times = 1
        self._column = self._next_column = self._times = 1
        self._next_shape = 1
        self._row_hidden = self._in_cell = False
        self._cell: Attributes = {}
        self._length = self._held = 0
        self._width = 1
        self._blank = self._laid = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        name = local(name)
        if name == "table":
            self._begin_table(by_local_name(attributes))
        elif not self.sheets:
            return
        elif name == "table-row":
            self._begin_row(by_local_name(attributes))
        elif name in _CELLS:
            self._begin_cell(by_local_name(attributes))
        elif name == "table-column":
            self._shape_columns(by_local_name(attributes))
        elif name == "annotation":
            self._annotations += 1
        elif name in _PARAGRAPHS:
            self._paragraphs += 1
        elif name == "s" and self._in_cell:
            self._add(_count(by_local_name(attributes), "c"))

    def text(self, text: str) -> None:
        """A piece of text; a cell shows it when it stands in a paragraph outside of annotations."""
        if self._in_cell:
            self._add(len(text))
            self._width = max(self._width, width(text))

    def end(self, name: str) -> None:
        """An element ends."""
        name = local(name)
        if name == "table":
            self._depth -= 1
        elif name in _CELLS and self._in_cell:
            self._end_cell()
        elif name == "annotation":
            self._annotations -= 1
        elif name in _PARAGRAPHS:
            self._paragraphs -= 1

    def _add(self, length: int) -> None:
        self._held += length
        if self._paragraphs > 0 and self._annotations == 0:
            self._length += length

    def _begin_table(self, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == 1:
            last = self.sheets[-1] if self.sheets else Extent(self._file, "", self._limits)
            self.sheets.append(last.next(attributes.get("name", "")))
            self._next_row = self._next_shape = 1

    def _shape_columns(self, attributes: Attributes) -> None:
        times = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDDEN:
            self.sheets[-1].hide_columns(self._next_shape, self._next_shape + times - 1)
        self._next_shape += times

    def _begin_row(self, attributes: Attributes) -> None:
        self._row = self._next_row
        self._row_times = _count(attributes, "number-rows-repeated")
        self._next_row += self._row_times
        self._next_column, self._blank = 1, 0
        self._row_hidden = attributes.get("visibility") in _HIDDEN

    def _begin_cell(self, attributes: Attributes) -> None:
        self._lay(self._blank)
        self._blank = 0
        self._cell, self._in_cell = attributes, True
        self._length, self._held = 0, sum(map(len, attributes.values()))
        self._width = max(map(width, attributes.values()), default=1)
        self._column = self._next_column
        self._times = _count(attributes, "number-columns-repeated")
        self._next_column += self._times

    def _end_cell(self) -> None:
        self._in_cell = False
        extent, cell = self.sheets[-1], self._cell
        length = max(self._length, len(cell.get("string-value", "")))
        times = self._row_times * self._times
        if cell.get("value-type") or length:
            last_row, last_column = self._row + self._row_times - 1, self._column + self._times - 1
            extent.hold(last_row, last_column, self._held * self._width * times, times)
            if self._row_hidden:
                extent.hidden.add(self._row, 0, self._row_times)
                self._row_hidden = False
        elif cell.get("formula"):
            extent.uncalculated.add(self._row, self._column, times)
            extent.hold(0, 0, self._held * self._width * times, 0)
            self._lay(times)
        else:
            self._blank = self._times
        self._note_merge(extent, cell)

    def _lay(self, cells: int) -> None:
        """Count cells without value that the parser holds all the same: blank ones when another one follows."""
        self._laid += cells
        if self._laid > self._limits.cells:
            message = f"more than {self._limits.cells} of its cells hold no value"
            action = "delete the columns beside the table and save again, or raise [limits] in the job"
            raise refused(self._file, "too_large", message, action, self.sheets[-1].sheet)

    def _note_merge(self, extent: Extent, cell: Attributes) -> None:
        rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if rows * columns > 1:
            extent.merge()
            extent.merges.append((self._row, self._column, self._row + rows - 1, self._column + columns - 1))


def _count(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= _MOST_REPEATS):
        raise MalformedMarkupError(f"{name}={text[:20]!r}")
    return int(text)
