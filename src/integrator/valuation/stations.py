"""Jobs from a process plan: the stations that a volume needs, and who stands at them.

hours needed at a step a year = volume x cycle time / 3600 / OEE (overall equipment effectiveness, 0-1);
hours of one station a year = hours a shift x shifts a day x days a year;
stations = hours needed / hours of one, rounded up; operators = stations x operators at one x shifts a day.
Operators at stations are not all jobs: divided by the share of operators in the headcount they are, where it is given.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from integrator.valuation.bounds import over, scaled, times, total
from integrator.valuation.figures import Figure, Given, Range, unknown
from integrator.valuation.jobs import UNIT

NAME = "jobs_by_station"
_WHOLE = 1e-9  # a number of stations this little above a whole one is that one: rounding of the quotient


@dataclass(frozen=True)
class Step:
    """One step of a process plan; None = not known."""

    name: str
    cycle_seconds: Given | None
    """Seconds a part."""
    operators: Given | None
    """Operators at one station in one shift."""
    oee: Given | None


@dataclass(frozen=True)
class Plan:
    """The steps of one part and the hours worked; None = not known."""

    steps: tuple[Step, ...]
    volume: Given | None
    """Parts a year."""
    shifts: int | None
    """Shifts a day."""
    hours: Given | None
    """Hours of a shift."""
    days: Given | None
    """Working days a year."""


def jobs_by_station(plan: Plan | None, operator_share: Given | None = None) -> Figure:
    """Jobs by the stations of a plan, or what is missing of it.

    `operator_share` (above 0 to 1) turns operators at stations into all jobs; without it only they are counted, as
    the note says. Raises ValueError for an input outside its limits.
    """
    if plan is None or not plan.steps:
        return unknown(NAME, UNIT, ("process_plan",))
    inputs = _inputs(plan, operator_share)
    missing = tuple(name for name, given in _named(plan) if given is None)
    if missing or plan.shifts is None or plan.volume is None or plan.hours is None or plan.days is None:
        return unknown(NAME, UNIT, missing, inputs)
    if plan.shifts < 1:
        raise ValueError(f"shifts a day must be 1 or more, not {plan.shifts}")
    hours = scaled(times(plan.hours.value, plan.days.value), plan.shifts)
    if hours.low <= 0:
        raise ValueError("hours a shift and days a year must be above 0")
    operators = total(_operators(step, plan.volume.value, hours, plan.shifts) for step in plan.steps)
    if operator_share is None:
        return Figure(NAME, operators, UNIT, inputs, note="operators at stations only")
    return Figure(NAME, _divided(operators, _share(operator_share, "operator_share")), UNIT, inputs, note="all jobs")


def _operators(step: Step, volume: Range, hours: Range, shifts: int) -> Range:
    """Operators of one step over all shifts."""
    if step.cycle_seconds is None or step.operators is None or step.oee is None:
        raise ValueError(f"step {step.name} is not known in full")
    cycle, operators = step.cycle_seconds.value, step.operators.value
    if min(cycle.low, operators.low, volume.low) < 0:
        raise ValueError(f"step {step.name}: volume, cycle time and operators cannot be negative")
    needed = _divided(scaled(times(volume, cycle), 1 / 3600), _share(step.oee, "oee"))
    stations = _divided(needed, hours)
    whole = Range(_up(stations.low), _up(stations.high), None if stations.point is None else _up(stations.point))
    return scaled(times(whole, operators), shifts)


def _share(given: Given, name: str) -> Range:
    if given.value.low <= 0 or given.value.high > 1:
        raise ValueError(f"{name} must lie above 0 and at most at 1, not {given.value.low} to {given.value.high}")
    return given.value


def _up(stations: float) -> float:
    return stations if stations == math.inf else float(math.ceil(stations - _WHOLE))


def _divided(one: Range, other: Range) -> Range:
    """By a range above 0."""
    found = over(one, other)
    if found is None:
        raise ValueError("a divisor may be 0")
    return found


def _named(plan: Plan) -> Iterable[tuple[str, object | None]]:
    yield from (("volume", plan.volume), ("shifts", plan.shifts), ("hours", plan.hours), ("days", plan.days))
    for step in plan.steps:
        for name in ("cycle_seconds", "operators", "oee"):
            yield f"{name}[{step.name}]", getattr(step, name)


def _inputs(plan: Plan, operator_share: Given | None) -> tuple[Given, ...]:
    found = [given for _, given in _named(plan) if isinstance(given, Given)]
    return (*found, *([operator_share] if operator_share else []))
