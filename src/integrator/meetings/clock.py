"""The times of the slots, when the organizer gives a start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from integrator.errors import UsageError

_DAY = 24 * 60


@dataclass(frozen=True)
class Clock:
    """When slots begin and end. Slots count from 0 over all days, which have equally many, the first ones one more."""

    slots: int
    days: int = 1
    start: int | None = None
    """Minutes after midnight; None = slots have numbers only."""
    minutes: int = 20
    """Length of a slot."""
    breaks: Mapping[int, int] = field(default_factory=dict)
    """Slot of a day, from 1 -> minutes of the break after it."""

    def day(self, slot: int) -> int:
        """The day of a slot, from 1."""
        return self._place(slot)[0] + 1

    def time(self, slot: int) -> str:
        """`09:00-09:20`; "" without a start."""
        if self.start is None:
            return ""
        within = self._place(slot)[1]
        pauses = sum(length for after, length in self.breaks.items() if after <= within)
        begin = self.start + within * self.minutes + pauses
        return f"{_clock(begin)}-{_clock(begin + self.minutes)}"

    def _place(self, slot: int) -> tuple[int, int]:
        each, more = divmod(self.slots, self.days)
        first = more * (each + 1)
        if slot < first:
            return divmod(slot, each + 1)
        day, within = divmod(slot - first, each)
        return more + day, within


def clock(slots: int, days: int, start: str | None, minutes: int, breaks: list[str]) -> Clock:
    """The clock that the command line asks for. Raises `UsageError` for what is no time of one day."""
    if days > slots:
        raise UsageError("--days: there are fewer slots than days.")
    found: dict[int, int] = {}
    for text in breaks:
        parts = re.fullmatch(r"(\d{1,3}):(\d{1,3})", text.strip())
        if not parts:
            raise UsageError(f"--break {text}: write SLOT:MINUTES, e.g. 6:30 for 30 minutes after slot 6 of the day.")
        found[int(parts[1])] = int(parts[2])
    if start is None:
        if breaks:
            raise UsageError("--break: give --start too, without it slots have no times.")
        return Clock(slots, days)
    hours = re.fullmatch(r"([01]?\d|2[0-3])[:hH]([0-5]\d)?", start.strip())
    if not hours:
        raise UsageError(f"--start {start}: write hours and minutes, e.g. 09:00.")
    begin = int(hours[1]) * 60 + int(hours[2] or 0)
    per_day = -(-slots // days)
    if begin + per_day * minutes + sum(length for after, length in found.items() if after < per_day) > _DAY:
        raise UsageError(f"{per_day} slots of {minutes} minutes from {start} go past midnight: give --days or less.")
    return Clock(slots, days, begin, minutes, found)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
