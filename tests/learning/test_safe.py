"""The ladder: which rung is reached, and what every rung must keep. Made-up rows from fixed seeds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import check_estimator

from integrator import data, metrics
from integrator.learning import LambdaRanker, SafeRanker
from integrator.learning.choosing import group_folds, order, paired_gain
from integrator.learning.grouping import canonical_rows
from integrator.learning.linear import fit_linear
from integrator.learning.rungs import measure
from integrator.learning.terms import LinearTerms

with (Path(__file__).parent / "ladder_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(data.read(stream, "ladder_cases.csv"))
QUICK = LambdaRanker(n_estimators=30, learning_rate=0.2, max_leaf_nodes=8)
BAGGED = clone(QUICK).set_params(max_features=0.5, n_bags=3)
RUNGS = ["scorecard", "blend", "logistic", "trees", "bagged trees", "trees, all bound"]
SCORECARD = {"weights": [10.0, 2.0, 0.0, 0.0], "neutral": [0.5, 0.5, 0.0, 0.0]}


def rows(n: int, groups: int, signal: str = "other", odd: str = "", seed: int = 7):
    """Rows of four features, some unknown; the scorecard uses the first two."""
    draw = np.random.default_rng(seed)
    x = np.round(draw.random((n, 4)), 3)
    worth = {
        "own": 10 * x[:, 0] + 2 * x[:, 1],
        "other": 4 * x[:, 0] + 10 * x[:, 2],
        "noise": 20 * np.random.default_rng(seed + 1).random(n),
        "crossed": 3 * x[:, 0] + 12 * np.abs(x[:, 2] - 0.5) + 6 * (x[:, 1] > 0.5) * (x[:, 3] > 0.5),
    }[signal]
    grade = np.digitize(worth + 0.5 * draw.standard_normal(n), np.quantile(worth, [0.5, 0.7, 0.85, 0.95])).astype(float)
    x[draw.random((n, 4)) < 0.15] = np.nan
    if odd == "one grade":
        grade[:] = 2
    elif odd == "constant features":
        x[:] = 0.3
    elif odd == "unknown features":
        x[:] = np.nan
    elif odd:
        x[:, 2], x[:, 3] = np.nan, 0.7
    return x, grade, np.arange(n) % groups


def fitted(n: int, groups: int, signal: str = "other", odd: str = "", **changes):
    x, y, g = rows(n, groups, signal, odd)
    ranker = SafeRanker(
        **(SCORECARD | {"monotonic_cst": [1, 1, 1, 0] if signal != "crossed" else None, "trees": QUICK})
    )
    return ranker.set_params(**changes).fit(x, y, g)


@pytest.fixture(scope="module")
def rungs():
    """One fit of every rung."""
    return {
        "scorecard": fitted(10, 3), "blend": fitted(60, 10), "logistic": fitted(600, 60),
        "trees": fitted(2000, 100, "crossed", monotonic_cst=[1, 1, 0, 1]),
        "bagged trees": fitted(2000, 100, "crossed", monotonic_cst=[1, 1, 0, 1], trees=BAGGED),
        "trees, all bound": fitted(2000, 100, "other", monotonic_cst=[1, 1, 1, 1], trees=BAGGED),
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case.values())[:60])
def test_the_rung_reached_and_why(case):
    ranker = fitted(int(case["rows"]), int(case["groups"]), case["signal"], case["odd"])
    assert (ranker.rung_, case["why"] in ranker.why_) == (case["rung"], True), ranker.why_


def test_every_rung_is_reached(rungs):
    expected = {name: "trees" if "trees" in name else name for name in rungs}
    assert {name: ranker.rung_ for name, ranker in rungs.items()} == expected
    assert rungs["trees"].fitted_.trees is not None
    assert rungs["scorecard"].fitted_.linear is None


@pytest.mark.parametrize("rung", RUNGS)
def test_contributions_sum_to_the_score(rungs, rung):
    x = rows(300, 10, seed=8)[0]
    ranker = rungs[rung]
    assert np.allclose(ranker.contributions(x).sum(axis=1), ranker.predict(x), atol=1e-9, rtol=0)
    assert ranker.contributions(x).shape == x.shape


@pytest.mark.parametrize("rung", RUNGS)
def test_more_of_a_constrained_feature_never_lowers_the_score(rungs, rung):
    x, ranker = rows(400, 10, seed=9)[0], rungs[rung]
    for feature in np.flatnonzero(ranker.monotonic_cst):
        known = x[~np.isnan(x[:, feature])]
        scores = [ranker.predict(_with(known, feature, value)) for value in np.linspace(-0.5, 1.5, 41)]
        assert (np.diff(scores, axis=0) >= -1e-9).all(), (rung, feature)


def _with(x, feature, value):
    changed = x.copy()
    changed[:, feature] = value
    return changed


@pytest.mark.parametrize(("n", "groups"), [(60, 10), (600, 60), (1200, 100)])
def test_the_order_of_the_rows_changes_nothing(n, groups):
    x, y, g = rows(n, groups)
    mixed = np.random.default_rng(0).permutation(n)
    one = SafeRanker(**SCORECARD).fit(x, y, g)
    two = SafeRanker(**SCORECARD).fit(x[mixed], y[mixed], g[mixed])
    assert np.array_equal(one.predict(x), two.predict(x))
    assert (one.rung_, one.why_) == (two.rung_, two.why_)
    assert repr(one.candidates_) == repr(two.candidates_)


def test_the_scorecard_alone_is_the_scorecard(rungs):
    x = rows(50, 5)[0]
    by_hand = [
        sum(w * (n if np.isnan(v) else v) for v, w, n in zip(row, *SCORECARD.values(), strict=True)) for row in x
    ]
    assert np.allclose(rungs["scorecard"].predict(x), by_hand)
    assert np.allclose(rungs["trees"].scorecard(x), by_hand)


def test_without_weights_the_scorecard_is_the_mean():
    x = np.array([[1.0, 3.0], [np.nan, 4.0]])
    assert SafeRanker().fit(x, [0, 1]).predict(x).tolist() == [2.0, 2.0]


def test_the_level_of_the_points_stays(rungs):
    x = rows(600, 60)[0]
    assert rungs["logistic"].predict(x).mean() == pytest.approx(rungs["logistic"].scorecard(x).mean(), abs=1e-6)


def test_what_was_measured_is_told(rungs):
    table = rungs["logistic"].candidates_
    assert table[0]["rung"] == "scorecard"
    assert table[0]["gain_over_scorecard"] == 0.0
    assert table[1]["rung"] == "blend"
    assert {"share", "C", "groups", "ndcg", "standard_error", "lower_bound"} <= set(table[2])
    last = rungs["trees"].candidates_[-1]
    assert last["rung"] == "trees"
    assert 0.0 < last["lower_bound_over_scorecard"] < last["gain_over_scorecard"]
    assert last["gain_over_rung_below"] > 0.0


def test_trees_need_not_be_surely_better_than_the_rung_below():
    """Grades that follow the scorecard's own features with other weights: most is learned below the trees already."""
    last = fitted(2000, 100, "own").candidates_[-1]
    assert last["lower_bound"] < 0.0 < last["gain_over_rung_below"]
    assert last["lower_bound_over_scorecard"] > 0.0


