"""Teams of made-up firms: the worked example, what is missing, and brute force on small random tasks."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrator import data
from integrator.valuation.figures import Range, exact
from integrator.valuation.teams import Offer, Task, Teams, cover_of, find_teams, finding

PROCESSES = ("stamping", "e-coat", "assembly")
VARIANTS = {"one": False, "split": True}


def read(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


def worked(*, may_split: bool = False, without: str = "") -> Task:
    offers = tuple(
        Offer(one["firm"], one["process"], exact(float(one["price"])), exact(float(one["capacity"])))
        for one in read("team_offers.csv")
        if one["firm"] != without
    )
    return Task(exact(25_000), PROCESSES, offers, exact(9_000), may_split)


@pytest.fixture(params=[15, 0], ids=["every set", "searched"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "EVERY_SET", request.param)


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_worked_teams_in_their_order(variant: str) -> None:
    lines = [one for one in read("team_cases.csv") if one["variant"] == variant]
    expected = [(tuple(one["members"].split()), float(one["cost"])) for one in lines]
    found = find_teams(worked(may_split=VARIANTS[variant]), most=5)
    assert [one.members for one in found.teams] == [members for members, _ in expected]
    assert [one.cost.low for one in found.teams] == pytest.approx([cost for _, cost in expected], rel=1e-9)
    assert all(one.cost.is_exact and one.is_firm for one in found.teams)
    assert found.smallest == 3
    assert found.incomplete is None


def test_the_best_team_in_detail() -> None:
    best = find_teams(worked()).teams[0]
    assert best.production.point == pytest.approx(105_000)
    assert best.coordination.point == 27_000
    assert [(one.process, one.firm, one.volume) for one in best.parts] == [
        ("stamping", "F1", 25_000), ("e-coat", "F3", 25_000), ("assembly", "F5", 25_000)
    ]  # fmt: skip
    assert [(one.process, one.firm) for one in best.single_points] == [
        ("stamping", "F1"), ("e-coat", "F3"), ("assembly", "F5")
    ]  # fmt: skip
    assert [(one.firm, one.next_firm) for one in best.legs] == [("F1", "F3"), ("F3", "F5")]


def test_the_lead_is_who_holds_the_certification() -> None:
    def lead(certified: set[str] | None) -> tuple[str, str]:
        best = find_teams(worked(), certified=certified).teams[0]
        return best.lead, best.lead_by

    assert lead(None) == ("F1", "largest")  # 52,500 of 105,000 MAD
    assert lead({"F5"}) == ("F5", "certified")
    assert lead({"F3", "F5"}) == ("F5", "certified")
    assert lead({"F2"}) == ("", "nobody_certified")


def test_single_points_among_all_candidates() -> None:
    found = find_teams(worked())
    assert [(one.process, one.firm) for one in found.single_points] == [("stamping", "F1"), ("e-coat", "F3")]
    assert find_teams(worked(may_split=True)).single_points == ()


@pytest.mark.parametrize("may_split", [False, True])
def test_capability_without_capacity_is_no_cover(may_split: bool) -> None:
    missing = cover_of(worked(may_split=may_split), {"F6"})
    assert [(one.process, one.lack, one.offered, one.needed) for one in missing] == [
        (process, "capacity", 15_000, 25_000) for process in PROCESSES
    ]
    assert cover_of(worked(), {"F1", "F3", "F5"}) == ()


@pytest.mark.usefixtures("_way")
def test_the_nearest_incomplete_team_names_what_is_missing() -> None:
    found = find_teams(worked(without="F3"))
    assert found.teams == ()
    assert found.smallest is None
    assert found.incomplete is not None
    assert found.incomplete.members == ("F1", "F5")
    assert found.incomplete.covered == ("stamping", "assembly")
    (missing,) = found.incomplete.missing
    assert (missing.process, missing.lack, missing.offered) == ("e-coat", "capacity", 18_000)
    assert missing.firms == ("F4", "F6")
    task = worked()
    more = find_teams(replace(task, processes=(*PROCESSES, "welding")))
    assert more.incomplete is not None
    assert more.incomplete.members == ("F1", "F3", "F5")
    assert [(one.process, one.lack) for one in more.incomplete.missing] == [("welding", "no_firm")]


def test_no_candidate_and_no_process() -> None:
    empty = find_teams(Task(exact(1), PROCESSES, ()))
    assert empty.teams == ()
    assert empty.incomplete is not None
    assert empty.incomplete.members == ()
    assert [one.lack for one in empty.incomplete.missing] == ["no_firm"] * 3
    assert find_teams(Task(exact(1), (), ())).incomplete is None


# What is not known.


@pytest.mark.usefixtures("_way")
def test_an_unknown_capacity_makes_a_team_that_may_be() -> None:
    task = worked(without="F3")
    offers = (*task.offers, Offer("F9", "e-coat", exact(0.5), None))
    found = find_teams(replace(task, offers=offers))
    assert [one.is_firm for one in found.teams] == [False, False]
    assert found.teams[0].members == ("F1", "F5", "F9")
    assert found.teams[0].cost == Range(2.1 * 25_000 + 1.2 * 25_000 + 0.5 * 25_000 + 27_000, math.inf)
    assert found.smallest == 3
    assert found.incomplete is not None
    assert found.incomplete.missing[0].lack == "capacity_unknown"
    with_f3 = find_teams(replace(task, offers=(*worked().offers, offers[-1])))
    assert [one.is_firm for one in with_f3.teams] == [True, True, False, False]


@pytest.mark.usefixtures("_way")
def test_without_prices_the_smaller_team_comes_first() -> None:
    offers = tuple(replace(one, price=None) for one in worked().offers)
    both = Offer("F7", "e-coat", None, exact(30_000)), Offer("F7", "assembly", None, exact(30_000))
    found = find_teams(Task(exact(25_000), PROCESSES, (*offers, *both)))
    assert found.teams[0].members == ("F1", "F7")
    assert found.teams[0].cost == Range(0, math.inf)
    assert found.teams[0].is_firm
    assert found.smallest == 2


@pytest.mark.usefixtures("_way")
def test_a_team_of_known_prices_comes_before_one_of_unknown_prices() -> None:
    task = worked()
    found = find_teams(replace(task, offers=(*task.offers, Offer("F0", "e-coat", None, exact(90_000)))), most=3)
    assert [one.members for one in found.teams] == [("F1", "F3", "F5"), ("F1", "F3", "F4"), ("F0", "F1", "F5")]
    assert found.teams[2].cost.high == math.inf


def test_damaged_tasks_are_refused() -> None:
    task = worked()
    for damaged, fault in (
        ({"processes": (*PROCESSES, "e-coat")}, "process e-coat stands twice"),
        ({"offers": (*task.offers, task.offers[0])}, "offer F1 - stamping stands twice"),
        ({"coordination": exact(-1)}, "below 0"),
        ({"volume": Range(0, 1)}, "may be 0"),
    ):
        with pytest.raises(ValueError, match=fault):
            replace(task, **damaged)


# Brute force: every set, every way to deal whole parts among its members.


def dealt(volume: int, capacities: list[int], *, may_split: bool) -> Iterator[tuple[int, ...]]:
    ways = itertools.product(*(range(min(volume, one) + 1) for one in capacities))
    return (way for way in ways if sum(way) == volume and (may_split or max(way) == volume))


def production(task: Task, members: tuple[str, ...]) -> float:
    """Cheapest making by these firms, infinite when they cannot."""
    total, volume = 0.0, int(task.volume.low)
    for process in task.processes:
        offers = [one for one in task.offers if one.process == process and one.firm in members]
        ways = dealt(volume, [int(one.capacity.low) for one in offers if one.capacity], may_split=task.may_split)
        prices = [one.price.low for one in offers if one.price]
        total += min((sum(a * b for a, b in zip(way, prices, strict=True)) for way in ways), default=math.inf)
    return total


def brute_force(task: Task) -> list[tuple[float, tuple[str, ...]]]:
    """Cost and members of each set that loses by the loss of any member, cheapest first."""
    found = []
    for size in range(1, len(task.candidates) + 1):
        for members in itertools.combinations(task.candidates, size):
            cost = production(task, members)
            smaller = (production(task, tuple(one for one in members if one != left)) for left in members)
            if cost < math.inf and all(one > cost for one in smaller):
                found.append((cost + size * task.coordination.low, members))
    return sorted(found)


def made(drawn: dict[tuple[int, int], tuple[int, int]], volume: int, fee: int, *, may_split: bool) -> Task:
    # Prices differ between firms, so that no two ways of making cost the same by accident.
    offers = tuple(
        Offer(f"F{firm}", f"P{process}", exact(10 * price + firm), exact(capacity))
        for (firm, process), (price, capacity) in sorted(drawn.items())
    )
    return Task(exact(volume), ("P0", "P1"), offers, exact(fee), may_split)


tasks = st.builds(
    made,
    st.dictionaries(
        st.tuples(st.integers(0, 3), st.integers(0, 1)), st.tuples(st.integers(1, 5), st.integers(1, 4)), max_size=7
    ),
    st.integers(1, 4),
    st.integers(0, 30),
    may_split=st.booleans(),
)


def told(found: Teams) -> list[tuple[float, tuple[str, ...]]]:
    return [(one.cost.low, one.members) for one in found.teams]


@settings(max_examples=80, deadline=None)
@given(tasks, st.randoms())
def test_every_team_against_brute_force(task: Task, order: random.Random) -> None:
    expected = brute_force(task)
    found = find_teams(task, most=20)
    assert sorted(told(found)) == expected
    assert found.smallest == min((len(members) for _, members in expected), default=None)
    assert (found.incomplete is None) == bool(expected)
    offers = list(task.offers)
    order.shuffle(offers)
    assert find_teams(replace(task, offers=tuple(offers)), most=20) == found
    for one in found.teams:
        assert cover_of(task, one.members) == ()
        assert one.cost.low == pytest.approx(one.production.low + one.coordination.low)
        for process in task.processes:
            parts = [part.volume for part in one.parts if part.process == process]
            assert sum(parts) == pytest.approx(task.volume.low)
        points = {(one.process, one.firm) for one in one.single_points}
        for firm in one.members:
            lost = {lack.process for lack in cover_of(task, set(one.members) - {firm})}
            assert {process for process, name in points if name == firm} == lost


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tasks)
def test_the_search_finds_what_every_set_finds(monkeypatch: pytest.MonkeyPatch, task: Task) -> None:
    best = [cost for cost, _ in brute_force(task)][:3]
    with monkeypatch.context() as patched:
        patched.setattr(finding, "EVERY_SET", -1)
        searched = find_teams(task, most=3)
    assert not searched.is_exhaustive
    assert [one.cost.low for one in searched.teams] == pytest.approx(best)
    assert searched.smallest == find_teams(task).smallest
    assert searched.incomplete == find_teams(task).incomplete


@settings(max_examples=50, deadline=None)
@given(tasks, st.floats(0, 0.4))
def test_intervals_hold_the_cost_of_the_points(task: Task, width: float) -> None:
    def wide(one: Range | None) -> Range | None:
        return one and Range(one.low * (1 - width), one.low * (1 + width), one.low)

    offers = tuple(replace(one, price=wide(one.price), capacity=wide(one.capacity)) for one in task.offers)
    ranged = {one.members: one.cost for one in find_teams(replace(task, offers=offers), most=50).teams}
    for one in find_teams(task, most=50).teams:
        if one.members in ranged:  # with more capacity a member may have nothing left to make
            cost = ranged[one.members]
            assert cost.low <= one.cost.low * (1 + 1e-9)
            assert one.cost.low <= cost.high * (1 + 1e-9)


def test_sixteen_candidates_are_searched() -> None:
    offers = tuple(Offer(f"F{i:02}", "stamping", exact(100 - i), exact(10)) for i in range(16))
    found = find_teams(Task(exact(20), ("stamping",), offers, exact(0.0), may_split=True), most=2)
    assert not found.is_exhaustive
    assert [one.members for one in found.teams] == [("F14", "F15"), ("F13", "F15")]
