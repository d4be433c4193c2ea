"""Frames <-> Arrow and Parquet, value for value.

A conversion of our own: what pandas and Spark do on the way turns a missing text into a number that is none (NaN), and
types differ from one version of pandas to the next. Here a column comes back as what it was: a text that is missing
stays missing, an empty one empty, and a number that is not known stays NaN and never becomes a missing one.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from integrator.errors import IntegratorError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KINDS = b"integrator.kinds"
"""Where the schema of a file says what kind of column each was."""
_NUMBERS = {"float64": pa.float64(), "int64": pa.int64(), "int32": pa.int32(), "bool": pa.bool_()}
_NULLABLE = {"Int64": pa.int64(), "boolean": pa.bool_()}
_TEXTS: dict[str, Any] = {"str": pd.StringDtype(na_value=np.nan), "string": pd.StringDtype()}
ROWS = 50_000
"""Rows of a row group: what a reader holds at a time."""


class ExchangeError(IntegratorError):
    """A table cannot be sent as it is, or a file is not what was sent: a fault of the program or of the storage."""


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """The frame as an Arrow table; the schema says of each column what it was. Its index is not kept.

    Columns hold texts, whole numbers, numbers, yes or no, or categories of texts. Raises `ExchangeError` for others.
    """
    arrays, kinds = [], {}
    for name in frame.columns:
        kinds[str(name)], array = _array(str(name), frame[name])
        arrays.append(array)
    schema = pa.schema(
        [pa.field(name, array.type) for name, array in zip(kinds, arrays, strict=True)],
        metadata={KINDS: json.dumps(kinds).encode()},
    )
    if len(kinds) != len(frame.columns):
        raise ExchangeError("a column stands twice in a table to be sent.")
    return pa.Table.from_arrays(arrays, schema=schema)


def from_arrow(table: pa.Table) -> pd.DataFrame:
    """The frame that `to_arrow` was given, rows numbered from 0. Raises `ExchangeError` for another table."""
    said = (table.schema.metadata or {}).get(KINDS)
    if said is None:
        raise ExchangeError("a table does not say what its columns were: it was not written by integrator.")
    kinds: dict[str, str] = json.loads(said)
    if list(kinds) != table.column_names:
        raise ExchangeError("a table has other columns than it says.")
    columns = {name: _column(kind, table.column(name)) for name, kind in kinds.items()}
    return pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows), columns=list(kinds))


def write_frame(frame: pd.DataFrame, path: Path) -> str:
    """Write a Parquet file, whole or not at all, in place of one of this name; sha256 of its bytes.

    The same frame gives the same bytes, so that whoever writes it again changes nothing.
    """
    return write_table(to_arrow(frame), path)


def write_table(table: pa.Table, path: Path) -> str:
    """`write_frame` for an Arrow table."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, row_group_size=ROWS, compression="zstd")
    return write_bytes(sink.getvalue(), path)


def write_bytes(content: bytes | pa.Buffer, path: Path) -> str:
    """`write_frame` for bytes."""
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return hashlib.sha256(content).hexdigest()


def read_frame(path: Path, sha256: str = "") -> pd.DataFrame:
    """What `write_frame` wrote; `sha256` is what it gave. Raises `ExchangeError` for other bytes."""
    return from_arrow(read_table(path, sha256))


def read_table(path: Path, sha256: str = "") -> pa.Table:
    """`read_frame` as an Arrow table."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExchangeError(f"{path}: cannot be read ({error.strerror or error}).") from error
    if sha256 and hashlib.sha256(content).hexdigest() != sha256:
        raise ExchangeError(f"{path}: other bytes than were written: it is damaged or was changed.")
    return pq.read_table(pa.BufferReader(content))


def rows_of(paths: Iterable[Path], column: str, chosen: set[str]) -> pd.DataFrame:
    """The rows of files of `write_frame`, one after the other, whose text in a column is chosen.

    Read row group by row group: nothing larger than one and the answer is held.
    """
    wanted = pa.array(sorted(chosen), pa.large_string())
    parts = []
    for path in paths:
        with pq.ParquetFile(path) as file:
            parts.append(file.schema_arrow.empty_table())
            for number in range(file.num_row_groups):
                group = file.read_row_group(number)
                parts.append(group.filter(pc.is_in(group.column(column), value_set=wanted)))
    return from_arrow(pa.concat_tables(parts))


def _array(name: str, column: pd.Series) -> tuple[str, pa.Array]:
    kind = str(column.dtype)
    if kind in _NUMBERS:
        return kind, pa.array(column.to_numpy(), _NUMBERS[kind], from_pandas=False)
    if kind in _NULLABLE:
        missing = column.isna().to_numpy()
        values = column.to_numpy(dtype="int64" if kind == "Int64" else "bool", na_value=0)
        return kind, pa.array(values, _NULLABLE[kind], mask=missing)
    if kind == "category":
        return _categories(name, column)
    if kind in ("str", "string"):
        return kind, pa.array(column, pa.large_string(), from_pandas=True)
    if kind == "object":
        return kind, _texts(name, column.tolist())
    raise ExchangeError(f"column {name}: values of type {kind} are not exchanged.")


def _texts(name: str, cells: Sequence[object]) -> pa.Array:
    """Texts of a column of anything, None where one is missing: nothing else says so."""
    strange = [one for one in cells if one is not None and not isinstance(one, str)]
    if strange:
        raise ExchangeError(f"column {name}: {type(strange[0]).__name__} among texts.")
    try:
        return pa.array(cells, pa.large_string())
    except UnicodeEncodeError as error:
        raise ExchangeError(f"column {name}: a text that no file can hold (half a character).") from error


def _categories(name: str, column: pd.Series) -> tuple[str, pa.Array]:
    categorical = column.cat
    names = _texts(name, categorical.categories.tolist())
    codes = categorical.codes.to_numpy().astype(np.int32)
    indices = pa.array(codes, pa.int32(), mask=codes < 0)
    kind = "ordered" if categorical.ordered else "category"
    return kind, pa.DictionaryArray.from_arrays(indices, names, ordered=bool(categorical.ordered))


def _column(kind: str, values: pa.ChunkedArray) -> Any:
    whole = values.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], whole.type)
    if kind in _NUMBERS:
        if whole.null_count:
            raise ExchangeError("a number is missing where none may be.")
        return whole.to_numpy(zero_copy_only=False).copy()
    if kind in _NULLABLE:
        missing = whole.is_null().to_numpy(zero_copy_only=False)
        plain = whole.fill_null(0 if kind == "Int64" else False).to_numpy(zero_copy_only=False).copy()
        return pd.arrays.IntegerArray(plain, missing) if kind == "Int64" else pd.arrays.BooleanArray(plain, missing)
    if kind in ("category", "ordered"):
        codes = whole.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        return pd.Categorical.from_codes(codes, whole.dictionary.to_pylist(), ordered=kind == "ordered")
    if kind in ("str", "string"):
        return _TEXTS[kind].__from_arrow__(whole)
    cells = np.empty(len(whole), dtype=object)
    cells[:] = whole.to_pylist()
    return pd.Series(cells, dtype=object)  # else pandas makes texts of it
