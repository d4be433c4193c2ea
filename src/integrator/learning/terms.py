"""A linear model of features that may be unknown, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from integrator.learning.lambdas import Floats
from integrator.learning.stored_numbers import above_nothing, floats

_ARRAYS = ("mean", "scale", "weight", "known", "unknown")


@dataclass(frozen=True)
class LinearTerms:
    """What each feature adds: `known + weight * (value - mean) / scale` where known, `unknown` where NaN.

    One number a feature in each array. Terms fitted here add up to 0 on average over the rows they were fitted on.
    """

    mean: Floats
    scale: Floats
    weight: Floats
    known: Floats
    unknown: Floats

    def contributions(self, X: Floats) -> Floats:  # noqa: N803
        """What each feature adds to each row, (n, features); rows sum to `predict`."""
        known = ~np.isnan(X)
        values = np.where(known, X, self.mean)
        return np.where(known, self.known + self.weight * (values - self.mean) / self.scale, self.unknown)

    def predict(self, X: Floats) -> Floats:  # noqa: N803
        """Sum of the terms of each row, (n,)."""
        return np.asarray(self.contributions(X).sum(axis=1))

    def times(self, factor: float) -> LinearTerms:
        """The same terms in another unit."""
        return LinearTerms(self.mean, self.scale, factor * self.weight, factor * self.known, factor * self.unknown)

    def to_dict(self) -> dict[str, list[float]]:
        """Plain lists of numbers for JSON."""
        return {name: getattr(self, name).tolist() for name in _ARRAYS}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> LinearTerms:
        """The terms written by `to_dict`. ValueError with one sentence when the data holds none."""
        if not isinstance(data, Mapping) or set(data) != set(_ARRAYS):
            raise ValueError(f"Linear terms are lists of numbers named {', '.join(_ARRAYS)}.")
        arrays = {name: floats(f"'{name}' of the linear terms", data[name]) for name in _ARRAYS}
        if len({len(array) for array in arrays.values()}) > 1:
            raise ValueError("The lists of linear terms must be equally long.")
        above_nothing("'scale' of the linear terms", arrays["scale"])
        return cls(**arrays)
