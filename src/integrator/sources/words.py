"""The small word lists of reading: totals, remarks, and cells that say nothing."""

from __future__ import annotations

from functools import lru_cache

from integrator import data
from integrator.text.fold import fold

LONGEST_MARKER = 40
"""Characters; the table of markers is held to it by a test."""


@lru_cache(maxsize=1)
def total_labels() -> frozenset[str]:
    """Folded labels of total lines."""
    return frozenset(fold(row["label"]) for row in data.rows("reading/totals.csv"))


@lru_cache(maxsize=1)
def note_words() -> tuple[str, ...]:
    """Folded first words of remark lines."""
    return tuple(fold(row["word"]) for row in data.rows("reading/notes.csv"))


@lru_cache(maxsize=8)
def value_fields(kind: str) -> dict[str, str]:
    """The fields of one kind of record that hold figures or dates, and the grammar that reads each."""
    return {row["field"]: row["about"] for row in data.rows("reading/value_fields.csv") if row["entity"] == kind}


@lru_cache(maxsize=1)
def _missing_markers() -> frozenset[str]:
    return frozenset(row["marker"].casefold() for row in data.rows("reading/missing.csv"))


def says_nothing(text: str) -> bool:
    """Whether a cell is blank or only says that it is unknown."""
    stripped = text.strip()
    return not stripped or (len(stripped) <= LONGEST_MARKER and stripped.casefold() in _missing_markers())


@lru_cache(maxsize=1)
def first_letters() -> frozenset[str]:
    """What a text without blanks at its ends begins with when it says nothing: most texts are told by this alone."""
    return frozenset(first for marker in _missing_markers() for first in (marker[0], marker[0].upper()))
