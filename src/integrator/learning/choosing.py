"""Whether one order is better than another on groups that neither has seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from integrator.learning.lambdas import Floats, Ints

DRAWS = 2000


@dataclass(frozen=True)
class Gain:
    """Mean difference of a measure over groups, and how sure it is."""

    mean: float
    error: float
    """Standard error of the mean; infinite with fewer than two groups."""
    low: float
    """Bound that the mean gain exceeds with the confidence asked; minus infinite with fewer than two groups."""
    groups: int
    """Groups on which the two were measured."""


def paired_gain(new: Floats, old: Floats, confidence: float = 0.95, draws: int = DRAWS, seed: int = 0) -> Gain:
    """Gain of `new` over `old`, both (groups,) with NaN where nothing can be measured.

    `low` is the percentile bootstrap over groups (Efron 1979): groups are drawn anew with replacement, both measures
    of a group together, since the hardness of a group moves both.
    """
    differences = new - old
    differences = differences[~np.isnan(differences)]
    count = len(differences)
    if count < 2:
        return Gain(float(differences.sum()), float("inf"), -float("inf"), count)
    picks = np.random.default_rng(seed).integers(0, count, size=(draws, count))
    low = float(np.quantile(differences[picks].mean(axis=1), 1.0 - confidence))
    return Gain(float(differences.mean()), float(differences.std(ddof=1) / np.sqrt(count)), low, count)


def group_folds(n_groups: int, n_folds: int, seed: int = 0) -> Ints:
    """The fold of each group, (groups,): dealt out in a drawn order, so folds differ by one group at most."""
    dealt = np.empty(n_groups, dtype=np.intp)
    dealt[np.random.default_rng(seed).permutation(n_groups)] = np.arange(n_groups) % max(n_folds, 1)
    return dealt


def order(scores: Floats, scorecard: Floats, ids: NDArray[np.str_]) -> Ints:
    """Positions from first to last: by falling score, ties by falling scorecard, then by id.

    So a model whose output is constant orders as the scorecard does. Scores are compared to nine digits.
    """
    return np.lexsort((ids, -np.round(scorecard, 9), -np.round(scores, 9)))
