"""A ranker that is a scorecard at first and learns only what the judged rows are enough for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import clone

from integrator.learning.columns import directions
from integrator.learning.estimator import GradedRowsEstimator
from integrator.learning.fitted import FittedLadder
from integrator.learning.grouping import Rows, canonical_rows
from integrator.learning.lambdas import Floats
from integrator.learning.rungs import Climbed, Rules, climb
from integrator.learning.trees import LambdaRanker


class SafeRanker(GradedRowsEstimator):
    """Scorecard, blend, logistic, trees: each rung only with the judged rows, and the proof, that it asks for.

    The scorecard is `sum_j weights[j] * (X[:, j], or neutral[j] where it is NaN)`; None: equal weights that sum to 1,
    neutral 0. The higher rungs add to it, in its points, so `contributions` says what each feature is worth in all.

    Rungs. Below `blend_from` rows: "scorecard". Then "blend": a logistic correction (`blend_C`) whose spread is
    `blend_share` times the scorecard's, or n / `blend_ramp` of that while there are fewer than `blend_ramp` rows. From
    `choose_from` rows weight and regularization are chosen among `shares` x `Cs` by cross-validation over groups in
    `n_folds`: "logistic" when the best is surely better than the blend (lower bound at `confidence` of the paired
    bootstrap over groups above 0, on `fewest_groups` groups or more), back to "scorecard" when the blend is worse than
    it by more than a standard error. From `trees_from` rows "trees" (a LambdaRanker started from the linear score),
    when the same bound of its gain over the scorecard is above 0 and its mean is above that of the rung below.
    `top_grade`: the grade whose rows count as fully good, None for the highest seen. `monotonic_cst`: 1, 0 or -1 for
    each feature, held by every rung. `trees`: a LambdaRanker with other settings.

    After the fit: `rung_`, `why_` (one sentence), `candidates_` (what each candidate measured, a list of rows),
    `share_`, `fitted_` (a FittedLadder: scorecard, linear terms and trees as plain data).
    """

    _fitted = "fitted_"

    def __init__(
        self,
        weights: ArrayLike | None = None,
        neutral: ArrayLike | None = None,
        monotonic_cst: ArrayLike | None = None,
        blend_from: int = 20,
        choose_from: int = 500,
        trees_from: int = 1000,
        blend_ramp: int = 50,
        blend_share: float = 0.25,
        blend_C: float = 0.1,  # noqa: N803
        shares: Sequence[float] = (0.25, 0.5, 1.0, 2.0),
        Cs: Sequence[float] = (0.01, 0.1, 1.0),  # noqa: N803
        fewest_groups: int = 50,
        n_folds: int = 5,
        confidence: float = 0.95,
        truncation: int = 10,
        top_grade: float | None = None,
        trees: LambdaRanker | None = None,
        random_state: int = 0,
    ) -> None:
        self.weights = weights
        self.neutral = neutral
        self.monotonic_cst = monotonic_cst
        self.blend_from = blend_from
        self.choose_from = choose_from
        self.trees_from = trees_from
        self.blend_ramp = blend_ramp
        self.blend_share = blend_share
        self.blend_C = blend_C
        self.shares = shares
        self.Cs = Cs
        self.fewest_groups = fewest_groups
        self.n_folds = n_folds
        self.confidence = confidence
        self.truncation = truncation
        self.top_grade = top_grade
        self.trees = trees
        self.random_state = random_state

    def fit(
        self,
        X: ArrayLike,  # noqa: N803
        y: ArrayLike,
        groups: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> SafeRanker:
        """Climb the ladder on rows X (n, features; NaN is unknown), grades y >= 0 (n,) and groups (n,; None: one).

        ValueError, one sentence, on negative grades or weights, wrong lengths, a scorecard or constraint of another
        size, or a scorecard that goes against a constraint.
        """
        features, grades = self._training(X, y)
        weights, neutral = self._scorecard_of(features.shape[1])
        rows = canonical_rows(features, grades, groups, sample_weight)
        rows, points = _by_points(rows, FittedLadder(weights, neutral).predict(rows.X))
        climbed: Climbed = climb(rows, points, self._rules())
        self.rung_, self.why_, self.share_ = climbed.rung, climbed.why, climbed.share
        self.candidates_ = climbed.candidates
        self.fitted_ = FittedLadder(weights, neutral, climbed.linear, climbed.trees, climbed.unit)
        return self

    def predict(self, X: ArrayLike) -> Floats:  # noqa: N803
        """Points (n,) of rows X (n, features). Ties are left to the caller: `learning.choosing.order` breaks them."""
        rows = self._checked(X)
        return self.fitted_.predict(rows)

    def contributions(self, X: ArrayLike) -> Floats:  # noqa: N803
        """Points that each feature gives each row, (n, features); they sum to `predict`."""
        rows = self._checked(X)
        return self.fitted_.contributions(rows)

    def scorecard(self, X: ArrayLike) -> Floats:  # noqa: N803
        """The scorecard's own points (n,)."""
        rows = self._checked(X)
        return np.asarray(self.fitted_.scorecard(rows).sum(axis=1))

    def _scorecard_of(self, n_features: int) -> tuple[Floats, Floats]:
        given = {
            "weights": np.full(n_features, 1.0 / n_features) if self.weights is None else self.weights,
            "neutral": np.zeros(n_features) if self.neutral is None else self.neutral,
        }
        arrays = [np.array(value, dtype=np.float64) for value in given.values()]
        for name, array in zip(given, arrays, strict=True):
            if array.shape != (n_features,) or not np.isfinite(array).all():
                raise ValueError(f"{name} must be one finite number for each of the {n_features} features.")
        against = directions(self.monotonic_cst, n_features) * arrays[0] < 0
        if against.any():
            raise ValueError(f"The weight of feature {int(np.argmax(against))} goes against its monotonic_cst.")
        return arrays[0], arrays[1]

    def _rules(self) -> Rules:
        trees = clone(self.trees) if self.trees is not None else LambdaRanker(n_estimators=100)
        return Rules(
            blend_from=self.blend_from,
            choose_from=self.choose_from,
            trees_from=self.trees_from,
            blend_ramp=self.blend_ramp,
            blend_share=self.blend_share,
            blend_c=self.blend_C,
            shares=tuple(self.shares),
            regularizations=tuple(self.Cs),
            fewest_groups=self.fewest_groups,
            n_folds=self.n_folds,
            confidence=self.confidence,
            truncation=self.truncation,
            top_grade=self.top_grade,
            monotonic_cst=self.monotonic_cst,
            trees=trees if self.monotonic_cst is None else trees.set_params(monotonic_cst=self.monotonic_cst),
            seed=self.random_state,
        )


def _by_points(rows: Rows, points: Floats) -> tuple[Rows, Floats]:
    """The rows of each group by falling points, so that ties of any score are broken by the scorecard."""
    group = np.repeat(np.arange(len(rows.bounds) - 1), np.diff(rows.bounds))
    order = np.lexsort((-points, group))
    weight = None if rows.weight is None else rows.weight[order]
    return Rows(rows.X[order], rows.y[order], rows.bounds, weight, None), points[order]
