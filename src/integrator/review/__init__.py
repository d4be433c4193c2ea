"""Matches -> review workbook; reviewed workbook -> judgements."""

from integrator.review.choosing import LIMIT, WAYS, Choice
from integrator.review.export import batch, write_review
from integrator.review.returned import read_review

__all__ = ["LIMIT", "WAYS", "Choice", "batch", "read_review", "write_review"]
