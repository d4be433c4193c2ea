"""Frames that keep the contract of their table: columns, types, order; and quick ways to make them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from integrator.errors import IntegratorError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from integrator.tables.contract import ColumnType, Table


class TableError(IntegratorError):
    """A table does not keep its contract: a fault of the program, never of the analyst's file."""


def check(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` in the published column order, rows sorted by key, types set.

    Extra columns are kept to the right (`candidates` and `contributions` have some). Raises `TableError` when a
    column is missing or the key repeats.
    """
    missing = [name for name in table.names if name not in frame.columns]
    if missing:
        raise TableError(f"table {table.name}: missing columns {', '.join(missing)}")
    extra = [name for name in frame.columns if name not in table.names]
    typed = {name: _typed(frame[name], kind) for name, kind in table.columns}
    result = frame[table.names + extra].assign(**typed)
    return _sorted(table, result)


def _typed(column: pd.Series, kind: ColumnType) -> pd.Series:
    """A column as its kind; text that is text already is not made anew, which costs most of a large table."""
    if kind == "number":
        return column.astype("float64")
    if kind == "integer":
        return column.astype("Int64")
    if column.dtype == "str" and not column.hasnans:
        return column
    column = column.astype(object)
    return column.where(column.notna(), "").astype(str)


def _sorted(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows by key; what is in order already is not copied."""
    import numpy as np

    places, repeats = _places(frame, table.key)
    if len(repeats):
        first = frame.iloc[repeats.min()]
        values = ", ".join(f"{name}={first[name]}" for name in table.key)
        raise TableError(f"table {table.name}: key repeats ({values})")
    if (places == np.arange(len(frame))).all():
        return frame.reset_index(drop=True)
    order = np.empty_like(places)
    order[places] = np.arange(len(frame))
    return frame.take(order).reset_index(drop=True)


def _places(frame: pd.DataFrame, key: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each row stands once sorted by the key, and the rows whose key another one before has.

    Each column of the key is only read for the rows that those before it leave tied.
    """
    import numpy as np
    import pandas as pd

    places, tied = np.zeros(len(frame), dtype=np.int64), np.arange(len(frame))
    for name in key:
        column = frame[name] if len(tied) == len(frame) else frame[name].take(tied)
        codes = pd.factorize(column, sort=True)[0]
        codes[codes < 0] = len(tied)  # what is unknown comes last
        order = np.argsort(places[tied] * (len(tied) + 1) + codes, kind="stable")
        rows, codes = tied[order], codes[order]
        group = np.diff(places[rows], prepend=-1) != 0
        finer = group | (np.diff(codes, prepend=-1) != 0)
        nth = np.arange(len(rows))
        start, first = np.maximum.accumulate(np.where(group, nth, 0)), np.maximum.accumulate(np.where(finer, nth, 0))
        places[rows] += first - start
        tied = np.sort(rows[~(finer & np.append(finer[1:], [True]))])
        if not len(tied):
            break
    tied = tied[np.argsort(places[tied], kind="stable")]
    return places, tied[np.diff(places[tied], prepend=-1) == 0]


def spread(texts: Sequence[str], numbers: NDArray[np.integer[Any]]) -> pd.Series[str]:
    """A text column in which few texts repeat: the text of each number, without one object a row."""
    import pandas as pd

    return pd.Series(texts, dtype="str").take(numbers).reset_index(drop=True)


def mappings(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as plain mappings, made a column at a time; what is unknown of an integer is None."""
    import pandas as pd

    columns = [
        frame[name].astype(object).where(frame[name].notna(), None).tolist()
        if isinstance(frame[name].dtype, pd.Int64Dtype)
        else frame[name].to_numpy(object).tolist()
        for name in frame.columns
    ]
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def frame(table: Table, content: Sequence[Mapping[str, Any]] | Mapping[str, list[Any]]) -> pd.DataFrame:
    """A table of the contract from rows, or from columns; without any, the empty table."""
    import pandas as pd

    return check(table, pd.DataFrame(content)) if content else empty(table)


def empty(table: Table) -> pd.DataFrame:
    """A table of the contract without rows."""
    import pandas as pd

    return check(table, pd.DataFrame({name: [] for name in table.names}))
