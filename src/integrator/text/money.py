"""Amounts of money as they are written beside a need or a site."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from integrator import data
from integrator.text.numbers import parse_number

_AMOUNT = re.compile(
    r"(?P<number>\d[\d\s\u00a0\u202f.,]*?)\s*(?P<factor>k|mm|mds?|mio|millions?|milliards?|bn|m)?\s*"
    r"(?P<currency>eur|€|euros|usd|\$|dollars|mad|dhs?|dirhams|cny)(?![a-z])",
    re.IGNORECASE,
)

_NOT_ALONE = re.compile(r"(?:\d\s*(?:[-–−]|à|to|ou|or)\s*|[-–−]|\d[eE])$")
"""What stands before a number that is the end of a range, is negative or is cut off."""


class Amount(NamedTuple):
    """A sum of money in whole units of its currency (ISO 4217)."""

    value: float
    currency: str


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], str]:
    return {(row["meaning"], row["word"]): row["value"] for row in data.rows("reading/money_words.csv")}


def parse_amount(text: str) -> Amount | None:
    """The single amount that a text states; None when there is none, several, a range, or one that cannot be read.

    >>> parse_amount("800 M EUR/an (2014)"), parse_amount("1,7 MMDH"), parse_amount("20 M€ ou 30 M€")
    (Amount(value=800000000.0, currency='EUR'), Amount(value=1700000000.0, currency='MAD'), None)
    """
    found = list(_AMOUNT.finditer(text))
    if len(found) != 1:
        return None
    match = found[0]
    number = parse_number(match["number"].strip())
    if number is None or _NOT_ALONE.search(text[: match.start()]):
        return None
    factor = float(_words()["factor", match["factor"].lower()]) if match["factor"] else 1.0
    return Amount(number * factor, _words()["currency", match["currency"].lower()])
