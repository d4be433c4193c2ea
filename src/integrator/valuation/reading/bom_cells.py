"""Cells of a bill of materials: amounts, shares, flags, countries. What cannot be read is None with the reason."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from integrator import data, places
from integrator.text.fold import fold
from integrator.text.numbers import Decimal, parse_number
from integrator.text.shapes import read_quantities
from integrator.valuation.figures import Range

WORDS = "valuation/bom_words.csv"
Scale = Literal["share", "percent"]


class Cell(NamedTuple):
    """What a cell was read as; `fault` says why it was not."""

    value: Range | None
    unit: str = ""
    fault: str = ""


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {"flag": {}, "kind": {}, "group": {}}
    meanings = {"flag": {"yes", "no"}, "kind": {"purchase", "assembly", "other"}}
    for row in data.rows(WORDS):
        field, meaning = row["field"], row["meaning"]
        if field not in found or meaning not in meanings.get(field, {meaning}):
            raise data.KnowledgeError(f"{WORDS}: word {row['word']!r}: unknown field or meaning {field!r}, {meaning!r}")
        found[field][fold(row["word"])] = meaning
    return found


def meaning(field: str, text: str) -> str:
    """What a word means in a field of `data/valuation/bom_words.csv`, or ""."""
    return _words()[field].get(fold(text), "")


@lru_cache(maxsize=1)
def _says_nothing() -> frozenset[str]:
    return frozenset(row["marker"].casefold() for row in data.rows("reading/missing.csv"))


def said(row: Mapping[str, str], field: str) -> str:
    """The text of a field, "" where the cell is blank or only says that it is unknown."""
    text = row.get(field, "").strip()
    return "" if text.casefold() in _says_nothing() else text


def amount(text: str, unit: str = "", decimal: Decimal = "") -> Cell:
    """A sum that is not negative, with its currency when the cell or `unit` names one: `12-15 EUR` is a range.

    `decimal`: the sign that the column of the cell shows, where it shows one.

    >>> amount("2 100,50 EUR").value, amount("12 - 15").value, amount("1,234").fault
    (Range(low=2100.5, high=2100.5, point=2100.5), Range(low=12.0, high=15.0, point=None), 'is not one amount')
    """
    reading = read_quantities(text, "money", unit, decimal)
    if reading.unread or len(reading.values) != 1:
        number = parse_number(text, decimal)
        return (
            Cell(_range(number, number)) if number is not None and number >= 0 else Cell(None, "", "is not one amount")
        )
    only = reading.values[0]
    if only.low is None or only.high is None or not 0 <= only.low <= only.high < math.inf:
        return Cell(None, "", "is open, endless or below 0")
    return Cell(_range(only.low, only.high), only.unit)


def share(text: str, scale: Scale, decimal: Decimal = "") -> Cell:
    """A share as 0-1. A figure with % says it itself; a bare one is what its column holds, open ends are 0 and 1.

    >>> share("30-45 %", "share").value, share("35", "percent").value
    (Range(low=0.3, high=0.45, point=None), Range(low=0.35, high=0.35, point=0.35))
    >>> share("0,35", "percent").fault
    'may be a share or a percentage'
    """
    reading = read_quantities(text, "volume", "", decimal)
    if reading.unread or len(reading.values) != 1 or reading.values[0].unit not in ("", "%"):
        return Cell(None, "", "is not one share")
    only = reading.values[0]
    has_sign = only.unit == "%" or "٪" in text
    ends = [end for end in (only.low, only.high) if end is not None]
    if not has_sign and scale == "percent" and any(0 < end <= 1 for end in ends):
        return Cell(None, "", "may be a share or a percentage")
    whole = 100.0 if has_sign or scale == "percent" else 1.0
    low, high = only.low or 0.0, whole if only.high is None else only.high
    if not 0 <= low <= high <= whole:
        return Cell(None, "", "is not between 0 and 100 %")
    return Cell(_range(low / whole, high / whole))


def _range(low: float, high: float) -> Range:
    return Range(low, high, low if low == high else None)


def scale_of(texts: Iterable[str]) -> Scale:
    """How a column writes shares: in percent when a bare figure in it is above 1."""
    for text in texts:
        values = read_quantities(text, "volume").values
        if "٪" not in text and any(one.unit == "" and max(one.low or 0, one.high or 0) > 1 for one in values):
            return "percent"
    return "share"


def countries(text: str) -> tuple[str, ...]:
    """ISO codes of the countries of a cell: names, or a code of two capital letters that is listed."""
    plain = text.strip()
    if len(plain) == 2 and plain.isupper() and any(row["code"] == plain for row in data.rows("countries.csv")):
        return (plain,)
    return places.countries(text)
