"""Matches + judgements -> how good the ranking is, on judged pairs only."""

from integrator.evaluation.report import Report, evaluate

__all__ = ["Report", "evaluate"]
