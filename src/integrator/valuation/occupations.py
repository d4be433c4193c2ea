"""Which trades a family employs at which level: the tables `occupations.csv` and `headcount_split.csv`, checked."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from integrator import data
from integrator.valuation.figures import Given
from integrator.valuation.sourced import EVERY, Sourced, fault, flag, sourced
from integrator.wording import LANGUAGES

FILE = "valuation/occupations.csv"
SPLIT_FILE = "valuation/headcount_split.csv"
Level = Literal["manager", "technician", "operator"]
LEVELS: tuple[Level, ...] = ("manager", "technician", "operator")
_ISCO = re.compile(r"[1-9]\d{3}")


@dataclass(frozen=True)
class Occupation:
    """One trade of one family."""

    family: str
    level: Level
    isco08: str
    """Unit group, four digits."""
    titles: Mapping[str, str]
    """By language."""
    share: Sourced
    """Of the level of the family."""
    is_code_verified: bool
    rome: str
    """Code of the French repertoire; "" = not verified in the primary text, so not given."""
    rem: str
    """Code of the Moroccan repertoire, likewise."""


@lru_cache(maxsize=1)
def occupations() -> tuple[Occupation, ...]:
    """The shipped trades in file order. Raises `KnowledgeError` naming file, line and fault."""
    return occupations_of(data.rows(FILE))


def occupations_of(rows: Sequence[Mapping[str, str]]) -> tuple[Occupation, ...]:
    """Trades of the lines of a file like the shipped one; `all` needs lines at every level."""
    made: dict[tuple[str, str, str], Occupation] = {}
    for line, row in enumerate(rows, start=1):
        for one in _of(row, line):
            key = (one.family, one.level, one.isco08)
            if key in made:
                fault(FILE, line, f"{one.isco08} stands twice for {one.family} at level {one.level}")
            made[key] = one
    sums: dict[tuple[str, str], float] = {}
    for one in made.values():
        sums[one.family, one.level] = sums.get((one.family, one.level), 0.0) + (one.share.value.point or 0.0)
    wrong = next((key for key, total in sums.items() if not math.isclose(total, 1, abs_tol=1e-9)), None)
    if wrong:
        raise data.KnowledgeError(f"{FILE}: the points of {wrong[0]} at level {wrong[1]} sum to {sums[wrong]:g}, not 1")
    bare = [level for level in LEVELS if (EVERY, level) not in sums]
    if bare:
        raise data.KnowledgeError(f"{FILE}: the family {EVERY!r} has no line at level {bare[0]}")
    return tuple(made.values())


def _of(row: Mapping[str, str], line: int) -> list[Occupation]:
    if row["level"] not in LEVELS:
        fault(FILE, line, f"unknown level {row['level']!r}, not one of {', '.join(LEVELS)}")
    if not _ISCO.fullmatch(row["isco08"]):
        fault(FILE, line, f"{row['isco08']!r} is no unit group of ISCO-08, which has four digits")
    titles = {language: row[f"title_{language}"] for language in LANGUAGES}
    if not all(titles.values()):
        fault(FILE, line, "a title is blank")
    families = row["families"].split(";")
    if not all(families):
        fault(FILE, line, "a family is blank")
    level, share, verified = row["level"], sourced(row, FILE, line), flag(row, "isco_verified", FILE, line)
    return [
        Occupation(family, level, row["isco08"], titles, share, verified, row["rome"], row["rem"])
        for family in families
    ]


@lru_cache(maxsize=1)
def headcount_split() -> Mapping[Level, Given]:
    """Share of each level in a headcount. Raises `KnowledgeError` naming file, line and fault."""
    return split_of(data.rows(SPLIT_FILE))


def split_of(rows: Sequence[Mapping[str, str]]) -> Mapping[Level, Given]:
    """The split of the lines of a file like the shipped one: one line a level, points that sum to 1."""
    found: dict[Level, Given] = {}
    for line, row in enumerate(rows, start=1):
        if row["level"] not in LEVELS or row["level"] in found:
            fault(SPLIT_FILE, line, f"level {row['level']!r} is unknown or stands twice")
        found[row["level"]] = sourced(row, SPLIT_FILE, line).given(f"share_of_{row['level']}s")
    total = sum(one.value.point or 0.0 for one in found.values())
    if len(found) < len(LEVELS) or not math.isclose(total, 1, abs_tol=1e-9):
        raise data.KnowledgeError(f"{SPLIT_FILE}: every level needs a line and the points sum to {total:g}, not to 1")
    return found
