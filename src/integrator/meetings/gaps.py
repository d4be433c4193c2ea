"""Less waiting: meetings change slots so that a participant has few free slots between its meetings.

Only slots change, never who meets whom, so this costs nothing of the value. Two slots are compared: the meetings of
both fall into chains that hang together by their participants, and a chain may exchange its slots as a whole.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from integrator.meetings.day import NOBODY, Draft

_ROUNDS = 12
"""Most times over all pairs of slots; what has settled is not looked at again."""

Chain = list[tuple[int, int]]


class Waiting:
    """Free slots between the meetings of each participant, day by day."""

    def __init__(self, draft: Draft, days: int) -> None:
        slots = draft.day.slots
        self._days = [sum(1 << int(t) for t in part) for part in np.array_split(np.arange(slots), min(days, slots))]
        free = np.vstack([draft.day.buyer_free, draft.day.supplier_free])
        self._free = [_bits(row) for row in free]
        self.first_supplier = draft.day.buyer_free.shape[0]
        self.busy = [_bits(row != NOBODY) for row in np.vstack([draft.of_buyer, draft.of_supplier])]

    def of(self, participant: int, busy: int) -> int:
        """How many, if the participant were busy in these slots (as bits)."""
        found, free = 0, self._free[participant]
        for day in self._days:
            there = busy & day
            if there:
                span = (1 << there.bit_length()) - (there & -there)
                found += (span & free & ~there).bit_count()
        return found

    def total(self) -> int:
        """Over all participants."""
        return sum(self.of(i, busy) for i, busy in enumerate(self.busy))

    def each(self) -> list[int]:
        """By participant, buyers first."""
        return [self.of(i, busy) for i, busy in enumerate(self.busy)]


def _bits(row: np.ndarray) -> int:
    return sum(1 << i for i, flag in enumerate(row.tolist()) if flag)


def idle(draft: Draft, days: int) -> int:
    """Free slots between meetings of a day, over all participants; slots in which one is away do not count."""
    return Waiting(draft, days).total()


def close_up(draft: Draft, days: int) -> None:
    """Exchange slots while that lessens the waiting of all together."""
    waiting = Waiting(draft, days)
    changed = set(range(draft.day.slots))
    for _ in range(_ROUNDS):
        now: set[int] = set()
        for one, other in combinations(range(draft.day.slots), 2):
            if {one, other} & (changed | now) and _exchange_best(draft, waiting, one, other):
                now |= {one, other}
        changed = now
        if not changed:
            return


def _exchange_best(draft: Draft, waiting: Waiting, one: int, other: int) -> bool:
    """Exchange the chains of two slots that lessen the waiting and leave no slot too full."""
    found: dict[int, list[tuple[int, Chain]]] = {-1: [], 0: [], 1: []}
    for chain in _chains(draft, one, other):
        gain = _gain(draft, waiting, chain, one, other)
        if gain is not None:
            there = sum(int(draft.slot[b, s]) == one for b, s in chain)
            found[2 * there - len(chain)].append((gain, chain))
    moves = [[chain] for gain, chain in found[0] if gain > 0]
    for several in found.values():
        several.sort(key=lambda each: -each[0])
    room = {1: draft.day.tables - int(draft.load[other]), -1: draft.day.tables - int(draft.load[one])}
    out, into = found[1], found[-1]
    for (gain, chain), (second_gain, second) in zip(out, into, strict=False):
        if gain + second_gain > 0:
            moves.append([chain, second])
    if not moves:
        for way, several in ((1, out), (-1, into)):
            if several and several[0][0] > 0 and room[way] > 0:
                moves.append([several[0][1]])
                break
    for chains in moves:
        _flip(draft, waiting, [pair for chain in chains for pair in chain], one, other)
    return bool(moves)


def _chains(draft: Draft, one: int, other: int) -> list[Chain]:
    """The meetings of two slots, those together that share participants."""
    seen: set[int] = set()
    chains = []
    for start in np.nonzero((draft.of_buyer[:, one] >= 0) | (draft.of_buyer[:, other] >= 0))[0].tolist():
        if start in seen:
            continue
        chain: Chain = []
        ahead = [start]
        seen.add(start)
        while ahead:
            b = ahead.pop()
            for slot in (one, other):
                s = int(draft.of_buyer[b, slot])
                if s == NOBODY:
                    continue
                chain.append((b, s))
                for back in (int(draft.of_supplier[s, one]), int(draft.of_supplier[s, other])):
                    if back != NOBODY and back not in seen:
                        seen.add(back)
                        ahead.append(back)
        chains.append(chain)
    return chains


def _participants(waiting: Waiting, chain: Chain) -> list[int]:
    return list(dict.fromkeys([b for b, _ in chain] + [waiting.first_supplier + s for _, s in chain]))


def _gain(draft: Draft, waiting: Waiting, chain: Chain, one: int, other: int) -> int | None:
    """Waiting saved by the exchange; None where somebody is not free."""
    gain, both = 0, (1 << one) | (1 << other)
    for each in _participants(waiting, chain):
        busy = waiting.busy[each]
        if busy & both == both:
            continue
        to = other if busy >> one & 1 else one
        if not waiting._free[each] >> to & 1:
            return None
        gain += waiting.of(each, busy) - waiting.of(each, busy ^ both)
    return gain


def _flip(draft: Draft, waiting: Waiting, chain: Chain, one: int, other: int) -> None:
    both = (1 << one) | (1 << other)
    for each in _participants(waiting, chain):
        if waiting.busy[each] & both != both:
            waiting.busy[each] ^= both
    to = [(b, s, other if int(draft.slot[b, s]) == one else one) for b, s in chain]
    for b, s in chain:
        draft.drop(b, s)
    for b, s, slot in to:
        draft.put(b, s, slot)
