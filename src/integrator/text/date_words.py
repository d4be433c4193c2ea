"""The words of a date, from `data/reading/date_words.csv`: what each is, and what a sequence of them means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from integrator import data
from integrator.text import periods
from integrator.text.fold import fold
from integrator.text.periods import Period

_ORDINAL = re.compile(r"(\d{1,2})(?:e|er|re|eme|ere|nd|st|th|rd)")
_GLUED = re.compile(r"([a-z]+)(\d{1,2})")


class Part(NamedTuple):
    """One piece of a date."""

    kind: str
    """`year`, `number`, or a meaning of date_words.csv."""
    value: int
    """The year, the number, the month from 1; 0 for what has none."""


def parts_of(words: list[str]) -> list[Part] | None:
    """The words as parts of a date, those that say nothing left out; None when one is unknown."""
    parts: list[Part] = []
    at = 0
    while at < len(words):
        found = _longest(words, at)
        if found:
            length, meaning, value = found
            if meaning not in ("skip", "weekday"):
                parts.append(Part(meaning, value))
            at += length
            continue
        part = _number(words[at])
        if part is None:
            return None
        parts += part
        at += 1
    return parts


def meaning_of(parts: Sequence[Part]) -> Period | None:
    """The date or period that parts in this order say; None when that is no date.

    Raises `ValueError` for a date that no calendar has.
    """
    values = [part.value for part in parts if part.kind not in ("quarter", "half", "week", "decade")]
    rule = _PATTERNS.get(" ".join("number" if part.kind == "ordinal" else part.kind for part in parts))
    return rule(values) if rule else None


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, ...], tuple[str, int]]:
    return {
        tuple(fold(row["word"]).split()): (row["meaning"], int(row["value"] or 0))
        for row in data.rows("reading/date_words.csv")
    }


def _longest(words: list[str], at: int) -> tuple[int, str, int] | None:
    for length in (4, 3, 2, 1):
        known = _words().get(tuple(words[at : at + length]))
        if known and at + length <= len(words):
            return length, *known
    return None


def _number(word: str) -> list[Part] | None:
    if word.isascii() and word.isdigit():
        number = int(word)
        if len(word) == 4 and periods.is_year(number):
            return [Part("year", number)]
        return [Part("number", number)] if len(word) <= 2 else None
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal:
        return [Part("number", int(ordinal[1]))]
    glued = _GLUED.fullmatch(word)
    noun = glued and _words().get((glued[1],))
    if glued and noun and noun[0] in ("quarter", "half", "week"):
        kind = "week" if noun[0] == "half" and len(glued[2]) == 2 else noun[0]  # S2 is a half-year, S12 a week
        return [Part(kind, 0), Part("number", int(glued[2]))]
    return None


def _two_digits(year: int) -> int:
    if year < 10:
        raise ValueError("no year")
    return 2000 + year


_PATTERNS: dict[str, Callable[[list[int]], Period]] = {
    "year": lambda v: periods.months(v[0], 1, 12, "year"),
    "month year": lambda v: periods.month(v[1], v[0]),
    "year month": lambda v: periods.month(v[0], v[1]),
    "month number": lambda v: periods.month(_two_digits(v[1]), v[0]),
    "number month year": lambda v: periods.day(v[2], v[1], v[0]),
    "decade year": lambda v: periods.decade(v[0]),
    "number month number": lambda v: periods.day(_two_digits(v[2]), v[1], v[0]),
    "month number year": lambda v: periods.day(v[2], v[0], v[1]),
} | {
    pattern.replace("noun", noun): rule
    for noun, read in (("quarter", periods.quarter), ("half", periods.half), ("week", periods.week))
    for pattern, rule in (
        ("noun number year", lambda v, read=read: read(v[1], v[0])),
        ("number noun year", lambda v, read=read: read(v[1], v[0])),
        ("year noun number", lambda v, read=read: read(v[0], v[1])),
        ("year number noun", lambda v, read=read: read(v[0], v[1])),
        ("noun number number", lambda v, read=read: read(_two_digits(v[1]), v[0])),
        ("number noun number", lambda v, read=read: read(_two_digits(v[1]), v[0])),
    )
}
