"""The quick lambdas against a slow double loop over pairs, and NDCG against the one the project reports."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slow_lambdas import slow_gradients, slow_loss

from integrator.learning import lambdas
from integrator.learning.lambdas import GroupedGrades, group_bounds, ndcg_by_group
from integrator.metrics import ndcg

GROUPS = st.lists(
    st.lists(st.tuples(st.integers(0, 4), st.integers(-6, 6)), min_size=1, max_size=14), min_size=1, max_size=6
)


@given(GROUPS, st.sampled_from([1, 3, 10]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_lambdas_are_those_of_the_double_loop(groups, k: int, weighted: bool) -> None:
    grades = np.array([g for group in groups for g, _ in group], dtype=float)
    scores = np.array([s / 2 for group in groups for _, s in group])
    bounds = np.concatenate(([0], np.cumsum([len(group) for group in groups])))
    weights = np.random.default_rng(1).uniform(0.2, 3.0, len(grades)) if weighted else None
    found = GroupedGrades(grades, bounds, k, weights).gradients(scores)
    expected = slow_gradients(scores, grades, bounds, k, weights)
    np.testing.assert_allclose(found[0], expected[0], atol=1e-12)
    np.testing.assert_allclose(found[1], expected[1], atol=1e-12)


def test_lambdas_without_norms_are_the_slope_of_the_loss_where_no_order_changes() -> None:
    rng = np.random.default_rng(3)
    grades, scores, bounds = rng.integers(0, 4, 24).astype(float), rng.permutation(24) / 3.0, np.array([0, 10, 24])
    gradient = slow_gradients(scores, grades, bounds, 10, normalize=False)[0]
    for row in range(24):
        step = np.zeros(24)
        step[row] = 1e-6
        up, down = (slow_loss(moved, grades, bounds, 10) for moved in (scores + step, scores - step))
        assert (up - down) / 2e-6 * 2 == pytest.approx(gradient[row], abs=1e-6)


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
