"""Gradients of LambdaRank and NDCG, group by group, without a loop over groups or pairs.

Source: Burges 2010, "From RankNet to LambdaRank to LambdaMART: An Overview", section 4. For two rows of one group
whose grades differ, i the better one,

    lambda_ij = |delta NDCG_ij| / (1 + exp(s_i - s_j))        g_i -= lambda_ij, g_j += lambda_ij
    h_ij = |delta NDCG_ij| * rho * (1 - rho),  rho = 1 / (1 + exp(s_i - s_j)),  added to h_i and h_j

where delta NDCG_ij is what NDCG changes by when the two change places. Pairs of which no row is among the first k
are left out. Two norms are those of LightGBM (`lambdarank_norm`): a pair is divided by .01 + |s_i - s_j|, and a
group whose lambdas add up to S is multiplied by log2(1 + S) / S, so that no single group rules a tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

CELLS = 4_000_000
"""Most cells (groups x k x group size) looked at in one go: bounds the memory."""


def group_bounds(codes: NDArray[np.integer]) -> Ints:
    """Where each run of equal codes begins, and the number of rows at the end. Rows of one group stand together.

    >>> group_bounds(np.array([0, 0, 3, 4, 4])).tolist()
    [0, 2, 3, 5]
    """
    if len(codes) == 0:
        return np.zeros(1, dtype=np.intp)
    changes = np.flatnonzero(codes[1:] != codes[:-1]) + 1
    return np.concatenate(([0], changes, [len(codes)])).astype(np.intp)


@dataclass(frozen=True)
class _Block:
    """Groups of about one size, padded to one width. Row `n` (one past the last) is the padding."""

    groups: Ints
    rows: Ints
    """(groups, width) row numbers."""
    sizes: Ints


def _blocks(bounds: Ints, groups: Ints, deep: int) -> Iterator[_Block]:
    """The given groups in blocks: sizes in one block differ by less than a third, cells stay below CELLS."""
    sizes = np.diff(bounds)
    todo = groups[np.argsort(sizes[groups], kind="stable")]
    start = 0
    while start < len(todo):
        widest = max(int(sizes[todo[start]] * 4 / 3), 8)
        end = start + int(np.searchsorted(sizes[todo[start:]], widest, side="right"))
        width = int(sizes[todo[end - 1]])
        end = min(end, start + max(1, CELLS // (min(deep, width) * width)))
        some = todo[start:end]
        width = int(sizes[some[-1]])
        rows = bounds[some][:, None] + np.arange(width)
        rows[np.arange(width) >= sizes[some][:, None]] = bounds[-1]
        yield _Block(some, rows, sizes[some])
        start = end


def ideal_dcg(grades: Floats, bounds: Ints, k: int) -> Floats:
    """DCG@k of each group in its best order: gain 2**grade - 1, discount 1 / log2(rank + 1)."""
    return _dcg(grades, grades, bounds, k)


def _dcg(scores: Floats, grades: Floats, bounds: Ints, k: int) -> Floats:
    gains = np.append(np.exp2(grades) - 1.0, 0.0)
    padded = np.append(scores, -np.inf)
    found = np.zeros(len(bounds) - 1)
    for block in _blocks(bounds, np.flatnonzero(np.diff(bounds) > 0), k):
        order = np.argsort(-padded[block.rows], axis=1, kind="stable")[:, :k]
        top = gains[np.take_along_axis(block.rows, order, axis=1)]
        found[block.groups] = top @ (1.0 / np.log2(np.arange(2, top.shape[1] + 2)))
    return found


def ndcg_by_group(scores: Floats, grades: Floats, bounds: Ints, k: int = 10) -> Floats:
    """NDCG@k of each group, rows ordered by falling score, ties by row number; NaN when every grade is 0.

    `bounds` as from `group_bounds`. The same figure as `integrator.metrics.ndcg` on the grades in that order.
    """
    best = ideal_dcg(grades, bounds, k)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(best > 0.0, _dcg(scores, grades, bounds, k) / best, np.nan)


@dataclass(frozen=True)
class _Pairs:
    """The pairs of one block that count, as positions in its padded, sorted matrix."""

    sorted_rows: Ints
    group: Ints
    upper: Ints
    lower: Ints
    gap: Floats
    """Score of the pair's better row less that of the other."""
    sign: Floats
    """1 where the better row stands above the other."""
    delta: Floats
    """What NDCG changes by when the two change places, times the weight of the pair."""


