"""Axes, composite and band of made-up portfolios."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data
from integrator.valuation.axes import AXES, SWING, Axis, Measured, Placed, axis_weights, placed, weights_of
from integrator.valuation.figures import Range, exact

EVEN: dict[Axis, float] = dict.fromkeys(AXES, 1.0)


def one(name: str, *values: float | Range | None, gap: Range | None = None) -> Measured:
    axes = {
        axis: exact(value) if isinstance(value, int | float) else value
        for axis, value in zip(AXES, values, strict=True)
    }
    return Measured(name, axes, gap)


def by_id(found: tuple[Placed, ...]) -> dict[str, Placed]:
    return {each.id: each for each in found}


def test_positions_are_places_and_equal_ones_share() -> None:
    found = by_id(placed([one("a", 10, 1, 5, 3), one("b", 20, 1, 5, 2), one("c", 30, 1, 9, 1)], EVEN))
    assert [found[name].positions["value"] for name in "abc"] == [exact(0), exact(0.5), exact(1)]
    assert [found[name].positions["feasibility"] for name in "abc"] == [Range(0, 1, 0.5)] * 3
    jobs = [found[name].positions["jobs"] for name in "abc"]
    assert [each.point for each in jobs if each] == [0.25, 0.25, 1]
    assert [found[name].composite and found[name].composite.point for name in "abc"] == [0.4375, 0.4375, 0.625]
    assert [found[name].rank for name in "abc"] == [2, 3, 1]


def test_the_scale_of_an_axis_does_not_count() -> None:
    small = [one("a", 1, 2, 3, 4), one("b", 2, 1, 4, 3), one("c", 3, 3, 1, 1)]
    large = [one("a", 1, 20, 3, 4), one("b", 1e9, 10, 4, 3), one("c", 2e9, 30, 1, 1)]
    assert placed(small, EVEN) == placed(large, EVEN)


def test_overlapping_values_have_open_positions() -> None:
    found = by_id(
        placed([one("a", Range(0, 10), 1, 1, 1), one("b", Range(5, 20), 1, 1, 1), one("c", 30, 1, 1, 1)], EVEN)
    )
    assert found["a"].positions["value"] == Range(0, 0.5, 0)
    assert found["b"].positions["value"] == Range(0, 0.5, 0.5)
    assert found["c"].positions["value"] == exact(1)


@pytest.mark.parametrize("value", [Range(5, math.inf), Range(5, math.inf, math.inf), Range(-math.inf, 5)])
def test_an_open_end_counts_as_what_is_stated(value: Range) -> None:
    found = by_id(placed([one("a", 10, 1, 1, 1), one("b", value, 1, 1, 1), one("c", 2, 1, 1, 1)], EVEN))
    position = found["b"].positions["value"]
    assert position is not None
    assert position.point == 0.5
    assert (position.high == 1) is (value.high == math.inf)
    assert (position.low == 0) is (value.low == -math.inf)
    assert found["a"].rank == 1


def test_unknown_stays_unknown() -> None:
    found = by_id(placed([one("a", None, 2, 2, 2), one("b", 5, 1, 1, 1), one("c", None, None, None, None)], EVEN))
    assert found["a"].positions["value"] is None
    assert found["a"].composite == Range(0.75, 1, 1)
    assert found["c"].composite is None
    assert found["c"].rank is None
    assert (found["c"].best_rank, found["c"].worst_rank) == (1, 3)
    assert [each.id for each in placed([one("c", *[None] * 4), one("a", 1, 1, 1, 1)], EVEN)] == ["a", "c"]


def test_weights_decide_and_the_band_says_by_how_much() -> None:
    portfolio = [one("rich", 9, 1, 1, 1), one("ready", 1, 9, 9, 1), one("poor", 0, 0, 0, 0)]
    assert [each.id for each in placed(portfolio, EVEN)] == ["ready", "rich", "poor"]
    assert [each.id for each in placed(portfolio, {**EVEN, "value": 9})] == ["rich", "ready", "poor"]
    found = by_id(placed(portfolio, {**EVEN, "value": 2}))
    assert (found["rich"].best_rank, found["rich"].worst_rank) == (1, 2)
    assert (found["poor"].best_rank, found["poor"].worst_rank) == (3, 3)


def test_the_cost_gap_is_carried_along_and_never_counts() -> None:
    gap = Range(0.1, 0.3)
    with_gap, without = placed([one("a", 1, 1, 1, 1, gap=gap)], EVEN), placed([one("a", 1, 1, 1, 1)], EVEN)
    assert with_gap[0].cost_gap == gap
    assert with_gap[0].composite == without[0].composite


VALUES = st.none() | st.integers(0, 5).map(float) | st.tuples(st.integers(0, 5), st.integers(0, 5)).map(
    lambda ends: Range(min(ends), max(ends))
)  # fmt: skip
PORTFOLIOS = st.lists(st.tuples(VALUES, VALUES, VALUES, VALUES), max_size=7)


def of(rows: list[tuple[float | Range | None, ...]]) -> list[Measured]:
    return [one(f"N{i}", *row) for i, row in enumerate(rows)]


@settings(max_examples=200, deadline=None)
@given(PORTFOLIOS, st.randoms(use_true_random=False))
def test_ranges_and_order(rows: list[tuple[float | Range | None, ...]], chance: random.Random) -> None:
    portfolio = of(rows)
    found = placed(portfolio, EVEN)
    ranked = [each.rank for each in found if each.rank is not None]
    assert ranked == list(range(1, len(ranked) + 1))
    for each in found:
        assert 1 <= each.best_rank_uncertain <= each.best_rank
        assert each.worst_rank <= each.worst_rank_uncertain <= len(rows)
        if each.rank is not None:
            assert each.best_rank <= each.rank <= each.worst_rank
            assert each.composite is not None
            assert 0 <= each.composite.low <= each.composite.high <= 1 + 1e-12
    chance.shuffle(portfolio)
    assert placed(portfolio, EVEN) == found


@settings(max_examples=200, deadline=None)
@given(PORTFOLIOS, st.randoms(use_true_random=False))
def test_no_weights_within_the_swing_leave_the_band(
    rows: list[tuple[float | Range | None, ...]], chance: random.Random
) -> None:
    found = placed(of(rows), EVEN)
    for _ in range(5):
        weight = {axis: chance.choice((1 - SWING, 1 + SWING, chance.uniform(1 - SWING, 1 + SWING))) for axis in AXES}
        score = {}
        for each in found:
            spots = {axis: each.positions[axis] for axis in AXES}
            filled = {axis: chance.choice((0.0, 1.0, chance.random())) if spot is None else spot.point or 0.0
                      for axis, spot in spots.items()}  # fmt: skip
            score[each.id] = round(sum(weight[axis] * filled[axis] for axis in AXES), 12)
        for each in found:
            place = 1 + sum((-score[other], other) < (-score[each.id], each.id) for other in score)
            assert each.best_rank <= place <= each.worst_rank


@settings(max_examples=100, deadline=None)
@given(PORTFOLIOS.filter(bool), st.sampled_from(range(4)))
def test_more_on_an_axis_is_never_worse(rows: list[tuple[float | Range | None, ...]], axis: int) -> None:
    before = by_id(placed(of(rows), EVEN))["N0"]
    if rows[0][axis] is None or before.composite is None:
        return
    better = tuple(100.0 if i == axis else value for i, value in enumerate(rows[0]))
    after = by_id(placed(of([better, *rows[1:]]), EVEN))["N0"]
    assert after.composite is not None
    assert (after.composite.point or 0) >= (before.composite.point or 0)
    assert after.rank is not None
    assert before.rank is not None
    assert after.rank <= before.rank


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ValueError, match="one id"):
        placed([one("a", 1, 1, 1, 1), one("a", 2, 2, 2, 2)], EVEN)
    with pytest.raises(ValueError, match="weight above 0"):
        placed([one("a", 1, 1, 1, 1)], {**EVEN, "jobs": 0.0})
    assert placed([], EVEN) == ()


LINES = [dict(row) for row in data.rows("valuation/axis_weights.csv")]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([{**LINES[0], "axis": "beauty"}], "line 1 below the header: axis 'beauty' is unknown"),
        ([LINES[0], LINES[0]], "line 2 below the header: axis 'value' is unknown or stands twice"),
        ([{**LINES[0], "weight": "0"}], "above 0, not 0"),
        ([{**LINES[0], "weight": "much"}], "is no number"),
        (LINES[:3], "no line for the axis 'readiness'"),
    ],
)
def test_damaged_weights_are_refused(lines: list[dict[str, str]], says: str) -> None:
    with pytest.raises(data.KnowledgeError, match=says):
        weights_of(lines)


def test_shipped_weights() -> None:
    assert axis_weights() == EVEN
