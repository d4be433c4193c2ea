"""The best plan when amounts split freely: a linear program by HiGHS, with the worth of one more of each capacity.

    maximise sum w x    subject to    sum over needs use x <= capacity    sum over suppliers x <= demand    x >= 0

Its dual gives a price to each capacity and each demand; their sum over all equals the value of the plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from integrator.valuation.allocation.problem import Numbers, Scenario

    Mask = NDArray[np.bool_]

INFEASIBLE = 2
"""Status of scipy's `linprog`."""
ZERO = 1e-9
"""A price below this share of the dearest counts as none, an amount below this share of the largest as nothing."""


@dataclass(frozen=True)
class Solved:
    """A plan over the pairs of a scenario, with its prices."""

    amounts: Numbers
    value: float
    capacity_price: Numbers
    """What one more unit of each capacity is worth, at the margin and given which pairs are used; not below 0."""
    demand_price: Numbers
    lot_price: Numbers
    """Of each pair what its least amount costs the plan, by the unit; not below 0."""


def rows(case: Scenario) -> sparse.csr_matrix:
    """Left sides of the program: a line for each supplier (capacity), then one for each need (demand)."""
    count = len(case.weight)
    at = np.concatenate([case.supplier, len(case.suppliers) + case.need])
    values = np.concatenate([case.use, np.ones(count)])
    shape = (len(case.suppliers) + len(case.needs), count)
    return sparse.csr_matrix((values, (at, np.tile(np.arange(count), 2))), shape=shape)


def limits(case: Scenario) -> Numbers:
    """Right sides of `rows`."""
    return np.concatenate([case.capacity, case.demand])


def solve_linear(case: Scenario, used: Mask | None = None, *, settle: bool = True) -> Solved | None:
    """The best plan over the pairs that are worth something; with `used` over those pairs, each with the least lot.

    None when those lots do not fit.

    Of plans worth the same the one that gives more to needs, and within them to suppliers, whose ids come first: a
    second program over the plans that the prices allow, worth (1 - place / pairs)^2 a unit. `settle=False` leaves that
    out, for plans that are only steps.
    """
    split = len(case.suppliers)
    columns = np.flatnonzero(case.weight > 0 if used is None else used)
    amounts, lots = np.zeros(len(case.weight)), np.zeros(len(case.weight))
    if len(columns) == 0:
        return Solved(amounts, 0.0, np.zeros(split), np.zeros(len(case.needs)), lots)
    program = Program(
        case.weight[columns], rows(case)[:, columns], limits(case), 0.0 if used is None else case.rules.lot
    )
    found = solved_by_highs(program)
    if found.status == INFEASIBLE:
        return None
    if not found.success:
        raise RuntimeError(f"the linear program was not solved: {found.message}")
    prices = np.maximum(0.0, -np.asarray(found.ineqlin.marginals))
    amounts[columns] = _first(program, prices, np.asarray(found.x)) if settle else np.asarray(found.x)
    if program.least > 0:
        lots[columns] = np.maximum(0.0, np.asarray(found.lower.marginals))
    return Solved(amounts, float(case.weight @ amounts), prices[:split], prices[split:], lots)


@dataclass(frozen=True)
class Program:
    """maximise weight x subject to left x <= right, x >= least."""

    weight: Numbers
    left: sparse.csr_matrix
    right: Numbers
    least: float


Method = Literal["highs", "highs-ipm"]
"""Of HiGHS: its own choice, or the interior point method, which is sooner there where very many plans are alike."""


def solved_by_highs(program: Program, is_tight: Mask | None = None, method: Method = "highs") -> Any:
    """What scipy returns for a program, to be read as a minimum; `is_tight`: lines that must be equal."""
    left, right = cast(Any, program.left), program.right  # scipy's types know no sparse lines
    lines: dict[str, Any] = {"A_ub": left, "b_ub": right}
    if is_tight is not None:
        lines = {"A_ub": left[~is_tight], "b_ub": right[~is_tight], "A_eq": left[is_tight], "b_eq": right[is_tight]}
    return linprog(-program.weight, **lines, bounds=(program.least, None), method=method)


def _first(program: Program, prices: Numbers, amounts: Numbers) -> Numbers:
    """Of the plans worth as much as `amounts` the one that stands first; `prices` tell which plans those are."""
    count = len(amounts)
    loss = program.left.T @ prices - program.weight  # of one more unit, at these prices
    small = ZERO * max(1.0, float(np.abs(program.weight).max()))
    is_open, is_tight = loss <= small, prices > small
    if not is_open.any():
        return amounts
    fixed = np.where(is_open, 0.0, program.least)
    right = program.right - program.left @ fixed
    left = program.left[:, np.flatnonzero(is_open)]
    places = np.flatnonzero(is_open)
    found = solved_by_highs(Program((1 - places / count) ** 2, left, right, program.least), is_tight)
    if not found.success:
        return amounts
    first = fixed.copy()
    first[is_open] = found.x
    worth, best = float(program.weight @ first), float(program.weight @ amounts)
    return first if worth >= best - ZERO * max(1.0, abs(best)) else amounts
