"""The bill of materials of a vehicle or a part, and what localising some of its lines changes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from integrator.valuation.bounds import less, total
from integrator.valuation.figures import Range

HOME = "MA"
"""ISO 3166-1 code of the country whose integration is measured."""


@dataclass(frozen=True)
class Line:
    """One purchase of a vehicle, at delivered price in one currency at one reference exchange rate."""

    name: str
    price: Range | None
    """Per vehicle, not negative; None = not known."""
    local: bool | None = None
    """Whether the supplier's plant stands in the country; None = not known. Says nothing of value added or origin."""
    domestic_share: Range | None = None
    """Domestic value added in the price, all tiers (0-1); None = not known."""
    group: str = ""
    """Set that a definition may leave out, e.g. `powertrain`."""
    origin: str = ""
    """ISO code of the country it is made in; "" = not known."""
    hs_code: str = ""
    proof: bool | None = None
    """Whether its supplier proves or declares that it is originating where it is made."""
    foreign_materials: Range | None = None
    """Value of its own non-originating materials over its price (0-1), where it is made."""
    new_heading: bool | None = None
    """Whether none of those materials stands under its own tariff heading (CTH)."""
    same_heading_materials: Range | None = None
    """Value of those that do over its price (0-1), for the tolerance; None = not known."""


@dataclass(frozen=True)
class Vehicle:
    """A vehicle, or a part with inputs of its own: ex-works value = purchases + assembly + other."""

    name: str
    lines: tuple[Line, ...]
    """Names are unique."""
    assembly: Range | None = None
    """Value added by assembly, per vehicle; None = not known."""
    other: Range | None = None
    """Margin and overhead, per vehicle; None = not known."""
    volume: Range | None = None
    """Vehicles a year; None = not known."""
    currency: str = ""
    year: str = ""
    has_two_currencies: bool = False
    """Its prices cannot be added, so none is known."""

    def __post_init__(self) -> None:
        names = [line.name for line in self.lines]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.name}: two lines have one name")
        values = [self.assembly, self.other, self.volume, *(line.price for line in self.lines)]
        if any(value is not None and value.low < 0 for value in values):
            raise ValueError(f"{self.name}: a price, value or volume is below 0")
        if any(value is not None and value.high == math.inf for value in values):
            raise ValueError(f"{self.name}: a price, value or volume has no upper end")
        for line in self.lines:
            shares = (line.domestic_share, line.foreign_materials, line.same_heading_materials)
            if any(share.low < 0 or share.high > 1 for share in shares if share):
                raise ValueError(f"{self.name}: a share is not between 0 and 1")


@dataclass(frozen=True)
class Local:
    """The local supply of one line."""

    price: Range | None = None
    """None = not known: the rates are then worked out at the price of today, and the cost gap is missing."""
    domestic_share: Range | None = None
    """None = not known."""


def localised(vehicle: Vehicle, locals_: Mapping[str, Local]) -> Vehicle:
    """The vehicle with these lines (by name) made in the country. Raises `KeyError` for a line it does not have."""
    unknown = sorted(set(locals_) - {line.name for line in vehicle.lines})
    if unknown:
        raise KeyError(f"{vehicle.name} has no line {unknown[0]!r}")
    return replace(vehicle, lines=tuple(_localised(line, locals_.get(line.name)) for line in vehicle.lines))


def _localised(line: Line, local: Local | None) -> Line:
    if local is None:
        return line
    price = line.price if local.price is None else local.price
    share = local.domestic_share
    if share is None and line.local:
        share = line.domestic_share  # made here already: what is known of it is not lost
    return Line(line.name, price, True, share, line.group, HOME, line.hs_code)


def cost_gap(vehicle: Vehicle, locals_: Mapping[str, Local]) -> Range | None:
    """Local price - price of today over the localised lines, per vehicle; None when one of them is not known."""
    gaps = []
    for line in vehicle.lines:
        local = locals_.get(line.name)
        if local is not None:
            if local.price is None or line.price is None:
                return None
            gaps.append(less(local.price, line.price))
    return total(gaps)


def unpriced(vehicle: Vehicle, left_out: Iterable[str] = ()) -> tuple[str, ...]:
    """`price of LINE` for each line without a price that is not in one of these groups; `one currency of VEHICLE`."""
    if vehicle.has_two_currencies:
        return (f"one currency of {vehicle.name}",)
    groups = set(left_out)
    return tuple(f"price of {line.name}" for line in vehicle.lines if line.price is None and line.group not in groups)
