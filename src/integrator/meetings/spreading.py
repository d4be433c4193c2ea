"""Chosen pairs -> slots: one matching of participants a slot, the most urgent first.

Whoever has as many meetings left as slots is met in each of them. Where all are free in all slots at hand, every chosen
pair gets a slot so, by the theorem that `choosing` names: a matching that meets all those exists at each step.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from integrator.meetings.day import Day, Draft, Flags, Floats

_ALMOST = 1e-3
"""Weight of being nearly urgent beside one meeting more."""


def spread(draft: Draft, wanted: Flags, slots: Sequence[int]) -> None:
    """Hold the wanted pairs in the slots, as many as can be; the scarcest slots are filled first."""
    day = draft.day
    left = wanted.copy()
    order = sorted(slots, key=lambda slot: (int(day.places[slot]), slot))
    for position, slot in enumerate(order):
        ahead = order[position:]
        value = _urgency(day, left, ahead)
        able = left & day.buyer_free[:, slot, None] & day.supplier_free[None, :, slot]
        for buyer, supplier in best_matching(np.where(able, value, 0.0), day.tables):
            draft.put(buyer, supplier, slot)
            left[buyer, supplier] = False


def _urgency(day: Day, left: Flags, ahead: Sequence[int]) -> Floats:
    """(buyers, suppliers): how much it matters that a pair meets now."""
    parts = []
    for count, free in ((left.sum(axis=1), day.buyer_free[:, ahead]), (left.sum(axis=0), day.supplier_free[:, ahead])):
        there = free.sum(axis=1)
        share = count / np.maximum(there, 1)
        must = (count >= there) & (count > 0)
        parts.append(np.where(must, float(left.shape[0] + left.shape[1]), 0.0) + _ALMOST * np.minimum(share, 1.0))
    return np.asarray(1.0 + parts[0][:, None] + parts[1][None, :])


def best_matching(value: Floats, most: int) -> list[tuple[int, int]]:
    """The pairs (row, column) with the largest sum of values, nobody twice, at most `most`; values of 0 or less never.

    Rows and columns that stay alone are matched with as many stand-ins as leave `most` real pairs.
    """
    rows, columns = np.nonzero(value.max(axis=1, initial=0) > 0)[0], np.nonzero(value.max(axis=0, initial=0) > 0)[0]
    if not len(rows):
        return []
    core = np.maximum(value[np.ix_(rows, columns)], 0.0)
    high, wide = core.shape
    real = min(most, high, wide)
    padded = np.zeros((high + wide - real, high + wide - real))
    padded[:high, :wide] = core
    padded[high:, wide:] = -1e15
    first, second = linear_sum_assignment(padded, maximize=True)
    return [
        (int(rows[i]), int(columns[j]))
        for i, j in zip(first, second, strict=True)
        if i < high and j < wide and core[i, j] > 0
    ]
