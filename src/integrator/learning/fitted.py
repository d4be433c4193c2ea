"""What a ladder has learned, as plain data: it gives points and is saved as JSON, without scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from integrator.learning.ensemble import TreeEnsemble
from integrator.learning.lambdas import Floats
from integrator.learning.terms import LinearTerms

FORMAT = "integrator.ladder/1"
_KEYS = {"format", "weights", "neutral", "linear", "trees", "unit"}


@dataclass(frozen=True)
class FittedLadder:
    """Points of rows: the scorecard's, plus what linear terms and trees add to it."""

    weights: Floats
    """The scorecard, one number a feature."""
    neutral: Floats
    """The value that an unknown feature takes in the scorecard."""
    linear: LinearTerms | None = None
    """In points."""
    trees: TreeEnsemble | None = None
    unit: float = 1.0
    """Points in one unit of the trees."""

    def scorecard(self, X: Floats) -> Floats:  # noqa: N803
        """Points of the scorecard by feature, (n, features)."""
        return np.asarray(self.weights * np.where(np.isnan(X), self.neutral, X))

    def contributions(self, X: Floats) -> Floats:  # noqa: N803
        """Points that each feature gives each row, (n, features)."""
        points = self.scorecard(X)
        if self.linear is not None:
            points = points + self.linear.contributions(X)
        if self.trees is not None:
            points = points + self.unit * self.trees.contributions(X)[0]
        return points

    def predict(self, X: Floats) -> Floats:  # noqa: N803
        """Points (n,): the sum of the contributions."""
        return np.asarray(self.contributions(X).sum(axis=1))

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `from_dict` gives the same points back."""
        return {
            "format": FORMAT,
            "weights": self.weights.tolist(),
            "neutral": self.neutral.tolist(),
            "linear": None if self.linear is None else self.linear.to_dict(),
            "trees": None if self.trees is None else self.trees.to_dict(),
            "unit": self.unit,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> FittedLadder:
        """The ladder written by `to_dict`. ValueError with one sentence when the data is none."""
        if not isinstance(data, Mapping) or data.get("format") != FORMAT or set(data) != _KEYS:
            raise ValueError(f"A ladder has the format {FORMAT!r} and {', '.join(sorted(_KEYS - {'format'}))}.")
        try:
            weights, neutral = (np.asarray(data[name], dtype=np.float64) for name in ("weights", "neutral"))
            unit = float(data["unit"])
        except (TypeError, ValueError):
            raise ValueError("The weights of a ladder are lists of numbers, its unit is a number.") from None
        linear = None if data["linear"] is None else LinearTerms.from_dict(data["linear"])
        trees = None if data["trees"] is None else TreeEnsemble.from_dict(data["trees"])
        if weights.ndim != 1 or neutral.shape != weights.shape:
            raise ValueError("A ladder has one weight and one neutral value for each feature.")
        if not (np.isfinite(weights).all() and np.isfinite(neutral).all() and np.isfinite(unit) and unit > 0):
            raise ValueError("The numbers of a ladder must be finite, its unit above 0.")
        if linear is not None and len(linear.mean) != len(weights):
            raise ValueError(f"The linear terms of the ladder are not those of {len(weights)} features.")
        if trees is not None and trees.n_features != len(weights):
            raise ValueError(f"The trees of the ladder are not those of {len(weights)} features.")
        return cls(weights, neutral, linear, trees, unit)
