"""Measures against slow twins and worked numbers."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data, metrics

with (Path(__file__).parent / "metric_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(data.read(stream, "metric_cases.csv"))


def slow_ndcg(grades: list[int], k: int) -> float:
    def dcg(listed: list[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(listed[:k]))

    ideal = dcg(sorted(grades, reverse=True))
    return dcg(grades) / ideal if ideal else math.nan


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30), st.integers(1, 12))
def test_ndcg_equals_its_slow_twin(grades, k):
    assert metrics.ndcg(grades, k) == pytest.approx(slow_ndcg(grades, k), nan_ok=True)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['grades']} at {case['k']}" for case in CASES])
def test_worked_numbers(case):
    grades = [int(grade) for grade in case["grades"].split()]
    assert metrics.ndcg(grades, int(case["k"])) == pytest.approx(float(case["ndcg"]), abs=5e-5, nan_ok=True)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=12), st.data())
def test_ndcg_rises_exactly_when_a_better_one_moves_up(grades, source):
    place = source.draw(st.integers(0, len(grades) - 2))
    swapped = [*grades[:place], grades[place + 1], grades[place], *grades[place + 2 :]]
    one, other = metrics.ndcg(grades), metrics.ndcg(swapped)
    if not math.isnan(one):
        assert 0 <= one <= 1 + 1e-12
        assert (other >= one - 1e-12) == (grades[place + 1] >= grades[place] or place >= 10)


IDS = st.sampled_from("abcdefgh")


@given(st.lists(IDS, unique=True), st.dictionaries(IDS, st.integers(0, 4), min_size=1))
def test_every_judged_supplier_is_counted_once(ranking, grades):
    order = metrics.judged_order(ranking, grades)
    assert sorted(order) == sorted(grades)
    returned = [supplier for supplier in ranking if supplier in grades]
    assert order[: len(returned)] == returned
    assert order[len(returned) :] == sorted(set(grades) - set(ranking))
    (score,) = metrics.score_needs({"X": ranking}, {"X": grades})
    assert score.judged == len(grades)
    assert score.best_possible == max(grades.values())
    assert score.first_grade == grades[order[0]]


@given(st.dictionaries(st.sampled_from("XYZ"), st.dictionaries(IDS, st.integers(0, 4), min_size=1), min_size=1))
def test_the_means_equal_their_slow_twins(judged):
    scores = metrics.score_needs({}, judged)
    orders = [[grades[supplier] for supplier in sorted(grades)] for _, grades in sorted(judged.items())]
    ndcgs = [slow_ndcg(order, 10) for order in orders if any(order)]
    able = [order[0] >= 3 for order in orders if max(order) >= 3]
    mean_of_ndcg = sum(ndcgs) / len(ndcgs) if ndcgs else math.nan
    assert [score.need_id for score in scores] == sorted(judged)
    assert metrics.mean_ndcg(scores) == pytest.approx(mean_of_ndcg, nan_ok=True)
    assert metrics.first_fit(scores) == pytest.approx(sum(able) / len(able) if able else math.nan, nan_ok=True)


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
