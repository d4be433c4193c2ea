"""Candidates -> features, scores, grades and reasons."""

from integrator.ranking.linear import LinearRanker, Term, load_ranker
from integrator.ranking.matching import Matching, rank
from integrator.ranking.scorecard import Scorecard, scorecard_points
from integrator.ranking.scoring import Scorer

__all__ = ["LinearRanker", "Matching", "Scorecard", "Scorer", "Term", "load_ranker", "rank", "scorecard_points"]
