"""LambdaMART: gradient-boosted trees that learn the order of the rows of each group."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils import check_random_state

import integrator.learning.compiled  # noqa: F401 - once loaded, ensembles use it
from integrator.learning import loss, twin
from integrator.learning.columns import directions, usable
from integrator.learning.ensemble import TreeEnsemble, join_trees
from integrator.learning.estimator import GradedRowsEstimator
from integrator.learning.grouping import Rows, canonical_rows
from integrator.learning.lambdas import Floats, GroupedGrades, Ints, ndcg_by_group


class LambdaRanker(GradedRowsEstimator):
    """Orders rows inside groups (suppliers of a need) by trees boosted with the LambdaRank gradient.

    Source: Burges 2010, "From RankNet to LambdaRank to LambdaMART: An Overview"; formulas in `learning.lambdas`.
    Only differences of scores inside a group mean anything. The result does not depend on the order of the rows.

    Parameters: `n_estimators` trees of at most `max_leaf_nodes` leaves, each leaf with `min_samples_leaf` rows or more,
    its step shrunk by `learning_rate` and `l2_regularization`; `max_bins` values looked at per feature; `max_features`:
    the share of the features, drawn anew, that each split may choose from; `n_bags`: the mean is taken of that many
    boostings with other draws (with `max_features` 1 nothing is drawn, so all are the same); `monotonic_cst` by
    feature: 1 where more never lowers the score, -1 where it never raises it, 0 free; `truncation` k: pairs with a row
    among the first k count, and NDCG@k stops the fit early; `early_stopping`: None, or the number of trees without a
    better NDCG@k on `validation_fraction` of the groups, held out whole, after which the best number of trees (found
    with one bag) is taken and all groups are fitted anew with it; `random_state` draws those groups, and the features.

    After the fit: `ensemble_` (a TreeEnsemble with the trees of all bags in turn), `n_iter_` (trees of one bag),
    `n_features_in_`, and with early stopping `validation_scores_`, the mean NDCG@k after each tree.
    """

    _fitted = "ensemble_"

    def __init__(
        self,
        n_estimators: int = 200,
        learning_rate: float = 0.05,
        max_leaf_nodes: int = 15,
        min_samples_leaf: int = 20,
        l2_regularization: float = 1.0,
        max_bins: int = 255,
        max_features: float = 1.0,
        n_bags: int = 1,
        monotonic_cst: ArrayLike | None = None,
        truncation: int = 10,
        early_stopping: int | None = None,
        validation_fraction: float = 0.2,
        random_state: Any = 0,
    ) -> None:
        self.n_estimators = n_estimators
        self.learning_rate = learning_rate
        self.max_leaf_nodes = max_leaf_nodes
        self.min_samples_leaf = min_samples_leaf
        self.l2_regularization = l2_regularization
        self.max_bins = max_bins
        self.max_features = max_features
        self.n_bags = n_bags
        self.monotonic_cst = monotonic_cst
        self.truncation = truncation
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.random_state = random_state

    def fit(
        self,
        X: ArrayLike,  # noqa: N803
        y: ArrayLike,
        groups: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
        init_score: ArrayLike | None = None,
    ) -> LambdaRanker:
        """Learn from rows X (n, features; NaN is unknown), grades y (n,; 0 to 30) and groups (n,; None is one group).

        `sample_weight` (n,): a pair counts for the geometric mean of its rows' weights, a row of weight 0 is left
        out. `init_score` (n,): scores the trees start from; `predict` gives the trees' part alone. ValueError on
        negative grades or weights, infinite values and wrong lengths.
        """
        self._check_settings()
        if loss.UNUSABLE:
            warnings.warn(loss.UNUSABLE, UserWarning, stacklevel=2)
        features, grades = self._training(X, y)
        rows = canonical_rows(features, grades, groups, sample_weight, init_score)
        n_trees = self.n_estimators
        if self.early_stopping is not None:
            n_trees = self._best_number(rows)
        self.ensemble_ = self._grown(rows, n_trees, self.n_bags)
        self.n_iter_ = self.ensemble_.n_trees // self.n_bags
        return self

    def predict(self, X: ArrayLike) -> Floats:  # noqa: N803
        """Scores (n,) of rows X (n, features): higher comes first. Ties are left to the caller."""
        rows = self._checked(X)
        return self.ensemble_.predict(rows)

    def staged_predict(self, X: ArrayLike) -> Iterator[Floats]:  # noqa: N803
        """Scores (n,) after one tree of every bag, two of every bag, and so on: `n_iter_` of them."""
        rows = self._checked(X)
        n_bags = max(self.ensemble_.n_trees // max(self.n_iter_, 1), 1)
        return islice(self.ensemble_.staged_predict(rows), n_bags - 1, None, n_bags)

    def _check_settings(self) -> None:
        for name in ("n_estimators", "truncation", "n_bags"):
            if not _is_count(getattr(self, name)):
                raise ValueError(f"{name} must be a whole number of at least 1, not {getattr(self, name)!r}.")
        if self.early_stopping is not None and not _is_count(self.early_stopping):
            raise ValueError(f"early_stopping must be None or a number of trees, not {self.early_stopping!r}.")
        if not _is_share(self.max_features):
            raise ValueError(f"max_features must lie above 0 and not above 1, not {self.max_features!r}.")
        if not 0.0 < self.validation_fraction < 1.0:
            raise ValueError(f"validation_fraction must lie between 0 and 1, not {self.validation_fraction!r}.")

    def _best_number(self, rows: Rows) -> int:
        """Number of trees after which the held-out groups are ordered best."""
        n_groups = len(rows.bounds) - 1
        if n_groups < 2:
            raise ValueError("early_stopping holds out whole groups: give at least 2 groups, or None.")
        drawn = check_random_state(self.random_state).permutation(n_groups)
        held = np.zeros(n_groups, dtype=bool)
        held[drawn[: min(max(1, round(self.validation_fraction * n_groups)), n_groups - 1)]] = True
        inside = np.repeat(held, np.diff(rows.bounds))
        judged = rows.only(inside)
        start = np.zeros(len(judged.y)) if judged.start is None else judged.start
        scores: list[float] = []
        for stage in self._grown(rows.only(~inside), self.n_estimators, 1).staged_predict(judged.X):
            ndcg = ndcg_by_group(start + stage, judged.y, judged.bounds, self.truncation)
            known = ndcg[~np.isnan(ndcg)]
            scores.append(float(known.mean()) if len(known) else 0.0)
            if len(scores) - 1 - int(np.argmax(scores)) >= int(self.early_stopping or 0):
                break
        self.validation_scores_ = np.array(scores)
        return int(np.argmax(scores)) + 1 if scores else 1

    def _grown(self, rows: Rows, n_trees: int, n_bags: int) -> TreeEnsemble:
        """The trees fitted to some rows, those of the bags in turn; none when no group has two different grades.

        Each is worth its share of the bags, so that the sum over all trees is the mean of the bags.
        """
        n_features = rows.X.shape[1]
        monotonic = directions(self.monotonic_cst, n_features)
        grades = GroupedGrades(rows.y, rows.bounds, self.truncation, rows.weight)
        features, bins = usable(rows.X, self.min_samples_leaf, self.max_bins)
        if len(grades.mixed) == 0 or len(features) == 0:
            return join_trees([], n_features)
        settings: dict[str, Any] = {
            "max_iter": n_trees,
            "learning_rate": self.learning_rate,
            "max_leaf_nodes": self.max_leaf_nodes,
            "min_samples_leaf": self.min_samples_leaf,
            "l2_regularization": self.l2_regularization,
            "max_bins": bins,
            "max_features": self.max_features,
            "monotonic_cst": monotonic[features],
        }
        draw = check_random_state(self.random_state)
        seeds = [int(seed) for seed in draw.randint(2**31 - 1, size=n_bags)]
        bags = [_boosted(rows, grades, features, {**settings, "random_state": seed}) for seed in seeds]
        for tree in (tree for bag in bags for tree in bag):
            tree["value"] = tree["value"] / n_bags
        return join_trees([tree for round_ in zip(*bags, strict=True) for tree in round_], n_features)


def _boosted(rows: Rows, grades: GroupedGrades, features: Ints, settings: dict[str, Any]) -> list[dict[str, Any]]:
    """The trees of one boosting, one by one as arrays by name."""
    X = rows.X[:, features]  # noqa: N806
    if loss.UNUSABLE:
        boosters = twin.twin_trees(X, grades, rows.start, **settings)
        return [_plain(one._predictors[0][0].nodes, features, _base(one)) for one in boosters]
    booster = loss.boost(X, grades, rows.start, **settings)
    return [_plain(tree.nodes, features) for (tree,) in booster._predictors]


def _base(booster: Any) -> float:
    return float(np.ravel(booster._baseline_prediction)[0])


def _plain(nodes: NDArray[Any], features: Ints, base: float = 0.0) -> dict[str, NDArray[Any]]:
    """One fitted tree as arrays by name; its features are numbers among `features`.

    A split on being known alone has an infinite threshold: here the largest finite one.
    """
    leaf = nodes["is_leaf"].astype(bool)
    return {
        "feature": np.where(leaf, -1, features[nodes["feature_idx"].astype(np.intp)]),
        "threshold": np.where(leaf, 0.0, np.minimum(nodes["num_threshold"], np.finfo(float).max)),
        "missing_left": ~leaf & nodes["missing_go_to_left"].astype(bool),
        "left": np.where(leaf, -1, nodes["left"].astype(np.intp)),
        "right": np.where(leaf, -1, nodes["right"].astype(np.intp)),
        "value": np.where(leaf, nodes["value"] + base, 0.0),
        "count": nodes["count"].astype(np.intp),
    }


def _is_count(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool) and bool(value >= 1)


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool) and bool(0.0 < value <= 1.0)
