"""Dates and periods as people write them -> first day, last day, and how precise that is.

ISO first, then day before month (the order of this country), then words. A year stays a year: no day is
made up, and nothing depends on the day of the run.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from integrator import data
from integrator.text.fold import fold
from integrator.text.scanning import plain

Precision = Literal["day", "week", "month", "quarter", "half_year", "year", "span"]

_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[ T]\d{2}:\d{2}(?::\d{2})?)?")
_NUMERIC = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4}|\d{2})")
_DASH = re.compile(
    r"\s+[-–—]\s+|(?<=\d{4})\s?[-–—/]\s?(?=\d{4}\b)|(?<=^\d\d)-(?=\d\d [^\W\d])"
    r"|(?<=^[TtQqSsHh]\d)\s?-\s?(?=[TtQqSsHh]\d)|\s*[–—→]\s*|(?<=[^\W\d_]{3})-(?=[^\W\d_]{3})"
)
"""Dashes between two ends; one inside 2024-03-12 is none."""
_REMARK = re.compile(r"\s*\([^)]*\)$")
_ORDINAL = re.compile(r"(\d{1,2})(?:e|er|re|eme|ere|nd|st|th|rd)")
_GLUED = re.compile(r"([a-z]+)(\d{1,2})")
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 54_788
"""1950-01-01 and 2049-12-31 counted in days from 1899-12-30, as Excel does."""


class Period(NamedTuple):
    """A date or a period, first and last day inclusive."""

    start: datetime.date
    end: datetime.date
    precision: Precision
    open: Literal["", "after", "before"] = ""
    """`after`: from then on; `before`: by then at the latest."""


class _Part(NamedTuple):
    kind: str
    value: int


@lru_cache(maxsize=20_000)
def read_date(text: str, serial: bool = False) -> Period | None:
    """The date or period that a whole cell states; None when there is none, or it is impossible or ambiguous.

    A remark in brackets at the end is left out.
    `serial`: the cell stands in a date column, where a bare 45363 is a date of Excel.

    >>> read_date("T3 2024").start.isoformat(), read_date("2024").precision, read_date("31/02/2024")
    ('2024-07-01', 'year', None)
    >>> read_date("12 غشت 2024").end.isoformat(), read_date("2025+").open
    ('2024-08-12', 'after')
    >>> read_date("sept. 2024 - janv. 2025").end.isoformat()
    '2025-01-31'
    """
    said = plain(text).strip().rstrip(".")
    said = _REMARK.sub("", said).strip() or said
    number = re.fullmatch(r"(\d{5})(?:\.0)?", said)
    if number:
        return _of_serial(int(number[1])) if serial else None
    try:
        return _read(said)
    except ValueError:  # no such day
        return None


def _of_serial(days: int) -> Period | None:
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return None
    day = datetime.date(1899, 12, 30) + datetime.timedelta(days)
    return Period(day, day, "day")


def _read(said: str) -> Period | None:
    before, colon, behind = said.partition(":")
    if colon and _parts(fold(before).split()) == []:  # SOP : 06/2026
        said = behind.strip()
    direct = _direct(said)
    if direct:
        return direct
    if said.endswith("+"):
        period = _read(said[:-1].strip())
        return period and period._replace(open="after")
    ends = [end for end in _DASH.split(said) if end]
    if len(ends) == 2:
        return _between(ends[0], ends[1])
    return _worded(fold(re.sub(r"jusqu['’]", "jusque ", said.lower())))


def _direct(said: str) -> Period | None:
    """Dates in digits."""
    iso = _ISO.fullmatch(re.sub(r"(?<=\d{4})/(\d\d)/(?=\d\d$)", r"-\1-", said))
    if iso and (iso[3] or 1 <= int(iso[2]) <= 12):
        year, month = int(iso[1]), int(iso[2])
        return _day(year, month, int(iso[3])) if iso[3] else _month(year, month)
    match = _NUMERIC.fullmatch(said)
    if match and (match[1] or len(match[3]) == 4):
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        return _day(year, int(match[2]), int(match[1])) if match[1] else _month(year, int(match[2]))
    return None


def _between(first: str, last: str) -> Period | None:
    """Two ends; the first may leave its year to the second."""
    end = _read(last)
    start = _read(first)
    if start is None and end:
        day_only = first.strip().isdigit() and end.precision == "day"
        start = _read(f"{first}/{end.end.month}/{end.end.year}" if day_only else f"{first} {end.end.year}")
    if start is None or end is None or start.open or end.open or start.start > end.end:
        return None
    return Period(start.start, end.end, "span")


def _worded(folded: str) -> Period | None:
    parts = _parts(folded.split())
    if parts is None:
        return None
    kinds = [part.kind for part in parts]
    for side in ("after", "before"):
        if kinds.count(side) == 1 and kinds[0] == side:
            period = _pattern(parts[1:])
            return period and period._replace(open=side)
    if kinds.count("to") == 1:
        return _joined(parts, kinds.index("to"))
    return _pattern([part for part in parts if part.kind != "to"])


def _joined(parts: Sequence[_Part], at: int) -> Period | None:
    last = _pattern(parts[at + 1 :])
    begun = list(parts[:at])
    first = _pattern(begun)
    if first is None and last:
        if [part.kind for part in begun] in (["number"], ["ordinal"]):
            begun.append(_Part("month", last.end.month))
        first = _pattern([*begun, _Part("year", last.end.year)])
    if not first or not last or first.start > last.end:
        return None
    return Period(first.start, last.end, "span")


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, ...], tuple[str, int]]:
    return {
        tuple(fold(row["word"]).split()): (row["meaning"], int(row["value"] or 0))
        for row in data.rows("reading/date_words.csv")
    }


def _parts(words: list[str]) -> list[_Part] | None:
    """The words as parts of a date, those that say nothing left out; None when one is unknown."""
    parts: list[_Part] = []
    at = 0
    while at < len(words):
        found = _longest(words, at)
        if found:
            length, meaning, value = found
            if meaning not in ("skip", "weekday"):
                parts.append(_Part(meaning, value))
            at += length
            continue
        part = _number(words[at])
        if part is None:
            return None
        parts += part
        at += 1
    return parts


def _longest(words: list[str], at: int) -> tuple[int, str, int] | None:
    for length in (4, 3, 2, 1):
        known = _words().get(tuple(words[at : at + length]))
        if known and at + length <= len(words):
            return length, *known
    return None


def _number(word: str) -> list[_Part] | None:
    if word.isascii() and word.isdigit():
        number = int(word)
        if len(word) == 4 and 1950 <= number < 2050:
            return [_Part("year", number)]
        return [_Part("number", number)] if len(word) <= 2 else None
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal:
        return [_Part("number", int(ordinal[1]))]
    glued = _GLUED.fullmatch(word)
    noun = glued and _words().get((glued[1],))
    if glued and noun and noun[0] in ("quarter", "half", "week"):
        kind = "week" if noun[0] == "half" and len(glued[2]) == 2 else noun[0]  # S2 is a half-year, S12 a week
        return [_Part(kind, 0), _Part("number", int(glued[2]))]
    return None


def _pattern(parts: Sequence[_Part]) -> Period | None:
    values = [part.value for part in parts if part.kind not in ("quarter", "half", "week", "decade")]
    rule = _PATTERNS.get(" ".join("number" if part.kind == "ordinal" else part.kind for part in parts))
    return rule(values) if rule else None


def _two_digits(year: int) -> int:
    if year < 10:
        raise ValueError("no year")
    return 2000 + year


def _day(year: int, month: int, day: int) -> Period:
    date = datetime.date(year, month, day)
    if not 1950 <= year < 2050:
        raise ValueError("out of range")
    return Period(date, date, "day")


def _decade(year: int) -> Period:
    if year % 10:
        raise ValueError("no decade")
    return Period(datetime.date(year, 1, 1), datetime.date(year + 9, 12, 31), "span")


def _months(year: int, first: int, count: int, precision: Precision) -> Period:
    last = first + count - 1
    start = datetime.date(year, first, 1)
    return Period(start, datetime.date(year, last, monthrange(year, last)[1]), precision)


def _month(year: int, month: int) -> Period:
    return _months(year, month, 1, "month")


def _quarter(year: int, number: int) -> Period:
    return _months(year, 3 * number - 2, 3, "quarter")


def _half(year: int, number: int) -> Period:
    return _months(year, 6 * number - 5, 6, "half_year")


def _week(year: int, number: int) -> Period:
    monday = datetime.date.fromisocalendar(year, number, 1)
    return Period(monday, monday + datetime.timedelta(6), "week")


_PATTERNS: dict[str, Callable[[list[int]], Period]] = {
    "year": lambda v: _months(v[0], 1, 12, "year"),
    "month year": lambda v: _month(v[1], v[0]),
    "year month": lambda v: _month(v[0], v[1]),
    "month number": lambda v: _month(_two_digits(v[1]), v[0]),
    "number month year": lambda v: _day(v[2], v[1], v[0]),
    "decade year": lambda v: _decade(v[0]),
    "number month number": lambda v: _day(_two_digits(v[2]), v[1], v[0]),
    "month number year": lambda v: _day(v[2], v[0], v[1]),
} | {
    pattern.replace("noun", noun): rule
    for noun, read in (("quarter", _quarter), ("half", _half), ("week", _week))
    for pattern, rule in (
        ("noun number year", lambda v, read=read: read(v[1], v[0])),
        ("number noun year", lambda v, read=read: read(v[1], v[0])),
        ("year noun number", lambda v, read=read: read(v[0], v[1])),
        ("year number noun", lambda v, read=read: read(v[0], v[1])),
        ("noun number number", lambda v, read=read: read(_two_digits(v[1]), v[0])),
        ("number noun number", lambda v, read=read: read(_two_digits(v[1]), v[0])),
    )
}
