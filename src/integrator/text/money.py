"""Amounts of money as they are written beside a need or a site."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from integrator.text.shapes import read_quantities


class Amount(NamedTuple):
    """A sum of money in whole units of its currency (ISO 4217)."""

    value: float
    currency: str


@lru_cache(maxsize=20_000)
def parse_amount(text: str) -> Amount | None:
    """The single exact amount that a text states; None when there is none, several, a range, or one that is unsure.

    >>> parse_amount("800 M EUR/an (2014)"), parse_amount("1,7 MMDH"), parse_amount("20 M€ ou 30 M€")
    (Amount(value=800000000.0, currency='EUR'), Amount(value=1700000000.0, currency='MAD'), None)
    """
    values, unread = read_quantities(text, "money")
    if unread or len(values) != 1:
        return None
    only = values[0]
    exact = only.low is not None and only.low == only.high and not only.approximate and only.low >= 0
    known = len(only.unit) == 3 and only.unit.isupper()
    return Amount(only.low, only.unit) if exact and known and only.low is not None else None
