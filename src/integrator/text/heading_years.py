"""A heading apart: "Volume 2027 (t)" is a name, a year and a unit; and the years of several columns of one field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from integrator.text.numbers import DIGITS

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*$")
_YEAR = re.compile(r"(?<![^\s/_:,-])((?:19|20)[0-9]{2})\s*$")
_BETWEEN = " \t\n/_:,-"
_LONGEST = 300
"""Characters; a longer text is no heading and is not taken apart."""
_UNDATED = "9999"
"""Stands before every year."""


class Parted(NamedTuple):
    """What a heading ends in, taken off."""

    name: str
    unit: str = ""
    """In brackets."""
    year: str = ""
    """In brackets or not."""


def parted(heading: str) -> Parted:
    """The name of a heading, its unit and its year, in any order at its end.

    >>> parted("Volume 2027 (t)"), parted("CA (MMAD)")
    (Parted(name='Volume', unit='t', year='2027'), Parted(name='CA', unit='MMAD', year=''))
    >>> parted("Volume (t) / 2027") == parted("Volume 2027 (t)"), parted("Volume - 2027") == parted("Volume (2027)")
    (True, True)
    >>> parted("الحجم ٢٠٢٧").year, parted("2027").name
    ('2027', '')
    """
    name, unit, year = heading.strip(), "", ""
    while len(name) <= _LONGEST:
        brackets, dated = _BRACKETS.search(name), _YEAR.search(name.translate(DIGITS))
        if dated and not year:
            name, year = name[: dated.start()].rstrip(_BETWEEN), dated[1]
        elif brackets and not unit:
            inside = brackets[1].strip()
            is_year = not year and _YEAR.fullmatch(inside.translate(DIGITS))
            unit, year = ("", is_year[1]) if is_year else (inside, year)
            name = name[: brackets.start()].rstrip()
        else:
            break
    return Parted(name, unit, year)


def year_of(heading: str) -> str:
    """The year that a heading ends in, or that stands in the brackets at its end with a unit, or "".

    >>> year_of("Volume (2027)"), year_of("t (2026)"), year_of("CA (MMAD, 2023)"), year_of("Article 12027")
    ('2027', '2026', '2023', '')
    """
    parts = parted(heading)
    beside = _YEAR.search(parts.unit.translate(DIGITS))
    return parts.year or (beside[1] if beside else "")


def latest_first(columns: Sequence[int], years: Mapping[int, str]) -> tuple[int, ...]:
    """Columns of one field, one without a year before the latest; () when they are one, or no year tells them apart.

    >>> latest_first((3, 4, 5), {3: "2026", 4: "2027"}), latest_first((3, 4), {3: "2026", 4: "2026"})
    ((5, 4, 3), ())
    """
    told = {years.get(column, _UNDATED) for column in columns}
    if len(columns) < 2 or len(told) < len(columns):
        return ()
    return tuple(sorted(columns, key=lambda column: years.get(column, _UNDATED), reverse=True))


def with_year(unit: str, year: str) -> str:
    """The unit of a figure and the year of its heading, as one text of a unit cell.

    >>> with_year("pièces/an", "2027"), with_year("", "2027"), with_year("t (2026)", "2027"), with_year("t", "")
    ('pièces/an (2027)', '2027', 't (2026)', 't')
    """
    if not year or year_of(unit):
        return unit
    return f"{unit} ({year})" if unit else year
