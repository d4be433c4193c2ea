"""Exit leaves of small trees without walking: every node strikes out, for many rows at once, the leaves it shuts.

Leaves are numbered from left to right. A node that a row leaves to the right shuts the leaves of its left side; when
all nodes have spoken, the first leaf that is left open is where the row ends. Nodes are asked in any order, whether
the row comes by or not. Source: Lucchese et al. 2015, "QuickScorer".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from integrator.learning.lambdas import Floats, Ints


Nodes = Mapping[str, NDArray[Any]]
"""The arrays of a `learning.ensemble.TreeEnsemble` by name, one entry a node."""
MOST_LEAVES = 64
"""One bit a leaf."""
ROWS = 16_384
"""Rows looked at together: their columns stay near the processor."""


@dataclass(frozen=True)
class MaskedTree:
    """One tree, its leaves from left to right."""

    leaves: Ints
    """The nodes that are leaves."""
    tests: tuple[tuple[int, float, bool, Any], ...]
    """For each inner node: feature, threshold, whether unknown goes left, and the mask of leaves open on the right."""
    features: Ints
    """The features that it splits on."""
    steps: Floats
    """Features of `features` x leaves: what the way to a leaf adds to each."""


def masked_trees(roots: Ints, nodes: Nodes, steps: Floats) -> list[MaskedTree] | None:
    """Every tree of an ensemble; None when one has too many leaves. `steps`: nodes x features, see `add_steps`."""
    made = []
    for root in roots.tolist():
        inner, leaves, spans = _laid_out(nodes, root)
        if len(leaves) > MOST_LEAVES:
            return None
        kind = next(kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if len(leaves) <= 8 * kind().nbytes)
        every = (1 << (8 * kind().nbytes)) - 1
        tests = tuple(
            (
                int(nodes["feature"][node]), float(nodes["threshold"][node]), bool(nodes["missing_left"][node]),
                kind(every & ~((1 << end) - (1 << start))),
            )
            for node, (start, end) in zip(inner, spans, strict=True)
        )  # fmt: skip
        features = np.unique(nodes["feature"][inner]).astype(np.intp)
        places = np.asarray(leaves, dtype=np.intp)
        made.append(MaskedTree(places, tests, features, np.ascontiguousarray(steps[places][:, features].T)))
    return made


def _laid_out(nodes: Nodes, root: int) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Inner nodes, leaves from left to right, and for each inner node the span of the leaves on its left."""
    inner: list[int] = []
    leaves: list[int] = []
    spans: list[tuple[int, int]] = []
    waiting: list[tuple[int, int]] = [(root, -1)]
    while waiting:
        node, start = waiting.pop()
        if nodes["left"][node] < 0:
            leaves.append(node)
        elif start < 0:  # the left side first, then this node once more, then the right side
            waiting += [(int(nodes["right"][node]), -1), (node, len(leaves)), (int(nodes["left"][node]), -1)]
        else:
            inner.append(node)
            spans.append((start, len(leaves)))
    return inner, leaves, spans


def exit_leaves(tree: MaskedTree, columns: Floats) -> Ints:
    """The leaf of each row, counted from the left; `columns` is (features, rows), NaN is unknown."""
    if not tree.tests:
        return np.zeros(columns.shape[1], dtype=np.intp)
    kind = type(tree.tests[0][3])
    open_ = np.full(columns.shape[1], np.iinfo(kind).max, dtype=kind)
    for feature, threshold, missing_left, right in tree.tests:
        values = columns[feature]
        left = ~(values > threshold) if missing_left else values <= threshold
        kept = np.negative(left.view(np.uint8).astype(kind, copy=False))
        np.bitwise_or(kept, right, out=kept)
        np.bitwise_and(open_, kept, out=open_)
    lowest = open_ & np.negative(open_)
    return np.asarray(np.bitwise_count(lowest - kind(1)), dtype=np.intp)


def add_steps(trees: list[MaskedTree], X: Floats, total: Floats) -> None:  # noqa: N803
    """Add what every tree gives each feature of the rows X (n, features) to `total` (n, features), tree by tree."""
    for rows in _blocks(len(X)):
        columns = np.ascontiguousarray(X[rows].T)
        sums: NDArray[np.float64] = np.ascontiguousarray(total[rows].T)
        part = np.empty(columns.shape[1])
        for tree in trees:
            leaf = exit_leaves(tree, columns)
            for feature, step in zip(tree.features, tree.steps, strict=True):
                np.take(step, leaf, out=part, mode="clip")
                sums[feature] += part
        total[rows] = sums.T


def _blocks(size: int) -> Iterator[slice]:
    return (slice(start, start + ROWS) for start in range(0, size, ROWS))
