"""Measures against slow twins and worked numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import metrics


def slow_ndcg(grades: list[int], k: int) -> float:
    def dcg(listed: list[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(listed[:k]))

    ideal = dcg(sorted(grades, reverse=True))
    return dcg(grades) / ideal if ideal else math.nan


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30), st.integers(1, 12))
def test_ndcg_equals_its_slow_twin(grades, k):
    assert metrics.ndcg(grades, k) == pytest.approx(slow_ndcg(grades, k), nan_ok=True)


def test_unjudged_are_skipped_and_not_returned_come_last():
    (score,) = metrics.score_needs({"X": ["unjudged", "b", "a"]}, {"X": {"a": 4, "b": 0, "z": 3, "y": 3}})
    assert metrics.judged_order(["unjudged", "b", "a"], {"a": 4, "b": 0, "z": 3, "y": 3}) == ["b", "a", "y", "z"]
    assert score.first_grade == 0
    assert score.ndcg == pytest.approx(slow_ndcg([0, 4, 3, 3], 10))


def test_a_need_that_was_not_ranked_counts():
    scores = metrics.score_needs({}, {"X": {"b": 0, "a": 3}, "Y": {"c": 0}})
    assert [score.first_grade for score in scores] == [3, 0]
    assert metrics.mean_ndcg(scores) == 1.0
    assert metrics.first_fit(scores) == 1.0


def test_nothing_to_measure_is_nan():
    assert math.isnan(metrics.mean_ndcg([]))
    assert math.isnan(metrics.first_fit(metrics.score_needs({}, {"X": {"a": 2}})))
    assert math.isnan(metrics.calibration_error([], []))


def test_calibration_error():
    assert metrics.calibration_error([0.9, 0.9, 0.1, 0.1], [True, True, False, False]) == pytest.approx(0.1)
    rng = np.random.default_rng(1)
    p = rng.random(20_000)
    assert metrics.calibration_error(p, rng.random(20_000) < p) < 0.02
