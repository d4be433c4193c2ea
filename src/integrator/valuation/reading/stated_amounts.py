"""The cells of a stated value -> a figure, its unit as typed, and the unit that the input is counted in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from integrator.text.numbers import Decimal, has_letter_for_decimals, parse_number
from integrator.text.scanning import plain
from integrator.text.shapes import read_quantities
from integrator.valuation.reading.input_names import Input
from integrator.valuation.reading.stated_units import Said, is_currency, read_unit

TIMES = ("hour", "shift", "day", "week", "month", "quarter", "half_year", "year")
_CONVERTED: Mapping[tuple[str, str], float] = {
    ("minute", "second"): 60, ("hour", "second"): 3600, ("week", "day"): 7, ("year", "month"): 12,
    ("month", "year"): 1 / 12, ("minute", "hour"): 1 / 60, ("second", "hour"): 1 / 3600,
}  # fmt: skip
"""How many of the second one of the first is."""
_A_YEAR: Mapping[str, float] = {"month": 12, "quarter": 4, "half_year": 2}
"""Of money only: a cost by the month is twelve times that by the year, a rate of production need not be."""
_CELL = re.compile(r"(?P<lead>[^0-9]*)(?P<figure>[0-9](?:.*[0-9])?)(?P<unit>[^0-9]*)", re.DOTALL)


@dataclass(frozen=True)
class Ends:
    """A figure as a cell says it; None for an open end."""

    low: float | None
    high: float | None
    unit: str
    """What the cell says behind or before the figure."""


def read_ends(text: str, decimal: Decimal = "") -> Ends | None:
    """The one figure or range of a cell with its unit as typed; None when it is not one, or has two readings.

    >>> read_ends("12-15 k€/pièce"), read_ends("EUR 4,20")
    (Ends(low=12.0, high=15.0, unit='k€/pièce'), Ends(low=4.2, high=4.2, unit='EUR'))
    >>> read_ends("1,234"), read_ends("> 500 t")
    (None, Ends(low=500.0, high=None, unit='t'))
    """
    whole = plain(text).strip()
    number = parse_number(whole, decimal)
    if number is not None:
        return Ends(number, number, "")
    match = _CELL.fullmatch(whole)
    if not match or has_letter_for_decimals(whole):
        return None
    lead, figure, unit = match["lead"].strip(), match["figure"], match["unit"].strip()
    said = read_unit(lead) if lead else None
    before = lead if said and said.is_money else ""
    if unit:
        figure = figure.replace(unit, " ")  # "2 MDH - 3 MDH"
    if not before:
        figure = f"{lead} {figure}" if lead[-1:].isalpha() else f"{lead}{figure}"
    ends = _figure(figure, decimal)
    return ends and Ends(*ends, f"{before} {unit}".strip())


def _figure(text: str, decimal: Decimal) -> tuple[float | None, float | None] | None:
    number = parse_number(text, decimal)
    if number is not None:
        return number, number
    values, unread = read_quantities(text, "volume", "", decimal)
    if unread or len(values) != 1 or values[0].unit or values[0].period or values[0].year:
        return None
    return values[0].low, values[0].high


def counted_in(said: Said, of: Input) -> tuple[str, float] | None:
    """The unit that an input is counted in when it is said so, and how many of it one is; None when it is none of it.

    A unit that leaves out by what it counts ("EUR" of a price by the part) is that of the input when only one fits.
    """
    exact = [found for pattern in of.units if (found := _match(pattern, said))]
    if exact:
        return exact[0]
    if said.over:
        longer = [found for pattern in of.units if (found := _by_the_year(pattern, said))]
    else:
        overs = [(pattern, pattern.partition("/")[2]) for pattern in of.units]
        longer = [
            found
            for pattern, over in overs
            if over and over not in ("time", "money") and (found := _match(pattern, said._replace(over=over)))
        ]
    return longer[0] if len(longer) == 1 else None


def _match(pattern: str, said: Said) -> tuple[str, float] | None:
    """The unit that a pattern of `data/valuation/inputs.csv` makes of what is said, and how many of it one is."""
    asked, _, given = pattern.partition("=")
    head, _, over = asked.partition("/")
    factor = _factor(head, said.head)
    if not factor or not _is_over(over, said.over):
        return None
    named = said.head if head == "money" else _noun(said.head) if head == "any" else given or head
    return (f"{named}/{said.over}" if over else named), said.factor * factor / said.over_factor


def _is_over(asked: str, said: str) -> bool:
    if asked == "money":
        return is_currency(said)
    return said in TIMES if asked == "time" else said == asked


def _factor(asked: str, said: str) -> float:
    """How many of what is asked one of what is said is; 0 when it is something else."""
    if asked == "money":
        return float(is_currency(said))
    if asked == "any":
        is_thing = bool(said) and not is_currency(said) and said != "share" and not said.startswith("of_")
        return _CONVERTED.get((said, "hour"), 1.0) if is_thing else 0.0
    is_plain = bool(asked) and not asked.startswith("of_")
    if said == asked or (not said and is_plain):
        return 1.0
    return _CONVERTED.get((said, asked), 0.0)


def _noun(said: str) -> str:
    """Time is counted in hours, whatever else as it is called."""
    return "hour" if (said, "hour") in _CONVERTED else said


def _by_the_year(pattern: str, said: Said) -> tuple[str, float] | None:
    if pattern != "money/year" or not said.is_money or said.over not in _A_YEAR:
        return None
    return f"{said.head}/year", said.factor * _A_YEAR[said.over]


def example_unit(of: Input) -> str:
    """Units that an input may have, as an analyst could write them."""
    shown = (pattern.partition("=")[0].replace("money/money", "MAD/EUR") for pattern in of.units)
    return " or ".join(one.replace("money", "EUR").replace("any", "part").replace("time", "year") for one in shown)
