"""What a set of firms covers of a task and what that costs, for many sets at once.

In a set each process is made by its cheapest members: one that can make the whole volume, or, where splitting is
allowed, the cheapest first until the volume is reached. Being able to do a process without the capacity is not cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from integrator.valuation.teams.task import Case, Mask, Numbers, Places

SMALL = 1e-9
"""Share of the volume below which a lack is a rounding error."""


@dataclass(frozen=True)
class Covered:
    """For each set of firms."""

    is_complete: Mask
    """Every process for the whole volume."""
    cost: Numbers
    """Making and coordination; infinite where a price is not known, without meaning where the set is not complete."""
    all_used: Mask
    """Whether each member makes something: a set with an idle member is another team."""


def covered(case: Case, sets: Mask) -> Covered:
    """`sets` [set, firm]: which firms are in each set."""
    count = len(sets)
    complete, cost = np.ones(count, dtype=bool), case.coordination * sets.sum(axis=1, dtype=float)
    used = np.zeros_like(sets)
    if not case.may_split:
        return _by_one_each(case, sets, cost)
    for process in range(len(case.processes)):
        left = np.full(count, case.volume)
        for firm in _cheapest_first(case, process):
            made = np.where(sets[:, firm], _most(case, firm, process, left), 0.0)
            left -= made
            makes = made > 0
            used[:, firm] |= makes
            cost[makes] += made[makes] * case.price[firm, process]
        complete &= left <= SMALL * case.volume
    return Covered(complete, cost, (used == sets).all(axis=1))


def _by_one_each(case: Case, sets: Mask, cost: Numbers) -> Covered:
    """`covered` where each process is one firm's: the cheapest member that can make the whole volume."""
    complete, used = np.ones(len(sets), dtype=bool), np.zeros_like(sets)
    for process in range(len(case.processes)):
        order = _cheapest_first(case, process)
        able = order[case.capacity[order, process] >= case.volume * (1 - SMALL)]
        members = sets[:, able]
        makes = members.any(axis=1)
        if len(able):
            firm = able[members.argmax(axis=1)]
            used[makes, firm[makes]] = True
            cost[makes] += case.volume * case.price[firm[makes], process]
        complete &= makes
    return Covered(complete, cost, (used == sets).all(axis=1))


def shares(case: Case, members: Mask) -> Numbers:
    """[firm, process]: the parts that each member of one set makes."""
    made = np.zeros(case.capacity.shape)
    for process in range(len(case.processes)):
        left = np.array([case.volume])
        for firm in _cheapest_first(case, process):
            if members[firm]:
                made[firm, process] = _most(case, firm, process, left)[0]
                left -= made[firm, process]
    return made


def cover(case: Case, members: Mask) -> Mask:
    """[process]: which processes a set of firms can make for the whole volume."""
    held = case.capacity * members[:, None]
    reached = held.sum(axis=0) if case.may_split else held.max(axis=0, initial=0.0)
    return np.asarray(reached >= case.volume * (1 - SMALL))


def _cheapest_first(case: Case, process: int) -> Places:
    """Firms with some capacity, by price, then id."""
    order: Places = np.lexsort((np.arange(len(case.firms)), case.price[:, process]))
    able: Places = order[case.capacity[order, process] > 0]
    return able


def _most(case: Case, firm: int, process: int, left: Numbers) -> Numbers:
    """What a firm would make of what is left."""
    capacity = case.capacity[firm, process]
    if case.may_split:
        return np.asarray(np.minimum(capacity, left))
    return left if capacity >= case.volume * (1 - SMALL) else np.zeros_like(left)


@lru_cache(maxsize=20)
def every_set(firms: int) -> Mask:
    """All sets of so many firms but the empty one, smallest number first; only read."""
    numbers = np.arange(1, 2**firms)
    sets = np.asarray((numbers[:, None] >> np.arange(firms)) % 2 == 1)
    sets.flags.writeable = False
    return sets
