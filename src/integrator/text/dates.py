"""Dates and periods as people write them -> first day, last day, and how precise that is.

ISO first, then day before month (the order of this country), then words. A year stays a year: no day is
made up, and nothing depends on the day of the run.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache

from integrator.text import periods
from integrator.text.date_words import Part, meaning_of, parts_of
from integrator.text.fold import fold
from integrator.text.periods import Period
from integrator.text.scanning import plain

_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[ T]\d{2}:\d{2}(?::\d{2})?)?")
_NUMERIC = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4}|\d{2})")
_DASH = re.compile(
    r"\s+[-–—]\s+|(?<=\d{4})\s?[-–—/]\s?(?=\d{4}\b)|(?<=^\d\d)-(?=\d\d [^\W\d])"
    r"|(?<=^[TtQqSsHh]\d)\s?-\s?(?=[TtQqSsHh]\d)|\s*[–—→]\s*|(?<=[^\W\d_]{3})-(?=[^\W\d_]{3})"
)
"""Dashes between two ends; one inside 2024-03-12 is none."""
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 54_788
"""1950-01-01 and 2049-12-31 counted in days from 1899-12-30, as Excel does."""


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
    said = " ".join(plain(text).split()).rstrip(".")
    said = _without_remark(said) or said
    number = re.fullmatch(r"(\d{5})(?:\.0)?", said)
    if number:
        return _of_serial(int(number[1])) if serial else None
    try:
        return _read(said)
    except ValueError:  # no such day
        return None


def _without_remark(said: str) -> str:
    opens = said.find("(", said.rfind(")", 0, -1) + 1) if said.endswith(")") else -1
    return said if opens < 0 else said[:opens].strip()


def _of_serial(days: int) -> Period | None:
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return None
    day = datetime.date(1899, 12, 30) + datetime.timedelta(days)
    return Period(day, day, "day")


def _read(said: str) -> Period | None:
    before, colon, behind = said.partition(":")
    if colon and parts_of(fold(before).split()) == []:  # SOP : 06/2026
        said = behind.strip()
    direct = _direct(said)
    if direct:
        return direct
    if said.endswith("+"):
        period = _read(said.rstrip("+ "))
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
        return periods.day(year, month, int(iso[3])) if iso[3] else periods.month(year, month)
    match = _NUMERIC.fullmatch(said)
    if match and (match[1] or len(match[3]) == 4):
        year = int(match[3]) if len(match[3]) == 4 else 2000 + int(match[3])
        return periods.day(year, int(match[2]), int(match[1])) if match[1] else periods.month(year, int(match[2]))
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
    parts = parts_of(folded.split())
    if parts is None:
        return None
    kinds = [part.kind for part in parts]
    for side in ("after", "before"):
        if kinds.count(side) == 1 and kinds[0] == side:
            period = meaning_of(parts[1:])
            return period and period._replace(open=side)
    if kinds.count("to") == 1:
        return _joined(parts, kinds.index("to"))
    return meaning_of([part for part in parts if part.kind != "to"])


def _joined(parts: Sequence[Part], at: int) -> Period | None:
    last = meaning_of(parts[at + 1 :])
    begun = list(parts[:at])
    first = meaning_of(begun)
    if first is None and last:
        if [part.kind for part in begun] in (["number"], ["ordinal"]):
            begun.append(Part("month", last.end.month))
        first = meaning_of([*begun, Part("year", last.end.year)])
    if not first or not last or first.start > last.end:
        return None
    return Period(first.start, last.end, "span")
