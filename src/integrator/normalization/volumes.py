"""What a volume beside a need really is: a yearly demand, or a capacity, a target, a total."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.text.fold import fold
from integrator.text.numbers import parse_number

_SPAN = re.compile(r"\bsur (\d{1,2}) ans\b|\bover (\d{1,2}) years\b")
_YEAR = re.compile(r"\b(19[5-9]\d|20[0-4]\d)\b")


@dataclass(frozen=True)
class Volume:
    """A volume with its qualifiers; `number` is None when it could not be read."""

    number: float | None
    unit: str
    """Canonical unit of `data/reading/units.csv`, or the words as typed."""
    period: str
    """`year`, `month`, `day`, or "" when not said."""
    basis: str
    """`demand`, `derived`, `capacity`, `target`, `total`, or "" when not known."""
    year: int | None


@lru_cache(maxsize=1)
def _lists() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    words = data.rows("reading/volume_words.csv")
    by = {
        meaning: {fold(row["word"]): row["value"] for row in words if row["meaning"] == meaning}
        for meaning in ("basis", "period")
    }
    units = {fold(row["word"]): row["unit"] for row in data.rows("reading/units.csv")}
    return by["basis"], by["period"], units


def read_volume(number: str, unit: str) -> Volume:
    """Read the volume and unit cells of a need.

    >>> read_volume("312381", "unités/an (1 par véhicule, dérivé de la production 2024)")
    Volume(number=312381.0, unit='part', period='year', basis='derived', year=2024)
    >>> read_volume("3000000", "unités sur 5 ans").basis, read_volume("10000", "coiffes/jour").period
    ('total', 'day')
    """
    basis_words, period_words, units = _lists()
    said = f" {fold(unit)} "
    years = _YEAR.findall(unit)
    period = next((value for word, value in period_words.items() if f" {word} " in said), "")
    if _SPAN.search(said):
        period, basis = "", "total"
    else:
        found = [value for word, value in basis_words.items() if f" {word} " in said]
        basis = min(found, key=("capacity", "target", "derived").index) if found else ""
        basis = basis or ("demand" if period == "year" else "")
    return Volume(parse_number(number), _unit(unit, units), period, basis, int(years[-1]) if years else None)


def _unit(text: str, units: dict[str, str]) -> str:
    head = re.split(r"[/(]| sur | over | par | per ", text, maxsplit=1)[0].strip()
    return units.get(fold(head), head)
