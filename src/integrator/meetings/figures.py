"""Figures of an agenda that its readers can count again: waiting of a participant, changes of table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from integrator.meetings.agenda import Meeting, Participant, Rules
from integrator.meetings.clock import Clock


def waiting(meetings: Iterable[Meeting], rules: Rules) -> dict[Participant, int]:
    """(side, name) -> slots of a day between its first and last meeting in which it is available and meets nobody."""
    clock = Clock(rules.slots, rules.days)
    busy: dict[Participant, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for meeting in meetings:
        for who in (("buyer", meeting.buyer), ("supplier", meeting.supplier)):
            busy[who][clock.day(meeting.slot)].append(meeting.slot)
    away = frozenset(rules.unavailable)
    return {
        who: sum(
            slot not in slots and (who[1], slot) not in away
            for slots in by_day.values()
            for slot in range(min(slots), max(slots))
        )
        for who, by_day in busy.items()
    }


def moves(meetings: Iterable[Meeting]) -> int:
    """How often a buyer changes table from one meeting to its next."""
    at: dict[str, int] = {}
    found = 0
    for meeting in sorted(meetings):
        found += at.get(meeting.buyer, meeting.table) != meeting.table
        at[meeting.buyer] = meeting.table
    return found
