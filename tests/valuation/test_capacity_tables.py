"""Capacities of made-up suppliers shared out over made-up needs, from the tables of a job to the three it gives."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from made_up_job import given, job

from integrator import data, tables
from integrator.valuation import Context
from integrator.valuation.assessing.capacity import Shared, shared_out
from integrator.valuation.assessing.context import cases
from integrator.valuation.assessing.hard_criteria import read_hard
from integrator.valuation.figures import Given, Range
from integrator.valuation.stated import Stated

HERE = Path(__file__).parent


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


CAPACITIES = table("capacity_cases.csv")


def shared(context: Context, worths: dict[str, Given] | None = None) -> Shared:
    found = shared_out(list(cases(context)), context, worths or {})
    for name, contract in (("allocations", tables.ALLOCATIONS), ("covers", tables.COVERS)):
        tables.frame(contract, list(getattr(found, name)))
    tables.frame(tables.CAPACITIES, list(found.capacities))
    return found


def of(rows: Any, run: str) -> list[Any]:
    return [row for row in rows if row["run"] == run]


def served(found: Shared, run: str) -> dict[str, float]:
    return {row["need_id"]: row["served"] for row in of(found.covers, run)}


def amounts(found: Shared, run: str) -> dict[tuple[str, str], float]:
    return {(row["supplier_id"], row["need_id"]): row["amount"] for row in of(found.allocations, run)}


def parts(need_id: str, volume: str = "1000", unit: str = "unités/an", **more: str) -> dict[str, str]:
    return {"need_id": need_id, "annual_volume": volume, "unit": unit, **more}


def supplier(supplier_id: str, annual: str = "", spare: str = "") -> dict[str, str]:
    return {"supplier_id": supplier_id, "annual_capacity": annual, "spare_capacity": spare}


@pytest.mark.parametrize("case", CAPACITIES, ids=[f"{c['annual_capacity']}|{c['spare_capacity']}" for c in CAPACITIES])
def test_what_is_free_lies_between_what_is_sure_and_what_is_said(case):
    offered = supplier("S1", case["annual_capacity"], case["spare_capacity"])
    found = shared(job([parts("X1", unit=case["unit"])], [offered], {("X1", "S1"): 3}))
    low, high = (of(found.capacities, run)[0] for run in ("cautious", "hopeful"))
    is_known = bool(case["free_high"])
    assert low["known"] == high["known"] == ("yes" if is_known else "no")
    assert low["capacity"] == (float(case["free_low"]) if is_known else None)
    assert high["capacity"] == (float(case["free_high"]) if is_known else None)
    assert served(found, "cautious") == {"X1": float(case["surely"])}
    assert served(found, "hopeful") == {"X1": float(case["at_most"])}


@pytest.mark.parametrize(
    "unit", ["pièces/an (capacité)", "unités sur 5 ans", "unités/mois", "pièces", "pièces/an (objectif)"]
)
def test_what_is_no_yearly_demand_is_listed_and_not_shared_out(unit):
    found = shared(job([parts("X1", unit=unit)], [supplier("S1", spare="600 unités/an")], {("X1", "S1"): 3}))
    assert found.allocations == found.capacities == ()
    for row in found.covers:
        assert (row["demand"], row["served"], row["reason"]) == (None, None, "demand_unknown")
    assert found.figure.value is None
    assert "volume" in found.figure.missing


def test_a_statistic_over_many_parts_asks_for_no_part():
    asked = parts("X1", component="pièces de carrosserie (agrégat d'imports)")
    found = shared(job([asked], [supplier("S1", spare="600 unités/an")], {("X1", "S1"): 3}))
    assert {row["reason"] for row in found.covers} == {"demand_unknown"}


def test_a_stated_volume_stands_before_the_one_of_the_need():
    stated = Stated(of_needs={"X1": {"volume": given("volume", Range(200, 400, 300), "part/year")}})
    context = job([parts("X1")], [supplier("S1", spare="900 unités/an")], {("X1", "S1"): 4}, stated=stated)
    assert [row["demand"] for row in shared(context).covers] == [200, 400]


def test_a_range_of_demand_is_shared_out_at_both_ends():
    asked = [parts("X1", "800-1200"), parts("X2", "> 500")]
    context = job(asked, [supplier("S1", spare="5000 unités/an")], {("X1", "S1"): 3, ("X2", "S1"): 3})
    found = shared(context)
    assert served(found, "cautious") == {"X1": 800, "X2": 500}
    assert served(found, "hopeful") == {"X1": 1200, "X2": 500}


def worked(**options: float) -> tuple[Context, dict[str, Given]]:
    """The worked example in tables: hours by pair, worth by pair."""
    pairs = table("allocation_pairs.csv")
    demand = {"N1": "40000", "N2": "25000", "N3": "30000"}
    hours = {"S1": 1200, "S2": 900, "S3": 700, "S4": 500}
    stated = Stated(
        of_suppliers={name: {"capacity": given("capacity", value, "hour/year")} for name, value in hours.items()},
        of_pairs={
            (one["need_id"], one["supplier_id"]): {
                "use": given("use", float(one["hours"]), "hour/part"),
                "weight": given("weight", float(one["worth"]), "MAD/part"),
            }
            for one in pairs
        },
    )
    matches = {(one["need_id"], one["supplier_id"]): 4 for one in pairs}
    needs = [parts(name, volume) for name, volume in demand.items()]
    return job(needs, [supplier(name) for name in hours], matches, stated=stated, language="en", **options), {}


def test_the_worked_example_through_the_tables():
    context, worths = worked()
    found = shared(context, worths)
    for run in ("cautious", "hopeful"):
        expected = {
            (one["supplier_id"], one["need_id"]): pytest.approx(float(one["linear"]))
            for one in table("allocation_pairs.csv")
            if float(one["linear"])
        }
        assert amounts(found, run) == expected
        prices = {row["supplier_id"]: row["price"] for row in of(found.capacities, run)}
        assert prices == pytest.approx({"S1": 16.666667, "S2": 33.333333, "S3": 0, "S4": 53.571429}, abs=1e-6)
    assert found.figure.value is not None
    assert found.figure.value.point == pytest.approx(876785.714286)
    assert found.figure.unit == "MAD/year"
    dearest = next(row for row in found.capacities if row["supplier_id"] == "S4")
    assert dearest["words"] == "One more hour at S4 is worth most: 53.57 MAD."
    assert (dearest["unit"], dearest["price_unit"]) == ("hour/year", "MAD")


def test_the_worked_example_under_rules():
    context, worths = worked(lot=8000, suppliers_per_need=2, needs_per_supplier=1)
    found = shared(context, worths)
    expected = {
        (one["supplier_id"], one["need_id"]): pytest.approx(float(one["ruled"]))
        for one in table("allocation_pairs.csv")
        if float(one["ruled"])
    }
    assert amounts(found, "cautious") == expected
    assert "rules on lots and partners have no price" in found.figure.note
    short = next(row for row in found.covers if row["need_id"] == "N1")
    assert (short["reason"], short["served"]) == ("capacity_short", pytest.approx(36000))


def two_needs(worths: dict[str, tuple[float, str]], stated: Stated | None = None) -> Shared:
    """X1 asks 1,000 and X2 4,000 of the 1,000 that one supplier has."""
    asked = [parts("X1"), parts("X2", "4000")]
    context = job(
        asked,
        [supplier("S1", spare="1000 unités/an")],
        {("X1", "S1"): 3, ("X2", "S1"): 3},
        stated=stated,
        language="en",
    )
    return shared(context, {name: given("weight", value, unit) for name, (value, unit) in worths.items()})


@pytest.mark.parametrize(
    ("worths", "unit", "taken"),
    [
        ({"X1": (2, "MAD/part"), "X2": (9, "MAD/part")}, "MAD", "X2"),
        ({"X1": (2, "MAD/part")}, "need", "X1"),
        ({"X1": (2, "MAD/part"), "X2": (9, "EUR/part")}, "need", "X1"),
        ({"X1": (2, "MAD/part"), "X2": (9, "MAD/t")}, "need", "X1"),
        ({}, "need", "X1"),
    ],
)
def test_money_counts_when_every_need_has_it_in_one_currency_else_every_need_counts_once(worths, unit, taken):
    found = two_needs(worths)
    assert amounts(found, "cautious") == {("S1", taken): pytest.approx(1000)}
    assert {row["worth_unit"] for row in found.allocations} == {unit}
    assert {row["price_unit"] for row in found.covers} == {unit}
    assert found.figure.unit == ("MAD/year" if unit == "MAD" else "need")
    (share, _) = found.allocations
    assert share["worth"] == pytest.approx(9000 if unit == "MAD" else 1)
    said = "leaves most value" if unit == "MAD" else "counts as much as another"
    assert said in found.figure.note
    assert ("weight" in found.figure.missing) == (unit == "need")


def test_a_stated_worth_of_a_pair_stands_before_that_of_the_need():
    stated = Stated(of_pairs={("X1", "S1"): {"weight": given("weight", 20, "MAD/part")}})
    found = two_needs({"X1": (2, "MAD/part"), "X2": (9, "MAD/part")}, stated)
    assert amounts(found, "cautious") == {("S1", "X1"): pytest.approx(1000)}


def test_shares_are_told_as_capacity_and_not_as_money():
    found = two_needs({})
    (row,) = of(found.capacities, "cautious")
    assert row["price"] == pytest.approx(1 / 4000)
    assert row["words"] == "Capacity is shortest at S1: 40 parts more would cover another 1 % of a need."
    (short,) = [one for one in of(found.covers, "cautious") if one["reason"]]
    assert short["words"].splitlines() == [
        "X2: the capacity is worth more elsewhere (X1).",
        "S1: the same capacity covers a share of other needs that is at least as large (X1).",
    ]


def test_who_fails_a_hard_criterion_or_must_invest_has_no_part_in_the_plan():
    suppliers = [supplier(f"S{i}", spare="1000 unités/an") for i in range(1, 6)]
    grades = {("X1", "S1"): 4, ("X1", "S2"): 3, ("X1", "S3"): 3, ("X1", "S4"): 2, ("X1", "S5"): 3}
    states = {
        ("X1", "S1", "active"): "failed",
        ("X1", "S2", "main_process"): "failed",
        ("X1", "S3", "main_process"): "unknown",
        ("X1", "S5", "material_near"): "failed",
    }
    found = shared(job([parts("X1", "1500")], suppliers, grades, states))
    assert {row["supplier_id"] for row in found.capacities} == {"S3", "S5"}
    assert sum(amounts(found, "cautious").values()) == 1500
    nobody = shared(job([parts("X1")], suppliers[:2], dict(list(grades.items())[:2]), states))
    assert [row["reason"] for row in nobody.covers] == ["no_pair", "no_pair"]
    assert nobody.figure.value is None


def test_a_need_in_another_unit_than_the_capacity_is_named_and_never_converted():
    needs = [parts("X1"), parts("X2", "30", "t/an")]
    pairs = {("X1", "S1"): 3, ("X2", "S1"): 3}
    found = shared(job(needs, [supplier("S1", spare="20 t/an")], pairs, language="en"))
    assert served(found, "hopeful") == {"X1": 0, "X2": 20}
    (row,) = [one for one in of(found.covers, "hopeful") if one["need_id"] == "X1"]
    assert row["reason"] == "other_unit"
    assert row["words"].splitlines()[1] == "S1: its capacity is stated in another unit."
    stated = Stated(of_pairs={("X1", "S1"): {"use": given("use", 0.01, "t/part")}})
    counted = shared(job(needs, [supplier("S1", spare="20 t/an")], pairs, stated=stated))
    assert served(counted, "hopeful") == {"X1": 1000, "X2": pytest.approx(10)}


def test_a_capacity_that_counts_for_no_need_is_said_to_be_in_another_unit():
    found = shared(job([parts("X1")], [supplier("S1", spare="20 t/an")], {("X1", "S1"): 3}, language="en"))
    for row in found.capacities:
        assert row["words"].startswith("Capacity of S1 known in tonnes only, not in the unit of its needs")
    assert [row["reason"] for row in found.covers] == ["capacity_unknown", ""]


def test_an_unknown_capacity_may_serve_needs_in_several_units():
    needs = [parts("X1"), parts("X2", "30", "t/an")]
    found = shared(job(needs, [supplier("S1")], {("X1", "S1"): 3, ("X2", "S1"): 3}))
    assert served(found, "hopeful") == {"X1": 1000, "X2": 30}
    assert [(row["unit"], row["used"]) for row in found.capacities] == [("", None), ("", None)]
    assert {row["capacity_unit"] for row in found.allocations} == {"part/year", "t/year"}


def test_capacity_that_may_be_taken_is_not_said_to_be_none():
    found = shared(job([parts("X1")], [supplier("S1", "600 unités/an")], {("X1", "S1"): 3}, language="en"))
    (cautious, _) = found.capacities
    assert cautious["words"].startswith("S1 states 600 parts; how much of it is taken is not known")
    assert found.covers[0]["reason"] == "capacity_unknown"
    none = shared(job([parts("X1")], [supplier("S1", spare="0 unités/an")], {("X1", "S1"): 3}, language="en"))
    assert [row["reason"] for row in none.covers] == ["no_capacity", "no_capacity"]
    assert none.capacities[0]["words"] == "S1: has no free capacity."


@pytest.mark.parametrize(("language", "need"), [("fr", "vis (démo) (Acheteur)"), ("en", "screw (demo) (Acheteur)")])
def test_words_name_needs_and_suppliers_as_people_do(language, need):
    asked = parts("X1", component="vis (démo)", component_en="screw (demo)", buyer="Acheteur")
    offered = {**supplier("S1"), "name": "Vis Démo SARL"}
    found = shared(job([asked], [offered], {("X1", "S1"): 3}, language=language))
    words = found.covers[0]["words"]
    assert words.startswith(need)
    assert "Vis Démo SARL" in words
    assert "X1" not in words
    assert "S1" not in words


def test_long_lists_of_names_are_cut_and_counted():
    needs = [parts(f"X{i}", "100") for i in range(1, 7)] + [parts("X7", "100000")]
    matches = {(one["need_id"], "S1"): 3 for one in needs}
    found = shared(job(needs, [supplier("S1", spare="600 unités/an")], matches))
    (row,) = [one for one in of(found.covers, "cautious") if one["reason"]]
    assert "(X1, X2, X3, +3)" in row["words"]


def test_without_needs_there_is_nothing():
    found = shared(job([], [supplier("S1", "600 unités/an")], {}))
    assert (found.allocations, found.covers, found.capacities) == ((), (), ())


UNITS = ["unités/an", "t/an", "unités/mois"]
AMOUNTS = ["", "0", "300", "200-500", "> 100", "1200"]


@st.composite
def jobs(
    draw: st.DrawFn,
) -> tuple[list[dict[str, str]], list[dict[str, str]], dict[tuple[str, str], int], dict[str, Any]]:
    def figure() -> str:
        amount = draw(st.sampled_from(AMOUNTS))
        return f"{amount} {draw(st.sampled_from(UNITS))}" if amount else ""

    needs = [
        parts(f"X{i}", draw(st.sampled_from(AMOUNTS)), draw(st.sampled_from(UNITS)))
        for i in range(draw(st.integers(0, 4)))
    ]
    suppliers = [supplier(f"S{i}", figure(), figure()) for i in range(draw(st.integers(1, 3)))]
    couples = [(need["need_id"], one["supplier_id"]) for need in needs for one in suppliers]
    matches = {couple: draw(st.integers(2, 4)) for couple in couples if draw(st.booleans())}
    options = {"lot": draw(st.sampled_from([0, 150])), "suppliers_per_need": draw(st.sampled_from([None, 1]))}
    return needs, suppliers, matches, options


@settings(max_examples=25, deadline=None)
@drawn(jobs(), st.randoms(use_true_random=False))
def test_plans_keep_to_demand_and_capacity_and_no_row_order_matters(made, rng: random.Random):
    needs, suppliers, matches, options = made
    found = shared(job(needs, suppliers, matches, **options))
    for run in ("cautious", "hopeful"):
        for row in of(found.covers, run):
            total = sum(amount for (_, need), amount in amounts(found, run).items() if need == row["need_id"])
            assert row["demand"] is None or total == pytest.approx(row["served"], abs=1e-6)
            assert row["demand"] is None or row["served"] <= row["demand"] * (1 + 1e-9)
            is_short = row["demand"] is None or row["served"] < row["demand"] * (1 - 1e-6) or row["demand"] == 0
            assert bool(row["reason"]) == is_short
        for row in of(found.capacities, run):
            assert row["capacity"] is None or row["used"] <= row["capacity"] * (1 + 1e-9) + 1e-9
    value = found.figure.value
    assert value is None or -1e-9 <= value.low <= value.high <= len(needs) + 1e-6
    pairs = list(matches.items())
    for listed in (needs, suppliers, pairs):
        rng.shuffle(listed)
    again = shared(job(needs, suppliers, dict(pairs), **options))
    for name, contract in (
        ("allocations", tables.ALLOCATIONS), ("covers", tables.COVERS), ("capacities", tables.CAPACITIES),
    ):  # fmt: skip
        one, other = (tables.frame(contract, list(getattr(each, name))) for each in (found, again))
        pd.testing.assert_frame_equal(one, other)


def test_the_shipped_hard_criteria_have_a_reason():
    found = read_hard(
        data.rows("valuation/hard_criteria.csv"), [r["feature"] for r in data.rows("ranking/criteria.csv")]
    )
    assert found["plan"] >= found["team"] >= {"active"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("nothing,plan,why", "unknown criterion 'nothing'"),
        ("active,plan;lunch,why", "must be plan, team or both"),
        ("active,plan,", "the reason is missing"),
    ],
)
def test_a_damaged_hard_criterion_is_named(row, fault):
    rows = csv.DictReader(["criterion,of,why", row])
    with pytest.raises(data.KnowledgeError, match=f"line 1 .*{fault}"):
        read_hard(rows, ["active"])
