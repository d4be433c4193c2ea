"""What a ladder learned is plain data that gives the same points again. Made-up rows from fixed seeds."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from graded_rows import stump
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from integrator import data
from integrator.learning import FittedLadder, LambdaRanker, SafeRanker, loss
from integrator.learning.ensemble import join_trees
from integrator.learning.grouping import canonical_rows
from integrator.learning.lambdas import GroupedGrades
from integrator.learning.terms import LinearTerms

with (Path(__file__).parent / "hostile_ladders.csv").open(encoding="utf-8", newline="") as stream:
    HOSTILE = list(data.read(stream, "hostile_ladders.csv"))
QUICK = {"n_estimators": 10, "learning_rate": 0.2, "max_leaf_nodes": 6, "max_features": 0.5, "n_bags": 3}


def rows(n: int = 1500, seed: int = 3):
    draw = np.random.default_rng(seed)
    x = np.round(draw.random((n, 4)), 3)
    worth = 3 * x[:, 0] + 12 * np.abs(x[:, 2] - 0.5) + 6 * (x[:, 1] > 0.5) * (x[:, 3] > 0.5)
    grade = np.digitize(worth + 0.3 * draw.standard_normal(n), np.quantile(worth, [0.5, 0.7, 0.85, 0.95]))
    x[draw.random((n, 4)) < 0.15] = np.nan
    return x, grade.astype(float), np.arange(n) % 75


@pytest.fixture(scope="module")
def ladder() -> FittedLadder:
    """With linear terms, trees, and scores like the scorecard's."""
    x, y, g = rows()
    ranker = SafeRanker([10.0, 2.0, 0.0, 0.0], [0.5] * 4, [1, 1, 0, 1], trees=LambdaRanker(**QUICK)).fit(x, y, g)
    assert ranker.rung_ == "trees"
    return ranker.fitted_.like_scorecard(x)


def test_saved_as_json_it_gives_the_same_points(ladder):
    again = FittedLadder.from_dict(json.loads(json.dumps(ladder.to_dict(), allow_nan=False)))
    x = rows(200, seed=4)[0]
    assert np.array_equal(again.contributions(x), ladder.contributions(x))


def test_its_scores_have_the_mean_and_spread_of_the_scorecard(ladder):
    x = rows()[0]
    card, points = ladder.scorecard(x), ladder.contributions(x)
    assert np.allclose(points.mean(axis=0), card.mean(axis=0))
    assert points.sum(axis=1).std() == pytest.approx(card.sum(axis=1).std())


def test_scores_like_the_scorecard_keep_the_order(ladder):
    x, y, g = rows()
    plain = SafeRanker([10.0, 2.0, 0.0, 0.0], [0.5] * 4, [1, 1, 0, 1], trees=LambdaRanker(**QUICK)).fit(x, y, g).fitted_
    one, two = plain.predict(x), ladder.predict(x)
    assert np.corrcoef(one, two)[0, 1] == pytest.approx(1.0)
    assert plain.like_scorecard(x).like_scorecard(x).predict(x) == pytest.approx(two)


def test_without_anything_learned_it_is_the_scorecard():
    bare = FittedLadder(np.array([3.0, 1.0]), np.array([0.5, 0.0]))
    x = np.array([[0.2, np.nan], [np.nan, 1.0]])
    assert bare.like_scorecard(x) is bare
    assert bare.predict(x).tolist() == pytest.approx([0.6, 2.5])


@settings(max_examples=60)
@given(st.integers(0, 199), st.sampled_from([0, 1, 3]), st.floats(0, 1), st.floats(0, 1))
def test_more_of_a_bound_feature_never_lowers_the_points(ladder, row, feature, one, other):
    x = np.repeat(rows(200, seed=5)[0][[row]], 2, axis=0)
    x[:, feature] = sorted((one, other))
    low, high = ladder.predict(x)
    assert low <= high + 1e-9


@pytest.mark.parametrize("case", HOSTILE, ids=[f"{case['key']} {case['value']}"[:60] for case in HOSTILE])
def test_what_is_no_ladder_is_refused_in_one_sentence(ladder, case):
    written = copy.deepcopy(ladder.to_dict())
    *above, key = case["key"].split(".")
    inside = written[above[0]] if above else written
    if case["value"] == "absent":
        del inside[key]
    else:
        inside[key] = json.loads(case["value"])
    with pytest.raises(ValueError, match=case["says"]) as refused:
        FittedLadder.from_dict(written)
    assert str(refused.value).count(". ") == 0
    assert len(str(refused.value)) < 300


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
KEYS = ("weights", "neutral", "linear", "trees", "unit", "divisor", "offset")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([*KEYS, "format", "linear.mean", "linear.scale", "linear.unknown"]), ANYTHING)
def test_anything_in_place_of_a_value_is_refused_or_gives_finite_points(key, value):
    written = small().to_dict()
    *above, last = key.split(".")
    (written[above[0]] if above else written)[last] = value
    try:
        read = FittedLadder.from_dict(written)
    except ValueError as refused:
        assert "\n" not in str(refused)  # noqa: PT017 - what is read is looked at too
        return
    assert np.isfinite(read.predict(np.array([[0.5, np.nan], [-2.0, 3.0]]))).all()


