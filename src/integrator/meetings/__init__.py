"""Matches -> the agenda of a buyer-supplier day."""

from integrator.meetings.agenda import Meeting, Plan, Rules, arrange, plan
from integrator.meetings.clock import Clock, clock
from integrator.meetings.invitations import Invitation, invitations, weights
from integrator.meetings.own_company import is_own
from integrator.meetings.participants import attending, caps, read_participants, unavailable
from integrator.meetings.salon import Choices, Salon, hold, people, summary
from integrator.meetings.wishes import Known, read_requests
from integrator.meetings.workbook import write_agenda

__all__ = [
    "Choices", "Clock", "Invitation", "Known", "Meeting", "Plan", "Rules", "Salon", "arrange", "attending", "caps",
    "clock", "hold", "invitations", "is_own", "people", "plan", "read_participants", "read_requests", "summary",
    "unavailable", "weights", "write_agenda",
]  # fmt: skip
