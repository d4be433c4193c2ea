"""A TreeEnsemble predicts what the booster predicted, explains it exactly, and survives JSON; a bad file does not."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from graded_rows import made_up, stump
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.learning import LambdaRanker, TreeEnsemble, compiled, loss
from integrator.learning.ensemble import COMPILED, join_trees
from integrator.learning.grouping import canonical_rows
from integrator.learning.lambdas import GroupedGrades

DATA = made_up()
MODEL = LambdaRanker(n_estimators=30, min_samples_leaf=5).fit(*DATA)
TREES = MODEL.ensemble_
FRESH = made_up(seed=4).X


def test_it_predicts_what_the_booster_predicts(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = canonical_rows(*DATA)
    booster = loss.boost(
        rows.X,
        GroupedGrades(rows.y, rows.bounds, 10),
        max_iter=30,
        learning_rate=0.05,
        max_leaf_nodes=15,
        min_samples_leaf=5,
        l2_regularization=1.0,
    )
    expected = booster.predict(FRESH)
    np.testing.assert_allclose(TREES.predict(FRESH), expected, atol=1e-9)
    monkeypatch.delitem(sys.modules, COMPILED)
    np.testing.assert_allclose(TREES.predict(FRESH), expected, atol=1e-9)


def test_the_walk_in_numpy_finds_the_same_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = TREES.predict(FRESH)
    monkeypatch.setattr(compiled, "USABLE", False)
    np.testing.assert_array_equal(TREES.predict(FRESH), quick)


def test_contributions_add_up_exactly() -> None:
    parts, constant = TREES.contributions(FRESH)
    assert parts.shape == FRESH.shape
    np.testing.assert_allclose(parts.sum(axis=1) + constant, TREES.predict(FRESH), atol=1e-9)


def test_a_feature_never_split_on_contributes_nothing() -> None:
    x = np.column_stack([DATA.X[:, 0], np.zeros(len(DATA.y))])
    fitted = LambdaRanker(n_estimators=10).fit(x, DATA.y, DATA.groups).ensemble_
    assert fitted.contributions(x)[0][:, 0].any()
    assert not fitted.contributions(x)[0][:, 1].any()


def test_a_contribution_is_the_change_of_the_mean_of_the_leaves() -> None:
    trees_ = join_trees([stump(), stump(1.5)], n_features=2, baseline=10.0)
    parts, constant = trees_.contributions(np.array([[9.0, 1.0], [9.0, np.nan]]))
    assert constant == 10.0 + 0.0 + 0.0  # the mean of each tree: (3 * -1 + 1 * 3) / 4
    assert parts.tolist() == [[0.0, 3.0 - 1.0], [0.0, -2.0]]
    assert trees_.predict(np.array([[0.0, 2.0]])).tolist() == [16.0]


def test_the_first_trees_are_the_earlier_stage() -> None:
    stages = list(MODEL.staged_predict(FRESH))
    for number in (1, 7, 30):
        np.testing.assert_array_equal(TREES.first(number).predict(FRESH), stages[number - 1])
    assert TREES.first(0).predict(FRESH).tolist() == [0.0] * len(FRESH)


@given(st.integers(1, 12), st.integers(0, 5))
@settings(deadline=None, max_examples=20)
def test_json_gives_the_same_trees_back(n_trees: int, seed: int) -> None:
    fitted = LambdaRanker(n_estimators=n_trees, min_samples_leaf=3).fit(*made_up(10, seed=seed)).ensemble_
    back = TreeEnsemble.from_dict(json.loads(json.dumps(fitted.to_dict(), allow_nan=False)))
    np.testing.assert_array_equal(back.predict(FRESH), fitted.predict(FRESH))
    np.testing.assert_array_equal(back.contributions(FRESH)[0], fitted.contributions(FRESH)[0])
    assert back.to_dict() == fitted.to_dict()


def test_no_tree_at_all_is_an_ensemble() -> None:
    empty = join_trees([], 3, baseline=2.0)
    back = TreeEnsemble.from_dict(json.loads(json.dumps(empty.to_dict())))
    assert back.predict(np.zeros((2, 3))).tolist() == [2.0, 2.0]
    assert back.contributions(np.zeros((2, 3)))[1] == 2.0


def test_other_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="know 5 features"):
        TREES.predict(np.zeros((2, 4)))


def test_saved_trees_predict_without_scikit_learn() -> None:
    code = (
        "import sys, json, numpy as np\n"
        "from integrator.learning import TreeEnsemble\n"
        f"trees = TreeEnsemble.from_dict(json.loads('''{json.dumps(join_trees([stump()], 2).to_dict())}'''))\n"
        "assert trees.predict(np.array([[0.0, 1.0]])).tolist() == [3.0]\n"
        "assert not any(name.split('.')[0] == 'sklearn' for name in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