@settings(deadline=None)
@given(ANYTHING)
def test_anything_as_a_ladder_is_refused(value):
    with pytest.raises(ValueError, match="A ladder has the format"):
        FittedLadder.from_dict(value)


POINTS = st.floats(-100, 100)
ABOVE = st.floats(0.001, 1000)


def pairs(numbers):
    return st.tuples(numbers, numbers).map(np.array)


TERMS = st.builds(
    LinearTerms,
    mean=pairs(POINTS),
    scale=pairs(ABOVE),
    weight=pairs(POINTS),
    known=pairs(POINTS),
    unknown=pairs(POINTS),
)
TREES = st.lists(st.builds(stump, st.floats(-5, 5)), max_size=3).map(lambda trees: join_trees(trees, 2))
ROWS = st.lists(st.tuples(*[POINTS | st.just(np.nan)] * 2), min_size=1, max_size=5).map(np.array)


@settings(max_examples=150, deadline=None)
@given(
    st.builds(
        FittedLadder, pairs(POINTS), pairs(POINTS), st.none() | TERMS, st.none() | TREES, ABOVE, ABOVE,
        st.none() | pairs(POINTS),
    ),
    ROWS,
)  # fmt: skip
def test_json_gives_the_same_points_back_whatever_was_learned(one, x):
    again = FittedLadder.from_dict(json.loads(json.dumps(one.to_dict(), allow_nan=False)))
    assert np.array_equal(again.predict(x), one.predict(x))
    assert np.array_equal(again.contributions(x), one.contributions(x))
    assert again.to_dict() == one.to_dict()


def small() -> FittedLadder:
    terms = LinearTerms(*np.array([[0.5, 0.5], [2.0, 1.0], [1.0, -1.0], [0.1, 0.2], [0.0, -0.5]]))
    return FittedLadder(np.array([3.0, 1.0]), np.array([0.5, 0.0]), terms, join_trees([stump()], 2), 2.0)


@pytest.mark.parametrize("x", [np.zeros((3, 1)), np.zeros((3, 3)), np.zeros(2)])
def test_other_columns_are_refused(x):
    for ask in (
        small().predict,
        small().contributions,
        small().scorecard,
        FittedLadder(np.ones(2), np.ones(2)).predict,
    ):
        with pytest.raises(ValueError, match="knows 2 features"):
            ask(x)


