"""What a need asks for in a year, in whatever unit it counts."""

from __future__ import annotations

import math
from typing import NamedTuple

from integrator.valuation.assessing.context import Case
from integrator.valuation.assessing.worth import spread
from integrator.valuation.figures import Range
from integrator.valuation.gross import is_yearly_demand

PERIOD = "year"


class Asked(NamedTuple):
    """A yearly demand."""

    volume: Range | None
    """Its upper end is infinite where only a least volume is said; None when it is not known."""
    unit: str
    """`part`, `t`, ...; "" when the demand is not known."""


NOT_KNOWN = Asked(None, "")


def asked(case: Case) -> Asked:
    """The volume stated for the valuation, else the yearly demand of the need.

    A statistic over many parts asks for no part in particular, and a number without a unit for nothing that could be
    added or compared: of both the demand is not known.
    """
    if case.need["aggregate"] == "yes":
        return NOT_KNOWN
    stated = case.given.get("volume")
    if stated is not None:
        unit, _, period = stated.unit.partition("/")
        return _checked(stated.value, unit) if period == PERIOD else NOT_KNOWN
    need = case.need
    return _checked(spread(need), str(need["volume_unit"])) if is_yearly_demand(need) else NOT_KNOWN


def _checked(volume: Range, unit: str) -> Asked:
    return Asked(volume, unit) if unit and volume.low >= 0 else NOT_KNOWN


def closed(volume: Range | None) -> Range | None:
    """The volume with an end: of what asks for "at least" so much, so much."""
    return volume if volume is None or volume.high < math.inf else Range(volume.low, volume.low, volume.low)
