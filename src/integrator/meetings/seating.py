"""Tables: a buyer keeps its table, and changes it seldom where there are more buyers than tables."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from integrator.meetings.day import Draft

_CHANGE = 1.0
_DISTURB = 0.5
"""Taking the table of a buyer who comes back soon costs up to this beside a change of one's own."""


def seat(draft: Draft) -> dict[tuple[int, int], int]:
    """(buyer, slot) -> table, from 1 to the number of tables of the day; in a slot nobody shares one.

    Slot by slot, an assignment with the least cost: a change of table costs 1, sitting down at the table of a buyer who
    is away a little, less the later that buyer comes back.
    """
    tables = draft.day.tables
    comes = draft.of_buyer >= 0
    last: dict[int, int] = {}
    owner: dict[int, int] = {}
    found: dict[tuple[int, int], int] = {}
    for slot in range(draft.day.slots):
        present = np.nonzero(comes[:, slot])[0].tolist()
        if not present:
            continue
        cost = np.full((len(present), tables), 0.0)
        for table in range(tables):
            held = owner.get(table)
            cost[:, table] = 0.0 if held is None else _disturbance(comes[held], slot)
        for i, b in enumerate(present):
            if b in last:
                cost[i] += _CHANGE
                cost[i, last[b]] = 0.0
        rows, columns = linear_sum_assignment(cost + np.arange(tables) * 1e-9)
        for i, table in zip(rows.tolist(), columns.tolist(), strict=True):
            b = present[i]
            found[b, slot] = table + 1
            last[b], owner[table] = table, b
    return found


def _disturbance(comes: np.ndarray, slot: int) -> float:
    """Half a change for an owner who comes in this very slot, less for a later one, 0 for none."""
    ahead = np.nonzero(comes[slot:])[0]
    return _DISTURB / (1 + int(ahead[0])) if len(ahead) else 0.0
