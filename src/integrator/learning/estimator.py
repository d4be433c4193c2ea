"""What the rankers share as scikit-learn estimators: rows that may hold NaN, grades that are not negative."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted, validate_data

from integrator.learning.lambdas import Floats


class GradedRowsEstimator(BaseEstimator):  # type: ignore[misc]
    """Learns from graded rows in which NaN is unknown."""

    _fitted: ClassVar[str]
    """The attribute that is there after a fit."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.target_tags.required = True
        tags.target_tags.positive_only = True
        return tags

    def _training(self, X: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:  # noqa: N803
        """Rows and grades to learn from, as arrays. ValueError on what is no table of numbers."""
        features, grades = validate_data(self, X, y, dtype=np.float64, ensure_all_finite="allow-nan", y_numeric=True)
        return features, grades

    def _checked(self, X: ArrayLike) -> Floats:  # noqa: N803
        """Rows to score, with the features of the fit."""
        check_is_fitted(self, self._fitted)
        checked: Floats = validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        return checked
