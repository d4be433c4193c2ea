"""Plans by taking the best pair first: what a spreadsheet would do, beside which the programs are measured."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from integrator.valuation.allocation.problem import Numbers, Scenario


def greedy(case: Scenario, by: Literal["unit", "capacity"] = "unit") -> tuple[Numbers, float]:
    """Amounts and value of a plan without rules, pairs taken by worth per unit of the need or per unit of capacity."""
    capacity, demand = case.capacity.copy(), case.demand.copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = case.weight if by == "unit" else np.where(case.use > 0, case.weight / case.use, math.inf)
    amounts = np.zeros(len(case.weight))
    for pair in np.lexsort((np.arange(len(rate)), -rate)):
        supplier, need, use = case.supplier[pair], case.need[pair], case.use[pair]
        if case.weight[pair] <= 0:
            continue
        amounts[pair] = min(demand[need], capacity[supplier] / use if use > 0 else math.inf)
        capacity[supplier] -= amounts[pair] * use
        demand[need] -= amounts[pair]
    return amounts, float(case.weight @ amounts)
