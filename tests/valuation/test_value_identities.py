"""What must hold of the figures of a valuation whatever the numbers; see identities.csv. Made-up numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from integrator import taxonomy
from integrator.valuation.allocation import Capacity, Need, Pair, Problem, share_out
from integrator.valuation.bounds import hull, less, over, scaled, times, total
from integrator.valuation.cost_shares import INSIDE, PARTS
from integrator.valuation.domestic import domestic_value, shares_fault, split
from integrator.valuation.figures import Figure, Given, Range, exact
from integrator.valuation.local_cost import LocalCost, break_even, unit_cost
from integrator.valuation.stations import Plan, Step, jobs_by_station
from integrator.valuation.support import premium_total, supports
from integrator.valuation.trades import NeededBy, trades_of

LEXICON = taxonomy.load()
SLACK = 1e-9
amounts = st.one_of(st.just(0.0), st.floats(1e-3, 1e6))


@st.composite
def ranges(draw: st.DrawFn) -> tuple[Range, float]:
    """A range and a value in it, which is its point or not; its upper end may be open."""
    low, inside, high = sorted(draw(st.tuples(amounts, amounts, amounts)))
    open_ = draw(st.booleans()) and draw(st.booleans())
    point = draw(st.sampled_from([None, low, inside]))
    return Range(low, math.inf if open_ else high, point), inside


def holds(value: Range | None, inside: float) -> bool:
    assert value is not None
    slack = SLACK * max(1.0, abs(inside))
    return value.low - slack <= inside <= value.high + slack and (
        value.point is None or value.low <= value.point <= value.high
    )


@given(ranges(), ranges(), ranges(), amounts)
def test_arithmetic_holds_every_value(
    a: tuple[Range, float], b: tuple[Range, float], c: tuple[Range, float], factor: float
) -> None:
    (one, x), (other, y), (third, z) = a, b, c
    assert holds(times(one, other, third), x * y * z)
    assert holds(scaled(one, factor), x * factor)
    assert holds(total([one, other, third]), x + y + z)
    assert holds(hull([one, other]), x)
    if other.high < math.inf or one.low > -math.inf:
        assert other.high == math.inf or holds(less(one, other), x - y)
    quotient = over(one, other)
    assert quotient is None or holds(quotient, x / y)
    assert (quotient is None) == (other.low == 0 or one.high == other.high == math.inf)


def test_nothing_of_what_has_no_end_is_nothing() -> None:
    endless = Range(0.0, math.inf)
    assert times(exact(0.0), endless) == exact(0.0)
    assert times(endless, exact(0.0), exact(2.0)) == exact(0.0)
    found = domestic_value(Given("gross", Range(1e6, math.inf), "MAD/year", "stated"), {}, whole=_given(exact(1.0)))
    assert found.left.value == exact(0.0)
    assert found.net.value == Range(1e6, math.inf)


def _given(value: Range, name: str = "share") -> Given:
    return Given(name, value, "share", "stated")


@st.composite
def contracts(draw: st.DrawFn) -> dict[str, float]:
    """Five cost shares that sum to 1, and the domestic shares inside two of them."""
    parts = draw(st.lists(st.integers(0, 20), min_size=5, max_size=5).filter(any))
    inside = {name: draw(st.integers(0, 10)) / 10 for name in INSIDE}
    return {**{name: part / sum(parts) for name, part in zip(PARTS, parts, strict=True)}, **inside}


@given(contracts())
def test_cost_shares_that_are_drawn_sum_to_one(shares: dict[str, float]) -> None:
    parts = split({name: exact(value) for name, value in shares.items()})
    assert sum(shares[name] for name in PARTS) == pytest.approx(1)
    kept = shares["labour"] + shares["other_value_added"]
    second = shares["local_materials"] * shares[INSIDE[0]] + shares["energy_services"] * shares[INSIDE[1]]
    assert parts.direct.point == pytest.approx(kept)
    assert parts.second_tier.point == pytest.approx(second)
    assert parts.whole.point == pytest.approx(kept + second)


@st.composite
def loosened(draw: st.DrawFn) -> tuple[dict[str, float], dict[str, Range]]:
    """A contract, and ranges around what is stated of it."""
    shares = draw(contracts())
    stated = {}
    for name, value in shares.items():
        if draw(st.booleans()):
            down, up = draw(st.tuples(st.floats(0, 0.3), st.floats(0, 0.3)))
            stated[name] = Range(max(0.0, value - down), min(1.0, value + up))
    return shares, stated


@given(loosened(), st.booleans(), st.sampled_from([(), ("P-STAMP", "P-SHEET", "P-FORMING"), ("P-HARN",)]))
def test_a_contract_within_the_ranges_is_within_the_result(
    drawn: tuple[dict[str, float], dict[str, Range]], assumptions: bool, lineage: tuple[str, ...]
) -> None:
    shares, stated = drawn
    sure = split({name: exact(value) for name, value in shares.items()}).whole.low
    assert holds(split(stated).whole, sure)
    gross = Given("gross", Range(1e6, 3e6, 2e6), "MAD/year", "stated")
    found = domestic_value(gross, {name: _given(one, name) for name, one in stated.items()}, lineage,
                           assumptions=assumptions)  # fmt: skip
    assert holds(found.certain.value, 2e6 * sure)


@given(loosened(), st.booleans(), st.sampled_from([(), ("P-STAMP", "P-SHEET", "P-FORMING"), ("P-HARN",)]))
def test_defaults_only_narrow(
    drawn: tuple[dict[str, float], dict[str, Range]], assumptions: bool, lineage: tuple[str, ...]
) -> None:
    _, stated = drawn
    gross = Given("gross", exact(2e6), "MAD/year", "stated")
    found = domestic_value(gross, {name: _given(one, name) for name, one in stated.items()}, lineage,
                           assumptions=assumptions)  # fmt: skip
    assert found.net.value is not None
    assert found.certain.value is not None
    assert found.certain.value.low <= found.net.value.low + 1e-3
    assert found.net.value.high <= found.certain.value.high + 1e-3
    assert not found.certain.is_marked
    assert found.net.is_marked or found.net.value == found.certain.value


def test_a_default_does_not_use_the_rounding_of_stated_shares() -> None:
    """.2656 is left for own value added, so the published .265 does not fit, however near it is."""
    stated = {"imported_materials": 0.7344, "local_materials": 0.0, "energy_services": 0.0}
    gross = Given("gross", exact(2e6), "MAD/year", "stated")
    found = domestic_value(gross, {name: _given(exact(one), name) for name, one in stated.items()}, ("P-HARN",))
    assert found.net.value == found.certain.value == exact(2e6 * (1 - 0.7344))
    assert "own_value_added (all)" in found.net.note


@given(loosened(), ranges())
def test_net_and_what_is_left_are_the_gross_value(
    drawn: tuple[dict[str, float], dict[str, Range]], worth: tuple[Range, float]
) -> None:
    _, stated = drawn
    gross = Given("gross", worth[0], "MAD/year", "stated")
    found = domestic_value(gross, {name: _given(one, name) for name, one in stated.items()})
    net, left = found.net.value, found.left.value
    assert net is not None
    assert left is not None
    assert net.high <= worth[0].high
    assert left.high <= worth[0].high
    if worth[0].is_exact:
        assert net.low + left.high == pytest.approx(worth[0].low)
        assert net.high + left.low == pytest.approx(worth[0].low)
    if net.point is not None and left.point is not None and worth[0].point is not None:
        assert net.point + left.point == pytest.approx(worth[0].point)


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1e5), st.sampled_from([("P-INJ",), ("P-HARN",), ("P-STAMP",), ()]))
def test_trades_sum_to_the_jobs(jobs: float, concepts: tuple[str, ...]) -> None:
    figure = Figure("jobs", exact(jobs), "jobs")
    found = trades_of(figure, concepts, LEXICON, "", NeededBy("", ""), assumptions=True)
    points = [one.headcount.point for one in found if one.headcount is not None]
    assert len(points) == len(found)
    assert math.fsum(point for point in points if point is not None) == pytest.approx(jobs)


rising = st.floats(1.0, 3.0)


def _cost(values: Sequence[float]) -> LocalCost:
    return LocalCost(*map(exact, values))


@given(
    st.tuples(
        st.floats(0.1, 50), st.floats(0, 1e8), st.floats(1, 20), st.floats(0, 0.3), st.floats(0, 1e7)
    ),
    st.integers(0, 4), rising, st.floats(0.1, 100), st.floats(1, 1e7), rising,
)  # fmt: skip
def test_costs_move_the_right_way(
    values: tuple[float, ...], at: int, factor: float, landed: float, volume: float, more: float
) -> None:
    """Dearer in each input but the years, which spread the investment; cheaper with the volume."""
    changed = [value * factor if place == at else value for place, value in enumerate(values)]
    before, after = unit_cost(_cost(values), exact(volume)), unit_cost(_cost(changed), exact(volume))
    even, later = (break_even(_cost(one), exact(landed)) for one in (values, changed))
    if at == 2:
        before, after, even, later = after, before, later, even
    assert before.low <= after.low * (1 + SLACK)
    assert even.low <= later.low * (1 + SLACK)
    assert unit_cost(_cost(values), exact(volume * more)).low <= unit_cost(_cost(values), exact(volume)).low * (
        1 + SLACK
    )
    assert break_even(_cost(values), exact(landed * more)).low <= break_even(_cost(values), exact(landed)).low * (
        1 + SLACK
    )


def _stations(volume: float, cycle: float, operators: float, oee: float) -> float:
    step = Step(
        "one", Given("cycle_seconds", exact(cycle), "second", "stated"),
        Given("operators", exact(operators), "people", "stated"), Given("oee", exact(oee), "share", "stated"),
    )  # fmt: skip
    hours, days = Given("hours", exact(7.5), "hour", "stated"), Given("days", exact(250.0), "day", "stated")
    figure = jobs_by_station(Plan((step,), Given("volume", exact(volume), "part/year", "stated"), 2, hours, days))
    assert figure.value is not None
    return figure.value.low


@given(st.floats(0, 1e7), st.floats(0, 600), st.floats(0, 5), st.floats(0.2, 0.5), rising, st.integers(0, 3))
def test_stations_move_the_right_way(
    volume: float, cycle: float, operators: float, oee: float, factor: float, at: int
) -> None:
    values = [volume, cycle, operators, oee]
    assume(oee * factor <= 1 or at != 3)
    changed = [value * factor if place == at else value for place, value in enumerate(values)]
    before, after = _stations(*values), _stations(*changed)
    assert (after <= before * (1 + SLACK)) if at == 3 else (before <= after * (1 + SLACK))


@given(st.dictionaries(st.sampled_from(["jobs", "capex", "integration_rate"]), st.floats(0, 400)), st.floats(1, 5))
def test_a_larger_project_is_not_less_supported(known: dict[str, float], factor: float) -> None:
    def premium(times_: float) -> Range:
        return premium_total(supports({name: exact(value * times_) for name, value in known.items()}))

    assert premium(1.0).low <= premium(factor).low + SLACK
    assert premium(1.0).high <= premium(factor).high + SLACK


Change = Callable[[Problem], Problem]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(1, 100), min_size=2, max_size=2), st.lists(st.floats(1, 100), min_size=2, max_size=2),
    st.lists(st.tuples(st.floats(0.1, 3), st.floats(0, 9)), min_size=4, max_size=4), rising, st.booleans(),
)  # fmt: skip
def test_more_capacity_or_demand_is_never_worth_less(
    demand: list[float], free: list[float], pairs: list[tuple[float, float]], factor: float, more_demand: bool
) -> None:
    def value(demands: list[float], capacities: list[float]) -> float:
        needs = tuple(Need(f"N{i}", exact(one), "part") for i, one in enumerate(demands))
        able = tuple(Capacity(f"S{i}", exact(one), "h") for i, one in enumerate(capacities))
        links = tuple(
            Pair(f"S{i // 2}", f"N{i % 2}", exact(worth), exact(use), "h", "part")
            for i, (use, worth) in enumerate(pairs)
        )
        return share_out(Problem(needs, able, links)).cautious.value

    first = [demand[0] * factor, demand[1]] if more_demand else demand
    second = free if more_demand else [free[0] * factor, free[1]]
    assert value(demand, free) <= value(first, second) * (1 + 1e-7) + 1e-6


@given(contracts())
def test_exact_shares_that_sum_to_one_have_no_fault(shares: dict[str, float]) -> None:
    assert shares_fault({name: exact(value) for name, value in shares.items()}) == ""
