"""The one place that knows scikit-learn's private base class of losses.

`HistGradientBoostingRegressor` accepts a loss object, but the class it must derive from is private. It is tried
here at import on two rows: when it no longer works, `UNUSABLE` says why, and `trees` takes the public twin.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import __version__
from sklearn.ensemble import HistGradientBoostingRegressor
from threadpoolctl import threadpool_limits

from integrator.learning.lambdas import Floats, GroupedGrades

TESTED = ("1.6.1", "1.7.2", "1.8.0", "1.9.1")
"""Versions of scikit-learn with which the private parts were tested."""

try:
    from sklearn._loss.link import IdentityLink
    from sklearn._loss.loss import BaseLoss, HalfSquaredError
except ImportError as error:  # pragma: no cover - another version of scikit-learn
    BaseLoss, _MISSING = object, str(error)
else:
    _MISSING = ""


class LambdaLoss(BaseLoss):  # type: ignore[misc]
    """LambdaRank as a loss of scikit-learn's boosting. It keeps its grades: take it out of what is kept or saved."""

    def __init__(self, grades: GroupedGrades, start: Floats | None = None) -> None:
        super().__init__(closs=HalfSquaredError().closs, link=IdentityLink())
        self.constant_hessian = False
        self._grades, self._start = grades, start

    def fit_intercept_only(self, y_true: Any, sample_weight: Any = None) -> Any:
        """Only differences of scores count, so the boosting starts from 0 (a numpy scalar: it is reshaped)."""
        return np.float64(0.0)

    def gradient_hessian(
        self,
        y_true: Any,
        raw_prediction: NDArray[np.float64],
        sample_weight: Any = None,
        gradient_out: Any = None,
        hessian_out: Any = None,
        n_threads: int = 1,
    ) -> tuple[Any, Any]:
        """Lambdas of all rows, in the order the loss was made with; the boosting must not reorder its rows."""
        scores = raw_prediction.reshape(-1)
        gradient, hessian = self._grades.gradients(scores if self._start is None else scores + self._start)
        if gradient_out is None or hessian_out is None:
            return gradient, hessian
        gradient_out.reshape(-1)[:] = gradient
        hessian_out.reshape(-1)[:] = hessian
        return gradient_out, hessian_out


def boost(
    X: Floats,  # noqa: N803
    grades: GroupedGrades,
    start: Floats | None = None,
    **settings: Any,
) -> HistGradientBoostingRegressor:
    """A fitted booster that holds no training data. `settings` are those of HistGradientBoostingRegressor.

    One thread: sums of gradients then have one order on every machine. Afterwards the loss, which holds the grades,
    is replaced by scikit-learn's own; predictions stay the same.
    """
    booster = HistGradientBoostingRegressor(loss=LambdaLoss(grades, start), early_stopping=False, **settings)
    with threadpool_limits(limits=1, user_api="openmp"):
        booster.fit(X, np.zeros(len(X)))
    booster._loss = HalfSquaredError()
    booster.set_params(loss="squared_error")
    return booster


def _try() -> str:
    """Empty when the private parts work as they did, else what went wrong."""
    if _MISSING:
        return _MISSING  # pragma: no cover - another version of scikit-learn
    grades = GroupedGrades(np.array([1.0, 0.0]), np.array([0, 2], dtype=np.intp))
    try:
        booster = boost(np.array([[1.0], [0.0]]), grades, max_iter=1, min_samples_leaf=1)
        high, low = booster.predict(np.array([[1.0], [0.0]]))
        nodes = booster._predictors[0][0].nodes
    except (AttributeError, IndexError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    needed = {"value", "count", "feature_idx", "num_threshold", "missing_go_to_left", "left", "right", "is_leaf"}
    lost = needed - set(nodes.dtype.names)
    if lost:
        return f"tree nodes have no {', '.join(sorted(lost))}"
    return "" if high > low else "a booster with a loss object does not learn"


_why = _try()
UNUSABLE = _why and (
    f"scikit-learn {__version__} does not take a loss object as version {TESTED[-1]} does ({_why}), so trees are "
    f"fitted by the slow public way: for speed install one of {', '.join(TESTED)}."
)
"""Empty, or one sentence: why `boost` cannot be used with the installed scikit-learn."""