def test_a_scorecard_changed_afterwards_changes_no_fit():
    x, y, g = rows(60, 10)
    weights = np.array(SCORECARD["weights"])
    ranker = SafeRanker(weights, SCORECARD["neutral"]).fit(x, y, g)
    before = ranker.predict(x)
    weights[:] = 0.0
    assert np.array_equal(ranker.predict(x), before)


@pytest.mark.parametrize("odd", ["one grade", "constant features", "unknown features"])
@pytest.mark.parametrize("n", [60, 2000])
def test_without_information_it_orders_as_the_scorecard(n, odd):
    x, y, g = rows(n, n // 10, odd=odd)
    ranker = SafeRanker(**SCORECARD, trees=BAGGED).fit(x, y, g)
    fresh = rows(300, 30, seed=9)[0]
    assert ranker.rung_ == "scorecard"
    assert np.array_equal(ranker.predict(fresh), ranker.scorecard(fresh))
    ids = np.array([f"{i:03d}" for i in range(len(fresh))])
    card = ranker.scorecard(fresh)
    assert np.array_equal(order(np.zeros(len(fresh)), card, ids), order(ranker.predict(fresh), card, ids))


def test_a_blend_that_is_worse_on_held_out_groups_is_taken_back():
    """The scorecard is the grade itself; forty features of pure chance, hardly regularized, can only spoil it."""
    x, _, g = rows(120, 30)
    y = np.digitize(x[:, 0], [0.4, 0.6, 0.8]).astype(float)
    many = np.column_stack([np.digitize(x[:, 0], [0.4, 0.6, 0.8]), np.random.default_rng(6).random((len(g), 40))])
    rules = {"choose_from": 100, "blend_share": 5.0, "blend_C": 1e4, "shares": (), "fewest_groups": 20}
    ranker = SafeRanker([10.0] + [0.0] * 40, **rules).fit(many, y, g)
    assert ranker.rung_ == "scorecard"
    assert "worse with a correction" in ranker.why_
    assert np.array_equal(ranker.predict(many), ranker.scorecard(many))


def test_trees_do_without_a_feature_that_nobody_knows():
    x, y, g = rows(2000, 100, "crossed")
    x = np.column_stack([x, np.full(len(x), np.nan)])
    ranker = SafeRanker([10.0, 2.0, 0.0, 0.0, 0.0], trees=QUICK).fit(x, y, g)
    assert ranker.rung_ == "trees"
    x[:, 4] = 0.5
    assert np.allclose(ranker.contributions(x)[:, 4], 0.0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weights": [1.0]}, "weights must be one finite number"),
        ({"neutral": [0, 0, 0, np.inf]}, "neutral must be one finite number"),
        ({"monotonic_cst": [1, 1]}, "monotonic_cst must hold"),
        ({"monotonic_cst": [2, 0, 0, 0]}, "monotonic_cst must hold"),
        ({"monotonic_cst": [-1, 0, 0, 0]}, "goes against its monotonic_cst"),
    ],
)
def test_settings_that_do_not_fit_are_told(changes, words):
    with pytest.raises(ValueError, match=words):
        fitted(30, 3, **changes)


