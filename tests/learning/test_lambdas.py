"""The quick lambdas against a slow double loop over pairs, and NDCG against the one the project reports."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.learning import lambdas
from integrator.learning.lambdas import GroupedGrades, group_bounds, ndcg_by_group
from integrator.metrics import ndcg


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


GROUPS = st.lists(
    st.lists(st.tuples(st.integers(0, 4), st.integers(-6, 6)), min_size=1, max_size=14), min_size=1, max_size=6
)


@given(GROUPS, st.sampled_from([1, 3, 10]), st.booleans(), st.booleans())
@settings(max_examples=150, deadline=None)
def test_lambdas_are_those_of_the_double_loop(groups, k: int, normalize: bool, weighted: bool) -> None:
    grades = np.array([g for group in groups for g, _ in group], dtype=float)
    scores = np.array([s / 2 for group in groups for _, s in group])
    bounds = np.concatenate(([0], np.cumsum([len(group) for group in groups])))
    weights = np.random.default_rng(1).uniform(0.2, 3.0, len(grades)) if weighted else None
    found = GroupedGrades(grades, bounds, k, weights, normalize).gradients(scores)
    expected = slow_gradients(scores, grades, bounds, k, weights, normalize)
    np.testing.assert_allclose(found[0], expected[0], atol=1e-12)
    np.testing.assert_allclose(found[1], expected[1], atol=1e-12)


def test_lambdas_are_the_slope_of_the_loss_where_no_order_changes() -> None:
    rng = np.random.default_rng(3)
    grades, scores, bounds = rng.integers(0, 4, 24).astype(float), rng.permutation(24) / 3.0, np.array([0, 10, 24])
    laid_out = GroupedGrades(grades, bounds, 10, normalize=False)
    gradient = laid_out.gradients(scores)[0]
    for row in range(24):
        step = np.zeros(24)
        step[row] = 1e-6
        slope = (laid_out.loss(scores + step) - laid_out.loss(scores - step)) / 2e-6
        assert slope * len(laid_out.mixed) == pytest.approx(gradient[row], abs=1e-6)


@given(GROUPS)
@settings(deadline=None)
def test_the_lambdas_of_a_group_add_up_to_nothing(groups) -> None:
    grades = np.array([g for group in groups for g, _ in group], dtype=float)
    scores = np.array([s for group in groups for _, s in group], dtype=float)
    bounds = np.concatenate(([0], np.cumsum([len(group) for group in groups])))
    gradient, hessian = GroupedGrades(grades, bounds, 10).gradients(scores)
    assert np.abs(np.add.reduceat(gradient, bounds[:-1])).max() < 1e-12
    assert (hessian >= 0).all()


def test_far_scores_stay_finite() -> None:
    laid_out = GroupedGrades(np.array([1.0, 0.0, 2.0]), np.array([0, 3]), 10)
    gradient, hessian = laid_out.gradients(np.array([1e6, -1e6, 0.0]))
    assert np.isfinite(gradient).all()
    assert np.isfinite(hessian).all()
    assert math.isfinite(laid_out.loss(np.array([-1e6, 1e6, 0.0])))


def test_blocks_of_bounded_memory_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    bounds = np.concatenate(([0], np.cumsum(rng.integers(1, 60, 50))))
    grades, scores = rng.integers(0, 5, bounds[-1]).astype(float), rng.normal(size=bounds[-1])
    whole = GroupedGrades(grades, bounds, 10).gradients(scores)
    monkeypatch.setattr(lambdas, "CELLS", 700)
    pieces = GroupedGrades(grades, bounds, 10).gradients(scores)
    np.testing.assert_allclose(pieces, whole, atol=1e-14)


@given(GROUPS, st.sampled_from([1, 5, 10]))
@settings(deadline=None)
def test_ndcg_is_the_one_the_project_reports(groups, k: int) -> None:
    grades = np.array([g for group in groups for g, _ in group], dtype=float)
    scores = np.array([s for group in groups for _, s in group], dtype=float)
    bounds = group_bounds(np.repeat(np.arange(len(groups)), [len(group) for group in groups]))
    expected = [ndcg([g for g, _ in sorted(group, key=lambda row: -row[1])], k) for group in groups]
    np.testing.assert_allclose(ndcg_by_group(scores, grades, bounds, k), expected, atol=1e-12)
