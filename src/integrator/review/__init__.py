"""Matches -> review workbook; reviewed workbook -> judgements."""

from integrator.review.export import write_review
from integrator.review.returned import read_review

__all__ = ["read_review", "write_review"]
