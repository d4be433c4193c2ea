"""Candidates -> features, scores, grades and reasons."""

from integrator.ranking.matching import Matching, rank

__all__ = ["Matching", "rank"]
