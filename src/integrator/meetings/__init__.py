"""Matches -> the agenda of a buyer-supplier day."""

from integrator.meetings.agenda import Meeting, Rules, plan
from integrator.meetings.invitations import weights
from integrator.meetings.workbook import write_agenda

__all__ = ["Meeting", "Rules", "plan", "weights", "write_agenda"]
