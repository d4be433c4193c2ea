"""A small day finished exactly: branch and bound over the linear programs of `choosing`.

Slots in which the same participants are free are one group, so there is nothing to try between equal slots, and every
solution in whole numbers can be held. The number of programs is limited, not the time: two runs give one agenda. No
solver for whole numbers is called: the one at hand works with threads of its own, whose start and end were reported to
block (ERGO-Code/HiGHS pull request 1886).
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np

from integrator.meetings import choosing
from integrator.meetings.choosing import Program, Solved
from integrator.meetings.day import Draft, Floats, Ints
from integrator.meetings.spreading import spread

_PROGRAMS = 400
"""Most linear programs solved."""
_WHOLE = 1e-6


def finish(draft: Draft, groups: Sequence[Ints]) -> tuple[Draft, float]:
    """The best draft found and the bound of all that was not tried; equal when the draft is the best there is."""
    asked = choosing.program(draft.day, groups)
    low, high = np.zeros(len(asked.gains)), np.ones(len(asked.gains))
    root = choosing.solve(asked, low, high)
    waiting: list[tuple[float, int, Solved, Floats, Floats]] = [(-root.bound, 0, root, low, high)] if root else []
    solved = 1
    while waiting and solved < _PROGRAMS:
        _, _, at, low, high = heapq.heappop(waiting)
        if at.bound <= _beaten(draft):
            continue
        column = _split(asked, at.x)
        if column is None:
            better = _held(asked, at.x, groups)
            draft = better if better.value() > draft.value() else draft
            continue
        for value in (1.0, 0.0):
            below, above = low.copy(), high.copy()
            below[column] = above[column] = value
            part = choosing.solve(asked, below, above)
            solved += 1
            if part and part.bound > _beaten(draft):
                heapq.heappush(waiting, (-part.bound, solved, part, below, above))
    return draft, max([draft.value(), *(-each[0] for each in waiting)])


def _beaten(draft: Draft) -> float:
    """A bound that is no better than the draft but for rounding."""
    return draft.value() * (1 + 1e-9) + 1e-9


def _split(asked: Program, x: Floats) -> int | None:
    """The pair nearest to a half; None when every pair is in or out."""
    pairs = x[: len(asked.buyer)]
    away = np.minimum(pairs, 1 - pairs)
    return int(away.argmax()) if away.max(initial=0.0) > _WHOLE else None


def _held(asked: Program, x: Floats, groups: Sequence[Ints]) -> Draft:
    draft = Draft(asked.day)
    for number, slots in enumerate(groups):
        spread(draft, choosing.chosen(asked, x, number), slots.tolist())
    return draft
