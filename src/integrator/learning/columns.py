"""What of the features trees can use at all. Leaving the rest out changes no tree; every node gets cheaper."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from integrator.learning.lambdas import Floats, Ints

LOOK = 2000
"""Rows looked at first; they often settle it."""


def usable(X: Floats, least_rows: int, most_bins: int) -> tuple[Ints, int]:  # noqa: N803
    """Numbers of the features that can be split on, and the bins that keep apart what `most_bins` keep apart.

    A feature whose most frequent value (unknown is one) leaves fewer than `least_rows` other rows cannot be split on:
    that value stays on one side, and the other side is smaller than a leaf may be.
    """
    useful, bins = [], 2
    for place in range(X.shape[1]):
        others, distinct = _spread(X[:LOOK, place])
        if others < least_rows or distinct < most_bins:
            others, distinct = _spread(X[:, place])
        if others >= least_rows:
            useful.append(place)
            bins = max(bins, min(distinct, most_bins))
    return np.array(useful, dtype=np.intp), bins


def _spread(column: Floats) -> tuple[int, int]:
    """Rows that do not hold the most frequent value, and the number of known values."""
    known = column[~np.isnan(column)]
    counts = np.unique(known, return_counts=True)[1]
    return len(column) - max(int(counts.max(initial=0)), len(column) - len(known)), len(counts)


def directions(monotonic_cst: ArrayLike | None, n_features: int) -> NDArray[np.int8]:
    """The monotone direction of each feature. ValueError unless there is one of -1, 0, 1 for each."""
    if monotonic_cst is None:
        return np.zeros(n_features, dtype=np.int8)
    given: NDArray[Any] = np.asarray(monotonic_cst)
    if given.shape != (n_features,) or not np.isin(given, (-1, 0, 1)).all():
        raise ValueError(f"monotonic_cst must hold -1, 0 or 1 for each of the {n_features} features.")
    return given.astype(np.int8)