def test_negative_grades_are_refused():
    with pytest.raises(ValueError, match="between 0 and"):
        SafeRanker().fit([[1.0], [2.0]], [-1, 1])


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("ranker", [SafeRanker(), SafeRanker(blend_from=2, choose_from=20)], ids=["few", "many"])
def test_the_contract_of_scikit_learn(ranker):
    """No check is expected to fail; `check_array_api_input` is skipped by scikit-learn itself."""
    failed = [one["check_name"] for one in check_estimator(ranker, on_fail=None) if one["status"] == "failed"]
    assert failed == []


def test_the_trees_given_are_not_changed():
    given = clone(QUICK)
    fitted(60, 10, trees=given)
    assert given.monotonic_cst is None


# ---- the linear model ----


def test_fit_linear_is_the_logistic_regression_of_scikit_learn():
    x, y, _ = rows(200, 10)
    known = ~np.isnan(x)
    mean, scale = np.nanmean(x, axis=0), np.nanstd(x, axis=0)
    columns = np.hstack([np.where(known, (x - mean) / scale, 0.0), known - known.mean(axis=0)])
    twin = LogisticRegression(C=0.3, tol=1e-9, max_iter=5000).fit(columns, y >= 2)
    terms = fit_linear(x, (y >= 2).astype(float), 0.3)
    assert np.allclose(terms.weight, twin.coef_[0][:4], atol=1e-4)
    assert np.allclose(terms.known - terms.unknown, twin.coef_[0][4:], atol=1e-4)


