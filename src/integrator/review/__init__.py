"""Matches -> review workbook; reviewed workbook -> judgements; how far a review is and how far reviewers agree."""

from integrator.review.choosing import LIMIT, WAYS, Choice
from integrator.review.clock import today
from integrator.review.export import Form, write_review
from integrator.review.questions import Questions, batch, questions
from integrator.review.returned import Import, read_review
from integrator.review.state import State, state, state_data, state_text

__all__ = [
    "LIMIT", "WAYS", "Choice", "Form", "Import", "Questions", "State", "batch", "questions", "read_review", "state",
    "state_data", "state_text", "today", "write_review",
]  # fmt: skip
