"""From scores to probabilities, fitted on groups held out, and how far the probabilities are from the truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit

from integrator.learning.choosing import group_folds
from integrator.learning.grouping import group_codes
from integrator.learning.lambdas import Floats

BINS = 10
TOP_BIN = 20
"""Top pairs of groups in a bin of the top-pair error: fewer say little about a share."""
Scorer = Callable[[NDArray[np.bool_], NDArray[np.bool_]], Floats]


@dataclass(frozen=True)
class PlattScale:
    """P(true | score) = 1 / (1 + exp(-(a * score + b))); a is never negative, so that the order of scores stays."""

    a: float
    b: float

    @classmethod
    def fit(cls, scores: ArrayLike, truth: ArrayLike) -> PlattScale:
        """Maximum likelihood on scores (n,) and truth (n,; bool), which the model behind the scores must not have seen.

        Source: Platt 1999, "Probabilistic outputs for support vector machines", with his targets, (N+ + 1) / (N+ + 2)
        and 1 / (N- + 2), which keep few or separable rows from giving certainty. ValueError when there is no row, or
        a score is not finite.
        """
        score, true = np.asarray(scores, dtype=np.float64), np.asarray(truth, dtype=bool)
        if score.shape != true.shape or score.ndim != 1 or not len(score) or not np.isfinite(score).all():
            raise ValueError("Calibration needs one finite score and one truth for each of one row or more.")
        positive = int(true.sum())
        target = np.where(true, (positive + 1.0) / (positive + 2.0), 1.0 / (len(true) - positive + 2.0))
        centre, spread = float(score.mean()), float(score.std())
        unit = (score - centre) / spread if spread > 1e-12 else np.zeros(len(score))

        def loss(point: Floats) -> tuple[float, Floats]:
            odds = point[0] * unit + point[1]
            rest = expit(odds) - target
            return float(np.logaddexp(0.0, odds).sum() - target @ odds), np.array([rest @ unit, rest.sum()])

        start: Floats = np.array([0.0, np.log(target.mean() / (1.0 - target.mean()))])
        bounds: list[tuple[float | None, float | None]] = [(0.0, None), (None, None)]
        found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14, "gtol": 1e-9})
        slope, level = found.x
        a = float(slope) / spread if spread > 1e-12 else 0.0
        return cls(a, float(level) - a * centre)

    def probability(self, scores: ArrayLike) -> Floats:
        """Probability (n,) of each score (n,)."""
        return np.asarray(expit(self.a * np.asarray(scores, dtype=np.float64) + self.b))

    def to_dict(self) -> dict[str, float]:
        """The two numbers, for JSON."""
        return {"a": self.a, "b": self.b}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> PlattScale:
        """The scale written by `to_dict`. ValueError when it is none."""
        try:
            a, b = float(data["a"]), float(data["b"])
        except (KeyError, TypeError, ValueError, OverflowError):
            raise ValueError("A Platt scale is two numbers, a and b.") from None
        if not np.isfinite([a, b]).all() or a < 0:
            raise ValueError("The numbers of a Platt scale must be finite, a not below 0.")
        return cls(a, b)


def cross_fitted(groups: ArrayLike, scorer: Scorer, n_folds: int = 5, seed: int = 0) -> Floats:
    """Scores (n,) by models that have not seen the group: `scorer(seen, held)` fits on one mask, scores the other."""
    codes = group_codes(groups, len(np.asarray(groups)))
    fold = group_folds(int(codes.max()) + 1, n_folds, seed)[codes]
    found = np.full(len(codes), np.nan)
    for number in np.unique(fold):
        found[fold == number] = scorer(fold != number, fold == number)
    return found


def cross_fitted_probability(
    scores: ArrayLike, truth: ArrayLike, groups: ArrayLike, n_folds: int = 5, seed: int = 0
) -> Floats:
    """Probability (n,) of each row by a Platt scale fitted on the other folds of groups.

    `scores` (n,) must themselves come from models that have not seen the group (`cross_fitted`, or the scorecard).
    """
    score, true = np.asarray(scores, dtype=np.float64), np.asarray(truth, dtype=bool)

    def scorer(seen: NDArray[np.bool_], held: NDArray[np.bool_]) -> Floats:
        if not seen.any():
            raise ValueError("Cross-fitting needs two groups or more.")
        return PlattScale.fit(score[seen], true[seen]).probability(score[held])

    return cross_fitted(groups, scorer, n_folds, seed)


@dataclass(frozen=True)
class Reliability:
    """How far probabilities are from the truth."""

    bins: tuple[dict[str, float], ...]
    """Of each used bin of equal width: low, high, rows, predicted (mean probability), true (share)."""
    ece: float
    """Expected calibration error: sum over bins of rows / n * |predicted - true| (Naeini et al. 2015)."""
    top_pairs: int
    """Groups: each gives its top pair."""
    top_predicted: float
    top_true: float
    top_gap: float
    """|mean predicted - share true| over all top pairs."""
    top_error: float
    """The same in bins: from 2 x 20 top pairs on they are cut by rising probability into bins of 20 or more, at most
    10, and the gaps averaged with the sizes of the bins as weights. Chance alone gives about .8 * sqrt(p (1 - p) / m)
    with m pairs a bin: .08 at p = .75 and m = 22."""
    top_bins: int


def reliability(probability: ArrayLike, truth: ArrayLike, groups: ArrayLike, scores: ArrayLike) -> Reliability:
    """Reliability of probabilities (n,) against truth (n,), over all rows and on the top pair of each group.

    The top pair is the row of the group with the highest score; of equal scores the first given, so give rows in the
    order people see. What people act on is the top pair, and an error there drowns among the many rows below it.
    """
    p, true = np.asarray(probability, dtype=np.float64), np.asarray(truth, dtype=np.float64)
    score, codes = np.asarray(scores, dtype=np.float64), group_codes(groups, len(p))
    if not len(p):
        return Reliability((), float("nan"), 0, float("nan"), float("nan"), float("nan"), float("nan"), 0)
    which = np.minimum((p * BINS).astype(int), BINS - 1)
    bins = tuple(
        {
            "low": float(one) / BINS, "high": float(one + 1) / BINS, "rows": int((which == one).sum()),
            "predicted": float(p[which == one].mean()), "true": float(true[which == one].mean()),
        }
        for one in np.unique(which)
    )  # fmt: skip
    ece = sum(one["rows"] * abs(one["predicted"] - one["true"]) for one in bins) / len(p)
    order = np.lexsort((-score, codes))
    top = order[np.unique(codes[order], return_index=True)[1]]
    parts = _top_bins(p[top])
    gaps = [len(part) * abs(p[top][part].mean() - true[top][part].mean()) for part in parts]
    error = float(sum(gaps)) / len(top)
    predicted, share = float(p[top].mean()), float(true[top].mean())
    return Reliability(bins, float(ece), len(top), predicted, share, abs(predicted - share), error, len(parts))


def _top_bins(probability: Floats) -> list[NDArray[np.intp]]:
    """The top pairs by rising probability, in bins of 20 or more."""
    number = min(BINS, max(1, len(probability) // TOP_BIN))
    return [np.asarray(part) for part in np.array_split(np.argsort(probability, kind="stable"), number)]
