"""Candidates -> features, scores, grades and reasons."""

from integrator.ranking.matching import Matching, rank
from integrator.ranking.scorecard import Scorecard, scorecard_points
from integrator.ranking.scoring import Scorer
from integrator.ranking.trained import TrainedRanker, load_ranker, shipped_ranker

__all__ = [
    "Matching",
    "Scorecard",
    "Scorer",
    "TrainedRanker",
    "load_ranker",
    "rank",
    "scorecard_points",
    "shipped_ranker",
]
