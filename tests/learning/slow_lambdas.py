"""LambdaRank pair by pair, from the formulas of `integrator.learning.lambdas`: the oracle of its quick kernel."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np


def slow_gradients(scores, grades, bounds, k, weights=None, normalize=True):
    """Every pair of every group, one by one, straight from the formula."""
    gradient, hessian = [0.0] * len(scores), [0.0] * len(scores)
    for start, end in pairwise(bounds):
        ranked = sorted(range(start, end), key=lambda row: (-scores[row], row))
        ideal = sum((2**g - 1) / math.log2(r + 2) for r, g in enumerate(sorted(grades[start:end], reverse=True)[:k]))
        total, g, h = 0.0, dict.fromkeys(ranked, 0.0), dict.fromkeys(ranked, 0.0)
        for i, upper in enumerate(ranked):
            for j, lower in enumerate(ranked):
                if j <= i or i >= k or grades[upper] == grades[lower]:
                    continue
                delta = abs(2 ** grades[upper] - 2 ** grades[lower]) * (1 / math.log2(i + 2) - 1 / math.log2(j + 2))
                delta /= ideal
                if weights is not None:
                    delta *= math.sqrt(weights[upper] * weights[lower])
                better, worse = (upper, lower) if grades[upper] > grades[lower] else (lower, upper)
                gap = scores[better] - scores[worse]
                if normalize:
                    delta /= 0.01 + abs(gap)
                rho = 1 / (1 + math.exp(gap))
                g[better] -= delta * rho
                g[worse] += delta * rho
                h[better] += delta * rho * (1 - rho)
                h[worse] += delta * rho * (1 - rho)
                total += 2 * delta * rho
        factor = math.log2(1 + total) / total if normalize and total > 0 else 1.0
        for row in ranked:
            gradient[row], hessian[row] = g[row] * factor, h[row] * factor
    return np.array(gradient), np.array(hessian)


def slow_loss(scores, grades, bounds, k):
    """Mean over the groups with a pair of the sum of |delta NDCG| * log(1 + exp(-(s_i - s_j))); without norms."""
    total, ordered = 0.0, 0
    for start, end in pairwise(bounds):
        ranked = sorted(range(start, end), key=lambda row: (-scores[row], row))
        ideal = sum((2**g - 1) / math.log2(r + 2) for r, g in enumerate(sorted(grades[start:end], reverse=True)[:k]))
        ordered += len(set(grades[start:end])) > 1
        for i, upper in enumerate(ranked[:k]):
            for j, lower in list(enumerate(ranked))[i + 1 :]:
                if grades[upper] != grades[lower]:
                    delta = abs(2 ** grades[upper] - 2 ** grades[lower]) * (1 / math.log2(i + 2) - 1 / math.log2(j + 2))
                    gap = (scores[upper] - scores[lower]) * (1 if grades[upper] > grades[lower] else -1)
                    total += delta / ideal * np.logaddexp(0.0, -gap)
    return total / ordered if ordered else 0.0
