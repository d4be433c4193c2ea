"""Matches -> review workbook; reviewed workbook -> judgements."""

from integrator.review.export import batch, write_review
from integrator.review.returned import read_review

__all__ = ["batch", "read_review", "write_review"]
