"""Platt scaling, reliability and how many to show, against slow twins and simulations of fixed seeds."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from integrator.learning.calibration import PlattScale, cross_fitted, cross_fitted_probability, reliability
from integrator.learning.showing import Showing, coverage, depths, how_many


def simulated(n: int, seed: int = 3):
    draw = np.random.default_rng(seed)
    scores = draw.normal(40.0, 15.0, n)
    return scores, draw.random(n) < expit(0.1 * scores - 5.0), np.arange(n) // 10


def test_platt_finds_the_curve_the_truth_was_drawn_from():
    scores, truth, _ = simulated(20_000)
    scale = PlattScale.fit(scores, truth)
    assert (scale.a, scale.b) == (pytest.approx(0.1, abs=0.005), pytest.approx(-5.0, abs=0.2))


def test_platt_is_the_best_point_of_a_grid():
    scores, truth, _ = simulated(60)
    positive = truth.sum()
    target = np.where(truth, (positive + 1) / (positive + 2), 1 / (len(truth) - positive + 2))

    def loss(a: float, b: float) -> float:
        odds = a * scores + b
        return float(
            sum(
                t * math.log1p(math.exp(-o)) + (1 - t) * math.log1p(math.exp(o))
                for t, o in zip(target, odds, strict=True)
            )
        )

    scale = PlattScale.fit(scores, truth)
    best = loss(scale.a, scale.b)
    around = [loss(scale.a * (1 + d), scale.b * (1 + e)) for d in (-0.01, 0, 0.01) for e in (-0.01, 0, 0.01)]
    grid = [loss(a, b) for a in np.linspace(0, 0.5, 26) for b in np.linspace(-12, 2, 57)]
    assert best <= min(around) + 1e-9
    assert best <= min(grid)


@given(st.lists(st.tuples(st.floats(-100, 100), st.booleans()), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_probabilities_keep_the_order_and_are_never_certain(listed):
    scores, truth = np.array([one for one, _ in listed]), np.array([one for _, one in listed])
    p = PlattScale.fit(scores, truth).probability(scores)
    assert (np.diff(p[np.argsort(scores)]) >= -1e-12).all()
    assert np.isfinite(p).all()


def test_few_or_equal_rows_give_no_certainty():
    assert PlattScale.fit([5.0], [True]).probability([5.0])[0] == pytest.approx(2 / 3, abs=1e-4)
    assert PlattScale.fit([1.0, 2.0, 3.0], [True, True, False]).a == 0.0


@pytest.mark.parametrize(("scores", "truth"), [([], []), ([math.nan], [True]), ([1.0, 2.0], [True])])
def test_rows_that_cannot_be_calibrated_are_refused(scores, truth):
    with pytest.raises(ValueError, match="Calibration needs"):
        PlattScale.fit(scores, truth)


def test_a_scale_is_kept_as_two_numbers():
    assert PlattScale.from_dict(PlattScale(0.1, -5.0).to_dict()) == PlattScale(0.1, -5.0)
    for wrong in ({"a": 1}, {"a": "x", "b": 0}, {"a": -1.0, "b": 0.0}, {"a": math.inf, "b": 0.0}):
        with pytest.raises(ValueError, match="Platt"):
            PlattScale.from_dict(wrong)


def test_no_group_is_scored_by_a_model_that_saw_it():
    groups = np.repeat(["a", "b", "c", "d", "e", "f", "g"], 3)
    seen_by: list[tuple[set[str], set[str]]] = []

    def scorer(seen, held):
        seen_by.append((set(groups[seen]), set(groups[held])))
        return np.zeros(held.sum())

    assert not np.isnan(cross_fitted(groups, scorer)).any()
    assert all(not seen & held for seen, held in seen_by)
    assert set.union(*(held for _, held in seen_by)) == set(groups)


def test_cross_fitted_probabilities_of_a_true_curve_are_reliable():
    scores, truth, groups = simulated(20_000)
    found = reliability(cross_fitted_probability(scores, truth, groups), truth, groups, scores)
    assert found.ece < 0.02
    assert found.top_gap < 0.03
    assert found.top_pairs == 2000


def ece(probability, truth):
    return reliability(probability, truth, range(len(probability)), probability).ece


@pytest.mark.parametrize(
    ("probability", "truth", "error"),
    [
        ([0.9, 0.9, 0.1, 0.1], [True, True, False, False], 0.1),
        ([0.0, 1.0], [False, True], 0.0),
        ([0.0, 1.0], [True, False], 1.0),
        ([1.0], [True], 0.0),
        ([0.5, 0.5], [True, False], 0.0),
        ([0.75, 0.75, 0.25, 0.25], [True, False, False, False], 0.25),
    ],
)
def test_calibration_error(probability, truth, error):
    assert ece(probability, truth) == pytest.approx(error)


def slow_calibration(probability: list[float], truth: list[bool], bins: int = 10) -> float:
    total = 0.0
    for b in range(bins):
        inside = [i for i, p in enumerate(probability) if min(int(p * bins), bins - 1) == b]
        if inside:
            gap = sum(probability[i] for i in inside) / len(inside) - sum(truth[i] for i in inside) / len(inside)
            total += abs(gap) * len(inside) / len(probability)
    return total


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_calibration_equals_its_slow_twin(pairs):
    probability, truth = [p for p, _ in pairs], [y for _, y in pairs]
    found = ece(probability, truth)
    assert found == pytest.approx(slow_calibration(probability, truth))
    assert 0 <= found <= 1 + 1e-12


def test_probabilities_that_tell_the_truth_are_calibrated():
    rng = np.random.default_rng(1)
    p = rng.random(20_000)
    assert ece(p, rng.random(20_000) < p) < 0.02
    assert ece(p, rng.random(20_000) < p**2) > 0.1


def test_the_calibration_of_nothing_is_nan():
    assert math.isnan(ece([], []))


@pytest.mark.parametrize("n", [7, 60, 900])
def test_reliability_is_its_slow_twin(n):
    draw = np.random.default_rng(n)
    p, truth, groups, scores = draw.random(n), draw.random(n) < 0.4, draw.integers(0, n // 3, n), draw.integers(0, 9, n)
    found = reliability(p, truth, groups, scores)
    assert found.ece == pytest.approx(slow_calibration(p.tolist(), truth.tolist()))
    top = {}
    for i in range(n):
        if groups[i] not in top or scores[i] > scores[top[groups[i]]]:
            top[groups[i]] = i
    rows = sorted(top.values(), key=lambda i: (p[i], groups[i]))
    assert found.top_gap == pytest.approx(abs(sum(p[i] for i in rows) - sum(truth[i] for i in rows)) / len(rows))
    number = min(10, max(1, len(rows) // 20))
    sizes = [len(rows) // number + (k < len(rows) % number) for k in range(number)]
    error, start = 0.0, 0
    for size in sizes:
        part = rows[start : start + size]
        error += abs(sum(p[i] for i in part) - sum(truth[i] for i in part)) / len(rows)
        start += size
    assert (found.top_error, found.top_bins) == (pytest.approx(error), number)


def test_an_error_on_top_shows_where_the_overall_error_hides_it():
    """A hundred groups of twenty rows; only the first of each claims .9 and is true half the time."""
    p = np.tile([0.9] + [0.05] * 19, 100)
    truth = np.tile([1] + [0] * 18 + [1] + [0] * 19 + [1], 50)
    truth[::40] = 0
    found = reliability(p, truth, np.repeat(np.arange(100), 20), p)
    assert found.ece < 0.06
    assert found.top_error > 0.35


# ---- how many to show ----


def slow_depth(scores, able, groups):
    found = []
    for group in sorted(set(groups)):
        here = sorted((-s, a) for s, a, g in zip(scores, able, groups, strict=True) if g == group)
        ranks = [rank for rank, (_, a) in enumerate(here, 1) if a]
        found.append(float(ranks[0]) if ranks else math.nan)
    return found


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.sampled_from("abc")), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_depth_is_its_slow_twin(listed):
    scores, able, groups = (list(column) for column in zip(*listed, strict=True))
    assert depths(scores, able, groups).tolist() == pytest.approx(slow_depth(scores, able, groups), nan_ok=True)


@pytest.mark.parametrize(
    ("count", "alpha", "place"), [(50, 0.1, 46), (99, 0.1, 90), (100, 0.1, 91), (199, 0.05, 190), (59, 0.5, 30)]
)
def test_the_finite_sample_quantile(count, alpha, place):
    draw = np.random.default_rng(0).permutation(np.arange(1, count + 1)).astype(float)
    assert how_many(np.append(draw, math.nan), alpha).show == place


def test_no_claim_below_fifty_groups_nor_beyond_the_groups_there_are():
    few = how_many(np.append(np.ones(49), np.full(30, math.nan)))
    assert (few.show, few.groups) == (None, 49)
    assert "50 are needed" in few.why
    assert how_many(np.ones(60), alpha=0.01).show is None
    with pytest.raises(ValueError, match="alpha"):
        how_many(np.ones(60), alpha=0.0)


def test_the_promise_holds_on_groups_never_seen():
    draw = np.random.default_rng(4)
    held = [(draw.geometric(0.4, 200) <= how_many(draw.geometric(0.4, 60), 0.1).show).mean() for _ in range(300)]
    assert np.mean(held) >= 0.9 - 3 * np.std(held) / math.sqrt(300)


def test_coverage_by_halves():
    depth = np.random.default_rng(5).geometric(0.3, 400).astype(float)
    found = coverage(depth, 0.1)
    assert 0.88 < found.mean < 0.98
    assert 0.0 < found.error < 0.06
    assert coverage(depth, 0.1) == found
    with pytest.raises(ValueError, match="4 groups"):
        coverage([1.0, 2.0, 3.0])


def test_what_is_shown_is_kept_as_plain_data():
    for one in (how_many(np.ones(60)), how_many(np.ones(3))):
        assert Showing.from_dict(one.to_dict()) == one
    for wrong in (
        {},
        {"alpha": 0.1, "groups": 9, "show": 3, "why": ""},
        {"alpha": 2, "groups": 60, "show": 3, "why": ""},
    ):
        with pytest.raises(ValueError, match="to show"):
            Showing.from_dict(wrong)
