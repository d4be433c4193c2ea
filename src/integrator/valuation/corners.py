"""A range of a function of ranges, exact where the function rises or falls in each input alone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from integrator.valuation.bounds import holding
from integrator.valuation.figures import Range


def corners(function: Callable[..., float], *inputs: Range) -> Range:
    """Lowest and highest value of `function` over independent `inputs`, and its value at their points.

    Right for a function that is monotone in each input while the others stand still, in whatever direction: then its
    extremes lie at corners of the box. The point is None when one input has none. Values may be infinite.
    """
    values = [function(*corner) for corner in product(*(_ends(one) for one in inputs))]
    points = [one.point for one in inputs if one.point is not None]
    point = function(*points) if len(points) == len(inputs) else None
    return holding(min(values), max(values), point)


def _ends(one: Range) -> tuple[float, ...]:
    return (one.low,) if one.is_exact else (one.low, one.high)
