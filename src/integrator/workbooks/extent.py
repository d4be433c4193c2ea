"""How far the filled cells of a sheet reach, checked cell by cell before a parser lays them out.

Parsers hold every cell of the used range, blank ones too: two filled cells in opposite corners of a
sheet ask for hundreds of gigabytes and abort the process.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from integrator.records import CellRef
from integrator.workbooks.limits import MIB, Limits
from integrator.workbooks.refusing import RAISE_LIMITS, refused


@dataclass
class Finding:
    """Some cells or rows of a sheet that deserve a warning: how many, and the first one."""

    count: int = 0
    row: int = 0
    column: int = 0

    def add(self, row: int, column: int, times: int = 1) -> None:
        """Count one more (or `times` more), keeping the first address."""
        if not self.count:
            self.row, self.column = row, column
        self.count += times


@dataclass
class Extent:
    """One sheet as the guard saw it. Rows and columns are 1-based."""

    file: str
    sheet: str
    limits: Limits
    rows: int = 0
    """Last row with a filled cell."""
    columns: int = 0
    """Last column with a filled cell."""
    formatted_rows: int = 0
    """Last row with a cell at all, if only a coloured one."""
    cells: int = 0
    text: int = 0
    """Bytes of the shared or repeated texts of the cells, counted each time."""
    uncalculated: Finding = field(default_factory=Finding)
    errors: Finding = field(default_factory=Finding)
    hidden: Finding = field(default_factory=Finding)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last column of each hidden range, as written: it may go on beyond the table."""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    merged: int = 0
    """Merged ranges of this sheet and of those before it in the file."""
    cells_before: int = 0
    """Rows x columns of the sheets before it."""
    text_before: int = 0

    def next(self, sheet: str) -> Extent:
        """The extent of the sheet after this one: the bounds are those of the file, as all its sheets are held."""
        cells, text = self.cells_before + self.rows * self.columns, self.text_before + self.text
        return Extent(self.file, sheet, self.limits, merged=self.merged, cells_before=cells, text_before=text)

    def bears(self, row: int, column: int, text: int) -> bool:
        """Whether filled cells down to `row`, out to `column`, with `text` more bytes stay within bounds."""
        rows, columns, bounds = max(self.rows, row), max(self.columns, column), self.limits
        near = row <= bounds.rows and column <= bounds.columns and self.cells_before + rows * columns <= bounds.cells
        return near and self.text_before + self.text + text <= bounds.unzipped_bytes

    def hide_columns(self, first: int, last: int) -> None:
        """Note a hidden range of columns; a sheet has no more ranges than columns."""
        if len(self.hidden_columns) < self.limits.columns:
            self.hidden_columns.append((first, last))

    def hold(self, row: int, column: int, text: int = 0, cells: int = 1) -> None:
        """Note `cells` filled cells that hold `text` bytes together, the farthest at `row`, `column`.

        Raises `InputRefused` when the sheet gets out of bounds.
        """
        self.cells += cells
        self.text += text
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)
        if self.bears(row, column, 0):
            return
        if self.text_before + self.text <= self.limits.unzipped_bytes:
            raise self._too_far(row, column)
        message = f"the texts of the cells fill more than {self.limits.unzipped_bytes // MIB} MiB"
        raise refused(self.file, "too_large", message, RAISE_LIMITS, self.sheet)

    def merge(self, ranges: int = 1) -> None:
        """Note merged ranges. Raises `InputRefused` when there are more of them than a table may have rows."""
        self.merged += ranges
        if self.merged > self.limits.rows:
            message = f"the sheets hold more than {self.limits.rows} merged ranges"
            raise refused(self.file, "too_large", message, RAISE_LIMITS, self.sheet)

    def _too_far(self, row: int, column: int) -> Exception:
        bounds = self.limits
        if self.rows <= bounds.rows and self.columns <= bounds.columns and self.rows * self.columns <= bounds.cells:
            message = f"the sheets down to this one hold more than {bounds.cells} cells together"
            return refused(self.file, "too_large", message, RAISE_LIMITS, self.sheet)
        if self.cells * 10 > self.rows * self.columns:
            message = f"the sheet holds more than {bounds.rows} rows, {bounds.columns} columns or {bounds.cells} cells"
            return refused(self.file, "too_large", message, RAISE_LIMITS, self.sheet)
        cell = CellRef(self.file, self.sheet, row, column).cell
        return refused(
            self.file,
            "far_cell",
            f"cell {cell} holds a value far outside any table",
            f"clear cell {cell}, delete the rows and columns beyond the table and save again",
            self.sheet,
        )