class GroupedGrades:
    """Grades of rows in groups, laid out for quick lambdas.

    `grades` (n,) numbers >= 0; `bounds` as from `group_bounds`; `k`: truncation; `weights` (n,) positive or None: a
    pair counts for the geometric mean of its rows' weights, so a group of weight 2 counts twice. Groups whose
    grades are all equal have no pair and keep gradients of 0.
    """

    def __init__(self, grades: Floats, bounds: Ints, k: int = 10, weights: Floats | None = None) -> None:
        self._rows, self._k = len(grades), k
        self._gains = np.append(np.exp2(grades) - 1.0, 0.0)
        levels = np.unique(self._gains, return_inverse=True)[1].reshape(-1)
        self._levels = levels.astype(np.min_scalar_type(int(levels.max())))  # one byte a cell where that is enough
        self._roots = None if weights is None else np.append(np.sqrt(weights), 0.0)
        best = ideal_dcg(grades, bounds, k)
        self._inverse_best = np.divide(1.0, best, out=np.zeros_like(best), where=best > 0.0)
        filled = np.diff(bounds) > 0
        lowest, highest = np.zeros(len(best)), np.zeros(len(best))
        if filled.any():
            lowest[filled] = np.minimum.reduceat(grades, bounds[:-1][filled])
            highest[filled] = np.maximum.reduceat(grades, bounds[:-1][filled])
        self.mixed: Ints = np.flatnonzero(highest > lowest)
        """The groups that have at least one pair."""
        self._blocks = list(_blocks(bounds, self.mixed, k))
        widest = max((block.rows.shape[1] for block in self._blocks), default=0)
        self._discounts = 1.0 / np.log2(np.arange(2, widest + 2))

    def gradients(self, scores: Floats) -> tuple[Floats, Floats]:
        """First and second derivatives (n,), (n,) of the pairs' loss by the scores (n,)."""
        gradient, hessian = np.zeros(self._rows + 1), np.zeros(self._rows + 1)
        padded = np.append(scores, -np.inf)
        for block in self._blocks:
            pairs = self._pairs(block, padded)
            delta = pairs.delta / (0.01 + np.abs(pairs.gap))
            rho = 1.0 / (1.0 + np.exp(np.minimum(pairs.gap, 500.0)))
            push = delta * rho
            bend = push * (1.0 - rho)
            cells = block.rows.size
            turned = push * pairs.sign
            g = np.bincount(pairs.lower, turned, cells) - np.bincount(pairs.upper, turned, cells)
            h = np.bincount(pairs.upper, bend, cells) + np.bincount(pairs.lower, bend, cells)
            total = 2.0 * np.bincount(pairs.group, push, len(block.groups))
            factor = np.divide(np.log2(1.0 + total), total, out=np.ones_like(total), where=total > 0.0)
            g, h = ((part.reshape(block.rows.shape) * factor[:, None]).ravel() for part in (g, h))
            gradient[pairs.sorted_rows], hessian[pairs.sorted_rows] = g, h
        return gradient[:-1], hessian[:-1]

    def _pairs(self, block: _Block, padded: Floats) -> _Pairs:
        count, width = block.rows.shape
        k = min(self._k, width)
        scores = padded[block.rows]
        order = np.argsort(-scores, axis=1, kind="stable")
        order += (np.arange(count) * width)[:, None]
        scores, rows = scores.ravel()[order].ravel(), block.rows.ravel()[order].ravel()
        gains = self._gains[rows]
        levels = self._levels[rows].reshape(count, width)
        differ = levels[:, :k, None] != levels[:, None, :]
        differ &= np.arange(k)[:, None] < np.arange(width)
        if block.sizes[0] < width:
            differ &= (np.arange(width) < block.sizes[:, None])[:, None, :]
        cells = np.flatnonzero(differ)
        group = cells // (k * width)
        cells -= group * (k * width)
        first = cells // width
        second = cells - first * width
        upper, lower = group * width + first, group * width + second
        change = gains[upper] - gains[lower]
        sign = np.sign(change)
        delta = np.abs(change) * (self._discounts[first] - self._discounts[second])
        delta *= self._inverse_best[block.groups][group]
        if self._roots is not None:
            delta *= self._roots[rows[upper]] * self._roots[rows[lower]]
        return _Pairs(rows, group, upper, lower, (scores[upper] - scores[lower]) * sign, sign, delta)
