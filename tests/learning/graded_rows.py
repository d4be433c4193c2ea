"""Made-up data: grades that follow two features with noise, some values unknown; and a tree of one split."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class MadeUp(NamedTuple):
    X: np.ndarray
    y: np.ndarray
    groups: np.ndarray


def made_up(
    n_groups: int = 40, per_group: int = 15, n_features: int = 5, seed: int = 0, unknown: float = 0.1
) -> MadeUp:
    """Rows of shuffled groups of uneven size; values have one decimal, so that few bins keep them apart."""
    rng = np.random.default_rng(seed)
    groups = rng.permutation(np.repeat(np.arange(n_groups), rng.integers(1, 2 * per_group, n_groups)))
    x = rng.normal(size=(len(groups), n_features)).round(1)
    y = np.clip(np.round(1.0 + x[:, 0] + 0.5 * x[:, 1] + 0.4 * rng.normal(size=len(groups))), 0, 4)
    x[rng.random(x.shape) < unknown] = np.nan
    return MadeUp(x, y, groups)


def stump(threshold: float = 0.5) -> dict[str, list[float]]:
    """One split: 3 rows left (-1), 1 row right (3); unknown goes left."""
    return {
        "feature": [1, -1, -1],
        "threshold": [threshold, 0, 0],
        "missing_left": [1, 0, 0],
        "left": [1, -1, -1],
        "right": [2, -1, -1],
        "value": [0, -1.0, 3.0],
        "count": [4, 3, 1],
    }
