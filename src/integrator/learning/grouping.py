"""Training rows in an order of their own, so that the order they came in changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from integrator.learning.lambdas import Floats, Ints, group_bounds

HIGHEST_GRADE = 30.0
"""The gain of a grade is 2**grade - 1: above this, one grade drowns all others."""


@dataclass(frozen=True)
class Rows:
    """Rows of one group after another."""

    X: Floats
    y: Floats
    bounds: Ints
    """Where each group begins, and the number of rows."""
    weight: Floats | None
    start: Floats | None

    def only(self, inside: NDArray[np.bool_]) -> Rows:
        """The rows marked; groups must be marked whole."""
        codes = np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))[inside]
        weight = None if self.weight is None else self.weight[inside]
        start = None if self.start is None else self.start[inside]
        return Rows(self.X[inside], self.y[inside], group_bounds(codes), weight, start)


def canonical_rows(
    X: Floats,  # noqa: N803
    y: ArrayLike,
    groups: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    start: ArrayLike | None = None,
) -> Rows:
    """Rows sorted by group, then by content, without those of weight 0.

    X (n, features) and y (n,) as checked by scikit-learn; groups (n,) any labels that can be sorted. ValueError, one
    sentence, when a length, a grade, a weight or a starting score is not usable.
    """
    n_rows = len(X)
    grades = _column("y", y, n_rows)
    if (grades < 0).any() or (grades > HIGHEST_GRADE).any():
        raise ValueError(f"Grades y must lie between 0 and {HIGHEST_GRADE:g}.")
    weights = None if weight is None else _column("sample_weight", weight, n_rows)
    if weights is not None and (weights < 0).any():
        raise ValueError("sample_weight must not be negative.")
    if weights is not None and not weights.any():
        raise ValueError("Every sample_weight is zero: nothing is left to learn from.")
    starts = None if start is None else _column("init_score", start, n_rows)
    codes = group_codes(groups, n_rows)
    given = [part for part in (weights, starts) if part is not None]
    values = np.ascontiguousarray(np.column_stack([X, grades, *given])) + 0.0  # -0.0 and 0.0 are one value
    values[np.isnan(values)] = np.nan  # and so are all kinds of NaN
    order = np.argsort(values.view(np.dtype((np.void, values.strides[0]))).ravel(), kind="stable")
    order = order[np.argsort(codes[order], kind="stable")]
    if weights is not None:
        order = order[weights[order] > 0]
    return Rows(
        X=X[order],
        y=grades[order],
        bounds=group_bounds(codes[order]),
        weight=None if weights is None else weights[order],
        start=None if starts is None else starts[order],
    )


def group_codes(groups: ArrayLike | None, n_rows: int) -> NDArray[np.intp]:
    """Group numbers (n_rows,) in the order of the labels; None is one group. ValueError on another length."""
    if groups is None:
        return np.zeros(n_rows, dtype=np.intp)
    labels = np.asarray(groups)
    if labels.shape != (n_rows,):
        raise ValueError(f"groups must be one label for each of the {n_rows} rows; their shape is {labels.shape}.")
    try:
        codes: NDArray[np.intp] = np.unique(labels, return_inverse=True)[1].reshape(-1)
    except TypeError:
        raise ValueError("groups must be labels of one kind, all texts or all numbers.") from None
    return codes


def _column(name: str, given: Any, n_rows: int) -> Floats:
    column: Floats = np.asarray(given, dtype=np.float64)
    if column.shape != (n_rows,):
        raise ValueError(f"{name} must be one number for each of the {n_rows} rows; its shape is {column.shape}.")
    if not np.isfinite(column).all():
        raise ValueError(f"{name} holds NaN or an infinite value.")
    return column
