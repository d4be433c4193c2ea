"""What each column holds: `meanings.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from integrator import data

FILE = Path(__file__).with_name("meanings.csv")


@lru_cache
def meanings() -> Mapping[tuple[str, str], str]:
    """(table, kind or "", column) -> what it holds."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(data.read(stream, FILE.name))
    return {(of, row["column"]): row["meaning"] for row in rows for of in row["of"].split() or [""]}


def meaning(of: str, column: str) -> str:
    """What the column of a table or kind holds. Raises `KeyError` when no line says it."""
    found = meanings()
    return found.get((of, column)) or found["", column]
