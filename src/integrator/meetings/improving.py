"""A draft made better until no step of these helps: a slot filled anew, a pair let in by exchanging two slots.

Every step keeps all limits and raises the value, so the order of the steps is the only choice; it is fixed.
"""

from __future__ import annotations

import numpy as np

from integrator.meetings.day import NOBODY, Draft
from integrator.meetings.spreading import best_matching

_LEAST = 1e-9
"""Less is rounding, not a gain."""


def improve(draft: Draft, rounds: int) -> bool:
    """At most `rounds` times over all slots and all pairs without a meeting; whether anything helped."""
    first = draft.value()
    for _ in range(rounds):
        before = draft.value()
        for slot in range(draft.day.slots):
            refill(draft, slot)
        let_in(draft)
        if draft.value() <= before + _LEAST:
            break
    return draft.value() > first + _LEAST


def refill(draft: Draft, slot: int) -> None:
    """The best meetings of one slot while all others stay: an assignment, solved exactly."""
    day = draft.day
    held = [(b, int(draft.of_buyer[b, slot])) for b in np.nonzero(draft.of_buyer[:, slot] >= 0)[0].tolist()]
    before = draft.value()
    for b, s in held:
        draft.drop(b, s)
    buyers, suppliers = draft.next_points()
    able = (day.worth > 0) & (draft.slot == NOBODY)
    able &= (day.buyer_free[:, slot] & (draft.buyer_count < day.buyer_cap))[:, None]
    able &= (day.supplier_free[:, slot] & (draft.supplier_count < day.supplier_cap))[None, :]
    value = np.where(able, day.worth + buyers[:, None] + suppliers[None, :], 0.0)
    found = best_matching(value, day.tables)
    for b, s in found:
        draft.put(b, s, slot)
    if draft.value() <= before + _LEAST and found != held:
        for b, s in found:
            draft.drop(b, s)
        for b, s in held:
            draft.put(b, s, slot)


def let_in(draft: Draft) -> int:
    """Pairs without a meeting that get one when others change slots, best first; how many."""
    day = draft.day
    buyers, suppliers = draft.next_points()
    value = day.worth + buyers[:, None] + suppliers[None, :]
    waiting = np.argwhere((day.worth > 0) & (draft.slot == NOBODY))
    waiting = waiting[np.argsort(-value[waiting[:, 0], waiting[:, 1]], kind="stable")]
    found = 0
    for b, s in waiting.tolist():
        if draft.buyer_count[b] < day.buyer_cap[b] and draft.supplier_count[s] < day.supplier_cap[s]:
            found += _let_in(draft, b, s)
    return found


def _let_in(draft: Draft, buyer: int, supplier: int) -> bool:
    day = draft.day
    idle_b = day.buyer_free[buyer] & (draft.of_buyer[buyer] == NOBODY)
    idle_s = day.supplier_free[supplier] & (draft.of_supplier[supplier] == NOBODY)
    both = np.nonzero(idle_b & idle_s)[0]
    for slot in both.tolist():
        if draft.load[slot] < day.tables or _relieve(draft, slot, buyer, supplier):
            draft.put(buyer, supplier, slot)
            return True
    here = np.nonzero(idle_b & day.supplier_free[supplier] & ~idle_s)[0].tolist()
    there = np.nonzero(idle_s & day.buyer_free[buyer])[0].tolist() if here else []
    rooms = draft.load < day.tables
    for slot in here:
        for other in there:
            if (rooms[slot] or rooms[other]) and _exchange(draft, supplier, slot, other):
                draft.put(buyer, supplier, slot)
                return True
    return False


def _exchange(draft: Draft, supplier: int, slot: int, other: int) -> bool:
    """Make the supplier idle in `slot` by moving its meeting to `other`, and what that pushes away back, and so on.

    The chain of meetings never comes back to a buyer who is idle in `slot` (Koenig). It is not followed where its
    last participant is not free, or where a slot would hold more than its tables.
    """
    day, chain = draft.day, chain_of(draft, supplier, slot, other)
    room = other if len(chain) % 2 else slot  # which of the two holds one more, with the meeting that is let in
    last_b, last_s = chain[-1]
    free = day.supplier_free[last_s] if len(chain) % 2 == 0 else day.buyer_free[last_b]
    to = slot if len(chain) % 2 == 0 else other
    if not free[to] or draft.load[room] >= day.tables:
        return False
    flip(draft, chain, slot, other)
    return True


def chain_of(draft: Draft, supplier: int, slot: int, other: int) -> list[tuple[int, int]]:
    """The meetings tied together from a supplier on: its own in `slot`, that of the buyer in `other`, and so on."""
    chain: list[tuple[int, int]] = []
    at = supplier
    while True:
        b = int(draft.of_supplier[at, slot])
        if b == NOBODY:
            return chain
        chain.append((b, at))
        at = int(draft.of_buyer[b, other])
        if at in (NOBODY, supplier):
            return chain
        chain.append((b, at))


def flip(draft: Draft, chain: list[tuple[int, int]], slot: int, other: int) -> None:
    """Exchange the two slots for every meeting of a chain."""
    to = [(b, s, other if int(draft.slot[b, s]) == slot else slot) for b, s in chain]
    for b, s in chain:
        draft.drop(b, s)
    for b, s, new in to:
        draft.put(b, s, new)


def _relieve(draft: Draft, slot: int, buyer: int, supplier: int) -> bool:
    """Move one meeting more out of a full slot than into it, without touching the two who want to meet there."""
    for other in np.nonzero(draft.load < draft.day.places)[0].tolist():
        for b in np.nonzero(draft.of_buyer[:, slot] >= 0)[0].tolist():
            if draft.of_buyer[b, other] == NOBODY and draft.day.buyer_free[b, other] and b != buyer:
                chain = _from_buyer(draft, b, slot, other)
                last = chain[-1][1]
                if len(chain) % 2 and draft.day.supplier_free[last, other] and supplier not in {s for _, s in chain}:
                    flip(draft, chain, slot, other)
                    return True
    return False


def _from_buyer(draft: Draft, buyer: int, slot: int, other: int) -> list[tuple[int, int]]:
    """The chain that begins at a buyer who is idle in `other`."""
    chain: list[tuple[int, int]] = []
    at = buyer
    while True:
        s = int(draft.of_buyer[at, slot])
        if s == NOBODY:
            return chain
        chain.append((at, s))
        b = int(draft.of_supplier[s, other])
        if b == NOBODY:
            return chain
        chain.append((b, s))
        at = b
