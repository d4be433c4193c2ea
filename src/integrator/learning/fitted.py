"""What a ladder has learned, as plain data: it gives points and is saved as JSON, without scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from integrator.learning.ensemble import TreeEnsemble
from integrator.learning.lambdas import Floats
from integrator.learning.stored_numbers import above_nothing, floats
from integrator.learning.terms import LinearTerms

FORMAT = "integrator.ladder/1"
_KEYS = {"format", "weights", "neutral", "linear", "trees", "unit", "divisor", "offset"}


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
    divisor: float = 1.0
    """What all points are divided by, so that scores spread as the scorecard's do; orders nothing anew."""
    offset: Floats | None = None
    """What is added to the points of each feature then; None = nothing."""

    def scorecard(self, X: Floats) -> Floats:  # noqa: N803
        """Points of the scorecard by feature, (n, features). ValueError when the columns are not as many."""
        if X.ndim != 2 or X.shape[1] != len(self.weights):
            raise ValueError(f"The ladder knows {len(self.weights)} features; the rows have the shape {X.shape}.")
        return np.asarray(self.weights * np.where(np.isnan(X), self.neutral, X))

    def contributions(self, X: Floats) -> Floats:  # noqa: N803
        """Points that each feature gives each row, (n, features)."""
        points = self.scorecard(X)
        if self.linear is not None:
            points = points + self.linear.contributions(X)
        if self.trees is not None:
            points = points + self.unit * self.trees.contributions(X)[0]
        points = points / self.divisor
        return points if self.offset is None else points + self.offset

    def predict(self, X: Floats) -> Floats:  # noqa: N803
        """Points (n,): the sum of the contributions."""
        return np.asarray(self.contributions(X).sum(axis=1))

    def like_scorecard(self, X: Floats) -> FittedLadder:  # noqa: N803
        """The same order, in scores of which mean and spread over these rows (n, features) are the scorecard's.

        The mean points of every feature become those of the scorecard too: 0 for a feature that it does not count.
        """
        card, points = self.scorecard(X), replace(self, divisor=1.0, offset=None).contributions(X)
        spread, wanted = float(np.std(points.sum(axis=1))), float(np.std(card.sum(axis=1)))
        if (self.linear is None and self.trees is None) or not spread > 0.0 or not wanted > 0.0:
            return self
        divisor = spread / wanted
        return replace(self, divisor=divisor, offset=card.mean(axis=0) - points.mean(axis=0) / divisor)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; `from_dict` gives the same points back."""
        return {
            "format": FORMAT,
            "weights": self.weights.tolist(),
            "neutral": self.neutral.tolist(),
            "linear": None if self.linear is None else self.linear.to_dict(),
            "trees": None if self.trees is None else self.trees.to_dict(),
            "unit": self.unit,
            "divisor": self.divisor,
            "offset": None if self.offset is None else self.offset.tolist(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> FittedLadder:
        """The ladder written by `to_dict`. ValueError with one sentence when the data is none."""
        if not isinstance(data, Mapping) or data.get("format") != FORMAT or set(data) != _KEYS:
            raise ValueError(f"A ladder has the format {FORMAT!r} and {', '.join(sorted(_KEYS - {'format'}))}.")
        weights = floats("'weights' of the ladder", data["weights"])
        size = len(weights)
        neutral = floats("'neutral' of the ladder", data["neutral"], size=size)
        offset = None if data["offset"] is None else floats("'offset' of the ladder", data["offset"], size=size)
        unit, divisor = (
            float(above_nothing(f"'{name}' of the ladder", floats(f"'{name}' of the ladder", [data[name]]))[0])
            for name in ("unit", "divisor")
        )
        linear = None if data["linear"] is None else LinearTerms.from_dict(data["linear"])
        trees = None if data["trees"] is None else TreeEnsemble.from_dict(data["trees"])
        if linear is not None and len(linear.mean) != size:
            raise ValueError(f"The linear terms of the ladder are not those of {size} features.")
        if trees is not None and trees.n_features != size:
            raise ValueError(f"The trees of the ladder are not those of {size} features.")
        return cls(weights, neutral, linear, trees, unit, divisor, offset)
