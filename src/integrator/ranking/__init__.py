"""Candidates -> features, scores, grades and reasons."""

from integrator.ranking.matching import Matching, rank
from integrator.ranking.pairs import Offers, offers_of
from integrator.ranking.scorecard import Scorecard, scorecard_points
from integrator.ranking.scoring import Scorer
from integrator.ranking.trained import TrainedRanker, load_ranker, shipped_ranker

__all__ = [
    "Matching",
    "Offers",
    "Scorecard",
    "Scorer",
    "TrainedRanker",
    "load_ranker",
    "offers_of",
    "rank",
    "scorecard_points",
    "shipped_ranker",
]
