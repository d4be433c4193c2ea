"""Candidates -> features, scores, grades and reasons."""

from integrator.ranking.features.line_counts import COUNTED, Vocabulary, counted_of
from integrator.ranking.matching import Matching, rank
from integrator.ranking.offers import Counted, Offers, offers_among, offers_of
from integrator.ranking.scorecard import Scorecard
from integrator.ranking.scoring import Scorer
from integrator.ranking.trained import TrainedRanker, load_ranker, shipped_ranker

__all__ = [
    "COUNTED",
    "Counted",
    "Matching",
    "Offers",
    "Scorecard",
    "Scorer",
    "TrainedRanker",
    "Vocabulary",
    "counted_of",
    "load_ranker",
    "offers_among",
    "offers_of",
    "rank",
    "shipped_ranker",
]
