"""Who meets whom, without saying when: linear programs whose value no agenda can exceed.

Slots are put into groups. A pair meets in one group at most; a participant has no more meetings in a group than it has
free slots there; a group holds no more meetings than its places. Every agenda keeps these limits, whatever the groups,
so the value of the program is an upper bound. Where everybody is free in all slots of a group or in none, the limits
are enough too: meetings that leave nobody with more than k of them can be held in k slots, as many at a time as there
are tables (Koenig 1916: edge colouring of bipartite graphs; de Werra 1971: with equal numbers a colour).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from integrator.errors import IntegratorError
from integrator.meetings.day import Day, Flags, Floats, Ints


@dataclass(frozen=True)
class Program:
    """max gains x, matrix x <= limits, low <= x <= high; the first columns are (buyer, supplier, group)."""

    day: Day
    gains: Floats
    matrix: sparse.csc_matrix
    limits: Floats
    buyer: Ints
    supplier: Ints
    group: Ints


@dataclass(frozen=True)
class Solved:
    """The solution of a program."""

    x: Floats
    bound: float
    """What no plan can exceed: see `_certified`."""


def alike(day: Day) -> list[Ints]:
    """The slots in groups of those in which exactly the same participants are free, by first slot."""
    columns = np.vstack([day.buyer_free, day.supplier_free])
    found: dict[bytes, list[int]] = {}
    for slot in range(day.slots):
        found.setdefault(columns[:, slot].tobytes(), []).append(slot)
    return [np.asarray(slots) for slots in found.values()]


def blocks(day: Day, count: int) -> list[Ints]:
    """The slots in at most `count` groups of neighbours."""
    return [part for part in np.array_split(np.arange(day.slots), min(count, day.slots)) if len(part)]


def program(day: Day, groups: Sequence[Ints]) -> Program:
    """The program of a day with these groups of slots."""
    buyer_free = np.stack([day.buyer_free[:, slots].sum(axis=1) for slots in groups], axis=1)
    supplier_free = np.stack([day.supplier_free[:, slots].sum(axis=1) for slots in groups], axis=1)
    here, there = day.buyer_free.astype(np.int64), day.supplier_free.astype(np.int64)
    together = np.stack([here[:, slots] @ there[:, slots].T for slots in groups], axis=2)
    buyer, supplier, group = np.nonzero((day.worth[:, :, None] > 0) & (together > 0))
    places = [int(day.places[slots].sum()) for slots in groups]
    count = len(groups)
    rows = _Rows(len(buyer))
    if count > 1:
        rows.add(buyer * day.worth.shape[1] + supplier, np.ones(day.worth.size))
        rows.add(buyer * count + group, buyer_free.ravel())
        rows.add(supplier * count + group, supplier_free.ravel())
    rows.add(group, np.asarray(places))
    rows.add(buyer, np.minimum(day.buyer_cap, buyer_free.sum(axis=1)))
    rows.add(supplier, np.minimum(day.supplier_cap, supplier_free.sum(axis=1)))
    gains = [day.worth[buyer, supplier]]
    for points, who in ((day.buyer_points, buyer), (day.supplier_points, supplier)):
        gains.append(rows.add_points(points, who))
    return Program(day, np.concatenate(gains), rows.matrix(), rows.bounds(), buyer, supplier, group)


def solve(asked: Program, low: Floats | None = None, high: Floats | None = None) -> Solved | None:
    """The best solution in fractions, at a corner; None where the bounds leave none."""
    low = np.zeros(len(asked.gains)) if low is None else low
    high = np.ones(len(asked.gains)) if high is None else high
    if not len(asked.gains):
        return Solved(np.zeros(0), 0.0)
    limits: dict[str, Any] = {"A_ub": asked.matrix, "b_ub": asked.limits, "bounds": np.stack([low, high], axis=1)}
    found = linprog(-asked.gains, **limits, method="highs-ds")
    if found.status == 2:
        return None
    if found.x is None:
        raise IntegratorError(f"no agenda was found ({found.message}): plan fewer participants at a time.")
    return Solved(found.x, _certified(asked, -found.ineqlin.marginals, low, high))


def _certified(asked: Program, prices: Floats, low: Floats, high: Floats) -> float:
    """An upper bound by weak duality, for any prices: it holds however exact the solver was.

    gains x = prices matrix x + (gains - prices matrix) x <= prices limits + the best of each column by itself.
    """
    prices = np.maximum(prices, 0.0)
    left = asked.gains - asked.matrix.T @ prices
    return float(prices @ asked.limits + np.maximum(left, 0.0) @ high + np.minimum(left, 0.0) @ low)


class _Rows:
    """Limits on sums of columns, gathered."""

    def __init__(self, columns: int) -> None:
        self._pairs, self._columns, self._count = columns, columns, 0
        self._parts: list[tuple[Ints, Ints, Floats]] = []
        self._limits: list[Floats] = []

    def add(self, key: Ints, limits: Ints | Floats) -> None:
        """Of the pairs with one key, no more than its limit; keys without any pair make no row."""
        used, row = np.unique(key, return_inverse=True)
        self._put(row, np.arange(self._pairs), np.ones(self._pairs), np.asarray(limits, dtype=float)[used])

    def add_points(self, points: Floats, who: Ints) -> Floats:
        """A column for each n-th meeting that is worth points, used only when there are n; its gains."""
        used, row = np.unique(who, return_inverse=True)
        owner, order = np.nonzero(points[used] > 0)
        first = self._columns
        self._columns += len(owner)
        rows = np.concatenate([row, owner])
        columns = np.concatenate([np.arange(self._pairs), first + np.arange(len(owner))])
        signs = np.concatenate([-np.ones(self._pairs), np.ones(len(owner))])
        if len(owner):
            self._put(rows, columns, signs, np.zeros(len(used)))
        return np.asarray(points[used][owner, order])

    def _put(self, rows: Ints, columns: Ints, values: Floats, limits: Floats) -> None:
        self._parts.append((rows + self._count, columns, values))
        self._limits.append(limits)
        self._count += len(limits)

    def matrix(self) -> sparse.csc_matrix:
        rows, columns, values = (np.concatenate(part) for part in zip(*self._parts, strict=True))
        return sparse.csc_matrix((values, (rows, columns)), shape=(self._count, self._columns))

    def bounds(self) -> Floats:
        return np.concatenate(self._limits)


def chosen(asked: Program, x: Floats, group: int) -> Flags:
    """(buyers, suppliers): who meets in a group, where the solution is whole or nearly so."""
    found = np.zeros(asked.day.worth.shape, dtype=bool)
    pairs = len(asked.buyer)
    kept = (x[:pairs] > 0.5) & (asked.group == group)
    found[asked.buyer[kept], asked.supplier[kept]] = True
    return found