def test_it_gives_points_without_scikit_learn():
    code = (
        "import sys, json, numpy as np\n"
        "from integrator.learning import FittedLadder\n"
        f"ladder = FittedLadder.from_dict(json.loads('''{json.dumps(small().to_dict())}'''))\n"
        "print(ladder.predict(np.array([[0.5, 1.0]]))[0])\n"
        "assert not any(name.split('.')[0] == 'sklearn' for name in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert float(done.stdout) == small().predict(np.array([[0.5, 1.0]]))[0]


# ---- bags and drawn features ----


PLAIN = {"n_estimators": 8, "max_leaf_nodes": 6}
DRAWN = PLAIN | {"max_features": 0.5}


def test_one_bag_of_all_features_is_the_boosting_alone():
    """Whatever the seed: nothing is drawn. So the trees are those of a booster of scikit-learn with our loss."""
    x, y, g = rows(600)
    kept = canonical_rows(x, y, g)
    booster = loss.boost(
        kept.X, GroupedGrades(kept.y, kept.bounds, 10), max_iter=8, max_leaf_nodes=6, learning_rate=0.05,
        min_samples_leaf=20, l2_regularization=1.0, random_state=0,
    )  # fmt: skip
    for changes in ({}, {"random_state": 5}, {"n_bags": 1, "max_features": 1.0}):
        assert np.allclose(LambdaRanker(**PLAIN, **changes).fit(x, y, g).predict(x), booster.predict(x), atol=1e-12)
    same = LambdaRanker(**PLAIN, n_bags=3).fit(x, y, g)
    assert np.allclose(same.predict(x), booster.predict(x)), "all features are looked at: every bag is the same"


def test_bags_are_the_mean_of_boostings_with_other_draws():
    x, y, g = rows(600)
    bags = LambdaRanker(**DRAWN, n_bags=3).fit(x, y, g)
    assert (bags.ensemble_.n_trees, bags.n_iter_) == (24, 8)
    seeds = np.random.RandomState(0).randint(2**31 - 1, size=3)
    kept = canonical_rows(x, y, g)
    alone = [
        loss.boost(
            kept.X, GroupedGrades(kept.y, kept.bounds, 10), max_iter=8, max_leaf_nodes=6, learning_rate=0.05,
            min_samples_leaf=20, l2_regularization=1.0, max_features=0.5, random_state=int(seed),
        ).predict(x)
        for seed in seeds
    ]  # fmt: skip
    assert not np.allclose(alone[0], alone[1])
    assert np.allclose(bags.predict(x), np.mean(alone, axis=0), atol=1e-12)


def test_a_stage_is_one_tree_of_every_bag():
    x, y, g = rows(600)
    bags, fewer = (LambdaRanker(**DRAWN | {"n_estimators": n}, n_bags=3).fit(x, y, g) for n in (8, 5))
    stages = list(bags.staged_predict(x))
    assert len(stages) == bags.n_iter_ == 8
    assert np.array_equal(stages[-1], bags.predict(x))
    assert np.array_equal(stages[4], fewer.predict(x))


def test_early_stopping_with_bags_counts_the_trees_of_one():
    x, y, g = rows(600)
    model = LambdaRanker(n_estimators=60, learning_rate=0.4, max_features=0.5, n_bags=2, early_stopping=4).fit(x, y, g)
    assert model.n_iter_ == int(np.argmax(model.validation_scores_)) + 1
    assert model.ensemble_.n_trees == 2 * model.n_iter_


def test_where_nothing_can_be_learned_bags_are_flat():
    x, _, g = rows(60)
    model = LambdaRanker(**DRAWN, n_bags=3).fit(x, np.ones(60), g)
    assert (set(model.predict(x)), list(model.staged_predict(x)), model.n_iter_) == ({0.0}, [], 0)


def test_contributions_of_bags_add_up():
    x, y, g = rows(600)
    model = LambdaRanker(**DRAWN, n_bags=3).fit(x, y, g)
    parts, constant = model.ensemble_.contributions(x)
    assert np.allclose(parts.sum(axis=1) + constant, model.predict(x), atol=1e-12)


def test_without_the_private_class_bags_are_fitted_too(monkeypatch):
    x, y, g = rows(600)
    x = x.round(1)  # few values: the slow way bins as the quick one does
    quick = LambdaRanker(**PLAIN, n_bags=2).fit(x, y, g).predict(x)
    monkeypatch.setattr(loss, "UNUSABLE", "scikit-learn 99 does not take a loss object.")
    with pytest.warns(UserWarning, match="scikit-learn 99") as told:
        slow = LambdaRanker(**PLAIN, n_bags=2, early_stopping=None).fit(x, y, g)
    assert (len(told), told[0].filename) == (1, __file__)
    assert np.allclose(slow.predict(x), quick, atol=1e-5)
    with pytest.warns(UserWarning, match="scikit-learn 99"):
        drawn = LambdaRanker(**DRAWN, n_bags=2).fit(x, y, g)
    assert drawn.ensemble_.n_trees == 16


@pytest.mark.parametrize("early", [None, 3])
def test_the_order_of_the_rows_changes_no_bag(early):
    x, y, g = rows(600)
    mixed = np.random.default_rng(0).permutation(len(x))
    model = LambdaRanker(**QUICK, early_stopping=early)
    one, two = (clone(model).fit(x[i], y[i], g[i]).predict(x) for i in (np.arange(len(x)), mixed))
    assert np.array_equal(one, two)


MONOTONE = LambdaRanker(
    n_estimators=40, learning_rate=0.2, min_samples_leaf=3, max_features=0.4, n_bags=3, monotonic_cst=[1, -1, 0, 1]
).fit(*rows(600))


@settings(max_examples=150, deadline=None)
@given(
    st.tuples(*[st.floats(-1, 2) | st.just(np.nan)] * 4), st.sampled_from([0, 1, 3]), st.floats(-1, 2), st.floats(-1, 2)
)
def test_directions_hold_in_every_bag(row, feature, one, other):
    x = np.array([row, row])
    x[:, feature] = sorted((one, other))
    low, high = MONOTONE.predict(x) * MONOTONE.monotonic_cst[feature]
    assert low <= high + 1e-12


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("n_bags", 0), ("n_bags", 1.5), ("n_bags", True), ("n_bags", None), ("n_bags", "3"),
        ("max_features", 0), ("max_features", 2), ("max_features", -0.5), ("max_features", np.nan),
        ("max_features", "sqrt"), ("max_features", None), ("max_features", True),
    ],
)  # fmt: skip
def test_settings_of_bags_are_checked(setting, value):
    with pytest.raises(ValueError, match=setting):
        LambdaRanker(**{setting: value}).fit(*rows(60))
