"""A fitted ensemble of trees as plain arrays: it predicts, shows what each feature did, and is saved as JSON."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from integrator.learning import leaf_masks, stored_trees
from integrator.learning.lambdas import Floats, Ints

COMPILED = "integrator.learning.compiled"
"""Loaded by whoever fits trees. Without it trees are walked in numpy: the same leaves, more slowly."""


@dataclass(frozen=True)
class TreeEnsemble:
    """The nodes of all trees, one after another; a tree's first node is its root, children stand after parents.

    All arrays but `roots` have one entry a node. At an inner node a row goes left when its value of `feature` is at
    most `threshold`, or is unknown (NaN) and `missing_left` is set. At a leaf `feature`, `left` and `right` are -1.
    """

    n_features: int
    baseline: float
    """Prediction before the first tree."""
    roots: Ints
    feature: Ints
    threshold: Floats
    missing_left: NDArray[np.bool_]
    left: Ints
    right: Ints
    value: Floats
    """What a leaf adds to the prediction; 0 at inner nodes."""
    count: Ints
    """Training rows that reached the node."""

    @property
    def n_trees(self) -> int:
        """Number of trees."""
        return len(self.roots)

    def predict(self, X: Floats) -> Floats:  # noqa: N803
        """Scores (n,) of rows X (n, n_features); NaN is unknown. ValueError when the columns are not as many."""
        score = np.full(len(X), self.baseline)
        for leaves in self._leaves(X):
            score += self.value[leaves]
        return score

    def staged_predict(self, X: Floats) -> Iterator[Floats]:  # noqa: N803
        """Scores (n,) after the first tree, after the second, and so on."""
        score = np.full(len(X), self.baseline)
        for leaves in self._leaves(X):
            score = score + self.value[leaves]
            yield score

    def contributions(self, X: Floats) -> tuple[Floats, float]:  # noqa: N803
        """What each feature added to each score: (n, n_features), and the constant they start from.

        From node to node the mean of the leaves below, weighted by their training rows, changes; each change goes
        to the feature split on. Rows add up to `predict` less the constant. Source: Saabas 2014, "Interpreting
        random forests".
        """
        total = np.zeros((len(X), self.n_features))
        if self._masked is not None:
            self._fits(X)
            leaf_masks.add_steps(self._masked, X, total)
        else:
            steps = self._leaf_steps
            for leaves in self._leaves(X):
                total += steps[leaves].toarray()
        return total, self.baseline + float(self._means[self.roots].sum())

    def first(self, n_trees: int) -> TreeEnsemble:
        """The ensemble of the first `n_trees` trees."""
        end = int(self.roots[n_trees]) if n_trees < self.n_trees else len(self.feature)
        nodes = (getattr(self, name)[:end] for name in stored_trees.NODES)
        return TreeEnsemble(self.n_features, self.baseline, self.roots[:n_trees], *nodes)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: lists and numbers only; `from_dict` gives the same ensemble back."""
        nodes = {name: getattr(self, name) for name in stored_trees.NODES}
        return stored_trees.written(self.n_features, self.baseline, self.roots, nodes)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> TreeEnsemble:
        """The ensemble written by `to_dict`. ValueError with one sentence when the data is not one."""
        return cls(*stored_trees.read(data))

    @cached_property
    def _means(self) -> Floats:
        """Mean value of the leaves below each node, weighted by their training rows."""
        mean = self.value.copy()
        for level in reversed(self._inner_levels):
            left, right = self.left[level], self.right[level]
            known = self.count[left] * mean[left] + self.count[right] * mean[right]
            mean[level] = known / self.count[level]
        return mean

    @cached_property
    def _inner_levels(self) -> list[Ints]:
        """The inner nodes of each depth, roots first."""
        levels, now = [], self.roots[self.left[self.roots] >= 0]
        while len(now):
            levels.append(now)
            below = np.concatenate((self.left[now], self.right[now]))
            now = below[self.left[below] >= 0]
        return levels

    @cached_property
    def _leaf_steps(self) -> sparse.csr_matrix:
        """By node and feature: the changes of the mean on the way down to the node."""
        above = np.arange(len(self.feature))
        shape = (len(self.feature), self.n_features)
        rows, columns, values = [], [], []
        change, split = np.zeros(len(above)), np.zeros(len(above), dtype=np.intp)
        for level in self._inner_levels:
            for child in (self.left[level], self.right[level]):
                above[child], split[child] = level, self.feature[level]
                change[child] = self._means[child] - self._means[level]
        leaves = np.flatnonzero(self.left < 0)
        node = leaves
        while len(node):
            inside = above[node] != node
            leaves, node = leaves[inside], node[inside]
            rows.append(leaves)
            columns.append(split[node])
            values.append(change[node])
            node = above[node]
        if not rows:
            return sparse.csr_matrix(shape)
        cells = (np.concatenate(rows), np.concatenate(columns))
        return sparse.csr_matrix((np.concatenate(values), cells), shape=shape)

    @cached_property
    def _masked(self) -> list[leaf_masks.MaskedTree] | None:
        nodes = {name: getattr(self, name) for name in stored_trees.NODES}
        return leaf_masks.masked_trees(self.roots, nodes, self._leaf_steps.toarray())

    def _fits(self, X: Floats) -> None:  # noqa: N803
        if X.ndim != 2 or X.shape[1] != self.n_features:
            raise ValueError(f"The trees know {self.n_features} features; the rows have the shape {X.shape}.")

    def _leaves(self, X: Floats) -> Iterator[Ints]:  # noqa: N803
        """The leaf of each row, tree by tree."""
        self._fits(X)
        if self.n_trees == 0:
            return iter(())
        compiled = sys.modules.get(COMPILED)
        if compiled is not None and compiled.USABLE:
            return self._compiled_leaves(X)
        return self._walked_leaves(X)

    def _compiled_leaves(self, X: Floats) -> Iterator[Ints]:  # noqa: N803
        if "_compiled" not in self.__dict__:
            self.__dict__["_compiled"] = sys.modules[COMPILED].compile_trees(self)
        yield from self.__dict__["_compiled"].leaves(X)

    def _walked_leaves(self, X: Floats) -> Iterator[Ints]:  # noqa: N803
        unknown = np.isnan(X)
        any_unknown = bool(unknown.any())
        for root in self.roots:
            node = np.full(len(X), root)
            rows = np.arange(len(X)) if self.left[root] >= 0 else np.zeros(0, dtype=np.intp)
            while len(rows):
                here = node[rows]
                feature = self.feature[here]
                goes_left = X[rows, feature] <= self.threshold[here]
                if any_unknown:
                    goes_left |= unknown[rows, feature] & self.missing_left[here]
                child = np.where(goes_left, self.left[here], self.right[here])
                node[rows] = child
                rows = rows[self.left[child] >= 0]
            yield node


def join_trees(trees: Sequence[Mapping[str, NDArray[Any]]], n_features: int, baseline: float = 0.0) -> TreeEnsemble:
    """An ensemble from trees given one by one as arrays by name, with children numbered inside each tree."""
    sizes = [len(tree["feature"]) for tree in trees]
    roots = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.intp) if trees else np.zeros(0, dtype=np.intp)
    nodes: list[Any] = []
    for name, kind in stored_trees.NODES.items():
        parts = []
        for tree, root in zip(trees, roots, strict=True):
            part = np.asarray(tree[name])
            parts.append(np.where(part >= 0, part + root, -1) if name in ("left", "right") else part)
        nodes.append(np.concatenate(parts).astype(kind) if parts else np.zeros(0, dtype=kind))
    return TreeEnsemble(n_features, baseline, roots, *nodes)
