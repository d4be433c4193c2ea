"""Ranking of opportunities by value, feasibility, jobs and readiness as separate axes, and a composite with its band.

Position on an axis (0-1) = share of the other known opportunities that lie lower, equal ones counted half; of an
interval its likeliest value counts, else its middle, of one without an upper end the lower one: what is stated. What is
unknown has no position. Composite = weighted mean of the positions that are known. The band is the places an
opportunity can take when each weight moves by half up or down by itself and each unknown position is anything in 0-1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from integrator import data
from integrator.valuation.figures import Range
from integrator.valuation.sourced import fault, number

FILE = "valuation/axis_weights.csv"
Axis = Literal["value", "feasibility", "jobs", "readiness"]
AXES: tuple[Axis, ...] = ("value", "feasibility", "jobs", "readiness")
SWING = 0.5
"""How far a weight moves for the band, as a share of it."""
_SAME = 1e-12
_CELLS = 250_000
"""Pairs compared at a time: few enough to stay in the memory next to the processor."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """What is known of one opportunity on each axis; more is better."""

    id: str
    axes: Mapping[Axis, Range | None]
    """An axis that is absent or None is unknown."""
    cost_gap: Range | None = None
    """Local over landed cost less 1: carried along to stand beside the rank, never part of it."""


@dataclass(frozen=True)
class Placed:
    """Where one opportunity stands in its portfolio."""

    id: str
    positions: Mapping[Axis, Range | None]
    """0-1, 1 = best. The interval: how far the intervals of the figures overlap. None = unknown."""
    composite: Range | None
    """Of the points of the positions; from all unknown axes at 0 to all at 1. None = no axis is known."""
    rank: int | None
    """1 = best; equal composites go by id. None = no axis is known."""
    best_rank: int
    worst_rank: int
    """The band by weights and unknown axes: no weights within the swing give a place outside of it."""
    best_rank_uncertain: int
    worst_rank_uncertain: int
    """The band when positions move within their intervals too."""
    cost_gap: Range | None


@lru_cache(maxsize=1)
def axis_weights() -> Mapping[Axis, float]:
    """The shipped weights. Raises `KnowledgeError` naming file, line and fault."""
    return weights_of(data.rows(FILE))


def weights_of(rows: Sequence[Mapping[str, str]]) -> Mapping[Axis, float]:
    """The weights of the lines of a file like the shipped one: each axis once, above 0."""
    found: dict[Axis, float] = {}
    for line, row in enumerate(rows, start=1):
        axis, weight = row["axis"], number(row, "weight", FILE, line)
        if axis not in AXES or axis in found:
            fault(FILE, line, f"axis {axis!r} is unknown or stands twice; the axes are {', '.join(AXES)}")
        if weight <= 0:
            fault(FILE, line, f"a weight must be above 0, not {weight:g}")
        found[axis] = weight
    missing = [axis for axis in AXES if axis not in found]
    if missing:
        raise data.KnowledgeError(f"{FILE}: no line for the axis {missing[0]!r}")
    return found


def placed(portfolio: Sequence[Measured], weights: Mapping[Axis, float] | None = None) -> tuple[Placed, ...]:
    """The opportunities of a portfolio by rank, those of which nothing is known last, by id.

    Raises ValueError when two have one id, or a weight is missing or not above 0.
    """
    weights = axis_weights() if weights is None else weights
    if len({one.id for one in portfolio}) < len(portfolio):
        raise ValueError("two opportunities have one id")
    if any(weights.get(axis, 0) <= 0 for axis in AXES):
        raise ValueError("every axis needs a weight above 0")
    items = sorted(portfolio, key=lambda one: one.id)
    if not items:
        return ()
    spots = np.stack([_positions([one.axes.get(axis) for one in items]) for axis in AXES], axis=1)
    weight = np.array([weights[axis] for axis in AXES], dtype=float)
    share = weight / weight.sum()
    known = ~np.isnan(spots[:, :, 1])
    total = known @ share
    with np.errstate(invalid="ignore"):
        point = np.where(known, spots[:, :, 1], 0.0) @ share / total
    ranks = _ranks(point)
    points = np.where(known, spots[:, :, 1], 0.0), np.where(known, spots[:, :, 1], 1.0)
    wide = np.where(known, spots[:, :, 0], 0.0), np.where(known, spots[:, :, 2], 1.0)
    narrow_band, wide_band = _band(*points, weight), _band(*wide, weight)
    found = []
    for i, one in enumerate(items):
        positions = {axis: _range(spots[i, a]) for a, axis in enumerate(AXES)}
        composite = _composite(float(points[0][i] @ share), float(points[1][i] @ share), float(point[i]))
        best, worst, best_wide, worst_wide = (int(place) for place in (*narrow_band[:, i], *wide_band[:, i]))
        found.append(Placed(one.id, positions, composite, ranks[i], best, worst, best_wide, worst_wide, one.cost_gap))
    return tuple(sorted(found, key=lambda one: (one.rank is None, one.rank or 0, one.id)))


def _positions(values: Sequence[Range | None]) -> Numbers:
    """Low, point and high of the position of each, NaN where unknown; alone: the middle of everything."""
    rows = np.full((len(values), 3), np.nan)
    at = [i for i, one in enumerate(values) if one is not None]
    known = [one for one in values if one is not None]
    if len(known) == 1:
        rows[at] = (0.0, 0.5, 1.0)
    if len(known) < 2:
        return rows
    low, high = np.array([one.low for one in known]), np.array([one.high for one in known])
    middle = np.array([_middle(one) for one in known])
    others = len(known) - 1
    ordered = np.sort(middle)
    below, upto = np.searchsorted(ordered, middle, "left"), np.searchsorted(ordered, middle, "right")
    rows[at, 1] = (below + upto - 1) / 2 / others
    rows[at, 0] = np.searchsorted(np.sort(high), low, "left") / others
    rows[at, 2] = (np.searchsorted(np.sort(low), high, "right") - 1) / others
    return rows


def _middle(one: Range) -> float:
    """What stands for an interval: an end that is open says nothing of how far it goes."""
    if one.point is not None and math.isfinite(one.point):
        return one.point
    finite = [end for end in (one.low, one.high) if math.isfinite(end)]
    return sum(finite) / len(finite) if finite else one.low


def _band(low: Numbers, high: Numbers, weight: Numbers) -> NDArray[np.int64]:
    """Best and worst place of each (rows sorted by id) when weights and positions move by themselves.

    j can be ahead of i if the weighted difference can be above 0: it is a sum over axes, so it is largest when each
    axis is taken at its best for j, the weight high where that is a gain and low where it is a loss. Ties go by id.
    Pairs are judged one by one, so a band may be wider than one set of weights can make it, never narrower.
    """
    size = len(low)
    light, heavy = weight * (1 - SWING), weight * (1 + SWING)
    best, worst = np.ones(size, dtype=np.int64), np.ones(size, dtype=np.int64)
    lows, highs = np.ascontiguousarray(low.T), np.ascontiguousarray(high.T)
    rows = max(1, _CELLS // max(size, 1))
    for start in range(0, size, rows):
        of = np.arange(start, min(start + rows, size))
        # What j can gain on i; that j must be ahead of i is that i cannot gain on j.
        gain = np.zeros((len(of), size))
        for axis in range(len(weight)):
            most = highs[axis][None, :] - lows[axis][of][:, None]
            gain += np.maximum(heavy[axis] * most, light[axis] * most)
        gain[np.arange(len(of)), of] = np.nan
        ties = np.argwhere(np.abs(gain) <= _SAME)
        ties[:, 0] += start
        worst[of] += np.count_nonzero(gain > _SAME, axis=1)
        best += np.count_nonzero(gain < -_SAME, axis=0)
        worst += np.bincount(ties[ties[:, 1] < ties[:, 0], 0], minlength=size)
        best += np.bincount(ties[ties[:, 0] < ties[:, 1], 1], minlength=size)
    return np.stack([best, worst])


def _ranks(point: Numbers) -> list[int | None]:
    """Places by composite, equal ones in the order they stand (by id); None where it is NaN."""
    order = sorted(range(len(point)), key=lambda i: (np.isnan(point[i]), -round(float(point[i]), 12), i))
    ranks: list[int | None] = [None] * len(point)
    for place, i in enumerate(order, start=1):
        if not np.isnan(point[i]):
            ranks[i] = place
    return ranks


def _range(row: Numbers) -> Range | None:
    low, point, high = (float(one) for one in row)
    return None if np.isnan(point) else Range(low, high, point)


def _composite(low: float, high: float, point: float) -> Range | None:
    """From rounded ends, which must still hold the point."""
    return None if np.isnan(point) else Range(min(low, point), max(high, point), point)
