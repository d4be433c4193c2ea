"""Suppliers' capacities shared out over the needs: a cautious and a hopeful plan, with prices and reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from integrator.valuation.allocation.integer import Bounded, solve_integer, solve_rounded
from integrator.valuation.allocation.linear import solve_linear
from integrator.valuation.allocation.problem import Capacity, Problem, Run, Scenario, scenario
from integrator.valuation.allocation.reasons import Explained, Shortfall, needs_of
from integrator.valuation.figures import Range, exact

EXACT_PAIRS = 400
"""Pairs up to which rules are met by branch and bound; beyond, by rounding with a bound."""
NODES = 1000
"""Nodes of branch and bound; what it has not proven by then is reported with the gap."""


@dataclass(frozen=True)
class Share:
    """What one supplier makes for one need."""

    supplier_id: str
    need_id: str
    amount: float
    """In units of the need."""
    capacity: float
    """Of the supplier that it takes."""
    worth: float


@dataclass(frozen=True)
class SupplierUse:
    """One supplier in a plan."""

    supplier_id: str
    unit: str
    capacity: float
    """What the run counts with; of an unknown capacity nothing, or all that could be asked."""
    used: float
    price: float
    """What one more unit of the capacity adds to the plan, at the margin; under rules: with the pairs that are used."""
    is_known: bool

    @property
    def utilisation(self) -> float | None:
        """Used / capacity; None without capacity."""
        return self.used / self.capacity if self.capacity else None


@dataclass(frozen=True)
class NeedCover:
    """One need in a plan."""

    need_id: str
    unit: str
    demand: float | None
    """What the run counts with; None when it is not known."""
    served: float
    price: float
    """What one more unit asked adds to the plan, at the margin."""
    shortfall: Shortfall | None
    """Why it is not served in full; None when it is."""


@dataclass(frozen=True)
class Plan:
    """One run: who makes what, and what that is worth."""

    value: float
    bound: float
    """No plan of this run is worth more: equal to `value` when the plan is proven best."""
    shares: tuple[Share, ...]
    """By need, then supplier."""
    suppliers: tuple[SupplierUse, ...]
    needs: tuple[NeedCover, ...]
    lot_cost: float
    """What least lots take from the sum of prices x capacities and demands, so that the sum equals the value."""

    @property
    def is_proven(self) -> bool:
        """Whether no plan of this run is worth more."""
        return self.bound <= self.value

    @property
    def gap(self) -> float:
        """How much of the bound the plan may miss, 0-1."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0

    @property
    def dual_value(self) -> float:
        """The value again, from the prices."""
        suppliers = sum(one.price * one.capacity for one in self.suppliers)
        return suppliers + sum(one.price * (one.demand or 0.0) for one in self.needs) - self.lot_cost


@dataclass(frozen=True)
class Allocation:
    """Both ends of what is not known: they are one plan when everything is."""

    cautious: Plan
    hopeful: Plan
    value: Range
    """From the value of the cautious plan to the bound of the hopeful one."""


def share_out(problem: Problem) -> Allocation:
    """The best plans that capacities, demands and rules allow, for a cautious and for a hopeful run.

    Cautious: least capacity, demand and worth, most use of capacity, an unknown capacity is nothing. Hopeful: the other
    ends, an unknown capacity is all that could be asked of it. Without rules a plan is best by linear programming; with
    rules it is proven best by branch and bound up to `EXACT_PAIRS` pairs when `NODES` nodes suffice, and else reported
    with a proven bound. The order of the input changes nothing; of plans worth the same see `solve_linear`.
    """
    cases = scenario(problem, "cautious"), scenario(problem, "hopeful")
    cautious = _plan(problem, cases[0])
    hopeful = cautious if _is_same(*cases) else _plan(problem, cases[1])
    return Allocation(cautious, hopeful, _between(cautious.value, hopeful.bound))


def plan(problem: Problem, run: Run) -> Plan:
    """The plan of one run; `point` raises `ValueError` when a number has no likeliest value."""
    return _plan(problem, scenario(problem, run))


def worth_of_more(problem: Problem, supplier_id: str, amount: float = 1.0, run: Run = "cautious") -> float:
    """What so much more capacity of a supplier adds to the plan, by the unit: both plans are worked out.

    Where a plan has several sets of prices, this is the true one for the next unit. Raises `ValueError` when the
    capacity is not known or `amount` is not above 0.
    """
    more = {one.supplier_id: one for one in problem.capacities}.get(supplier_id)
    if more is None or more.amount is None or amount <= 0:
        raise ValueError(f"the capacity of {supplier_id} is not known, or nothing is added to it")
    raised = _raised(more, more.amount, amount)
    capacities = tuple(raised if one is more else one for one in problem.capacities)
    return (plan(replace(problem, capacities=capacities), run).value - plan(problem, run).value) / amount


def _raised(one: Capacity, value: Range, amount: float) -> Capacity:
    point = None if value.point is None else value.point + amount
    return replace(one, amount=Range(value.low + amount, value.high + amount, point))


def _between(low: float, high: float) -> Range:
    return exact(low) if high <= low else Range(low, high)


def _is_same(one: Scenario, other: Scenario) -> bool:
    names = ("demand", "capacity", "weight", "use")
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)


def _solved(case: Scenario) -> Bounded:
    if case.rules.is_linear:
        solved = solve_linear(case)
        if solved is None:
            raise RuntimeError("a plan without lots always exists")
        return Bounded(solved, solved.value)
    proven = solve_integer(case, NODES) if len(case.weight) <= EXACT_PAIRS else None
    if proven and proven.bound <= proven.solved.value:
        return proven
    found = [solve_rounded(case), *([proven] if proven else [])]
    best = max(found, key=lambda one: one.solved.value)
    return Bounded(best.solved, max(best.solved.value, min(one.bound for one in found)))


def _plan(problem: Problem, case: Scenario) -> Plan:
    bounded = _solved(case)
    solved = bounded.solved
    why = Explained(problem, case, solved)
    capacities = {one.supplier_id: one for one in problem.capacities}
    shares = tuple(
        Share(
            case.suppliers[case.supplier[place]],
            case.needs[case.need[place]],
            float(solved.amounts[place]),
            float(case.use[place] * solved.amounts[place]),
            float(case.weight[place] * solved.amounts[place]),
        )
        for place in np.flatnonzero(solved.amounts > 1e-9 * case.most)
    )
    suppliers = tuple(
        SupplierUse(
            one,
            capacities[one].unit,
            float(case.capacity[place]),
            float(why.taken[place]),
            float(solved.capacity_price[place]),
            capacities[one].amount is not None,
        )
        for place, one in enumerate(case.suppliers)
    )
    needs = tuple(
        NeedCover(
            one.need_id,
            one.unit,
            float(case.demand[place]) if one.volume else None,
            float(why.served[place]),
            float(solved.demand_price[place]),
            why.shortfall(place, one),
        )
        for place, one in enumerate(needs_of(problem, case))
    )
    lots = float(solved.lot_price.sum() * case.rules.lot)
    return Plan(solved.value, bounded.bound, shares, suppliers, needs, lots)
