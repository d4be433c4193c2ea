"""The value of a cell and its plain text."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

CellValue = str | float | int | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None


def cell_text(value: CellValue) -> str:
    """The plain text of a cell: numbers with the 15 digits that Excel shows, dates as ISO, blanks as "".

    >>> cell_text(312381.0), cell_text(0.1), cell_text(0.1 + 0.2), cell_text(None), cell_text(True)
    ('312381', '0.1', '0.3', '', 'TRUE')
    >>> cell_text(datetime.date(2024, 3, 12)), cell_text(datetime.timedelta(hours=26))
    ('2024-03-12', '26:00:00')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, datetime.timedelta):
        return _duration_text(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def says_something(value: CellValue) -> bool:
    """Whether a cell holds more than blanks."""
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def _float_text(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    if value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    short = f"{value:.15g}"
    return f"{Decimal(short):f}" if 1e-12 < abs(value) < 1e16 else short


def _duration_text(value: datetime.timedelta) -> str:
    seconds = abs(value) // datetime.timedelta(seconds=1)
    sign = "-" if value < datetime.timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
