"""Whether a site produces, from the words of its status cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.text.fold import fold

_YEAR = re.compile(r"\b(19[5-9]\d|20[0-4]\d)\b")
_BRACKETS = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class Status:
    """One state of a site."""

    activity: str
    """Code of `data/reading/statuses.csv`, or `unknown`."""
    active: str
    """`yes`, `no`, or "" while it is not known to produce."""
    year: int | None
    """The year the state was attested, not a start or an aim."""


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str, str], ...]:
    rows = [(fold(row["word"]), row["activity"], row["active"]) for row in data.rows("reading/statuses.csv")]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@lru_cache(maxsize=10_000)
def read_status(text: str) -> Status:
    """The latest of the states that a cell names: by year, then by place in the cell.

    >>> read_status("announced 2017; operating 2023")
    Status(activity='operating', active='yes', year=2023)
    >>> read_status("announced 2017 (démarrage 2019)").year
    2017
    """
    states = [_one(part) for part in re.split(r"[;\n]+", text) if part.strip()]
    known = [state for state in states if state.activity != "unknown"]
    if not known:
        return Status("unknown", "", None)
    latest = max(range(len(known)), key=lambda i: (known[i].year or 0, i))
    return known[latest]


def _one(text: str) -> Status:
    outside = f" {fold(_BRACKETS.sub(' ', text))} "
    years = _YEAR.findall(outside)
    for word, activity, active in _words():
        if f" {word} " in outside:
            return Status(activity, active, int(years[-1]) if years else None)
    return Status("unknown", "", None)
