"""A figure with everything it rests on: interval, method, inputs with their sources, and what is missing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["stated", "derived", "default", "assumption"]
"""stated: an analyst's file says it; derived: worked out from stated values; default: a sourced coefficient of
`data/valuation`; assumption: a default without a source, used only when switched on."""


@dataclass(frozen=True)
class Range:
    """A value that lies between `low` and `high`; `point` is the likeliest one, None when nothing tells."""

    low: float
    high: float
    point: float | None = None

    def __post_init__(self) -> None:
        inside = self.point is None or self.low <= self.point <= self.high
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high or not inside:
            raise ValueError(f"a range must hold its point: {self.low}, {self.point}, {self.high}")

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


def exact(value: float) -> Range:
    """The range of a known number."""
    return Range(value, value, value)


@dataclass(frozen=True)
class Given:
    """One input of a figure."""

    name: str
    """Name of the input as methods call it, e.g. `unit_price`."""
    value: Range
    unit: str
    kind: Kind
    source: str = ""
    """Of a stated value its file, of a default the address or document it was published in; "" = no source."""
    date: str = ""
    cell: str = ""
    """`file [sheet] A1` of a stated value."""
    is_verified: bool = True
    """False for a code or rule that was not read in the primary text."""


@dataclass(frozen=True)
class Figure:
    """One figure of an opportunity, or the reason why there is none."""

    name: str
    """A line of `data/valuation/figures.csv`, which gives unit, formula, source and words."""
    value: Range | None
    unit: str
    inputs: tuple[Given, ...] = ()
    missing: tuple[str, ...] = ()
    """Names of the inputs without which it cannot be said, or said only as an interval."""
    note: str = ""

    @property
    def is_marked(self) -> bool:
        """Whether a default, an assumption or something not verified went into it: shown as an estimate."""
        return any(one.kind in ("default", "assumption") or not one.is_verified for one in self.inputs)


def kind_of(inputs: Iterable[Given]) -> Kind:
    """What a value worked out of these is: an assumption where one went in, a default where one did, else derived.

    What was not verified counts as a default, so that what rests on it stays marked.
    """
    kinds = {one.kind if one.is_verified or one.kind == "assumption" else "default" for one in inputs}
    return "assumption" if "assumption" in kinds else "default" if "default" in kinds else "derived"


def unknown(name: str, unit: str, missing: Iterable[str], inputs: Iterable[Given] = ()) -> Figure:
    """A figure that cannot be worked out, with what would be needed."""
    return Figure(name, None, unit, tuple(inputs), tuple(missing))
