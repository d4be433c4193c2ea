"""The best plan under least lots and limits on partners: a mixed-integer program, or rounding with a bound.

as the linear program, and with z = 1 for a pair that is used
lot z <= x <= most z    sum over needs z <= needs per supplier    sum over suppliers z <= suppliers per need
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from integrator.valuation.allocation.linear import ZERO, Program, Solved, limits, rows, solve_linear, solved_by_highs
from integrator.valuation.allocation.problem import Scenario

if TYPE_CHECKING:
    from integrator.valuation.allocation.linear import Mask
    from integrator.valuation.allocation.problem import Numbers, Places

GAP = 1e-9
"""Relative gap at which a plan counts as proven best."""


@dataclass(frozen=True)
class Bounded:
    """A plan and the value that no plan can pass."""

    solved: Solved
    bound: float

    @property
    def gap(self) -> float:
        """How much of the bound the plan may miss, 0-1."""
        return max(0.0, self.bound - self.solved.value) / self.bound if self.bound > 0 else 0.0


def usable(case: Scenario) -> Mask:
    """Pairs that can be used at all: their most reaches the lot and is something."""
    return (case.most >= max(case.rules.lot, 0.0)) & (case.most > 0) & (case.weight > 0)


def solve_integer(case: Scenario, nodes: int) -> Bounded | None:
    """The best plan by branch and bound over at most `nodes` nodes; None when no plan was found within them.

    Nodes are counted, not seconds, so that the result does not depend on the machine's load. The bound is the
    solver's: equal to the value when the plan is proven best.
    """
    open_pairs = np.flatnonzero(usable(case))
    if len(open_pairs) == 0:
        return Bounded(_nothing(case), 0.0)
    part = _only(case, open_pairs)
    count = len(open_pairs)
    identity = sparse.identity(count, format="csr")
    partners, allowed = _partners(part)
    lines = sparse.hstack([rows(part), sparse.csr_matrix((len(limits(part)), count))])
    found = milp(
        -np.concatenate([part.weight, np.zeros(count)]),
        constraints=[
            LinearConstraint(lines, ub=limits(part)),
            LinearConstraint(sparse.hstack([identity, -sparse.diags(part.most)]), ub=0.0),
            LinearConstraint(sparse.hstack([identity, -part.rules.lot * identity]), lb=0.0),
            LinearConstraint(sparse.hstack([sparse.csr_matrix(partners.shape), partners]), ub=allowed),
        ],
        integrality=np.concatenate([np.zeros(count), np.ones(count)]),
        bounds=Bounds(0.0, np.concatenate([part.most, np.ones(count)])),
        options={"node_limit": nodes, "mip_rel_gap": GAP},
    )
    if found.x is None:
        return None
    used = np.zeros(len(case.weight), dtype=bool)
    used[open_pairs] = found.x[count:] > 0.5
    solved = solve_linear(case, used)
    if solved is None:
        return None
    bound = max(solved.value, -float(found.mip_dual_bound))
    return Bounded(solved, solved.value if bound - solved.value <= 2 * GAP * max(1.0, bound) else bound)


def solve_rounded(case: Scenario, rounds: int = 20) -> Bounded:
    """A good plan and a proven bound for a problem too large for branch and bound.

    The program with z free between 0 and 1 gives the bound. Its pairs alone are given to branch and bound for one node,
    and taken by what they are worth in it as far as lots and limits allow; the better of both plans is kept. Then,
    `rounds` times at most and as long as the plan gets better, the linear program sets the amounts, pairs that got
    nothing are dropped, and what is left over goes to the pairs that earn most at its prices.
    """
    open_pairs = np.flatnonzero(usable(case))
    if len(open_pairs) == 0:
        return Bounded(_nothing(case), 0.0)
    part = _only(case, open_pairs)
    shares, bound = _relaxed(part)
    worth = part.weight * part.most
    chosen = _filled(part, np.zeros(len(worth)), np.lexsort((-worth, -worth * shares)))
    best = solve_linear(part, chosen, settle=False)
    if (taken := _first_node(part, shares)) and (best is None or taken.value > best.value):
        best = taken
    for _ in range(rounds):
        if best is None:
            break
        earned = part.weight - part.use * best.capacity_price[part.supplier] - best.demand_price[part.need]
        chosen = _filled(part, best.amounts, np.lexsort((-worth, -np.maximum(0.0, earned) * part.most)))
        better = solve_linear(part, chosen, settle=False)
        if better is None or better.value <= best.value * (1 + GAP):
            break
        best = better
    if best is None:
        return Bounded(_nothing(case), bound)
    used = np.zeros(len(case.weight), dtype=bool)
    used[open_pairs[best.amounts > 0]] = True
    solved = solve_linear(case, used) or _nothing(case)
    return Bounded(solved, max(bound, solved.value))


def _first_node(part: Scenario, shares: Numbers) -> Solved | None:
    """The plan of branch and bound after one node over the pairs that the relaxed program uses."""
    at = np.flatnonzero(shares > ZERO)
    found = solve_integer(_only(part, at), nodes=1)
    if found is None:
        return None
    used = np.zeros(len(shares), dtype=bool)
    used[at[found.solved.amounts > 0]] = True
    return solve_linear(part, used, settle=False)


def _relaxed(part: Scenario) -> tuple[Numbers, float]:
    """How far each pair is used when partners may be split, and the value of that: no plan passes it."""
    partners, allowed = _partners(part)
    lines = sparse.csr_matrix(sparse.vstack([rows(part), partners @ sparse.diags(1 / part.most)]))
    program = Program(part.weight, lines, np.concatenate([limits(part), allowed]), 0.0)
    found = solved_by_highs(program, method="highs-ipm")
    if not found.success:
        found = solved_by_highs(program)
    if not found.success:
        raise RuntimeError(f"the linear program was not solved: {found.message}")
    return np.asarray(found.x) / part.most, -float(found.fun)


def _filled(part: Scenario, amounts: Numbers, order: Places) -> Mask:
    """The pairs of a plan and, in an order, those that fit into what it leaves: the room reaches the lot."""
    chosen = amounts > ZERO * part.most
    ours, theirs = _counts(part)
    ours -= np.bincount(part.supplier[chosen], minlength=len(ours))
    theirs -= np.bincount(part.need[chosen], minlength=len(theirs))
    capacity = part.capacity - np.bincount(part.supplier, part.use * amounts, len(ours))
    demand = part.demand - np.bincount(part.need, amounts, len(theirs))
    for pair in order[~chosen[order]]:
        supplier, need, use = part.supplier[pair], part.need[pair], part.use[pair]
        amount = min(demand[need], capacity[supplier] / use if use > 0 else math.inf)
        if amount <= ZERO * part.most[pair] or amount < part.rules.lot or ours[supplier] < 1 or theirs[need] < 1:
            continue
        chosen[pair] = True
        ours[supplier] -= 1
        theirs[need] -= 1
        capacity[supplier] -= amount * use
        demand[need] -= amount
    return chosen


def _counts(part: Scenario) -> tuple[Numbers, Numbers]:
    ours, theirs = part.rules.needs_per_supplier, part.rules.suppliers_per_need
    return (
        np.full(len(part.suppliers), math.inf if ours is None else ours, dtype=float),
        np.full(len(part.needs), math.inf if theirs is None else theirs, dtype=float),
    )


def _partners(part: Scenario) -> tuple[sparse.csr_matrix, Numbers]:
    """Lines that count the pairs of each supplier and need, and what is allowed."""
    count = len(part.weight)
    at = np.concatenate([part.supplier, len(part.suppliers) + part.need])
    shape = (len(part.suppliers) + len(part.needs), count)
    lines = sparse.csr_matrix((np.ones(2 * count), (at, np.tile(np.arange(count), 2))), shape=shape)
    allowed = np.concatenate(_counts(part))
    asked = np.flatnonzero(np.isfinite(allowed))
    return lines[asked], allowed[asked]


def _only(case: Scenario, at: Places) -> Scenario:
    """The scenario with some of its pairs."""
    return Scenario(
        case.needs, case.suppliers, case.demand, case.capacity, case.supplier[at], case.need[at], case.weight[at],
        case.use[at], case.rules, case.most[at],
    )  # fmt: skip


def _nothing(case: Scenario) -> Solved:
    none = np.zeros(len(case.weight))
    return Solved(none, 0.0, np.zeros(len(case.suppliers)), np.zeros(len(case.needs)), none)
