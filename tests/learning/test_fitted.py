"""What a ladder learned is plain data that gives the same points again. Made-up rows from fixed seeds."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data
from integrator.learning import FittedLadder, LambdaRanker, SafeRanker

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


@pytest.mark.parametrize("case", HOSTILE, ids=[f"{case['key']} {case['value']}" for case in HOSTILE])
def test_what_is_no_ladder_is_refused_in_one_sentence(ladder, case):
    written = copy.deepcopy(ladder.to_dict())
    if case["value"] == "absent":
        del written[case["key"]]
    else:
        written[case["key"]] = json.loads(case["value"])
    with pytest.raises(ValueError, match=case["says"]) as refused:
        FittedLadder.from_dict(written)
    assert str(refused.value).count(". ") == 0


def test_one_bag_is_the_boosting_alone_and_more_are_their_mean():
    x, y, g = rows(600)
    plain = LambdaRanker(n_estimators=8, max_leaf_nodes=6).fit(x, y, g)
    same = LambdaRanker(n_estimators=8, max_leaf_nodes=6, n_bags=3).fit(x, y, g)
    assert np.allclose(same.predict(x), plain.predict(x)), "all features are looked at: every bag is the same"
    drawn = LambdaRanker(n_estimators=8, max_leaf_nodes=6, n_bags=3, max_features=0.5).fit(x, y, g)
    assert (drawn.ensemble_.n_trees, drawn.n_iter_) == (24, 8)
    assert not np.allclose(drawn.predict(x), plain.predict(x))
    assert np.allclose(list(drawn.staged_predict(x))[-1], drawn.predict(x))


def test_the_order_of_the_rows_changes_no_bag():
    x, y, g = rows(600)
    mixed = np.random.default_rng(0).permutation(len(x))
    one, two = (LambdaRanker(**QUICK).fit(x[i], y[i], g[i]).predict(x) for i in (np.arange(len(x)), mixed))
    assert np.array_equal(one, two)


@pytest.mark.parametrize(
    ("setting", "value"), [("n_bags", 0), ("n_bags", 1.5), ("max_features", 0), ("max_features", 2)]
)
def test_settings_of_bags_are_checked(setting, value):
    with pytest.raises(ValueError, match=setting):
        LambdaRanker(**{setting: value}).fit(*rows(60))
