"""Walks down trees with scikit-learn's compiled predictor: private, so it is tried at import."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from integrator.learning.ensemble import TreeEnsemble, join_trees
from integrator.learning.lambdas import Floats, Ints

try:
    from sklearn.ensemble._hist_gradient_boosting.common import PREDICTOR_RECORD_DTYPE
    from sklearn.ensemble._hist_gradient_boosting.predictor import TreePredictor
except ImportError:  # pragma: no cover - another version of scikit-learn
    PREDICTOR_RECORD_DTYPE = TreePredictor = None


class CompiledTrees:
    """The trees of an ensemble whose leaves say, in place of a value, which node they are."""

    def __init__(self, trees: TreeEnsemble) -> None:
        ends = np.append(trees.roots[1:], len(trees.feature))
        no_category = np.zeros((0, 8), dtype=np.uint32)
        self._trees = []
        for start, end in zip(trees.roots, ends, strict=True):
            nodes = np.zeros(end - start, dtype=PREDICTOR_RECORD_DTYPE)
            leaf = trees.left[start:end] < 0
            nodes["value"] = np.arange(start, end)
            nodes["is_leaf"] = leaf
            nodes["feature_idx"] = np.where(leaf, 0, trees.feature[start:end])
            nodes["num_threshold"] = trees.threshold[start:end]
            nodes["missing_go_to_left"] = trees.missing_left[start:end]
            nodes["left"] = np.where(leaf, 0, trees.left[start:end] - start)
            nodes["right"] = np.where(leaf, 0, trees.right[start:end] - start)
            self._trees.append(TreePredictor(nodes, no_category, no_category))
        self._no_category = no_category
        self._places = np.zeros(trees.n_features, dtype=np.uint32)

    def leaves(self, X: Floats) -> Iterator[Ints]:  # noqa: N803
        """The leaf of each row, tree by tree."""
        X = np.ascontiguousarray(X, dtype=np.float64)  # noqa: N806
        for tree in self._trees:
            yield tree.predict(X, self._no_category, self._places, 1).astype(np.intp)


def compile_trees(trees: TreeEnsemble) -> CompiledTrees:
    """The same trees, ready for the compiled walk."""
    return CompiledTrees(trees)


def _usable() -> bool:
    """Whether two known leaves are found."""
    if TreePredictor is None:
        return False  # pragma: no cover - another version of scikit-learn
    stump: dict[str, Any] = {"feature": [0, -1, -1], "threshold": [0.5, 0, 0], "missing_left": [1, 0, 0]}
    stump |= {"left": [1, -1, -1], "right": [2, -1, -1], "value": [0, -1, 1], "count": [2, 1, 1]}
    try:
        (found,) = CompiledTrees(join_trees([stump], 1)).leaves(np.array([[0.0], [1.0], [np.nan]]))
    except (AttributeError, KeyError, TypeError, ValueError):  # pragma: no cover - another version of scikit-learn
        return False
    return bool((found == [1, 2, 1]).all())


USABLE = _usable()
"""False when the installed scikit-learn has no such predictor any more."""
