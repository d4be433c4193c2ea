"""The six integration rates: worked numbers, intervals, and a slow twin; made-up vehicles."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data
from integrator.valuation.bom import Line, Local, Vehicle
from integrator.valuation.figures import Range, exact
from integrator.valuation.rates import RATES, Rate, part_rates, portfolio_rates, vehicle_rates
from integrator.valuation.reading.bom_table import read_bom_rows
from integrator.valuation.reading.bom_vehicles import vehicles
from integrator.valuation.weighing import Weighed, _apart, _cornered, change, mean


def table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


READ, FAULTS = read_bom_rows(table("rates_bom.csv"))
CAR = vehicles(READ)[0][0]
EXPECTED = table("rates_expected.csv")


def by_id(rates: tuple[Rate, ...]) -> dict[str, Rate]:
    return {rate.id: rate for rate in rates}


def held(outer: Range | None, inner: Range | None, slack: float = 1e-9) -> bool:
    assert outer is not None
    assert inner is not None
    return outer.low - slack <= inner.low and inner.high <= outer.high + slack


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: f"{case['rate']} at {case['local_price']}")
def test_worked_example(case: dict[str, str]) -> None:
    assert FAULTS == ()
    price = float(case["local_price"])
    rate = by_id(vehicle_rates(CAR, {"tyres": Local(exact(price), exact(0.42))}))[case["rate"]]
    assert rate.before is not None
    assert rate.after is not None
    assert rate.change is not None
    assert rate.before.point == pytest.approx(float(case["before"]), abs=5e-7)
    assert rate.after.point == pytest.approx(float(case["after"]), abs=5e-7)
    if case["change_points"]:
        assert rate.change.point == pytest.approx(float(case["change_points"]) / 100, abs=5e-7)
    assert rate.change.low == pytest.approx(rate.change.high, abs=1e-12)
    assert rate.cost_gap == exact(price - 300)
    assert rate.missing == ()


def test_a_dearer_local_part_raises_every_rate_and_the_gap_says_so() -> None:
    same, dearer = (by_id(vehicle_rates(CAR, {"tyres": Local(exact(p), exact(0.42))})) for p in (300, 312))
    for rate in "ABCDE":
        assert same[rate].after.point < dearer[rate].after.point  # type: ignore[union-attr,operator]
        assert dearer[rate].cost_gap == exact(12.0)


def test_without_a_local_price_the_gap_is_missing_and_not_nothing() -> None:
    rate = vehicle_rates(CAR, {"tyres": Local(None, exact(0.42))})[0]
    assert rate.cost_gap is None
    assert rate.missing == ("local price of tyres",)
    assert rate.after is not None


def test_a_line_made_here_already_keeps_the_share_that_is_known_of_it() -> None:
    made_here = next(line for line in CAR.lines if line.local and line.domestic_share is not None)
    rates = by_id(vehicle_rates(CAR, {made_here.name: Local()}))
    assert [rates[one].change for one in "DE"] == [exact(0.0), exact(0.0)]
    other = by_id(vehicle_rates(CAR, {made_here.name: Local(None, exact(1.0))}))["D"]
    assert other.change is not None
    assert other.change.low > 0


def test_undefined_is_missing() -> None:
    free = Vehicle("x", (Line("a", exact(0.0), True, exact(1.0), "powertrain"),), exact(0.0), exact(0.0))
    for rate in vehicle_rates(free, {}):
        assert (rate.before, rate.after, rate.change) == (None, None, None)
        assert rate.missing == ("a purchase above 0",)
    assert all(rate.before is None for rate in portfolio_rates([], {}))


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"assembly": None}, {"C": "assembly of demo", "E": "assembly of demo", "F": "assembly of demo"}),
        ({"other": None}, {"E": "other value of demo", "F": "other value of demo"}),
        ({"lines": tuple(replace(one, group="") for one in CAR.lines)}, {"B": "group of the lines of demo"}),
    ],
)
def test_an_unknown_input_is_named_and_only_where_it_is_needed(
    changes: dict[str, object], missing: dict[str, str]
) -> None:
    rates = by_id(vehicle_rates(replace(CAR, **changes), {}))  # type: ignore[arg-type]
    assert {name: rate.missing[0] for name, rate in rates.items() if rate.missing} == missing
    assert {name for name, rate in rates.items() if rate.before is None} == set(missing)


def test_an_unpriced_line_of_the_set_left_out_leaves_b() -> None:
    lines = tuple(replace(one, price=None) if one.group else one for one in CAR.lines)
    rates = by_id(vehicle_rates(replace(CAR, lines=lines), {}))
    assert {name for name, rate in rates.items() if rate.before is not None} == {"B"}


def test_unknown_domestic_share_spans_both_ends_and_cancels_in_the_change() -> None:
    lines = tuple(replace(one, domestic_share=None) if one.name == "seats" else one for one in CAR.lines)
    rates = by_id(vehicle_rates(replace(CAR, lines=lines), {"tyres": Local(exact(300.0), exact(0.42))}))
    before = rates["D"].before
    assert before is not None
    assert before.point is None
    assert before.low == pytest.approx((1309 - 640 * 0.45) / 7000)
    assert before.high == pytest.approx((1309 + 640 * 0.55) / 7000)
    assert rates["D"].change is not None
    assert rates["D"].change.point == pytest.approx(0.018)
    assert rates["D"].change.is_exact or rates["D"].change.high - rates["D"].change.low < 1e-12
    assert rates["A"].before == exact(3320 / 7000)


def test_unknown_local_flag_is_an_interval_in_a_b_c_f() -> None:
    lines = tuple(replace(one, local=None) if one.name == "seats" else one for one in CAR.lines)
    rates = by_id(vehicle_rates(replace(CAR, lines=lines), {}))
    low, high = (by_id(vehicle_rates(_with_flag(flag), {})) for flag in (False, True))
    for name in RATES:
        before, one, other = rates[name].before, low[name].before, high[name].before
        assert before is not None
        assert one is not None
        assert other is not None
        assert (before.low, before.high) == pytest.approx(tuple(sorted((one.low, other.low))))
        assert before.point is None


def _with_flag(flag: bool) -> Vehicle:
    return replace(CAR, lines=tuple(replace(one, local=flag) if one.name == "seats" else one for one in CAR.lines))


def test_a_part_alone() -> None:
    tyre = Line("tyre", exact(300.0), False, exact(0.0))
    rates = by_id(part_rates(tyre, Local(exact(312.0), Range(0.3, 0.5, 0.42)), currency="EUR", year="2025"))
    ends = {name: (rate.before, rate.after) for name, rate in rates.items()}
    zero, one, share = exact(0.0), exact(1.0), Range(0.3, 0.5, 0.42)
    assert ends == {
        "A": (zero, one), "B": (zero, one), "C": (zero, one), "D": (zero, share), "E": (zero, share), "F": (one, zero)
    }  # fmt: skip
    assert {rate.cost_gap for rate in rates.values()} == {exact(12.0)}
    assert {(rate.scope, rate.year, rate.currency) for rate in rates.values()} == {("part", "2025", "EUR")}


def test_a_portfolio_weighs_by_volume() -> None:
    big, small = replace(CAR, volume=exact(3.0)), replace(CAR, name="other", volume=exact(1.0))
    small = replace(small, lines=tuple(replace(one, local=False) for one in CAR.lines))
    rates = by_id(portfolio_rates([big, small], {"demo": {"tyres": Local(exact(312.0), exact(0.42))}}))
    assert rates["A"].before is not None
    assert rates["A"].before.point == pytest.approx(3320 * 3 / 28000)
    assert rates["A"].after is not None
    assert rates["A"].after.point == pytest.approx((3320 + 312) * 3 / (7012 * 3 + 7000))
    assert rates["A"].cost_gap == exact(36.0)
    free = by_id(portfolio_rates([big, replace(small, volume=None)], {}))
    assert free["A"].before == Range(0.0, 3320 / 7000)
    assert "volume of other" in free["A"].missing
    for names, rate in itertools.product(RATES, (1.0, 5.0, 1e6)):
        some = by_id(portfolio_rates([big, replace(small, volume=exact(rate))], {}))
        assert held(free[names].before, some[names].before)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(KeyError, match="no line 'wheels'"):
        vehicle_rates(CAR, {"wheels": Local()})
    with pytest.raises(KeyError, match="no vehicle 'x'"):
        portfolio_rates([CAR], {"x": {}})
    with pytest.raises(ValueError, match="one currency"):
        portfolio_rates([CAR, CAR], {})
    with pytest.raises(ValueError, match="below 0"):
        Vehicle("x", (Line("a", exact(-1.0)),))
    with pytest.raises(ValueError, match="between 0 and 1"):
        Vehicle("x", (Line("a", exact(1.0), True, exact(35.0)),))
    with pytest.raises(ValueError, match="one name"):
        Vehicle("x", (Line("a", exact(1.0)), Line("a", exact(2.0))))


# --- ranges against a slow twin that tries every corner


@st.composite
def spans(draw: st.DrawFn, top: int) -> Range:
    low, high = sorted((draw(st.integers(0, top)), draw(st.integers(0, top))))
    return Range(float(low), float(high), float(draw(st.integers(low, high))))


@st.composite
def weighed(draw: st.DrawFn, key: str) -> Weighed:
    share = draw(spans(4))
    assert share.point is not None
    return Weighed(key, draw(spans(5)), Range(share.low / 4, share.high / 4, share.point / 4))


@st.composite
def lists(draw: st.DrawFn) -> list[Weighed]:
    return [draw(weighed(str(number))) for number in range(draw(st.integers(1, 4)))]


def corner_means(items: list[Weighed]) -> list[float]:
    found = []
    for amounts in itertools.product(*((one.amount.low, one.amount.high) for one in items)):
        if sum(amounts) > 0:
            for side in ("low", "high"):
                found.append(
                    sum(a * getattr(one.share, side) for a, one in zip(amounts, items, strict=True)) / sum(amounts)
                )
    return found


@given(lists())
def test_mean_is_what_trying_every_corner_gives(items: list[Weighed]) -> None:
    corners, found = corner_means(items), mean(items)
    if not corners:
        assert found is None
        return
    assert found is not None
    assert (found.low, found.high) == pytest.approx((min(corners), max(corners)))
    assert mean(items[::-1]) == found
    if sum(one.amount.point or 0 for one in items) > 0:
        assert found.point is not None
        assert found.low <= found.point <= found.high


@given(lists(), st.data())
def test_change_holds_every_change_and_is_exact_for_known_amounts(items: list[Weighed], draw: st.DataObject) -> None:
    is_exact = draw.draw(st.booleans())
    if is_exact:
        items = [replace(one, amount=exact(one.amount.high)) for one in items]
    new = [draw.draw(weighed("new")), *items[1:]]
    found = change(items, new)
    keys = {one.key for one in (*items, *new)}
    corners = []
    for sides in itertools.product(("low", "high"), repeat=len(keys)):
        side = dict(zip(sorted(keys), sides, strict=True))
        for amounts in itertools.product(*(({one.amount.low, one.amount.high}) for one in (*items, *new[:1]))):
            old_a, new_a = amounts[: len(items)], (amounts[-1], *amounts[1 : len(items)])
            if sum(old_a) > 0 and sum(new_a) > 0:
                parts = [
                    sum(a * getattr(one.share, side[one.key]) for a, one in zip(some, of, strict=True)) / sum(some)
                    for some, of in ((old_a, items), (new_a, new))
                ]
                corners.append(parts[1] - parts[0])
    if found is None:
        assert mean(items) is None or mean(new) is None
        return
    for corner in corners:
        assert found.low - 1e-9 <= corner <= found.high + 1e-9
    possible = sum(one.amount.low for one in items) > 0 and sum(one.amount.low for one in new) > 0
    if is_exact and possible:
        assert (found.low, found.high) == pytest.approx((min(corners), max(corners)), abs=1e-9)


@given(lists(), lists())
def test_the_bound_for_many_uncertain_amounts_holds_the_exact_one(items: list[Weighed], extra: list[Weighed]) -> None:
    stays = [replace(one, amount=exact(one.amount.high + 1)) for one in items]
    new = [replace(one, key=f"new {one.key}") for one in extra]
    exactly = _cornered(stays, [*stays, *new], sum(not one.amount.is_exact for one in new))
    bound = _apart(stays, [*stays, *new], {one.key for one in stays})
    assert exactly is not None
    assert bound is not None
    assert bound[0] - 1e-9 <= exactly[0]
    assert exactly[1] <= bound[1] + 1e-9


@given(st.data())
def test_a_rate_holds_what_each_car_within_the_ranges_gives_and_grows_with_what_is_domestic(
    draw: st.DataObject,
) -> None:
    flags, shares = st.sampled_from([True, False, None]), st.sampled_from([None, Range(0.2, 0.6, 0.5), exact(0.4)])
    lines = tuple(
        Line(
            str(number),
            draw.draw(spans(9)),
            draw.draw(flags),
            draw.draw(shares),
            draw.draw(st.sampled_from(["", "powertrain"])),
        )
        for number in range(draw.draw(st.integers(1, 4)))
    )
    car = Vehicle(
        "v", lines, draw.draw(spans(3)), draw.draw(spans(3)), draw.draw(st.sampled_from([None, Range(1, 3, 2)]))
    )
    locals_ = {"0": Local(draw.draw(st.sampled_from([None, Range(1, 4, 2)])), draw.draw(shares))}
    sharper = replace(
        car,
        lines=tuple(_settled(draw, line) for line in lines),
        assembly=_one(draw, car.assembly),
        other=_one(draw, car.other),
    )
    for wide, narrow in zip(vehicle_rates(car, locals_), vehicle_rates(sharper, locals_), strict=True):
        for one, other in ((wide.before, narrow.before), (wide.after, narrow.after), (wide.change, narrow.change)):
            if other is not None:
                assert held(one, other)
    more = replace(sharper, lines=tuple(replace(line, domestic_share=exact(1.0)) for line in sharper.lines))
    for rate, low, high in zip(RATES, vehicle_rates(sharper, {}), vehicle_rates(more, {}), strict=True):
        if low.before is not None and high.before is not None and rate in "DE":
            assert low.before.low <= high.before.low + 1e-12
    pair = [replace(car, name="a"), replace(sharper, name="b", volume=exact(2.0))]
    sharp = [replace(sharper, name="a", volume=exact(draw.draw(st.sampled_from([1.0, 2.0, 3.0])))), pair[1]]
    for wide, narrow in zip(portfolio_rates(pair, {"a": locals_}), portfolio_rates(sharp, {"a": locals_}), strict=True):
        for one, other in ((wide.before, narrow.before), (wide.after, narrow.after), (wide.change, narrow.change)):
            if other is not None:
                assert held(one, other)


def _one(draw: st.DataObject, span: Range | None) -> Range:
    assert span is not None
    return exact(draw.draw(st.sampled_from([span.low, span.high])))


def _settled(draw: st.DataObject, line: Line) -> Line:
    local = draw.draw(st.booleans()) if line.local is None else line.local
    share = _one(draw, line.domestic_share or Range(0.0, 1.0))
    return replace(line, price=_one(draw, line.price), local=local, domestic_share=share)


@given(lists(), st.data())
def test_knowing_more_never_widens(items: list[Weighed], draw: st.DataObject) -> None:
    wide = mean(items)
    narrow = mean([replace(one, amount=exact(one.amount.high), share=exact(one.share.low)) for one in items])
    if narrow is not None:
        assert held(wide, narrow)


def test_a_price_without_an_upper_end_is_refused() -> None:
    with pytest.raises(ValueError, match="no upper end"):
        replace(CAR, assembly=Range(1.0, float("inf")))
