"""Days, weeks, months and longer spans of the calendar, each with its first and last day."""

from __future__ import annotations

import datetime
from calendar import monthrange
from typing import Literal, NamedTuple

Precision = Literal["day", "week", "month", "quarter", "half_year", "year", "span"]
_FIRST_YEAR, _LAST_YEAR = 1950, 2049


class Period(NamedTuple):
    """A date or a period, first and last day inclusive."""

    start: datetime.date
    end: datetime.date
    precision: Precision
    open: Literal["", "after", "before"] = ""
    """`after`: from then on; `before`: by then at the latest."""


def is_year(number: int) -> bool:
    """Whether a number of four digits is taken for a year: 1950 to 2049."""
    return _FIRST_YEAR <= number <= _LAST_YEAR


def day(year: int, month: int, number: int) -> Period:
    """One day. Raises `ValueError` for one that no calendar has, or before 1950 or after 2049."""
    date = datetime.date(year, month, number)
    if not is_year(year):
        raise ValueError("out of range")
    return Period(date, date, "day")


def decade(year: int) -> Period:
    """Ten years. Raises `ValueError` for a year that begins none."""
    if year % 10:
        raise ValueError("no decade")
    return Period(datetime.date(year, 1, 1), datetime.date(year + 9, 12, 31), "span")


def months(year: int, first: int, count: int, precision: Precision) -> Period:
    """So many whole months of a year from the first on. Raises `ValueError` for a month that is none."""
    last = first + count - 1
    start = datetime.date(year, first, 1)
    return Period(start, datetime.date(year, last, monthrange(year, last)[1]), precision)


def month(year: int, month: int) -> Period:
    """One month, 1 to 12."""
    return months(year, month, 1, "month")


def quarter(year: int, number: int) -> Period:
    """One quarter, 1 to 4."""
    return months(year, 3 * number - 2, 3, "quarter")


def half(year: int, number: int) -> Period:
    """One half-year, 1 or 2."""
    return months(year, 6 * number - 5, 6, "half_year")


def week(year: int, number: int) -> Period:
    """One week from Monday to Sunday, numbered as in ISO 8601."""
    monday = datetime.date.fromisocalendar(year, number, 1)
    return Period(monday, monday + datetime.timedelta(6), "week")
