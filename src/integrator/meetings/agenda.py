"""The best agenda: most match weight in the slots and at the tables there are.

A mixed-integer program solved exactly by HiGHS (scipy.optimize.milp): one 0-1 variable a possible meeting
(buyer, supplier, slot); a pair meets once, nobody is in two places, no slot has more meetings than tables.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from integrator.errors import IntegratorError, UsageError

Pair = tuple[str, str]


@dataclass(frozen=True)
class Rules:
    """What an agenda must keep."""

    slots: int
    tables: int | None = None
    """Meetings at the same time; None = as many as wanted."""
    per_supplier: int | None = None
    """Most meetings a supplier; None = as many as there are slots."""
    unavailable: Collection[tuple[str, int]] = field(default_factory=frozenset)
    """(participant, slot) that cannot be; slots count from 0."""


@dataclass(frozen=True, order=True)
class Meeting:
    """One meeting of the agenda."""

    slot: int
    buyer: str
    supplier: str
    weight: float


def plan(weights: Mapping[Pair, float], rules: Rules) -> tuple[Meeting, ...]:
    """The meetings with the largest sum of weights, by slot, buyer and supplier.

    `weights` gives each (buyer, supplier) a weight above 0. Raises `UsageError` when the rules leave no slot.
    """
    if rules.slots < 1 or (rules.tables is not None and rules.tables < 1):
        raise UsageError("an agenda needs at least one slot and one table.")
    busy = frozenset(rules.unavailable)
    possible = [
        (buyer, supplier, slot)
        for (buyer, supplier), weight in sorted(weights.items())
        for slot in range(rules.slots)
        if weight > 0 and (buyer, slot) not in busy and (supplier, slot) not in busy
    ]
    if not possible:
        return ()
    values = np.asarray([weights[buyer, supplier] for buyer, supplier, _ in possible])
    rows, limits = _constraints(possible, rules)
    constraint = LinearConstraint(rows, -np.inf, limits)
    solved = milp(
        -values, constraints=constraint, integrality=np.ones(len(values), dtype=int), bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0},  # the solver's own default stops at one in ten thousand below the best
    )  # fmt: skip
    if solved.x is None:
        raise IntegratorError(f"no agenda was found ({solved.message}): plan fewer participants at a time.")
    chosen = solved.x > 0.5
    return tuple(
        sorted(
            Meeting(slot, buyer, supplier, float(value))
            for (buyer, supplier, slot), value, kept in zip(possible, values, chosen, strict=True)
            if kept
        )
    )


def _constraints(possible: list[tuple[str, str, int]], rules: Rules) -> tuple[sparse.csr_matrix, np.ndarray]:
    """One row a limit: pair once, participant once a slot, tables a slot, meetings a supplier."""
    limits: dict[tuple[object, ...], int] = {}
    members: dict[tuple[object, ...], list[int]] = {}
    for i, (buyer, supplier, slot) in enumerate(possible):
        keys: list[tuple[tuple[object, ...], int]] = [
            (("pair", buyer, supplier), 1),
            (("buyer", buyer, slot), 1),
            (("supplier", supplier, slot), 1),
        ]
        if rules.tables is not None:
            keys.append((("tables", slot), rules.tables))
        if rules.per_supplier is not None:
            keys.append((("meetings", supplier), rules.per_supplier))
        for key, limit in keys:
            limits[key] = limit
            members.setdefault(key, []).append(i)
    rows = [row for row, key in enumerate(members) for _ in members[key]]
    columns = [i for found in members.values() for i in found]
    shape = (len(members), len(possible))
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    return matrix, np.asarray([limits[key] for key in members], dtype=float)
