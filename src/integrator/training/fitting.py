"""Graded pairs -> a fitted ladder: on all of them, or on those of some needs to be tried on the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from integrator.learning import LambdaRanker, SafeRanker
from integrator.learning.choosing import group_folds
from integrator.ranking.features.table import monotone
from integrator.ranking.scoring import DECIMALS
from integrator.ranking.trained import scorecard_columns

if TYPE_CHECKING:
    from integrator.learning.fitted import FittedLadder
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.experience import Experience
    from integrator.training.judged import JudgedPairs

Highest = Literal["scorecard", "blend", "logistic", "trees"]
"""The rung that a fit may reach."""
RUNGS: tuple[Highest, ...] = ("scorecard", "blend", "logistic", "trees")
"""From the lowest to the highest."""

FOLDS = 5
TOP_GRADE = 4.0
TREES: dict[str, Any] = {
    "n_estimators": 100, "max_leaf_nodes": 8, "min_samples_leaf": 30, "max_features": 0.3, "n_bags": 4,
}  # fmt: skip
"""Settings of the trees, taken over from a trial with another learner on these data (docs/quality.md), not searched."""
SHARES = (0.25, 0.5, 1.0)
"""A linear correction never weighs more than the scorecard itself."""
NEVER = 10**9
_LIMITS: dict[Highest, dict[str, Any]] = {
    "trees": {},
    "logistic": {"trees_from": NEVER},
    "blend": {"choose_from": NEVER},
    "scorecard": {"blend_from": NEVER},
}


@dataclass(frozen=True)
class Fitted:
    """A ladder fitted on the pairs of some needs."""

    ranker: SafeRanker
    ladder: FittedLadder
    """Its points, with the mean and spread of the scorecard's over the pairs of the fit."""
    experience: Experience
    """What those pairs tell of the suppliers."""

    def scores(self, judged: JudgedPairs) -> Numbers:
        """Score of every pair (n,), as a run gives it."""
        return self.scores_of(judged.matrix.rows(self.experience))

    def scores_of(self, rows: Numbers) -> Numbers:
        """Score of rows of features (n, features): a sum of rounded points, see `ranking.scoring.score_pairs`."""
        return np.asarray(np.round(np.round(self.ladder.contributions(rows), DECIMALS).sum(axis=1), DECIMALS))


def new_ladder(features: tuple[str, ...], highest: Highest = "trees") -> SafeRanker:
    """The ranker to fit: the expert scorecard, the published directions of the features, and the trees."""
    weights, neutral = scorecard_columns(features)
    directions = monotone()
    return SafeRanker(
        weights=weights,
        neutral=neutral,
        monotonic_cst=[directions[name] for name in features],
        top_grade=TOP_GRADE,
        shares=SHARES,
        trees=LambdaRanker(**TREES),
        **_LIMITS[highest],
    )


def fit(judged: JudgedPairs, needs: Collection[str], highest: Highest = "trees") -> Fitted:
    """The ladder fitted on the judged pairs of some needs."""
    experience, inside = judged.experience(needs), judged.of(needs) & judged.is_judged
    rows = judged.matrix.rows(experience)[inside]
    ranker = new_ladder(judged.matrix.features, highest).fit(rows, judged.grade[inside], judged.need[inside])
    return Fitted(ranker, ranker.fitted_.like_scorecard(rows), experience)


def held_out_folds(judged: JudgedPairs, seed: int = 0) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Needs to learn from and needs held out, fold by fold; every need is held out once."""
    number_of = min(FOLDS, len(judged.needs))
    fold = group_folds(len(judged.needs), number_of, seed)
    for number in range(number_of):
        held = frozenset(judged.needs[fold == number].tolist())
        yield frozenset(judged.needs.tolist()) - held, held


def held_out_scores(judged: JudgedPairs, seed: int = 0, highest: Highest = "trees") -> tuple[Numbers, tuple[str, ...]]:
    """Score of each pair (n,) by a ladder that has not seen its need nor its judgements, and the rungs reached."""
    score, rungs = np.full(len(judged), np.nan), []
    for seen, held in held_out_folds(judged, seed):
        fitted, inside = fit(judged, seen, highest), judged.of(held)
        score[inside] = fitted.scores(judged)[inside]
        rungs.append(str(fitted.ranker.rung_))
    return score, tuple(rungs)
