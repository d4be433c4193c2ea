"""What every score is: a sum of points by feature, whoever gives the points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from integrator.ranking.features import FEATURES, MEANING_FEATURES

if TYPE_CHECKING:
    import pandas as pd

    from integrator.ranking.arrays import Numbers
    from integrator.ranking.experience import Experience

DECIMALS = 4
"""Points and scores are rounded before they are compared, so that equal evidence ties; ties go by supplier id."""


class Scorer(Protocol):
    """Features of pairs -> points by feature: the expert scorecard, or a trained ranker."""

    @property
    def name(self) -> str:
        """How matches call it: `scorecard` or `trained`."""

    @property
    def experience(self) -> Experience | None:
        """What it knows that people judged of suppliers; None = nothing."""

    def points(self, features: Mapping[str, Numbers]) -> dict[str, Numbers]:
        """Points that each feature gives to each pair; NaN = unknown.

        The points of a pair depend on its own features alone, so that one pair can be scored again by itself.
        """

    def probability(self, score: Numbers) -> Numbers:
        """Learned probability of a grade of 2 or more for each score; NaN = not learned."""

    def about(self) -> dict[str, Any]:
        """What a run says of it: `name`; of a trained one also on what, how well, and how many actors to show."""


def score_pairs(scorer: Scorer, features: Mapping[str, Numbers]) -> tuple[dict[str, Numbers], Numbers]:
    """Rounded points by feature, and the score of every pair: their sum, exactly."""
    points = {name: np.round(values, DECIMALS) for name, values in scorer.points(features).items()}
    size = len(next(iter(features.values())))
    return points, np.round(sum(points.values(), start=np.zeros(size)), DECIMALS)


def features_of(candidates: pd.DataFrame) -> dict[str, Numbers]:
    """The features of a table of candidates, as they were scored."""
    known = (*FEATURES, *MEANING_FEATURES)
    return {name: candidates[name].to_numpy(dtype=float) for name in known if name in candidates}
