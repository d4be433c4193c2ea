"""Parquet tables, read batch by batch within the limits."""

from __future__ import annotations

import datetime
from pathlib import Path

from integrator.workbooks.cells import CellValue, cell_text
from integrator.workbooks.limits import MIB, Limits
from integrator.workbooks.refusing import RAISE_LIMITS, refused

_BATCH = 1_000


def read_parquet(path: Path, shown_as: str, limits: Limits) -> tuple[tuple[CellValue, ...], ...]:
    """The column names, then the rows. Lists become one text joined by "; ". Raises `InputRefused`."""
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            rows, columns = file.metadata.num_rows, len(file.schema_arrow.names)
            if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
                raise refused(shown_as, "too_large", f"{rows} rows x {columns} columns", RAISE_LIMITS)
            lines: list[tuple[CellValue, ...]] = [tuple(file.schema_arrow.names)]
            size = 0
            for batch in file.iter_batches(_BATCH):
                size += batch.nbytes
                if size > limits.unzipped_bytes:
                    message = f"the table unfolds to more than {limits.unzipped_bytes // MIB} MiB"
                    raise refused(shown_as, "too_large", message, RAISE_LIMITS)
                columns_read = [[_plain(value) for value in column.to_pylist()] for column in batch.columns]
                lines.extend(zip(*columns_read, strict=True))
            return tuple(lines)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        raise refused(
            shown_as, "damaged_workbook", "the Parquet file is damaged or incomplete", "export it again"
        ) from error


def _plain(value: object) -> CellValue:
    if isinstance(value, list | tuple):
        return "; ".join(cell_text(_plain(item)) for item in value)
    plain = str | float | int | bool | datetime.date | datetime.time | datetime.timedelta
    return value if value is None or isinstance(value, plain) else str(value)
