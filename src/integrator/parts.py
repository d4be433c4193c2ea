"""Tables too large to be held: they lie in parts in a temporary folder and are read when somebody asks for them.

The folder is this process's own (nobody else may read it) and is gone when the tables are, at the end of the process
at the latest. Whoever can do with some needs, or with a part at a time, asks for no more.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from integrator.errors import OutputError

if TYPE_CHECKING:
    import pandas as pd

    Tables = Mapping[str, pd.DataFrame]


class Parts:
    """A temporary folder with the parts of tables, by name of the table and number of the part."""

    def __init__(self, parent: Path | None = None) -> None:
        with _one_sentence(parent):
            self.folder = Path(tempfile.mkdtemp(prefix="integrator-", dir=parent))
        self._remove = weakref.finalize(self, _remove, self.folder, os.getpid())

    def close(self) -> None:
        """Remove the folder; what was not read is lost."""
        self._remove()

    def add(self, name: str, number: int, frame: pd.DataFrame) -> None:
        """Keep a part of a table; parts of one table have the same columns, and follow each other by number.

        Raises `OutputError` when it cannot be written.
        """
        import pyarrow as pa
        from pyarrow import parquet

        path = self._path(name, number)
        unfinished = path.with_suffix(f".{os.getpid()}")
        with _one_sentence(self.folder.parent):
            parquet.write_table(pa.Table.from_pandas(frame, preserve_index=False), unfinished, compression="lz4")
            unfinished.replace(path)

    def paths(self, name: str) -> list[Path]:
        """The parts of a table, in their order."""
        return sorted(self.folder.glob(f"{name}-*.parquet"))

    def rows(self, name: str) -> int:
        """How many rows a table has."""
        from pyarrow import parquet

        return sum(parquet.read_metadata(path).num_rows for path in self.paths(name))

    def read(self, name: str) -> Iterator[pd.DataFrame]:
        """The table part by part."""
        for path in self.paths(name):
            yield _read(path)

    def of_needs(self, name: str, needs: Collection[str]) -> Iterator[pd.DataFrame]:
        """The rows of some needs, part by part; at least one part, which may be empty."""
        import pyarrow as pa
        from pyarrow import compute, parquet

        wanted = pa.array(sorted(set(needs)), pa.string())
        for place, path in enumerate(self.paths(name)):
            own = parquet.read_table(path, columns=["need_id"], use_threads=False)["need_id"].cast(pa.string())
            chosen = compute.is_in(own, value_set=wanted)
            if place == 0 or compute.any(chosen).as_py():
                yield _read(path)[chosen.to_numpy()].reset_index(drop=True)

    def _path(self, name: str, number: int) -> Path:
        return self.folder / f"{name}-{number:06}.parquet"


class PartedTables(Mapping[str, "pd.DataFrame"]):
    """Tables by name, some of them in parts on disk: such a one is read as a whole when it is asked for by name."""

    def __init__(self, held: Tables, parts: Parts, names: Collection[str]) -> None:
        self._held, self._parts, self._names = dict(held), parts, tuple(names)

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._names:
            return self._held[name]
        import pandas as pd

        return pd.concat(list(self._parts.read(name)), ignore_index=True)

    def __iter__(self) -> Iterator[str]:
        return iter((*self._held, *self._names))

    def __len__(self) -> int:
        return len(self._held) + len(self._names)

    def in_parts(self, name: str) -> Iterator[pd.DataFrame]:
        """See `in_parts`."""
        if name in self._names:
            yield from self._parts.read(name)
        else:
            yield self._held[name]

    def of_needs(self, name: str, needs: Collection[str]) -> pd.DataFrame:
        """See `of_needs`."""
        if name not in self._names:
            return _of_needs(self._held[name], needs)
        import pandas as pd

        return pd.concat(list(self._parts.of_needs(name, needs)), ignore_index=True)

    def beside(self, tables: Tables) -> PartedTables:
        """See `beside`."""
        names = [name for name in self._names if name not in tables]
        return PartedTables({**self._held, **tables}, self._parts, names)

    def rows(self, name: str) -> int:
        """See `rows_of`."""
        return self._parts.rows(name) if name in self._names else len(self._held[name])

    def close(self) -> None:
        """Remove what lies on disk."""
        self._parts.close()


def in_parts(tables: Tables, name: str) -> Iterator[pd.DataFrame]:
    """A table, part by part where it is on disk, each part with a fresh index."""
    if isinstance(tables, PartedTables):
        yield from tables.in_parts(name)
    else:
        yield tables[name]


def of_needs(tables: Tables, name: str, needs: Collection[str]) -> pd.DataFrame:
    """The rows of a table that belong to some needs (column `need_id`), in its order and with a fresh index."""
    return tables.of_needs(name, needs) if isinstance(tables, PartedTables) else _of_needs(tables[name], needs)


def rows_of(tables: Tables, name: str) -> int:
    """How many rows a table has; it is not read."""
    return tables.rows(name) if isinstance(tables, PartedTables) else len(tables[name])


def beside(tables: Tables, others: Tables) -> Tables:
    """The tables with some others, which take the place of those of the same name; nothing is read."""
    return tables.beside(others) if isinstance(tables, PartedTables) else {**tables, **others}


def _of_needs(frame: pd.DataFrame, needs: Collection[str]) -> pd.DataFrame:
    return frame[frame["need_id"].isin(list(needs))].reset_index(drop=True)


def _read(path: Path) -> pd.DataFrame:
    from pyarrow import parquet

    frame: pd.DataFrame = parquet.read_table(path, use_threads=False).to_pandas(use_threads=False)
    return frame


@contextmanager
def _one_sentence(place: Path | None) -> Iterator[None]:
    """What the system says of a folder that cannot be written, as an error of ours."""
    try:
        yield
    except OSError as error:
        where, reason = place or tempfile.gettempdir(), error.strerror or str(error)
        raise OutputError(
            f"{where}: temporary files cannot be written ({reason}): make room there, or name another folder in TMPDIR."
        ) from error


def _remove(folder: Path, owner: int) -> None:
    """Only the process that made the folder removes it: a forked one that ends leaves it."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
