"""A day of meetings as arrays, and a plan of it that can be changed: what the steps of the planning share.

Buyers and suppliers are numbered in the order of their names, slots from 0. A participant may be worth something by
being there at all (fairness): `buyer_points[b, n]` is added for meeting n+1 of buyer b, and never grows with n.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
NOBODY = -1


@dataclass(frozen=True)
class Day:
    """What is asked and what is possible."""

    worth: Floats
    """(buyers, suppliers): points of a meeting; 0 = none is possible."""
    buyer_free: Flags
    """(buyers, slots)."""
    supplier_free: Flags
    """(suppliers, slots)."""
    tables: int
    """Meetings at the same time."""
    buyer_cap: Ints
    """(buyers,): most meetings."""
    supplier_cap: Ints
    """(suppliers,): most meetings."""
    buyer_points: Floats
    """(buyers, n)."""
    supplier_points: Floats
    """(suppliers, n)."""

    @property
    def slots(self) -> int:
        """How many."""
        return int(self.buyer_free.shape[1])

    @cached_property
    def places(self) -> Ints:
        """(slots,): meetings that a slot can hold at most."""
        there = np.minimum(self.buyer_free.sum(axis=0), self.supplier_free.sum(axis=0))
        return np.asarray(np.minimum(there, self.tables), dtype=np.int64)


class Draft:
    """A plan that is being made; every step keeps it free of clashes."""

    def __init__(self, day: Day) -> None:
        self.day = day
        buyers, suppliers = day.worth.shape
        self.slot = np.full((buyers, suppliers), NOBODY, dtype=np.int64)
        """(buyers, suppliers): the slot of the meeting, or -1."""
        self.of_buyer = np.full((buyers, day.slots), NOBODY, dtype=np.int64)
        """(buyers, slots): whom the buyer meets, or -1."""
        self.of_supplier = np.full((suppliers, day.slots), NOBODY, dtype=np.int64)
        self.buyer_count = np.zeros(buyers, dtype=np.int64)
        self.supplier_count = np.zeros(suppliers, dtype=np.int64)
        self.load = np.zeros(day.slots, dtype=np.int64)
        """(slots,): meetings held."""

    def put(self, buyer: int, supplier: int, slot: int) -> None:
        """Hold a meeting."""
        self.slot[buyer, supplier] = slot
        self.of_buyer[buyer, slot] = supplier
        self.of_supplier[supplier, slot] = buyer
        self.buyer_count[buyer] += 1
        self.supplier_count[supplier] += 1
        self.load[slot] += 1

    def drop(self, buyer: int, supplier: int) -> None:
        """Hold it no more."""
        slot = self.slot[buyer, supplier]
        self.slot[buyer, supplier] = NOBODY
        self.of_buyer[buyer, slot] = NOBODY
        self.of_supplier[supplier, slot] = NOBODY
        self.buyer_count[buyer] -= 1
        self.supplier_count[supplier] -= 1
        self.load[slot] -= 1

    def held(self) -> list[tuple[int, int, int]]:
        """(buyer, supplier, slot) of every meeting, by buyer and supplier."""
        buyers, suppliers = np.nonzero(self.slot >= 0)
        return [(int(b), int(s), int(self.slot[b, s])) for b, s in zip(buyers, suppliers, strict=True)]

    def copy(self) -> Draft:
        """The same plan, to try something on."""
        other = Draft(self.day)
        for b, s, slot in self.held():
            other.put(b, s, slot)
        return other

    def weight(self) -> float:
        """Sum of the worth of the meetings."""
        return float(self.day.worth[self.slot >= 0].sum())

    def value(self) -> float:
        """Sum of the worth of the meetings and of the points of the participants."""
        return (
            self.weight()
            + _reached(self.day.buyer_points, self.buyer_count)
            + _reached(self.day.supplier_points, self.supplier_count)
        )

    def next_points(self) -> tuple[Floats, Floats]:
        """What one more meeting adds for each buyer and for each supplier."""
        return (
            _next(self.day.buyer_points, self.buyer_count),
            _next(self.day.supplier_points, self.supplier_count),
        )


def _reached(points: Floats, counts: Ints) -> float:
    reached = np.arange(points.shape[1])[None, :] < counts[:, None]
    return float(points[reached].sum())


def _next(points: Floats, counts: Ints) -> Floats:
    padded = np.concatenate([points, np.zeros((points.shape[0], 1))], axis=1)
    column = np.minimum(counts, points.shape[1])
    return np.asarray(padded[np.arange(points.shape[0]), column])
