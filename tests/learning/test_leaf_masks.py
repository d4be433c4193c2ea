"""Made-up trees: leaves found by masks are those of walking, and what the ways add is the same to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.learning import leaf_masks
from integrator.learning.ensemble import TreeEnsemble, join_trees


def grown(rng: np.random.Generator, leaves: int, features: int) -> dict[str, np.ndarray]:
    """A tree with so many leaves, split at random places."""
    nodes = [{"feature": -1, "threshold": 0.0, "missing_left": False, "left": -1, "right": -1}]
    open_ = [0]
    while len(open_) < leaves:
        node = open_.pop(rng.integers(len(open_)))
        nodes[node] = {
            "feature": int(rng.integers(features)), "threshold": float(rng.integers(-2, 3)),
            "missing_left": bool(rng.integers(2)), "left": len(nodes), "right": len(nodes) + 1,
        }  # fmt: skip
        open_ += [len(nodes), len(nodes) + 1]
        nodes += [dict(nodes[0], feature=-1, left=-1, right=-1, threshold=0.0, missing_left=False) for _ in range(2)]
    tree = {name: np.asarray([node[name] for node in nodes]) for name in nodes[0]}
    leaf = tree["left"] < 0
    count = np.where(leaf, rng.integers(1, 9, len(nodes)), 0)
    for node in reversed(np.flatnonzero(~leaf)):
        count[node] = count[tree["left"][node]] + count[tree["right"][node]]
    return {**tree, "value": np.where(leaf, rng.normal(size=len(nodes)), 0.0), "count": count}


def walked(trees: TreeEnsemble, rows: np.ndarray) -> np.ndarray:
    total = np.zeros((len(rows), trees.n_features))
    for leaves in trees._walked_leaves(rows):
        total += trees._leaf_steps[leaves].toarray()
    return total


@given(seed=st.integers(0, 10_000), sizes=st.lists(st.integers(1, 70), min_size=1, max_size=5), rows=st.integers(0, 40))
@settings(max_examples=60)
def test_contributions_are_those_of_walking(seed, sizes, rows):
    rng = np.random.default_rng(seed)
    trees = join_trees([grown(rng, leaves, 4) for leaves in sizes], 4)
    values = np.where(rng.random((rows, 4)) < 0.2, np.nan, rng.integers(-3, 4, (rows, 4)).astype(float))
    found, base = trees.contributions(values)
    assert (trees._masked is None) == (max(sizes) > leaf_masks.MOST_LEAVES)
    np.testing.assert_array_equal(found, walked(trees, values))
    np.testing.assert_allclose(found.sum(axis=1) + base, trees.predict(values))


@pytest.mark.parametrize("leaves", [1, 2, 8, 9, 16, 17, 32, 33, 64])
def test_leaves_are_those_of_walking(leaves, monkeypatch):
    rng = np.random.default_rng(leaves)
    trees = join_trees([grown(rng, leaves, 3)], 3)
    rows = np.where(rng.random((500, 3)) < 0.1, np.nan, rng.normal(scale=2, size=(500, 3)))
    (tree,) = trees._masked
    np.testing.assert_array_equal(tree.leaves[leaf_masks.exit_leaves(tree, rows.T)], next(trees._walked_leaves(rows)))
    whole = trees.contributions(rows)[0]
    monkeypatch.setattr(leaf_masks, "ROWS", 7)
    np.testing.assert_array_equal(trees.contributions(rows)[0], whole)


def test_columns_must_be_as_many():
    trees = join_trees([grown(np.random.default_rng(0), 4, 3)], 3)
    with pytest.raises(ValueError, match="3 features"):
        trees.contributions(np.zeros((2, 5)))
