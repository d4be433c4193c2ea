"""The limits and the assumed shares of the search for duplicates, from data."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from integrator import data


class Level(NamedTuple):
    """One way in which two rows agree on a field, and how often they do so by assumption."""

    name: str
    upto: float
    one: float
    """Share among pairs of one company."""
    two: float
    """Share among pairs of two companies whose names are alike."""


@lru_cache(maxsize=1)
def settings() -> dict[str, float]:
    """The limits of `data/identity/duplicate_settings.csv` by name."""
    return {row["name"]: float(row["value"]) for row in data.rows("identity/duplicate_settings.csv")}


@lru_cache(maxsize=1)
def levels() -> dict[str, tuple[Level, ...]]:
    """The levels of `data/identity/duplicate_levels.csv` by field, in their order."""
    found: dict[str, tuple[Level, ...]] = {}
    for row in data.rows("identity/duplicate_levels.csv"):
        upto = float(row["upto"]) if row["upto"] else float("inf")
        level = Level(row["level"], upto, float(row["one"]), float(row["two"]))
        found[row["field"]] = (*found.get(row["field"], ()), level)
    return found


@lru_cache(maxsize=100)
def code(field: str, level: str) -> int:
    """The number of a level in its field."""
    return [one.name for one in levels()[field]].index(level)
