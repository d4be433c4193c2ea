"""Why a need is not served, or not in full: of each supplier that could, what stands against it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from integrator.valuation.allocation.problem import Capacity, Need, Problem, Reason, Scenario

if TYPE_CHECKING:
    from integrator.valuation.allocation.linear import Solved
    from integrator.valuation.allocation.problem import Numbers

SMALL = 1e-7
"""Amounts below this share of the demand, capacities below this share of the whole, are rounding errors."""
ORDER: tuple[Reason, ...] = (
    "not_taken",
    "displaced",
    "capacity_short",
    "supplier_limit",
    "need_limit",
    "below_lot",
    "capacity_unknown",
    "no_capacity",
    "no_worth",
    "other_unit",
)
"""Of several suppliers the reason that is nearest to serving the need speaks for the need."""


@dataclass(frozen=True)
class Blocked:
    """One supplier of a need that is short."""

    supplier_id: str
    reason: Reason
    takers: tuple[str, ...] = ()
    """Other needs that this supplier serves, those that take most of it first."""
    worth: float = math.nan
    """What a unit of the need is worth at this supplier; not a number where the units differ."""
    price: float = math.nan
    """What the capacity for this unit is worth to the plan: at least `worth` where other needs took it."""


@dataclass(frozen=True)
class Shortfall:
    """Why a need is short."""

    reason: Reason
    suppliers: tuple[Blocked, ...] = ()
    """By id; empty where no supplier could serve the need."""


@dataclass(frozen=True)
class Explained:
    """A plan of one run with what is needed to say why."""

    problem: Problem
    case: Scenario
    solved: Solved

    @cached_property
    def served(self) -> Numbers:
        """Units served of each need."""
        return np.bincount(self.case.need, self.solved.amounts, len(self.case.needs)).astype(float)

    @cached_property
    def taken(self) -> Numbers:
        """Capacity taken of each supplier."""
        return np.bincount(self.case.supplier, self.case.use * self.solved.amounts, len(self.case.suppliers)).astype(
            float
        )

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, str], int]:
        case = self.case
        return {
            (case.suppliers[supplier], case.needs[need]): place
            for place, (supplier, need) in enumerate(zip(case.supplier, case.need, strict=True))
        }

    @cached_property
    def _takers(self) -> Mapping[int, tuple[str, ...]]:
        """Supplier -> the needs it serves, those that take most of it first."""
        case, found = self.case, dict[int, list[str]]()
        used = np.flatnonzero(self.solved.amounts > SMALL * case.most)
        for place in used[np.lexsort((used, -case.use[used] * self.solved.amounts[used]))]:
            found.setdefault(int(case.supplier[place]), []).append(case.needs[case.need[place]])
        return {supplier: tuple(needs) for supplier, needs in found.items()}

    @cached_property
    def _partners(self) -> Numbers:
        """How many suppliers each need has."""
        used = self.solved.amounts > SMALL * self.case.most
        return np.bincount(self.case.need[used], minlength=len(self.case.needs)).astype(float)

    @cached_property
    def _suppliers(self) -> Mapping[str, Capacity]:
        return {one.supplier_id: one for one in self.problem.capacities}

    @cached_property
    def _asked(self) -> Mapping[str, tuple[str, ...]]:
        """Need -> suppliers that pass its constraints, whatever the unit."""
        found: dict[str, list[str]] = {}
        for one in sorted(self.problem.pairs, key=lambda pair: (pair.need_id, pair.supplier_id)):
            found.setdefault(one.need_id, []).append(one.supplier_id)
        return {need: tuple(suppliers) for need, suppliers in found.items()}

    def shortfall(self, place: int, need: Need) -> Shortfall | None:
        """Why the need at a place of the scenario is short; None when it has all it asks."""
        if need.volume is None:
            return Shortfall("demand_unknown")
        asked = self.case.demand[place]
        if asked == 0:
            return Shortfall("no_demand")
        if asked - self.served[place] <= SMALL * asked:
            return None
        suppliers = self._asked.get(need.need_id, ())
        if not suppliers:
            return Shortfall("no_pair")
        blocked = tuple(self._blocked(one, place, need) for one in suppliers)
        return Shortfall(min((one.reason for one in blocked), key=ORDER.index), blocked)

    def _blocked(self, supplier_id: str, place: int, need: Need) -> Blocked:
        pair = self._pairs.get((supplier_id, need.need_id))
        if pair is None:
            return Blocked(supplier_id, "other_unit")
        supplier = int(self.case.supplier[pair])
        takers = tuple(one for one in self._takers.get(supplier, ()) if one != need.need_id)
        price = float(self.case.use[pair] * self.solved.capacity_price[supplier])
        reason = self._never(pair, supplier_id) or self._reason(pair, supplier, place, takers)
        return Blocked(supplier_id, reason, takers, float(self.case.weight[pair]), price)

    def _never(self, pair: int, supplier_id: str) -> Reason | None:
        """What no plan could change."""
        case = self.case
        if case.weight[pair] <= 0:
            return "no_worth"
        if case.capacity[case.supplier[pair]] == 0 and case.use[pair] > 0:
            amount = self._suppliers[supplier_id].amount
            return "no_capacity" if amount and amount.high == 0 else "capacity_unknown"
        return "below_lot" if case.most[pair] < case.rules.lot else None

    def _reason(self, pair: int, supplier: int, place: int, takers: tuple[str, ...]) -> Reason:
        case, rules = self.case, self.case.rules
        left = case.capacity[supplier] - self.taken[supplier]
        is_full = case.use[pair] > 0 and left <= SMALL * case.capacity[supplier]
        if self.solved.amounts[pair] > SMALL * case.most[pair]:
            return ("displaced" if takers else "capacity_short") if is_full else "not_taken"
        count = len(self._takers.get(supplier, ()))
        if rules.needs_per_supplier is not None and count >= rules.needs_per_supplier:
            return "supplier_limit"
        if rules.suppliers_per_need is not None and self._partners[place] >= rules.suppliers_per_need:
            return "need_limit"
        if is_full or left < case.use[pair] * rules.lot:
            return "displaced"
        return "below_lot" if case.demand[place] - self.served[place] < rules.lot else "not_taken"


def needs_of(problem: Problem, case: Scenario) -> tuple[Need, ...]:
    """The needs of a problem in the order of its scenario."""
    found = {one.need_id: one for one in problem.needs}
    return tuple(found[one] for one in case.needs)
