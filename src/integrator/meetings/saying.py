"""What the agenda says of a meeting, a participant and a request, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from integrator.errors import Problem
from integrator.meetings.agenda import Meeting
from integrator.meetings.clock import Clock
from integrator.meetings.invitations import Invitation
from integrator.meetings.salon import Salon, Unplaced
from integrator.wording import Wording


@dataclass(frozen=True)
class Teller:
    """A salon in words."""

    salon: Salon
    people: Mapping[str, str]
    """Supplier id -> name, and its place on a second line."""
    clock: Clock
    words: Wording

    def name(self, side: str, who: str) -> str:
        """Of a participant, as it is shown."""
        return self.people.get(who, who) if side == "supplier" else who

    def one_line(self, side: str, who: str) -> str:
        """The same on one line."""
        name, _, place = self.name(side, who).partition("\n")
        return f"{name} ({place})" if place else name

    def by_participant(self, side: str) -> dict[str, list[Meeting]]:
        """The meetings of each participant of a side, by name as shown."""
        found: dict[str, list[Meeting]] = {}
        for meeting in self.salon.plan.meetings:
            found.setdefault(getattr(meeting, side), []).append(meeting)
        return {who: found[who] for who in sorted(found, key=lambda who: (self.name(side, who), who))}

    def cell(self, key: str, meeting: Meeting, side: str) -> object:
        """One column of a meeting, as the participant of `side` sees it."""
        invitation = self.salon.invitations[meeting.buyer, meeting.supplier]
        other = "supplier" if side == "buyer" else "buyer"
        values: dict[str, object] = {
            "slot": meeting.slot + 1,
            "day": self.clock.day(meeting.slot),
            "time": self.clock.time(meeting.slot),
            "table": meeting.table,
            "with": self.name(other, getattr(meeting, other)),
            "buyer": meeting.buyer,
            "id": meeting.supplier,
            "supplier": self.one_line("supplier", meeting.supplier),
            "about": self.about(invitation),
            "reason": self.reason(invitation),
            "question": invitation.question or self.words("agenda.question_usual"),
            "grade": "" if invitation.grade is None else invitation.grade,
            "asked_by": self.asked(invitation.asked),
            "worth": round(meeting.weight, 1),
        }
        return values[key]

    def about(self, invitation: Invitation) -> str:
        """The need of the best match, and how many more there are."""
        if not invitation.needs:
            return ""
        need_id, component = invitation.needs[0]
        more = len(invitation.needs) - 1
        rest = self.words("agenda.more_needs_one") if more == 1 else self.words("agenda.more_needs", count=more)
        return "\n".join(filter(None, (f"{component} ({need_id})" if component else need_id, rest if more else "")))

    def reason(self, invitation: Invitation) -> str:
        """Why the two should meet: who asked, and what the best match rests on."""
        found = invitation.reasons if invitation.needs else self.words("agenda.unmatched")
        return "\n".join(filter(None, (found, f"[{self.asked(invitation.asked)}]")))

    def asked(self, sides: Mapping[str, int]) -> str:
        """Who asked, with priorities."""
        if len(sides) == 2:
            return self.words("agenda.asked_both", buyer=sides["buyer"], supplier=sides["supplier"])
        for side, priority in sides.items():
            return self.words("agenda.asked_one", side=self.words(f"agenda.side.{side}"), priority=priority)
        return self.words("agenda.proposed")

    def count(self, meetings: int) -> str:
        """How many meetings."""
        return self.words("agenda.count_one") if meetings == 1 else self.words("agenda.count", count=meetings)

    def told(self, label: str, text: str) -> str:
        """A name and what is said of it."""
        return f"{label} - {text}"

    def slot_label(self, slot: int) -> str:
        """`Créneau 3 · Jour 1`, and the times on a line of their own, which no Arabic letter turns round."""
        day = f"{self.words('agenda.day')} {self.clock.day(slot)}" if self.clock.days > 1 else ""
        name = " · ".join(filter(None, (f"{self.words('agenda.slot')} {slot + 1}", day)))
        return "\n".join(filter(None, (name, self.clock.time(slot))))

    def when(self, slot: int) -> str:
        """A slot in one short word: its time, or its number."""
        time = self.clock.time(slot).partition("-")[0] or str(slot + 1)
        return f"{self.words('agenda.day')} {self.clock.day(slot)} · {time}" if self.clock.days > 1 else time

    def in_grid(self, meeting: Meeting) -> str:
        """Who sits at a table."""
        return f"{meeting.buyer}\n{self.name('supplier', meeting.supplier).partition(chr(10))[0]}"

    def unplaced(self) -> list[tuple[object, ...]]:
        """Buyer, supplier, who asked, priority, grade and reason of each request without a meeting."""
        return [self._unplaced(each) for each in self.salon.unplaced]

    def unread(self, problem: Problem) -> tuple[object, ...]:
        """A row of the requests that could not be used, with its place."""
        reason = self.words(f"agenda.unread.{problem.code}", raw=problem.raw or "-")
        return ("", "", "", "", "", f"{reason}\n{problem.address}")

    def _unplaced(self, each: Unplaced) -> tuple[object, ...]:
        who = each.asked if len(each.asked) < 2 else ("both",)
        side = "buyer" if each.reason.startswith("buyer") else "supplier"
        held = sum(getattr(m, side) == getattr(each, side) for m in self.salon.plan.meetings)
        reason = self.words(f"agenda.why.{each.reason}", count=held) if each.reason else ""
        return (
            each.buyer,
            self.one_line("supplier", each.supplier),
            self.words(f"agenda.asked.{next(iter(who))}"),
            self.words(f"agenda.priority.{min(each.asked.values())}"),
            "" if each.grade is None else each.grade,
            reason,
        )
