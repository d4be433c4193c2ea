"""Matches -> the agenda of a buyer-supplier day."""

from integrator.meetings.agenda import Meeting, Rules, plan
from integrator.meetings.invitations import weights
from integrator.meetings.participants import attending, read_participants, unavailable
from integrator.meetings.workbook import write_agenda

__all__ = ["Meeting", "Rules", "attending", "plan", "read_participants", "unavailable", "weights", "write_agenda"]
