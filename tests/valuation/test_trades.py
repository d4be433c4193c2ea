"""Trades of made-up opportunities, and the demand of a made-up portfolio."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data, taxonomy
from integrator.valuation.figures import Figure, Given, Range, unknown
from integrator.valuation.occupations import LEVELS, headcount_split, occupations, occupations_of, split_of
from integrator.valuation.trades import DEMAND_COLUMNS, NeededBy, demand_table, needed_by, trades_of

LEXICON = taxonomy.load()
SOON = NeededBy("2027-03", "2027-09")


def jobs(low: float, high: float, point: float | None = None) -> Figure:
    return Figure("jobs", Range(low, high, point), "jobs")


def months(low: float, high: float) -> Given:
    return Given("lead_months", Range(low, high), "month", "stated")


def test_split_of_the_study() -> None:
    assert {level: one.value.point for level, one in headcount_split().items()} == {
        "operator": 0.83, "technician": 0.10, "manager": 0.07,
    }  # fmt: skip
    assert all(one.kind == "default" and not one.is_verified for one in headcount_split().values())


def test_without_assumptions_several_trades_are_open() -> None:
    found = trades_of(jobs(100, 200, 150), ("P-INJ",), LEXICON, "Oriental", SOON)
    operators = [one for one in found if one.trade.level == "operator"]
    assert "8142" in [one.trade.isco08 for one in operators]
    assert all(one.headcount == Range(0, 200 * 0.83) for one in operators)
    assert all(one.missing == ("trade_shares",) for one in operators)
    assert not any(given.kind == "assumption" for one in found for given in one.inputs)


def test_with_assumptions_points_sum_to_the_jobs() -> None:
    found = trades_of(jobs(100, 200, 150), ("C-CONNHOUS", "P-INJ"), LEXICON, "Oriental", SOON, assumptions=True)
    points = [one.headcount.point for one in found if one.headcount and one.headcount.point is not None]
    assert len(points) == len(found)
    assert sum(points) == pytest.approx(150)
    moulder = next(one for one in found if one.trade.isco08 == "8142")
    assert moulder.headcount is not None
    assert moulder.headcount.point == pytest.approx(150 * 0.83 * 0.8)
    assert any(given.kind == "assumption" for given in moulder.inputs)


def test_several_families_divide_in_a_way_nobody_knows() -> None:
    found = trades_of(jobs(100, 100, 100), ("P-INJ", "P-STAMP"), LEXICON, "", SOON, assumptions=True)
    operators = {one.trade.isco08: one.headcount for one in found if one.trade.level == "operator"}
    assert {"8142", "7223"} <= set(operators)
    assert all(one is not None and one.low == 0 and one.point is None for one in operators.values())
    again = trades_of(jobs(100, 100, 100), ("P-STAMP", "P-INJ"), LEXICON, "", SOON, assumptions=True)
    assert again == found


def test_unknown_jobs_leave_the_trades_without_a_number() -> None:
    found = trades_of(unknown("jobs", "jobs", ("revenue",)), ("P-HARN",), LEXICON, "", SOON)
    assert {"8212", "3113", "1321"} <= {one.trade.isco08 for one in found}
    assert all(one.headcount is None and "revenue" in one.missing for one in found)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 1e5), min_size=3, max_size=3),
    st.sampled_from([("P-INJ",), ("P-HARN",), ("P-STAMP", "P-PAINT"), ()]),
    st.booleans(),
)
def test_a_level_can_always_be_filled(numbers: list[float], concepts: tuple[str, ...], assumptions: bool) -> None:
    low, point, high = sorted(numbers)
    found = trades_of(jobs(low, high, point), concepts, LEXICON, "", SOON, assumptions=assumptions)
    for level in LEVELS:
        counts = [one.headcount for one in found if one.trade.level == level and one.headcount]
        share = headcount_split()[level].value.low
        assert sum(one.low for one in counts) <= share * low * (1 + 1e-9)
        assert sum(one.high for one in counts) >= share * high * (1 - 1e-9)


@pytest.mark.parametrize(
    ("sop", "lead", "first", "last"),
    [
        ("2027", None, "", "2027-12"),
        ("2027", (6, 12), "2026-01", "2027-06"),
        ("09/2027", (6, 6), "2027-03", "2027-03"),
        ("T3 2027", (1.5, 2.5), "2027-04", "2027-08"),
        ("2027+", (6, 12), "2026-01", ""),
        ("2027+", None, "", ""),
        ("soon", (6, 12), "", ""),
        ("", (6, 12), "", ""),
        ("2027", (6, math.inf), "", "2027-06"),
    ],
)
def test_dates(sop: str, lead: tuple[float, float] | None, first: str, last: str) -> None:
    assert needed_by(sop, months(*lead) if lead else None) == NeededBy(first, last)


def test_the_year_to_plan_for_is_the_earliest() -> None:
    assert SOON.year == "2027"
    assert NeededBy("2026-11", "2027-02").year == "2026"
    assert NeededBy("", "2027-12").year == "2027"


def test_demand_of_a_portfolio() -> None:
    oriental = trades_of(jobs(100, 200, 150), ("P-INJ",), LEXICON, "Oriental", SOON, assumptions=True)
    same = trades_of(jobs(10, 20), ("P-INJ",), LEXICON, "Oriental", SOON, assumptions=True)
    silent = trades_of(unknown("jobs", "jobs", ("capex",)), ("P-INJ",), LEXICON, "Oriental", SOON)
    away = trades_of(jobs(1, 1, 1), ("P-INJ",), LEXICON, "", NeededBy("", ""), assumptions=True)
    table = demand_table({"B": same, "A": oriental, "C": silent, "D": away})
    assert tuple(table.columns) == DEMAND_COLUMNS
    moulders = table[table["isco08"] == "8142"].set_index(["region", "year"])
    here = moulders.loc[("Oriental", "2027")]
    assert (here["needs"], here["unknown"]) == (2, 1)
    assert here["low"] == pytest.approx(110 * 0.83 * 0.5)
    assert here["high"] == pytest.approx(220 * 0.83)
    assert math.isnan(here["point"])
    assert moulders.loc[("", "")]["point"] == pytest.approx(0.83 * 0.8)
    assert table.equals(demand_table({"D": away, "C": silent, "A": oriental, "B": same}))
    assert demand_table({}).empty


def test_shipped_codes() -> None:
    assert {one.family for one in occupations()} - {"all"} <= set(LEXICON.concepts)
    titles: dict[str, str] = {}
    for one in occupations():
        assert titles.setdefault(one.isco08, one.titles["en"]) == one.titles["en"]
        assert one.share.kind == "assumption"
        assert not one.rome
        assert not one.rem


LINES = [dict(row) for row in data.rows("valuation/occupations.csv")]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"level": "boss"}, "line 1 below the header: unknown level 'boss'"),
        ({"isco08": "81"}, "four digits"),
        ({"title_fr": ""}, "title is blank"),
        ({"families": "all;"}, "family is blank"),
        ({"isco_verified": ""}, "neither yes nor no"),
        ({"point": "0.3"}, "sum to 0.9, not 1"),
        ({"isco08": "2141"}, "stands twice"),
    ],
)
def test_a_damaged_table_of_trades_is_refused(change: dict[str, str], says: str) -> None:
    with pytest.raises(data.KnowledgeError, match=says):
        occupations_of([{**LINES[0], **change}, *LINES[1:]])


def test_a_damaged_split_is_refused() -> None:
    split = [dict(row) for row in data.rows("valuation/headcount_split.csv")]
    with pytest.raises(data.KnowledgeError, match="every level needs a line"):
        split_of(split[:2])
    with pytest.raises(
        data.KnowledgeError, match="line 3 below the header: level 'operator' is unknown or stands twice"
    ):
        split_of([*split[:2], split[0]])
