"""LambdaMART by public means only: slow, obvious, and what the fast way is tested against.

Each tree is a boosting of one step with squared error, fitted to -g/h with the weights h. Its leaves are then
-sum(g) / (sum(h) + l2), the Newton step, because the lambdas of a group add up to 0 and the boosting thus starts at 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

from integrator.learning.lambdas import Floats, GroupedGrades

LEAST_WEIGHT = 1e-30
"""Weight of a row that no pair pushes: it keeps its place in the bins, and moves nothing."""


def twin_trees(
    X: Floats,  # noqa: N803
    grades: GroupedGrades,
    start: Floats | None = None,
    *,
    max_iter: int,
    random_state: int = 0,
    **settings: Any,
) -> list[HistGradientBoostingRegressor]:
    """One booster of one tree for each of `max_iter` rounds; their predictions add up to the score.

    The arguments are those of `loss.boost`. Rows X in the order `grades` was made with. Where `max_features` has
    features drawn, each round draws from its own seed: other features than in `loss.boost`, just as well drawn.
    """
    scores = np.zeros(len(X)) if start is None else start.astype(float)
    boosters = []
    for number in range(max_iter):
        gradient, hessian = grades.gradients(scores)
        weight = np.maximum(hessian, LEAST_WEIGHT)
        booster = HistGradientBoostingRegressor(
            max_iter=1, early_stopping=False, random_state=random_state + number, **settings
        )
        with threadpool_limits(limits=1, user_api="openmp"):
            booster.fit(X, -gradient / weight, sample_weight=weight)
        scores = scores + booster.predict(X)
        boosters.append(booster)
    return boosters
