"""The decimal sign of figures such as "1,234": what the other cells of the column show, or the cell itself.

A figure with three digits behind one sign can be read in two ways. A column in which every other figure uses one
decimal sign settles it; a column whose figures disagree, or show none, does not. A number cell is never in doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeGuard

from integrator.records import EntityKind
from integrator.sources.header import Header
from integrator.sources.words import value_fields
from integrator.text.numbers import Decimal
from integrator.workbooks import CellValue, Sheet

_FIGURE = re.compile(r"(?<![0-9.,])[0-9]+(?:[.,][0-9]+)+(?![.,]?[0-9])")
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?=([.,])[0-9]{3}[.,])(?:\1[0-9]{3})+(?:([.,])[0-9]+)?")
_SIMPLE = re.compile(r"(?:0|[1-9][0-9]*)([.,])[0-9]+")
_SIGNS: dict[str, Decimal] = {",": ",", ".": "."}
_OTHER: dict[str, Decimal] = {",": ".", ".": ","}


def decimal_signs(sheet: Sheet, header: Header, kind: EntityKind) -> Mapping[int, Mapping[int, Decimal]]:
    """By row, then by column: the decimal sign of each cell with a figure that could be read in two ways."""
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for column, field in header.named.items():
        if field not in value_fields(kind):
            continue
        doubtful: list[int] = []
        shown: set[Decimal] = set()
        for row, value in _column(sheet, column, header.row):
            if type(value) is not str:
                found[row][column] = "."
            else:
                two_ways, signs = _tells(value)
                shown |= signs
                doubtful += [row] if two_ways else []
        if len(shown) == 1:
            for row in doubtful:
                found[row][column] = next(iter(shown))
    return found


def _column(sheet: Sheet, column: int, header_row: int) -> list[tuple[int, str | float]]:
    """The texts with a sign and the broken numbers of a column below the header, with their rows."""
    return [
        (row, value)
        for row, cells in enumerate(sheet.rows[header_row:], start=header_row + 1)
        if column <= len(cells) and (value := cells[column - 1]) is not None and _matters(value)
    ]


def _matters(value: CellValue) -> TypeGuard[str | float]:
    if type(value) is str:
        return "," in value or "." in value
    return type(value) is float and not value.is_integer()


@lru_cache(maxsize=50_000)
def _tells(text: str) -> tuple[bool, frozenset[Decimal]]:
    """Whether a figure of a cell could be read in two ways, and the decimal signs that its others show."""
    figures = _FIGURE.findall(text)
    two_ways = any(_TWO_WAYS.fullmatch(figure) for figure in figures)
    return two_ways, frozenset(sign for figure in figures if (sign := _decimal_sign(figure)))


def _decimal_sign(figure: str) -> Decimal | None:
    """The decimal sign that a figure must have: "1.234,5" and "12,5" a comma, "1,234,567" a point; a date has none."""
    if match := _GROUPED.fullmatch(figure):
        separator, sign = match.groups()
        if not sign:
            return _OTHER[separator]
        return _SIGNS[sign] if sign != separator else None
    match = _SIMPLE.fullmatch(figure)
    return _SIGNS[match[1]] if match and not _TWO_WAYS.fullmatch(figure) else None
