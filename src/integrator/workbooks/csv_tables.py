"""Tables as CSV: every different value of a column becomes text once, and rows are put together from these texts.

The bytes are those of the standard library's writer (a test holds them equal).
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integrator.workbooks.writing import inert

if TYPE_CHECKING:
    import pandas as pd

ROWS = 50_000
"""Rows put together at a time; bounds the memory."""
_SPECIAL = re.compile(r'[,"\r\n]')


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """A table as UTF-8 CSV that a spreadsheet opens safely.

    A text that begins with = + - @ tab or return, and is no number, gets a leading apostrophe
    (the rule of OWASP); numbers have at most ten significant digits, so that equal runs are equal bytes.
    """
    write_csv_parts(path, [frame])


def write_csv_parts(path: Path, frames: Iterable[pd.DataFrame]) -> None:
    """The same of a table that comes in parts with the same columns, one after the other."""
    with path.open("wb") as stream:
        for number, frame in enumerate(frames):
            if not number:
                stream.write(_written([str(name) for name in frame.columns]).encode())
            for start in range(0, len(frame) if len(frame.columns) else 0, ROWS):
                stream.write(_lines(frame.iloc[start : start + ROWS]))


def _lines(frame: pd.DataFrame) -> Any:
    """The rows of a table as bytes."""
    import pyarrow as pa
    from pyarrow import compute

    cells = []
    for place in range(len(frame.columns)):
        number, texts = _distinct(frame.iloc[:, place])
        fields = [_field(text) for text in texts]
        if len(frame.columns) == 1:
            fields = [field or '""' for field in fields]
        if place == len(frame.columns) - 1:
            fields = [f"{field}\n" for field in fields]
        cells.append(pa.array(fields, pa.large_string()).take(number))
    rows = compute.binary_join_element_wise(*cells, pa.scalar(",", pa.large_string())) if len(cells) > 1 else cells[0]
    return rows.buffers()[2]


def _distinct(column: pd.Series) -> tuple[Any, list[str]]:
    """For each cell the number of its text, and the different texts."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    if column.dtype.kind == "f":
        bits = column.to_numpy(dtype=np.float64).view(np.int64)  # 0 and -0 are two texts, and unknown is no number
        numbers, different = pd.factorize(bits)
        values = different.view(np.float64).tolist()
        return pa.array(numbers), ["" if math.isnan(value) else f"{value:.10g}" for value in values]
    if column.dtype.kind in "iub":
        numbers, whole = pd.factorize(column)
        return pa.array(numbers + 1), ["", *map(str, whole.tolist())]  # -1: unknown
    if column.dtype == "str" and not column.hasnans:
        cells = pa.array(column)
        chunk = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
        coded = chunk.dictionary_encode()
        return coded.indices, [inert(text) for text in coded.dictionary.to_pylist()]
    known: dict[object, int] = {}
    found = [known.setdefault(value, len(known)) for value in column.astype(object).where(column.notna(), "").tolist()]
    return pa.array(found, pa.int64()), [inert(str(value)) for value in known]


def _field(text: str) -> str:
    return _written([text])[:-1] if _SPECIAL.search(text) else text


def _written(row: list[str]) -> str:
    """One row as the library writes it."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerow(row)
    return stream.getvalue()
