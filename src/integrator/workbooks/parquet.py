"""Parquet tables, read batch by batch within the limits.

A file of 1 kB can hold one long text for a million rows, or a million numbers in one cell: texts are read as they are
stored, once each, and counted as often as they stand before any row is made of them.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from integrator.workbooks.cells import CellValue, cell_text
from integrator.workbooks.limits import MIB, Limits
from integrator.workbooks.refusing import RAISE_LIMITS, refused

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetFile

_BATCH = 1_000


def read_parquet(path: Path, shown_as: str, limits: Limits) -> tuple[tuple[CellValue, ...], ...]:
    """The column names, then the rows. Lists become one text joined by "; ". Raises `InputRefused`."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            texts = _texts(file)
        with parquet.ParquetFile(path, read_dictionary=texts) as file:
            rows, columns = file.metadata.num_rows, len(file.schema_arrow.names)
            if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
                raise refused(shown_as, "too_large", f"{rows} rows x {columns} columns", RAISE_LIMITS)
            values, size = _declared(file)
            if values > limits.cells:
                message = f"the table holds {values} values, over the limit of {limits.cells}"
                raise refused(shown_as, "too_large", message, RAISE_LIMITS)
            _check_size(size, shown_as, limits)
            lines: list[tuple[CellValue, ...]] = [tuple(file.schema_arrow.names)]
            size = 0
            for batch in file.iter_batches(_BATCH):
                size += sum(map(_size, batch.columns))
                _check_size(size, shown_as, limits)
                columns_read = [[_plain(value) for value in _values(column)] for column in batch.columns]
                lines.extend(zip(*columns_read, strict=True))
            return tuple(lines)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        raise refused(
            shown_as, "damaged_workbook", "the Parquet file is damaged or incomplete", "export it again"
        ) from error


def _texts(file: ParquetFile) -> list[str]:
    """The columns, also those inside lists, that hold texts."""
    columns = map(file.schema.column, range(len(file.schema)))
    return [c.path for c in columns if c.physical_type == "BYTE_ARRAY" and c.logical_type.type in ("STRING", "NONE")]


def _declared(file: ParquetFile) -> tuple[int, int]:
    """How many values the file holds, those inside lists too, and their bytes once unpacked, repeats left out.

    Only columns inside lists are asked how many they hold: asking one whose description is damaged ends the process.
    """
    groups = [file.metadata.row_group(index) for index in range(file.metadata.num_row_groups)]
    leaves = range(len(file.schema))
    inside = [index for index in leaves if file.schema.column(index).max_repetition_level > 0]
    values = sum(group.column(index).num_values for group in groups for index in inside)
    values += (len(leaves) - len(inside)) * sum(group.num_rows for group in groups)
    return values, sum(group.total_byte_size for group in groups)


def _size(column: pyarrow.Array) -> int:
    """The bytes of a column when each row has its own copy of its text."""
    from pyarrow import compute, types

    kind = column.type
    if types.is_dictionary(kind):
        lengths = compute.binary_length(column.dictionary).take(column.indices)
        return int(compute.sum(lengths).as_py() or 0)
    if types.is_struct(kind):
        return sum(map(_size, column.flatten()))
    if types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind):
        return _size(column.flatten())
    if types.is_map(kind):
        return _size(column.keys) + _size(column.items)
    return int(column.nbytes)


def _values(column: pyarrow.Array) -> list[object]:
    """The values of a column; texts stored once each are unfolded first, which is several times as fast."""
    from pyarrow import types

    unfolded = column.dictionary_decode() if types.is_dictionary(column.type) else column
    values: list[object] = unfolded.to_pylist()
    return values


def _check_size(size: int, shown_as: str, limits: Limits) -> None:
    if size > limits.unzipped_bytes:
        message = f"the table unfolds to more than {limits.unzipped_bytes // MIB} MiB"
        raise refused(shown_as, "too_large", message, RAISE_LIMITS)


def _plain(value: object) -> CellValue:
    if isinstance(value, list | tuple):
        return "; ".join(cell_text(_plain(item)) for item in value)
    plain = str | float | int | bool | datetime.date | datetime.time | datetime.timedelta
    return value if value is None or isinstance(value, plain) else str(value)
