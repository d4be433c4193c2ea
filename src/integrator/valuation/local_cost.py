"""What making a part here costs, from which volume on it pays, and what closes the gap below that volume.

    annuity = capex x r / (1 - (1 + r)^-n)          u(Q) = variable + (annuity + fixed) / Q
    break-even = (annuity + fixed) / (landed - variable)

All money is of one currency. An infinite break-even says that no volume pays: the variable cost alone reaches the
landed cost of the import.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from integrator.valuation.bounds import less, total
from integrator.valuation.corners import corners
from integrator.valuation.figures import Range


@dataclass(frozen=True)
class LocalCost:
    """The cost of a local line; no input is below 0."""

    variable: Range
    """By the part: material, labour, energy."""
    capex: Range
    """Investment, once."""
    years: Range
    """Over which the investment is paid back."""
    rate: Range
    """Discount rate a year, as a share."""
    fixed: Range
    """By the year, without the investment."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value.low < 0 or (name == "years" and value.low == 0):
                raise ValueError(f"{name} must be above 0: {value.low}")

    @property
    def annuity(self) -> Range:
        """The investment by the year."""
        return corners(
            lambda capex, years, rate: capex * annuity_factor(rate, years), self.capex, self.years, self.rate
        )

    @property
    def yearly(self) -> Range:
        """What has to be paid a year whatever is made: annuity and fixed cost."""
        return total((self.annuity, self.fixed))


@dataclass(frozen=True)
class Subsidy:
    """What would bring the break-even volume down to the volume there is."""

    yearly: Range
    """A year, for as long as the line is paid back: (u(Q) - landed) x Q, 0 where it pays already."""
    grant: Range
    """The same once, at the start: its present value over the years at the discount rate."""
    capex: Range
    """The investment beside it: a grant above it cannot be a premium on the investment alone."""


def annuity_factor(rate: float, years: float) -> float:
    """Yearly payment for 1 paid back over `years` at `rate`; 1 / years at rate 0."""
    return 1 / years if rate == 0 else -rate / math.expm1(-years * math.log1p(rate))


def unit_cost(cost: LocalCost, volume: Range) -> Range:
    """u(Q) for a volume of parts a year: falls with the volume, infinite at none."""
    return corners(_unit_cost, cost.variable, cost.yearly, volume)


def _unit_cost(variable: float, yearly: float, volume: float) -> float:
    return variable + share_of(yearly, volume)


def break_even(cost: LocalCost, landed: Range) -> Range:
    """Parts a year from which the local part costs no more than the landed one; infinite = never."""
    return corners(_break_even, cost.yearly, cost.variable, landed)


def _break_even(yearly: float, variable: float, landed: float) -> float:
    return math.inf if landed < variable else share_of(yearly, landed - variable)


def share_of(one: float, other: float) -> float:
    """`one` / `other` where nothing is asked of nothing: 0 when `one` is 0, infinite when only `other` is none."""
    if one == 0 or other == math.inf:
        return math.inf if one == math.inf else 0.0
    return one / other if other > 0 else math.inf


def cost_gap(local: Range, landed: Range) -> Range:
    """Local / landed - 1: above 0 the local part is dearer. Raises `ValueError` for a landed cost of 0."""
    if landed.low <= 0:
        raise ValueError("the landed cost must be above 0")
    return corners(lambda one, other: one / other - 1, local, landed)


def subsidy(cost: LocalCost, landed: Range, volume: Range) -> Subsidy:
    """What would bring the break-even to `volume` parts a year. Raises `ValueError` for an endless volume."""
    if volume.high == math.inf:
        raise ValueError("the volume has no upper end")
    margin = less(landed, cost.variable)
    earned = corners(lambda one, parts: one * parts, margin, volume)
    yearly = corners(lambda one, two: max(0.0, one - two), cost.yearly, earned)
    # The annuity stands in the yearly sum and its factor again in the grant: taken apart, so that years and rate are
    # the same years and rate in both.
    grant = corners(
        lambda capex, fixed, years, rate, given: max(0.0, capex + (fixed - given) / annuity_factor(rate, years)),
        cost.capex,
        cost.fixed,
        cost.years,
        cost.rate,
        earned,
    )
    return Subsidy(yearly, grant, cost.capex)


def needed_share(needed: Range, addressable: Range) -> Range:
    """Break-even / addressable volume: above 1 the volume there is does not suffice; the order of both is free."""
    return corners(share_of, needed, addressable)


def scaled_break_even(cost: LocalCost, landed: Range, at: Range, capex_exponent: Range, fixed_exponent: Range) -> Range:
    """Break-even when a larger line costs less than in proportion: capex ~ Q^e, fixed ~ Q^f around `at` parts a year.

    A scenario, not a fact: the exponents are nobody's measurement of this line. Exponents lie within 0 and below 1, so
    that the unit cost falls with the volume and there is one such volume. Raises `ValueError` otherwise, and for a
    line that is planned for no part or for an endless number.
    """
    if min(capex_exponent.low, fixed_exponent.low) < 0 or max(capex_exponent.high, fixed_exponent.high) >= 1:
        raise ValueError("the exponents of a scaling must be from 0 to below 1")
    if at.low <= 0 or at.high == math.inf:
        raise ValueError("the volume of a scaling must be above 0 and have an end")
    margin = less(landed, cost.variable)
    return corners(
        lambda annuity, fixed, left, parts, e, f: _scaled(annuity, fixed, left * parts, e, f) * parts,
        cost.annuity,
        cost.fixed,
        margin,
        at,
        capex_exponent,
        fixed_exponent,
    )


def _scaled(annuity: float, fixed: float, earned: float, e: float, f: float) -> float:
    """The q for which annuity q^(e-1) + fixed q^(f-1) = earned, by halving on a logarithmic scale."""
    if annuity + fixed == 0:
        return 0.0
    if earned <= 0:
        return math.inf

    def short(power: float) -> bool:
        q = math.log(2) * power
        return annuity * math.exp((e - 1) * q) + fixed * math.exp((f - 1) * q) > earned

    low, high = -1.0, 1.0
    while short(high):
        high *= 2
        if high > 1000:
            return math.inf
    while not short(low):
        low *= 2
        if low < -1000:
            return 0.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if short(middle) else (low, middle)
    return float(2**high)
