"""A linear model of graded rows: an unknown value is no value, and a feature moves the sum one way only."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import expit

from integrator.learning.columns import directions
from integrator.learning.lambdas import Floats
from integrator.learning.terms import LinearTerms

NOTHING = 1e-12
"""A spread below this is none: the feature is constant."""


def fit_linear(
    X: Floats,  # noqa: N803
    target: Floats,
    C: float,  # noqa: N803
    monotonic_cst: ArrayLike | None = None,
    sample_weight: Floats | None = None,
) -> LinearTerms:
    """Logistic regression on standardized known values and on their being known; the terms are in log odds.

    X (n, features), NaN unknown; target (n,) between 0 and 1. A fraction is a row of which that share is true:
    with target = grade / top grade the model answers "at least this grade" for all grades at once, one slope in
    common (the cross-entropy is the mean of those of the thresholds). The objective is scikit-learn's: sum of
    cross-entropies + |weights|^2 / (2 C), intercept free. `monotonic_cst` (features,): 1 keeps a weight at 0 or above,
    -1 at 0 or below, so that more of the feature never moves the sum the wrong way; being known is never bound.
    """
    weight = np.ones(len(X)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
    columns, mean, scale, share = _standardized(X, weight)
    n_features = X.shape[1]

    def loss(point: Floats) -> tuple[float, Floats]:
        odds = point[0] + columns @ point[1:]
        rest = weight * (expit(odds) - target)
        cost = weight @ (np.logaddexp(0.0, odds) - target * odds) + point[1:] @ point[1:] / (2.0 * C)
        return float(cost), np.concatenate(([rest.sum()], columns.T @ rest + point[1:] / C))

    signs = directions(monotonic_cst, n_features)
    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    bounds += [(0.0 if sign > 0 else None, 0.0 if sign < 0 else None) for sign in signs]
    bounds += [(None, None)] * n_features
    start = np.zeros(1 + 2 * n_features)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000, "ftol": 1e-12})
    slope, known = found.x[1 : 1 + n_features], found.x[1 + n_features :]
    return LinearTerms(mean, scale, slope, known * (1.0 - share), -known * share)


def _standardized(X: Floats, weight: Floats) -> tuple[Floats, Floats, Floats, Floats]:  # noqa: N803
    """Columns of value and of being known, each centred; mean and scale of the known values; share of known."""
    known = ~np.isnan(X)
    counts = np.where(known, weight[:, None], 0.0)
    total = np.maximum(counts.sum(axis=0), np.finfo(float).tiny)
    mean = (counts * np.where(known, X, 0.0)).sum(axis=0) / total
    away = np.where(known, X - mean, 0.0)
    scale = np.sqrt((counts * away**2).sum(axis=0) / total)
    scale = np.where(scale > NOTHING * np.maximum(1.0, np.abs(mean)), scale, 1.0)
    share = counts.sum(axis=0) / weight.sum()
    constant = scale == 1.0  # also a true scale of exactly 1, for which dividing changes nothing
    values = np.where(constant & (np.abs(away).max(axis=0, initial=0.0) <= NOTHING), 0.0, away / scale)
    return np.hstack([values, known - share]), mean, scale, share
