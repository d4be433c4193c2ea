"""Shipped knowledge as CSV files an analyst can read, and the loader of those files.

Words, weights, coefficients and rules live here, never in code. A line that begins with `#`
before the header tells what the file holds, where it comes from and what its columns mean.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from integrator.errors import IntegratorError


class KnowledgeError(IntegratorError):
    """A shipped CSV is damaged: a fault of the program or of an edited data file."""


@lru_cache(maxsize=100)
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The lines of a shipped CSV, e.g. `rows("taxonomy/labels.csv")`, every cell as text; read once.

    Raises `KnowledgeError` when a line has too many or too few cells, naming the line.
    """
    return tuple(MappingProxyType(row) for row in read(text(name).splitlines(keepends=True), name))


def names(folder: str) -> tuple[str, ...]:
    """The shipped CSV files of a folder, as `rows` takes them, by name."""
    found = (file.name for file in (files(__package__) / folder).iterdir())
    return tuple(f"{folder}/{name}" for name in sorted(found) if name.endswith(".csv"))


def text(name: str) -> str:
    """A shipped file as text."""
    return (files(__package__) / name).read_text(encoding="utf-8")


def read(stream: Iterable[str], name: str) -> Iterator[dict[str, str]]:
    """Lines of an open CSV in the shape of the shipped files: `#` comments, a header, then rows."""
    reader = csv.reader(line for line in stream if not line.startswith("#"))
    header = next(reader, None)
    if header is None:
        raise KnowledgeError(f"{name}: no header line")
    for number, cells in enumerate(reader, start=1):
        if not cells:
            continue
        if len(cells) != len(header):
            raise KnowledgeError(
                f"{name}: line {number} below the header has {len(cells)} cells, not {len(header)}: {cells[0]!r}"
            )
        yield dict(zip(header, (cell.strip() for cell in cells), strict=True))
