"""What each level shows: the lines of `data/confidentiality.csv`. What has no line is restricted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from integrator import data
from integrator.errors import UsageError
from integrator.records import LEVELS, Level

WHOLE, FIGURE = "*", "figure"
INSTEAD = ("", "word", "sentences", "quoted")
"""What stands for a text that is withheld: nothing, the word "confidential", what quotes nothing that is withheld."""


class Rule(NamedTuple):
    """The least level at which something is shown, what stands in its place, and the section that then says so."""

    level: Level
    instead: str = ""
    section: str = ""
    why: str = ""


_UNLISTED = Rule("restricted")


def as_level(text: str) -> Level:
    """A level by its name. Raises `UsageError` for another one."""
    if text not in LEVELS:
        raise UsageError(f"--level {text}: choose among {', '.join(LEVELS)}.")
    return text


def is_above(level: Level, shown: Level) -> bool:
    """Whether something of this level is withheld from those who see `shown`."""
    return LEVELS.index(level) > LEVELS.index(shown)


def strictest(levels: Iterable[str], default: Level) -> Level:
    """The strictest of some levels; nothing and `default` stand for what the job says."""
    said = [default if level in ("", "default") else as_level(level) for level in levels] or [default]
    return max(said, key=LEVELS.index)


@lru_cache(maxsize=1)
def rules() -> Mapping[tuple[str, str], Rule]:
    """Table and column, table and `*`, or `figure` and its name -> its rule."""
    return {
        (row["of"], row["name"]): Rule(as_level(row["level"]), row["instead"], row["section"], row["why"])
        for row in data.rows("confidentiality.csv")
    }


def of_column(table: str, column: str) -> Rule:
    """The rule of a column: its own, else that of its table, else restricted."""
    return rules().get((table, column)) or rules().get((table, WHOLE), _UNLISTED)


def of_table(table: str) -> Rule | None:
    """The rule of a table as a whole, None where its columns are listed one by one."""
    if any(of == table for of, _ in rules()):
        return rules().get((table, WHOLE))
    return _UNLISTED


def of_figure(figure: str) -> Rule:
    """The rule of a figure of a valuation."""
    return rules().get((FIGURE, figure), _UNLISTED)
