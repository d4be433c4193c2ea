"""Capacities shared out over made-up needs: the worked example, edge cases, brute force on small random problems."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from benchmarks.greedy_plans import greedy
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data
from integrator.valuation.allocation import (
    Capacity,
    Need,
    Pair,
    Plan,
    Problem,
    Rules,
    plan,
    share_out,
    worth_of_more,
)
from integrator.valuation.allocation.integer import solve_integer, solve_rounded
from integrator.valuation.allocation.problem import scenario
from integrator.valuation.figures import Range, exact

HOURS, PARTS = "hour/month", "part/month"
RULES = Rules(lot=8000, suppliers_per_need=2, needs_per_supplier=1)


def lines() -> list[dict[str, str]]:
    with (Path(__file__).parent / "allocation_pairs.csv").open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, "allocation_pairs.csv"))


def problem(
    demand: dict[str, float | Range | None],
    capacity: dict[str, float | Range | None],
    pairs: list[tuple[str, str, float, float]],
    rules: Rules | None = None,
) -> Problem:
    """`pairs`: supplier, need, capacity a part, worth a part."""

    def ranged(value: float | Range | None) -> Range | None:
        return value if value is None or isinstance(value, Range) else exact(value)

    return Problem(
        tuple(Need(name, ranged(value), PARTS) for name, value in demand.items()),
        tuple(Capacity(name, ranged(value), HOURS) for name, value in capacity.items()),
        tuple(Pair(one, other, exact(worth), exact(use), HOURS, PARTS) for one, other, use, worth in pairs),
        rules or Rules(),
    )


def worked(rules: Rules | None = None) -> Problem:
    pairs = [(one["supplier_id"], one["need_id"], float(one["hours"]), float(one["worth"])) for one in lines()]
    demand = {"N1": 40_000, "N2": 25_000, "N3": 30_000}
    return problem(demand, {"S1": 1200, "S2": 900, "S3": 700, "S4": 500}, pairs, rules)


def amounts(found: Plan) -> dict[tuple[str, str], float]:
    return {(one.supplier_id, one.need_id): one.amount for one in found.shares}


def reasons(found: Plan) -> dict[str, str]:
    return {one.need_id: one.shortfall.reason for one in found.needs if one.shortfall}


# The worked example.


def test_linear_optimum_and_prices() -> None:
    found = share_out(worked())
    assert found.value.is_exact
    best = found.cautious
    assert best.value == pytest.approx(876_785.714286, rel=1e-9)
    assert best.is_proven
    expected = {(one["supplier_id"], one["need_id"]): float(one["linear"]) for one in lines() if float(one["linear"])}
    assert amounts(best) == pytest.approx(expected, rel=1e-6)
    prices = {one.supplier_id: one.price for one in best.suppliers}
    assert prices == pytest.approx({"S1": 16.666667, "S2": 33.333333, "S3": 0, "S4": 53.571429}, rel=1e-6)
    prices = {one.need_id: one.price for one in best.needs}
    assert prices == pytest.approx({"N1": 5.666667, "N2": 13.333333, "N3": 8.0}, rel=1e-6)
    assert [one.utilisation for one in best.suppliers] == pytest.approx([1, 1, 0.204082, 1], rel=1e-5)
    assert best.dual_value == pytest.approx(best.value, rel=1e-9)
    assert reasons(best) == {}


def test_one_more_hour_is_worth_its_price() -> None:
    assert worth_of_more(worked(), "S4") == pytest.approx(53.571429, rel=1e-6)
    assert worth_of_more(worked(), "S3") == pytest.approx(0, abs=1e-6)
    with pytest.raises(ValueError, match="S9"):
        worth_of_more(worked(), "S9")


def test_greedy_plans_miss_what_the_program_finds() -> None:
    case = scenario(worked(), "cautious")
    by_part, by_hour = greedy(case)[1], greedy(case, "capacity")[1]
    assert by_part == pytest.approx(828_214.29, rel=1e-6)
    assert by_hour == pytest.approx(822_261.90, rel=1e-6)
    assert 1 - by_part / 876_785.714286 == pytest.approx(0.05540, abs=5e-6)
    assert 1 - by_hour / 876_785.714286 == pytest.approx(0.06219, abs=5e-6)


def test_integer_optimum_under_lots_and_limits() -> None:
    best = share_out(worked(RULES)).cautious
    assert best.value == pytest.approx(850_785.714286, rel=1e-9)
    assert best.is_proven
    assert best.gap == 0
    expected = {(one["supplier_id"], one["need_id"]): float(one["ruled"]) for one in lines() if float(one["ruled"])}
    assert amounts(best) == pytest.approx(expected, rel=1e-6)
    assert best.value == pytest.approx(brute_force(worked(RULES)), rel=1e-9)
    short = {one.need_id: one for one in best.needs}["N1"].shortfall
    assert short is not None
    assert short.reason == "capacity_short"
    assert {one.supplier_id: (one.reason, one.takers) for one in short.suppliers} == {
        "S1": ("supplier_limit", ("N2",)),
        "S2": ("capacity_short", ()),
        "S4": ("supplier_limit", ("N3",)),
    }


# Edge cases.


def test_nothing_to_share() -> None:
    empty = share_out(Problem((), (), ()))
    assert empty.value == exact(0)
    assert empty.cautious.shares == ()
    none = share_out(problem({"N": 10}, {"S": 5}, []))
    assert reasons(none.cautious) == {"N": "no_pair"}
    assert none.cautious.suppliers[0].price == 0


@pytest.mark.parametrize("rules", [Rules(), Rules(lot=1, needs_per_supplier=3)], ids=["free", "ruled"])
def test_why_a_need_is_short(rules: Rules) -> None:
    base = problem(
        {"best": 10, "displaced": 10, "unknown": 10, "empty": 10, "nil": 0, "mass": 10, "asks": None, "free": 10,
         "partly": 10, "alone": 10},
        {"S": 10, "T": None, "U": 0, "V": 20, "W": 12, "X": 3},
        [("S", "best", 1, 5), ("S", "displaced", 1, 4), ("T", "unknown", 1, 5), ("U", "empty", 1, 5),
         ("S", "nil", 1, 5),
         ("V", "mass", 1, 5), ("S", "asks", 1, 5), ("V", "free", 1, 0), ("W", "best", 1, 1), ("W", "partly", 1, 1),
         ("X", "alone", 1, 1)],
        rules,
    )  # fmt: skip
    pairs = tuple(replace(one, unit="t/month") if one.need_id == "mass" else one for one in base.pairs)
    found = share_out(replace(base, pairs=pairs))
    assert reasons(found.cautious) == {
        "displaced": "displaced", "unknown": "capacity_unknown", "empty": "no_capacity", "nil": "no_demand",
        "mass": "other_unit", "asks": "demand_unknown", "free": "no_worth", "alone": "capacity_short",
    }  # fmt: skip
    blocked = {one.need_id: one.shortfall for one in found.cautious.needs}["displaced"]
    assert blocked is not None
    assert blocked.suppliers[0].takers == ("best",)
    assert blocked.suppliers[0].worth <= blocked.suppliers[0].price + 1e-9
    assert "unknown" not in reasons(found.hopeful)
    unknown = {one.supplier_id: one for one in found.hopeful.suppliers}["T"]
    assert not unknown.is_known
    assert unknown.capacity == 10  # all that could be asked of it: an end, not endless


def test_rules_as_reasons() -> None:
    lot = share_out(problem({"N": 5}, {"S": 50}, [("S", "N", 1, 1)], Rules(lot=8)))
    assert reasons(lot.cautious) == {"N": "below_lot"}
    pairs = [("S", "A", 1.0, 2.0), ("S", "B", 1.0, 1.0)]
    busy = share_out(problem({"A": 5, "B": 5}, {"S": 50}, pairs, Rules(needs_per_supplier=1)))
    assert reasons(busy.cautious) == {"B": "supplier_limit"}
    many = [("S", "A", 1.0, 2.0), ("T", "A", 1.0, 2.0), ("U", "A", 1.0, 2.0)]
    crowd = share_out(problem({"A": 9}, {"S": 3, "T": 3, "U": 3}, many, Rules(suppliers_per_need=2)))
    assert crowd.cautious.value == 12
    short = crowd.cautious.needs[0].shortfall
    assert short is not None
    assert sorted(one.reason for one in short.suppliers) == ["capacity_short", "capacity_short", "need_limit"]
    nobody = share_out(problem({"A": 9}, {"S": 3}, [("S", "A", 1, 1)], Rules(suppliers_per_need=0)))
    assert reasons(nobody.cautious) == {"A": "need_limit"}


def test_ties_go_to_the_ids_that_come_first() -> None:
    pairs = [(supplier, need, 1.0, 1.0) for supplier in "ST" for need in "AB"]
    for order in itertools.permutations(pairs):
        found = share_out(problem({"A": 10, "B": 10}, {"S": 10, "T": 5}, list(order)))
        assert amounts(found.cautious) == {("S", "A"): 10, ("T", "B"): 5}


def test_capacity_without_use_takes_nothing() -> None:
    found = share_out(problem({"A": 10}, {"S": 0}, [("S", "A", 0, 2)]))
    assert found.value == exact(20)


def test_damaged_problems_are_refused() -> None:
    good = worked()
    for damaged, fault in (
        ({"needs": (*good.needs, good.needs[0])}, "need N1 stands twice"),
        ({"capacities": (*good.capacities, good.capacities[0])}, "supplier S1 stands twice"),
        ({"pairs": (*good.pairs, good.pairs[0])}, "pair S1 - N1 stands twice"),
        ({"needs": good.needs[:1]}, "unknown need"),
        ({"pairs": (replace(good.pairs[0], use=exact(-1)),)}, "use below 0"),
        ({"needs": (*good.needs, Need("N9", Range(0, math.inf), PARTS))}, "N9 is below 0 or has no end"),
    ):
        with pytest.raises(ValueError, match=fault):
            replace(good, **damaged)
    with pytest.raises(ValueError, match="lot"):
        Rules(lot=-1)


def test_the_run_of_points_needs_points() -> None:
    wide = problem({"A": Range(5, 15, 10)}, {"S": Range(4, 20)}, [("S", "A", 1, 1)])
    with pytest.raises(ValueError, match="no point"):
        plan(wide, "point")
    with pytest.raises(ValueError, match="S has no point"):
        plan(problem({"A": 1}, {"S": None}, [("S", "A", 1, 1)]), "point")


# Brute force: every vertex of every choice of pairs.


def brute_force(what: Problem) -> float:
    case = scenario(what, "cautious")
    rules = case.rules
    count, best = len(case.weight), 0.0
    for chosen in itertools.product([False, True], repeat=count):
        used = np.flatnonzero(chosen)
        ours, theirs = np.bincount(case.supplier[used], minlength=1), np.bincount(case.need[used], minlength=1)
        if rules.needs_per_supplier is not None and ours.max() > rules.needs_per_supplier:
            continue
        if rules.suppliers_per_need is not None and theirs.max() > rules.suppliers_per_need:
            continue
        if rules.is_linear and len(used) < count:
            continue
        best = max(best, vertices(case, used))
    return best


def vertices(case, used) -> float:
    """The best of the points where as many lines are tight as there are pairs."""
    left, right = [], []
    for place in range(len(case.suppliers)):
        left.append(np.where(case.supplier[used] == place, case.use[used], 0.0))
        right.append(case.capacity[place])
    for place in range(len(case.needs)):
        left.append(np.where(case.need[used] == place, 1.0, 0.0))
        right.append(case.demand[place])
    for place in range(len(used)):
        left.append(-np.eye(len(used))[place])
        right.append(-case.rules.lot)
    matrix, limit = np.array(left), np.array(right)
    best = -math.inf
    for tight in itertools.combinations(range(len(limit)), len(used)):
        square = matrix[list(tight)]
        if abs(np.linalg.det(square)) < 1e-9:
            continue
        point = np.linalg.solve(square, limit[list(tight)])
        if (matrix @ point <= limit + 1e-7).all():
            best = max(best, float(case.weight[used] @ point))
    return best


def test_the_brute_force_agrees_with_the_worked_example() -> None:
    assert brute_force(worked()) == pytest.approx(876_785.714286, rel=1e-9)


cells = st.tuples(st.integers(1, 5), st.integers(0, 9))
small = st.builds(
    lambda demand, capacity, pairs: problem(
        {f"N{i}": value for i, value in enumerate(demand)},
        {f"S{i}": value for i, value in enumerate(capacity)},
        [(f"S{s}", f"N{n}", *values) for (s, n), values in sorted(pairs.items())],
    ),
    st.lists(st.integers(0, 30), min_size=3, max_size=3),
    st.lists(st.integers(0, 60), min_size=2, max_size=2),
    st.dictionaries(st.tuples(st.integers(0, 1), st.integers(0, 2)), cells, min_size=1, max_size=5),
)
limited = st.builds(Rules, st.sampled_from([0, 3, 10]), st.sampled_from([None, 1, 2]), st.sampled_from([None, 1, 2]))


def check(what: Problem, found: Plan) -> None:
    """What every plan must keep: capacities, demands, rules, a reason for every short need, dual = primal."""
    for supplier in found.suppliers:
        assert supplier.used <= supplier.capacity + 1e-6
    for need in found.needs:
        assert need.served <= (need.demand or 0) + 1e-6
        assert (need.shortfall is None) == (need.served >= (need.demand or 0) - 1e-6 and need.demand != 0)
        assert need.shortfall is None or need.shortfall.reason != "not_taken"
    rules = what.rules
    for name, most in (("supplier_id", rules.needs_per_supplier), ("need_id", rules.suppliers_per_need)):
        ids = [getattr(one, name) for one in found.shares]
        assert most is None or all(ids.count(one) <= most for one in ids)
    assert all(one.amount >= rules.lot - 1e-6 for one in found.shares)
    assert found.dual_value == pytest.approx(found.value, rel=1e-7, abs=1e-6)
    assert sum(one.worth for one in found.shares) == pytest.approx(found.value, rel=1e-7, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(small, st.randoms())
def test_linear_against_brute_force(what: Problem, order: random.Random) -> None:
    found = plan(what, "cautious")
    assert found.value == pytest.approx(brute_force(what), rel=1e-7, abs=1e-6)
    check(what, found)
    shuffled = [list(one) for one in (what.needs, what.capacities, what.pairs)]
    for one in shuffled:
        order.shuffle(one)
    assert plan(Problem(*(tuple(one) for one in shuffled), what.rules), "cautious") == found


@settings(max_examples=60, deadline=None)
@given(small, limited)
def test_integer_and_rounded_against_brute_force(what: Problem, rules: Rules) -> None:
    what = replace(what, rules=rules)
    best = brute_force(what)
    found = plan(what, "cautious")
    assert found.value == pytest.approx(best, rel=1e-7, abs=1e-6)
    assert found.is_proven
    check(what, found)
    case = scenario(what, "cautious")
    rounded = solve_rounded(case)
    assert rounded.solved.value <= best * (1 + 1e-7) + 1e-6
    assert rounded.bound >= best * (1 - 1e-7) - 1e-6
    proven = solve_integer(case, 1000)
    assert proven is not None
    assert proven.solved.value == pytest.approx(best, rel=1e-7, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(small, limited, st.floats(0, 0.5), st.sets(st.integers(0, 1)))
def test_intervals_hold_the_plan_of_the_points(what: Problem, rules: Rules, width: float, unknown: set[int]) -> None:
    def wide(one: Range) -> Range:
        return Range(one.low * (1 - width), one.low * (1 + width), one.low)

    ranged = Problem(
        tuple(replace(one, volume=wide(one.volume)) for one in what.needs if one.volume),
        tuple(replace(one, amount=wide(one.amount)) for one in what.capacities if one.amount),
        tuple(replace(one, weight=wide(one.weight), use=wide(one.use)) for one in what.pairs),
        rules,
    )
    inner = plan(ranged, "point").value
    outer = share_out(ranged).value
    assert outer.low <= inner * (1 + 1e-7) + 1e-6
    assert inner <= outer.high * (1 + 1e-7) + 1e-6
    hidden = replace(
        ranged,
        capacities=tuple(replace(one, amount=None) if i in unknown else one for i, one in enumerate(ranged.capacities)),
    )
    wider = share_out(hidden).value
    assert wider.low <= outer.low * (1 + 1e-7) + 1e-6
    assert wider.high >= outer.high * (1 - 1e-7) - 1e-6
