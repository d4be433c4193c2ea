"""What a volume beside a need really is: a yearly demand, or a capacity, a target, a total."""

from __future__ import annotations

from typing import NamedTuple

from integrator.records import Quantity
from integrator.text.numbers import Decimal
from integrator.text.shapes import read_quantities

_KINDS = (
    ("capacity", "capacity"),
    ("planned", "target"),
    ("stage", "capacity"),
    ("derived", "derived"),
    ("total", "total"),
)
"""Codes of a quantity and the basis of a volume they make it, the first that stands."""


class Volume(NamedTuple):
    """A volume with its qualifiers; the ends are None when it could not be read."""

    low: float | None
    high: float | None
    unit: str
    """Canonical unit of `data/reading/units.csv`, or the noun as typed."""
    period: str
    """A period of `records.Quantity`, or "" when not said."""
    basis: str
    """`demand`, `derived` (an estimate), `capacity`, `target`, `total`, or "" when not known."""
    year: int | None

    @property
    def number(self) -> float | None:
        """The one number of the volume; None for a range."""
        return self.low if self.low == self.high else None


UNREAD = Volume(None, None, "", "", "", None)


def read_volume(text: str, unit: str, decimal: Decimal = "") -> Volume:
    """Read the volume and unit cells of a need; of several figures the first.

    What the unit cell says stands even where the number is blank or cannot be read.

    >>> read_volume("312381", "unités/an (1 par véhicule, dérivé de la production 2024)")
    Volume(low=312381.0, high=312381.0, unit='part', period='year', basis='derived', year=2024)
    >>> read_volume("3000000", "unités sur 5 ans").basis, read_volume("10000", "coiffes/jour").period
    ('total', 'day')
    """
    values = read_quantities(text, "volume", unit, decimal).values if text else ()
    if values:
        return _volume(values[0])
    beside = read_quantities("1", "volume", unit).values if unit else ()
    return _volume(beside[0])._replace(low=None, high=None) if beside else UNREAD


def _volume(value: Quantity) -> Volume:
    codes = value.basis.split()
    basis = next((basis for code, basis in _KINDS if code in codes), "")
    if not basis and value.period == "year":
        basis = "derived" if value.approximate else "demand"
    return Volume(value.low, value.high, value.unit, value.period, basis, value.year)