def test_a_share_of_truth_is_two_weighted_rows():
    x, y, _ = rows(80, 4)
    shares = fit_linear(x, y / 4, 0.1)
    twice = fit_linear(np.vstack([x, x]), np.repeat([1.0, 0.0], len(x)), 0.1, None, np.concatenate([y / 4, 1 - y / 4]))
    assert np.allclose(shares.predict(x), twice.predict(x), atol=1e-4)


def test_a_weight_against_its_direction_is_nought():
    x, y, _ = rows(300, 10)
    free, bound = (fit_linear(x, 1 - y / 4, 1.0, signs) for signs in (None, [1, 1, 1, 1]))
    assert free.weight[2] < -0.5
    assert bound.weight[2] == 0.0
    assert (bound.weight >= 0).all()


def test_unknown_and_constant_features_add_nothing():
    x, y, _ = rows(60, 6, odd="unknown and constant beside the scorecard")
    terms = fit_linear(x, y / 4, 1.0)
    assert np.allclose(terms.contributions(x)[:, 2:], 0.0)


def test_terms_read_back_are_the_same():
    x, y, _ = rows(60, 6)
    terms = fit_linear(x, y / 4, 1.0)
    assert np.array_equal(LinearTerms.from_dict(terms.to_dict()).predict(x), terms.predict(x))


@pytest.mark.parametrize(
    "change", [{"scale": [0.0] * 4}, {"mean": [1.0]}, {"weight": ["x"] * 4}, {"known": [np.nan] * 4}]
)
def test_terms_that_are_none_are_refused(change):
    x, y, _ = rows(60, 6)
    with pytest.raises(ValueError, match=r"terms"):
        LinearTerms.from_dict(fit_linear(x, y / 4, 1.0).to_dict() | change)


# ---- choosing ----


@given(st.lists(st.tuples(st.floats(-5, 5), st.integers(0, 4)), min_size=2, max_size=12))
@settings(max_examples=50, deadline=None)
def test_the_measure_is_the_ndcg_of_the_product(listed):
    scores, grades = (np.array(column, dtype=float) for column in zip(*listed, strict=True))
    kept = canonical_rows(scores[:, None], grades)
    first = np.argsort(-np.round(kept.X[:, 0], 9), kind="stable")
    found = measure(kept.X[:, 0], kept, 10)[0]
    expected = metrics.ndcg(kept.y[first]) if np.ptp(grades) else float("nan")
    assert found == pytest.approx(expected, nan_ok=True)


def test_the_lower_bound_covers_what_it_promises():
    """Mean gain 0.02 in simulation: the one-sided bound of 95 % lies above it about one time in twenty."""
    draw = np.random.default_rng(2)
    lows = [paired_gain(0.02 + 0.1 * draw.standard_normal(60), np.zeros(60), draws=400).low for _ in range(400)]
    assert 0.02 < np.mean(np.array(lows) > 0.02) < 0.09


def test_one_group_proves_nothing():
    gain = paired_gain(np.array([0.9, np.nan]), np.array([0.1, 0.5]))
    assert (gain.low, gain.groups) == (-np.inf, 1)


def test_folds_differ_by_one_group_at_most():
    sizes = np.bincount(group_folds(13, 5, seed=3))
    assert sorted(sizes.tolist()) == [2, 2, 3, 3, 3]


def test_ties_go_by_scorecard_then_by_id():
    found = order(np.array([1.0, 1.0, 1.0, 2.0]), np.array([5.0, 7.0, 7.0, 0.0]), np.array(["a", "c", "b", "d"]))
    assert found.tolist() == [3, 2, 1, 0]
