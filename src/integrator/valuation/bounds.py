"""Arithmetic of ranges: the result holds every value that the inputs allow, and the point value of their points."""

from __future__ import annotations

import math
from collections.abc import Iterable

from integrator.valuation.figures import Range, exact

ANY_SHARE = Range(0.0, 1.0)
"""A share of which nothing is known."""


def holding(low: float, high: float, point: float | None) -> Range:
    """A range from sums of floats: its point may leave it by a rounding error, and then widens it.

    Ends that are one number are the point, whatever was not known on the way.
    """
    if point is None:
        return Range(min(low, high), max(low, high), low if low == high else None)
    return Range(min(low, high, point), max(low, high, point), point)


def total(ranges: Iterable[Range]) -> Range:
    """The sum of independent ranges; no point unless each has one. The order of the ranges changes nothing."""
    listed = list(ranges)
    points = [one.point for one in listed if one.point is not None]
    point = math.fsum(points) if len(points) == len(listed) else None
    return holding(math.fsum(one.low for one in listed), math.fsum(one.high for one in listed), point)


def less(one: Range, other: Range) -> Range:
    """`one` - `other`, for independent ranges."""
    point = None if one.point is None or other.point is None else one.point - other.point
    return holding(one.low - other.high, one.high - other.low, point)


def times(one: Range, *others: Range) -> Range:
    """The product of independent ranges that are not negative; nothing of what has no end is nothing."""
    if any(each.low < 0 for each in (one, *others)):
        raise ValueError("times: a range is negative")
    for other in others:
        point = None if one.point is None or other.point is None else _product(one.point, other.point)
        one = holding(_product(one.low, other.low), _product(one.high, other.high), point)
    return one


def scaled(one: Range, factor: float) -> Range:
    """A range that is not negative times a known number that is not either."""
    return times(one, exact(factor))


def _product(one: float, other: float) -> float:
    return 0.0 if one == 0 or other == 0 else one * other


def over(one: Range, other: Range) -> Range | None:
    """The quotient of two independent ranges that are not negative; None when the divisor may be 0, or both endless."""
    if one.low < 0 or other.low < 0:
        raise ValueError("over: a range is negative")
    if other.low == 0 or (one.high == math.inf and other.high == math.inf):
        return None
    point = None if one.point is None or other.point is None else one.point / other.point
    return holding(one.low / other.high, one.high / other.low, point)


def hull(ranges: Iterable[Range]) -> Range:
    """The narrowest range that holds all of these; its point is theirs when they share one."""
    listed = list(ranges)
    points = {one.point for one in listed}
    point = points.pop() if len(points) == 1 else None
    return Range(min(one.low for one in listed), max(one.high for one in listed), point)


def flag(value: bool | None) -> Range:
    """A yes or no as a share: 1, 0, or anything between when it is not known."""
    return ANY_SHARE if value is None else exact(float(value))
