"""Candidates -> features, scores, grades and reasons."""

from integrator.ranking.linear import LinearRanker, Term, load_ranker
from integrator.ranking.matching import Matching, rank
from integrator.ranking.scorecard import scorecard_points

__all__ = ["LinearRanker", "Matching", "Term", "load_ranker", "rank", "scorecard_points"]
