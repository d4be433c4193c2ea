"""Landed against local cost on a made-up part: worked numbers, intervals, what is missing, what is defaulted."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data
from integrator.taxonomy import load
from integrator.valuation.corners import corners
from integrator.valuation.cost_defaults import cost_default, read_defaults, shipped_defaults
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.landed import Landing
from integrator.valuation.local_cost import (
    LocalCost,
    annuity_factor,
    break_even,
    cost_gap,
    needed_share,
    scaled_break_even,
    subsidy,
    unit_cost,
)
from integrator.valuation.make_or_buy import make_or_buy, with_defaults
from integrator.valuation.sensitivity import read_steps, sensitivities

UNITS = {
    "fob_price": "EUR/part", "freight": "EUR/part", "insurance": "EUR/part", "duty_rate": "share", "levy_rate": "share",
    "handling": "EUR/part", "transit_days": "day", "wacc": "share/year", "variable_cost": "EUR/part", "capex": "MAD",
    "lifetime": "year", "discount_rate": "share/year", "fixed_cost": "EUR/year", "exchange_rate": "MAD/EUR",
    "volume": "part/year", "material_share": "share", "cif_price": "EUR/part",
}  # fmt: skip
POINTS = {
    "fob_price": 4.20, "freight": 0.22, "insurance": 0.01, "duty_rate": 0.025, "levy_rate": 0.0025, "handling": 0.06,
    "transit_days": 45, "wacc": 0.08, "variable_cost": 2.95, "capex": 38e6, "lifetime": 7, "discount_rate": 0.10,
    "fixed_cost": 420_000, "exchange_rate": 10.8, "volume": 450_000, "material_share": 0.6,
}  # fmt: skip


def stated(*without: str, **ranges: Range) -> dict[str, Given]:
    values = {name: exact(value) for name, value in POINTS.items() if name not in without} | ranges
    return {name: Given(name, value, UNITS[name], "stated") for name, value in values.items()}


def cost(**ranges: Range) -> LocalCost:
    base = {"variable": 2.95, "capex": 38e6 / 10.8, "years": 7, "rate": 0.1, "fixed": 420_000}
    return LocalCost(**({name: exact(value) for name, value in base.items()} | ranges))


def cases() -> list[dict[str, str]]:
    with (Path(__file__).parent / "make_or_buy_cases.csv").open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, "make_or_buy_cases.csv"))


LANDED = exact(4.655518150684932)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["why"])
def test_worked_numbers(case: dict[str, str]) -> None:
    inputs = stated("volume")
    if case["volume"]:
        inputs["volume"] = Given("volume", exact(float(case["volume"])), "part/year", "stated")
    figure = make_or_buy(inputs)[case["figure"]]
    assert figure.value is not None
    assert figure.value.is_exact
    assert figure.value.point == pytest.approx(float(case["value"]), rel=1e-6)


def test_the_annuity_and_the_scenario_of_scale() -> None:
    assert cost().annuity.point == pytest.approx(722_723.05, rel=1e-8)
    scaled = scaled_break_even(cost(), LANDED, exact(600_000), exact(0.65), exact(0.5))
    assert scaled.point == pytest.approx(789_000, rel=2e-3)  # stated as "near 789,000"
    q = scaled.low / 600_000
    yearly = 722_723.0545 * q**0.65 + 420_000 * q**0.5
    assert 2.95 + yearly / scaled.low == pytest.approx(LANDED.low, rel=1e-9)


def test_without_scale_the_scenario_is_the_plain_break_even() -> None:
    flat = scaled_break_even(cost(), LANDED, exact(600_000), exact(0), exact(0))
    assert flat.point == pytest.approx(break_even(cost(), LANDED).low, rel=1e-9)


def test_a_grant_of_that_size_moves_the_break_even_to_the_volume() -> None:
    there = 450_000
    given = subsidy(cost(), LANDED, exact(there))
    helped = cost(capex=exact(38e6 / 10.8 - given.grant.low))
    assert break_even(helped, LANDED).point == pytest.approx(there, rel=1e-9)
    assert given.yearly.low == pytest.approx((unit_cost(cost(), exact(there)).low - LANDED.low) * there)
    assert given.yearly.low == pytest.approx(given.grant.low * annuity_factor(0.1, 7))
    assert subsidy(cost(), LANDED, exact(700_000)).grant == exact(0)


@pytest.mark.parametrize(
    ("variable", "yearly", "expected"),
    [(5, 100, math.inf), (4.655518150684932, 100, math.inf), (5, 0, math.inf), (3, 0, 0)],
)
def test_a_line_that_never_pays_says_so(variable: float, yearly: float, expected: float) -> None:
    line = LocalCost(exact(variable), exact(0), exact(7), exact(0), exact(yearly))
    assert break_even(line, LANDED) == exact(expected)


def test_a_volume_of_nothing() -> None:
    assert unit_cost(cost(), exact(0)).low == math.inf
    assert needed_share(exact(100), exact(0)) == exact(math.inf)
    assert needed_share(exact(0), exact(0)) == exact(0)
    assert needed_share(exact(100), Range(50, math.inf)) == Range(0, 2)
    assert needed_share(exact(math.inf), Range(50, math.inf)).low == math.inf


def test_impossible_inputs_are_refused() -> None:
    with pytest.raises(ValueError, match="wacc"):
        Landing(*[exact(1)] * 5, exact(-1))
    with pytest.raises(ValueError, match="years"):
        cost(years=exact(0))
    with pytest.raises(ValueError, match="upper end"):
        subsidy(cost(), LANDED, Range(1, math.inf))
    with pytest.raises(ValueError, match="exponents"):
        scaled_break_even(cost(), LANDED, exact(1), exact(1), exact(0))
    with pytest.raises(ValueError, match="landed"):
        cost_gap(exact(1), exact(0))
    inputs = stated() | {"exchange_rate": Given("exchange_rate", exact(10), "MAD/USD", "stated")}
    with pytest.raises(ValueError, match="MAD/USD"):
        make_or_buy(inputs)


# Intervals: the result of every inner point lies inside, and a narrower input never gives a wider result.

spread = st.floats(0, 0.3)
share = st.floats(0, 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(spread, share, share), min_size=8, max_size=8), st.integers(10, 2_000_000))
def test_intervals_hold_every_point(draws: list[tuple[float, float, float]], volume: int) -> None:
    names = ("fob_price", "duty_rate", "transit_days", "variable_cost", "capex", "lifetime", "fixed_cost", "volume")
    outer, inner, points = {}, {}, {}
    for name, (width, one, other) in zip(names, draws, strict=True):
        middle = volume if name == "volume" else POINTS[name]
        low, high = middle * (1 - width), middle * (1 + width)
        ends = sorted((low + one * (high - low), low + other * (high - low)))
        outer[name], inner[name] = Range(low, max(high, ends[1])), Range(ends[0], ends[1])
        points[name] = exact(ends[0])
    wide, narrow, point = (make_or_buy(stated(**one)) for one in (outer, inner, points))
    for name, figure in wide.items():
        if name == "scaled_break_even":
            assert figure.missing == ("capex_exponent", "fixed_exponent")
            continue
        for inside in (narrow[name].value, point[name].value):
            assert figure.value is not None
            assert inside is not None
            slack = 1e-9 * max(1.0, abs(inside.low) if math.isfinite(inside.low) else 1.0)
            assert figure.value.low <= inside.low + slack
            assert figure.value.high >= (
                inside.high - 1e-9 * abs(inside.high) if inside.high < math.inf else inside.high
            )


@settings(max_examples=60, deadline=None)
@given(st.floats(0.5, 20), st.floats(0, 5), st.floats(0.1, 1e7), st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0, 2))
def test_the_scenario_falls_with_the_price_and_rises_with_cost(
    landed: float, variable: float, capex: float, e: float, f: float, more: float
) -> None:
    line = cost(variable=exact(variable), capex=exact(capex))
    dearer = cost(variable=exact(variable + more), capex=exact(capex * (1 + more)))

    def scaled(what: LocalCost, price: float) -> float:
        return scaled_break_even(what, exact(price), exact(1000), exact(e), exact(f)).low

    assert scaled(line, landed + more) <= scaled(line, landed) * (1 + 1e-9)
    assert scaled(line, landed) <= scaled(dearer, landed) * (1 + 1e-9)


def test_corners_of_a_product_that_changes_sign() -> None:
    assert corners(lambda one, other: one * other, Range(-2, 3, 1), Range(4, 5, 4.5)) == Range(-10, 15, 4.5)


# What is not known.


def test_what_is_missing_is_named_and_nothing_is_made_up() -> None:
    figures = make_or_buy(stated("freight", "capex"))
    assert figures["landed_cost"].value is None
    assert figures["landed_cost"].missing == ("freight",)
    assert figures["local_unit_cost"].missing == ("capex",)
    assert figures["break_even_volume"].missing == ("freight", "capex")
    nothing = make_or_buy({})
    assert all(figure.value is None and figure.missing for figure in nothing.values())


def test_money_of_another_currency_needs_the_rate() -> None:
    figures = make_or_buy(stated("exchange_rate"))
    assert figures["local_unit_cost"].missing == ("exchange_rate",)
    assert figures["landed_cost"].value is not None


def test_a_pool_without_an_end_gives_break_even_but_no_subsidy() -> None:
    figures = make_or_buy(stated(volume=Range(450_000, math.inf)))
    assert figures["subsidy_grant"].missing == ("volume",)
    value = figures["break_even_share"].value
    assert value is not None
    assert value.high == pytest.approx(670_015 / 450_000, rel=1e-5)


def test_a_stated_cif_price_needs_no_freight() -> None:
    figure = make_or_buy(stated("fob_price", "freight", "insurance", cif_price=exact(4.43)))["landed_cost"]
    assert figure.value is not None
    assert figure.value.point == pytest.approx(4.655518, rel=1e-6)


def test_defaults_are_marked_and_assumptions_are_off() -> None:
    inputs = stated("duty_rate", "levy_rate")
    assert make_or_buy(with_defaults(inputs))["landed_cost"].missing == ("duty_rate",)
    figure = make_or_buy(with_defaults(inputs, is_from_eu=True))["landed_cost"]
    assert figure.value is not None
    assert figure.value.point == pytest.approx(4.43 * 1.0025 + 0.06 + 4.43 * 0.08 * 45 / 365)
    assert figure.is_marked
    assert not make_or_buy(stated())["landed_cost"].is_marked


def test_with_assumptions_a_price_and_a_volume_give_wide_figures_from_the_family() -> None:
    inputs = {name: stated(cif_price=exact(4.43))[name] for name in ("cif_price", "volume")}
    off = make_or_buy(with_defaults(inputs, ("P-HARN",), is_from_eu=True))
    on = make_or_buy(with_defaults(inputs, ("P-HARN",), is_from_eu=True, assumptions=True))
    assert off["break_even_volume"].value is None
    assert all(figure.value is not None and figure.is_marked for figure in on.values())
    harness, other = (
        make_or_buy(with_defaults(inputs, family, is_from_eu=True, assumptions=True))["local_unit_cost"].value
        for family in (("P-HARN",), ())
    )
    assert harness is not None
    assert other is not None
    assert other.low <= harness.low < harness.high <= other.high


# Sensitivities.


def test_sensitivities_move_the_right_way() -> None:
    table = {(one.step.driver, one.step.change): one for one in sensitivities(stated())}

    def value(driver: str, change: float, figure: str) -> float:
        found = table[driver, change].figures[figure].value
        assert found is not None
        return found.low

    assert value("volume", 0.3, "local_unit_cost") < value("volume", -0.3, "local_unit_cost")
    assert value("volume", 0.3, "break_even_volume") == value("volume", -0.3, "break_even_volume")
    assert value("price", 0.1, "break_even_volume") < value("price", -0.1, "break_even_volume")
    assert value("exchange", 0.1, "break_even_volume") < value("exchange", -0.1, "break_even_volume")
    assert value("exchange", 0.1, "landed_cost") == value("exchange", -0.1, "landed_cost")
    assert value("material", 0.2, "break_even_volume") > value("material", -0.2, "break_even_volume")
    assert value("material", 0.1, "local_unit_cost") == pytest.approx(5.489385 + 0.1 * 0.6 * 2.95, rel=1e-6)


def test_a_step_of_the_material_is_marked_when_its_share_is_assumed() -> None:
    inputs = stated()
    assumed = {**inputs, "material_share": replace(inputs["material_share"], kind="assumption")}
    assert not any(one.is_marked for one in sensitivities(inputs))
    assert {one.step.driver for one in sensitivities(assumed) if one.is_marked} == {"material"}


def test_a_sensitivity_that_cannot_be_tried_says_what_is_missing() -> None:
    table = sensitivities(stated("material_share", "exchange_rate"))
    missing = {one.step.driver: one.missing for one in table}
    assert missing == {"volume": (), "price": (), "exchange": ("exchange_rate",), "material": ("material_share",)}


# The files of defaults and steps.


def row(**cells: str) -> dict[str, str]:
    base = {
        "family": "all", "input": "wacc", "origin": "", "low": "0.1", "point": "", "high": "0.2", "unit": "share/year",
        "kind": "assumption", "source": "", "date": "", "verified": "no", "note": "",
    }  # fmt: skip
    return base | cells


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"low": "0.3"}, r"line 1 .*in order"),
        ({"low": "some"}, r"line 1 .*no number"),
        ({"low": "-1"}, r"line 1 .*below 0"),
        ({"input": "luck"}, r"line 1 .*'luck'"),
        ({"unit": "share"}, r"line 1 .*'share'"),
        ({"kind": "default"}, r"line 1 .*source"),
        ({"kind": "guess"}, r"line 1 .*kind"),
        ({"verified": ""}, r"line 1 .*verified"),
        ({"origin": "CN"}, r"line 1 .*'CN'"),
    ],
)
def test_a_damaged_line_of_defaults_is_named(cells: dict[str, str], fault: str) -> None:
    with pytest.raises(data.KnowledgeError, match=fault):
        read_defaults([row(**cells)])


def test_a_second_line_for_one_input_is_refused() -> None:
    with pytest.raises(data.KnowledgeError, match=r"line 2 .*second"):
        read_defaults([row(), row(low="0.05")])


@pytest.mark.parametrize("cells", [{"driver": "luck"}, {"change": "-1"}, {"change": "much"}, {"change": "inf"}])
def test_a_damaged_step_is_named(cells: dict[str, str]) -> None:
    with pytest.raises(data.KnowledgeError, match="line 1"):
        read_steps([{"driver": "price", "change": "0.1"} | cells])


def test_shipped_defaults_that_are_published_have_a_source_and_the_others_are_off() -> None:
    for one in shipped_defaults():
        assert (one.given.kind == "default") == bool(one.given.source)
    assert cost_default("capex", ("P-HARN",)) is None
    levy, duty = cost_default("levy_rate"), cost_default("duty_rate", is_from_eu=True)
    assert levy is not None
    assert levy.value.point == 0.0025
    assert duty is not None
    assert duty.value == exact(0)
    assert cost_default("duty_rate") is None
    assert not levy.is_verified  # read in a report, not in the law


def test_families_of_defaults_are_processes_of_the_lexicon() -> None:
    concepts = load().concepts
    families = {one.family for one in shipped_defaults()} - {"all"}
    assert all(concepts[family].kind == "process" for family in families)


@pytest.mark.parametrize(
    ("name", "value", "unit", "says"),
    [
        ("exchange_rate", exact(0), "MAD/EUR", "exchange_rate must be above 0"),
        ("lifetime", Range(5, math.inf), "year", "lifetime has no upper end"),
        ("fob_price", exact(0.5), "of_landed", "fob_price cannot be counted of_landed"),
        ("capex", exact(0.5), "of_cif", "capex cannot be counted of_cif"),
    ],
)
def test_inputs_that_no_case_can_have_are_refused_in_a_sentence(name: str, value: Range, unit: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make_or_buy(stated() | {name: Given(name, value, unit, "stated")})


def test_what_one_figure_alone_lacks_leaves_the_others() -> None:
    exponents = {name: Given(name, exact(1), "exponent", "stated") for name in ("capex_exponent", "fixed_exponent")}
    figures = make_or_buy(stated() | exponents)
    assert figures["scaled_break_even"].value is None
    assert "exponents" in figures["scaled_break_even"].note
    assert all(one.value is not None for name, one in figures.items() if name != "scaled_break_even")


def test_without_an_import_price_the_local_cost_is_in_its_own_money() -> None:
    inputs = stated("fob_price", "freight", "insurance", "exchange_rate")
    home = {name: Given(name, exact(value), unit, "stated") for name, value, unit in (
        ("variable_cost", 30, "MAD/part"), ("fixed_cost", 4e6, "MAD/year"),
    )}  # fmt: skip
    figures = make_or_buy(inputs | home)
    assert figures["local_unit_cost"].unit == "MAD/part"
    assert figures["local_unit_cost"].value is not None
    assert figures["landed_cost"].missing == ("fob_price", "freight", "insurance")
    mixed = make_or_buy(inputs | {"exchange_rate": stated()["exchange_rate"]})  # capex in MAD, the rest in EUR
    assert mixed["local_unit_cost"].unit == "EUR/part"
    assert mixed["local_unit_cost"].value is not None
