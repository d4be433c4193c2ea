"""What one table promises: its columns in order, their types, the key that no two rows share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

ColumnType = Literal["text", "number", "integer", "flag"]


@dataclass(frozen=True)
class Table:
    """The contract of one table."""

    name: str
    columns: tuple[tuple[str, ColumnType], ...]
    key: tuple[str, ...]
    about: str = ""
    """What its rows and columns mean where their names do not say it."""

    @property
    def names(self) -> list[str]:
        """Column names in their published order."""
        return [name for name, _ in self.columns]


def table(name: str, key: str, columns: str, about: str = "") -> Table:
    """A contract from words: `columns` as `name` (text), `name:number`, `name:integer` or `name:flag`."""
    pairs = (column.partition(":")[::2] for column in columns.split())
    typed = tuple((column, cast(ColumnType, kind or "text")) for column, kind in pairs)
    return Table(name, typed, tuple(key.split()), about)
