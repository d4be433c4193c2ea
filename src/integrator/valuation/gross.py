"""The gross value of a need: computed or stated, else which input is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from integrator import data
from integrator.text.fold import fold
from integrator.text.money import parse_amount
from integrator.text.numbers import parse_number

ValueStatus = Literal["computed", "stated", "missing"]
Need = Mapping[Any, Any]
"""A row of `tables.NEEDS` by column."""
YEARLY = ("demand", "derived")
"""Bases of a volume that make it a yearly demand."""


@dataclass(frozen=True)
class GrossValue:
    """Imports that local production would replace, a year."""

    value: float | None
    currency: str
    status: ValueStatus
    basis: str
    """How it was found, or what the stated amount is instead of a yearly value."""
    missing: str
    """Codes of the inputs that are missing: `volume`, `price`, `currency`."""


def gross_value(need: Need) -> GrossValue:
    """Volume x unit price where both are known, else a stated annual value, else nothing.

    An investment, a capital, a change of imports or a contract total is quoted and never taken for
    a yearly value.
    """
    price, priced_in = priced(need)
    demand = float(need["volume"]) if is_yearly_demand(need) and need["volume_unit"] == "part" else math.nan
    currency = str(need["currency"]) or priced_in
    if price is not None and not math.isnan(demand) and currency:
        return GrossValue(price * demand, currency, "computed", "volume x price", "")
    stated = _stated(need)
    if stated:
        return stated
    missing = [
        name
        for name, known in (
            ("volume", not math.isnan(demand)),
            ("price", price is not None),
            ("currency", price is None or bool(currency)),
        )
        if not known
    ]
    return GrossValue(None, "", "missing", quoted_amount(need), " ".join(missing))


def priced(need: Need) -> tuple[float | None, str]:
    """The price, and the currency that its own cell says; none where the two currencies contradict each other."""
    text = str(need["unit_price"])
    plain = _not_negative(parse_number(text))
    if plain is not None:
        return plain, ""
    amount = parse_amount(text)
    if amount is None or str(need["currency"]) not in ("", amount.currency):
        return None, ""
    return amount.value, amount.currency


def is_yearly_demand(need: Need) -> bool:
    """Whether the volume, one number or a range, is what is bought a year: no day's, no capacity, no target."""
    return bool(need["volume_basis"] in YEARLY and need["volume_period"] == "year" and _is_known(need))


def _is_known(need: Need) -> bool:
    return any(need[name] >= 0 for name in ("volume", "volume_low", "volume_high"))


def _not_negative(number: float | None) -> float | None:
    """Nothing is bought at less than nothing: such a number is not known."""
    return None if number is None or number < 0 else number


def _stated(need: Need) -> GrossValue | None:
    for text, kind in ((need["annual_value"], "annual_value"), (need["price_or_value"], None)):
        amount = parse_amount(str(text)) or _bare(str(text), str(need["currency"]), kind)
        if amount and (amount_kind(str(text)) or kind) == "annual_value":
            return GrossValue(amount[0], amount[1], "stated", str(text), "")
    return None


def _bare(text: str, currency: str, kind: str | None) -> tuple[float, str] | None:
    number = _not_negative(parse_number(text)) if currency and kind else None
    return (number, currency) if number is not None else None


def quoted_amount(need: Need) -> str:
    """The amount beside a need that is no yearly value, quoted with what it is: `investment: 75 M USD`."""
    text = str(need["price_or_value"] or need["annual_value"])
    return f"{amount_kind(text) or 'amount'}: {text}" if text else ""


@lru_cache(maxsize=1000)
def amount_kind(text: str) -> str:
    """What an amount is by its words: a kind of `data/reading/value_words.csv`, or ""."""
    said = f" {fold(text)} "
    return next((row["kind"] for row in data.rows("reading/value_words.csv") if f" {fold(row['word'])} " in said), "")
