"""What the bills of materials of a job say: vehicles, the lines to localise, and the needs that lines answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from integrator.valuation.bom import Local, Vehicle


@dataclass(frozen=True)
class Bills:
    """Every bill that was read; empty without any."""

    vehicles: tuple[Vehicle, ...] = ()
    """In order of name."""
    locals_: Mapping[str, Mapping[str, Local]] = field(default_factory=dict)
    """Vehicle -> line -> the local supply, for the lines that the bill marks to be localised."""
    lines_of: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """Need id -> (vehicle, line) of the lines that buy it, sorted."""
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(vehicle, line) -> `file [sheet] row` of the line."""
    added: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(vehicle, `assembly` or `other`) -> the rows that its sum is made of, as in `cells`."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Vehicle -> tariff code of the product itself: that of its row of assembly."""

    def vehicle(self, name: str) -> Vehicle:
        """The vehicle of a name. Raises `KeyError` when there is none."""
        return {one.name: one for one in self.vehicles}[name]
