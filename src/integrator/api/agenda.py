"""The agenda of a buyer-supplier day, from a run and the organizer's lists."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from integrator import meetings, pipeline, run_folder
from integrator.api.files import free
from integrator.api.job import path_of
from integrator.errors import Problem, UsageError

if TYPE_CHECKING:
    from integrator.meetings import Clock, Salon


@dataclass(frozen=True)
class Agenda:
    """A written agenda; `str()` is what `integrator meetings` prints."""

    path: Path
    problems: tuple[Problem, ...]
    """Of the organizer's lists."""
    _salon: Salon = field(repr=False)

    @property
    def meetings(self) -> pd.DataFrame:
        """One meeting a row: buyer, supplier (its id), slot and table from 1."""
        columns = [one.name for one in dataclasses.fields(meetings.Meeting)]
        return pd.DataFrame([dataclasses.astuple(one) for one in self._salon.plan.meetings], columns=columns)

    def __str__(self) -> str:
        return f"{self.path}: {meetings.summary(self._salon)}"


@dataclass(frozen=True)
class Asked:
    """What the organizer asks for."""

    slots: int = 8
    days: int = 1
    tables: int | None = None
    per_buyer: int | None = None
    per_supplier: int | None = None
    participants: str | Path | None = None
    requests: str | Path | None = None
    only_requests: bool = False
    unmatched: bool = False
    fair: bool = True
    start: str | None = None
    minutes: int = 20
    breaks: Sequence[str] = ()
    level: str = "members"

    def clock(self) -> Clock:
        """When the slots are. Raises `UsageError` for a time or break that is none."""
        return meetings.clock(self.slots, self.days, self.start, self.minutes, list(self.breaks))

    @property
    def rules(self) -> meetings.Rules:
        """How many may meet, how often."""
        return meetings.Rules(self.slots, self.tables, self.per_supplier, per_buyer=self.per_buyer, days=self.days)


def check(path: str | Path, asked: Asked, force: bool) -> tuple[Path, Clock]:
    """What can be refused before anything is matched.

    Raises `UsageError` for what cannot be asked for, and `OutputError` for a file that is there already.
    """
    if asked.level == "public":
        raise UsageError("--level public: an agenda names buyers: choose members or restricted.")
    for name in ("slots", "days", "tables", "per_buyer", "per_supplier", "minutes"):
        number = getattr(asked, name)
        if number is not None and number < 1:
            raise UsageError(f"{name}: {number} is less than 1.")
    return free(path, force), asked.clock()


def write(run: pipeline.Run, path: str | Path, asked: Asked, force: bool, tell: Callable[[Problem], None]) -> Agenda:
    """Write the best agenda of meetings between named buyers and able actors, see `Run.agenda`."""
    target, clock = check(path, asked, force)
    limits, output = run.config.limits.limits(), run.config.output
    seen = run_folder.seen_tables(run, asked.level)
    needs, suppliers = seen["needs"], seen["suppliers"]
    coming, wishes = None, None
    problems: tuple[Problem, ...] = ()
    if asked.participants:
        buyers = set(needs.loc[needs["named_buyer"] == "yes", "buyer"])
        coming, problems = meetings.read_participants(
            path_of(asked.participants, "participants"), asked.slots, buyers, set(suppliers["supplier_id"]), limits
        )
    if asked.requests:
        known = meetings.Known.of(needs, suppliers)
        wishes, doubts = meetings.read_requests(path_of(asked.requests, "requests"), known, limits)
        problems = (*problems, *doubts)
    for problem in problems:
        tell(problem)
    choices = meetings.Choices(asked.fair, asked.only_requests, asked.unmatched)
    salon = meetings.hold(needs, suppliers, seen["matches"], asked.rules, coming, wishes, choices)
    unread = [each for each in problems if each.code.startswith("request_")]
    people = meetings.people(suppliers)
    meetings.write_agenda(target, salon, people, clock, output.lang, run.config.run_date, output.notice, unread)
    return Agenda(target, problems, salon)
