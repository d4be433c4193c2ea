"""Rows of stated inputs: what is read, what is set aside; all rows are made up."""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data, tables
from integrator.errors import Problem
from integrator.records import CellRef, Record
from integrator.sources import read_inputs
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.reading.input_names import Input, inputs
from integrator.valuation.reading.stated_amounts import counted_in, example_unit
from integrator.valuation.reading.stated_units import read_unit
from integrator.valuation.reading.stating import read_stated
from integrator.valuation.stated import Stated


def table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


def read(folder: Path, *rows: Mapping[str, str]) -> tuple[Stated, tuple[Problem, ...]]:
    """The rows by way of a file, as they are read in a job."""
    with (folder / "values.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, tables.VALUE_FIELDS, delimiter=";", restval="")
        writer.writeheader()
        writer.writerows({name: text for name, text in row.items() if name in tables.VALUE_FIELDS} for row in rows)
    found = read_inputs(["values.csv"], "value", folder)
    assert [problem for problem in found.problems if problem.severity != "set_aside"] == []
    stated, problems = read_stated(found.records)
    return stated, (*found.problems, *problems)


def facts(stated: Stated) -> dict[tuple[str, str, str], Given]:
    """Everything that is stated, by need, supplier and name."""
    owners = {("", ""): stated.of_job}
    owners |= {(need, ""): of for need, of in stated.of_needs.items()}
    owners |= {("", supplier): of for supplier, of in stated.of_suppliers.items()}
    owners |= stated.of_pairs
    return {(*owner, name): one for owner, of in owners.items() for name, one in of.items()}


UNITS = table("unit_cases.csv")


@pytest.mark.parametrize("case", UNITS, ids=[f"{case['input']} {case['text']}" for case in UNITS])
def test_units(case: dict[str, str]) -> None:
    said = read_unit(case["text"])
    found = counted_in(said, inputs()[case["input"]]) if said else None
    if not case["unit"]:
        assert found is None
    else:
        assert found == (case["unit"], pytest.approx(float(case["factor"])))


CASES = table("stated_cases.csv")


@pytest.mark.parametrize("case", CASES, ids=[f"{case['id']} {case['input']} {case['value']}" for case in CASES])
def test_rows(tmp_path: Path, case: dict[str, str]) -> None:
    stated, problems = read(tmp_path, {**case, "source_title": "offre (démo)", "source_date": "2024-03"})
    if case["code"]:
        assert facts(stated) == {}
        (problem,) = problems
        assert (problem.code, problem.severity, problem.row) == (case["code"], "set_aside", 2)
        assert case["says"] in f"{problem.message} {problem.action}"
        return
    assert problems == ()
    ((owner, one),) = facts(stated).items()
    point = float(case["point"]) if case["point"] else None
    assert owner == (case["need_id"], case["supplier_id"], case["name"])
    assert one.value == Range(float(case["from"]), float(case["to"]), point)
    assert (one.name, one.unit, one.kind) == (case["name"], case["unit_out"], "stated")
    assert (one.source, one.date) == ("offre (démo)", "2024-03")
    column = next(name for name in ("value", "low", "high") if case[name])
    assert one.cell == f"values.csv {'ABCDEFG'[tables.VALUE_FIELDS.index(column)]}2"


def test_e3_a_number_cell_beside_a_percent_unit_may_be_either() -> None:
    ref = CellRef("a.xlsx", "Feuil1", 2)
    values = {"input": "levy_rate", "value": "0.25", "unit": "%"}
    record = Record("value", ref, values, dict.fromkeys(values, ref))
    stated, (problem,) = read_stated([record])
    assert facts(stated) == {}
    assert (problem.code, problem.message) == ("stated_value", "levy_rate may be a share or a percentage")
    told = Record("value", ref, {**values, "value": "0.25 %"}, dict.fromkeys(values, ref))
    assert read_stated([told])[0].of_job["levy_rate"].value == exact(0.0025)


PRICES = [
    {"need_id": "B-1", "input": "cif_price", "value": "4", "unit": "EUR", "source_date": "2023"},
    {"need_id": "B-1", "input": "Prix CAF", "value": "5", "unit": "EUR", "source_date": "mars 2024"},
    {"need_id": "B-1", "input": "cif_price", "value": "6", "unit": "EUR"},
    {"need_id": "B-1", "input": "cif_price", "value": "5,0", "unit": "€/pièce", "source_date": "2022"},
]


@pytest.mark.parametrize("seed", range(5))
def test_e4_of_two_values_the_newest_counts_whatever_the_order(tmp_path: Path, seed: int) -> None:
    rows = list(PRICES)
    random.Random(seed).shuffle(rows)
    stated, problems = read(tmp_path, *rows)
    one = stated.of_needs["B-1"]["cif_price"]
    assert (one.value, one.date) == (exact(5.0), "mars 2024")
    assert sorted(problem.raw for problem in problems) == ["4", "6"]  # the same value of another source is none
    assert {problem.code for problem in problems} == {"stated_twice"}
    assert all(one.cell in problem.message for problem in problems)


def test_of_two_values_of_one_day_the_first_cell_counts(tmp_path: Path) -> None:
    stated, (problem,) = read(
        tmp_path,
        {"input": "exchange_rate", "value": "10,8", "unit": "MAD/EUR", "source_date": "2024"},
        {"input": "exchange_rate", "value": "10,9", "unit": "MAD/EUR", "source_date": "2024-12-31"},
    )
    assert stated.of_job["exchange_rate"].value == exact(10.8)
    assert problem.row == 3


def test_e9_the_same_stated_row_twice_is_set_aside(tmp_path: Path) -> None:
    row = {"need_id": "B-1", "input": "labour", "value": "12 %"}
    stated, (problem,) = read(tmp_path, row, row, {**row, "need_id": "B-2"})
    assert (problem.code, problem.row, problem.message) == ("repeated_row", 3, "repeats values.csv 2")
    assert sorted(stated.of_needs) == ["B-1", "B-2"]


def test_a_need_takes_what_it_states_before_what_the_job_does(tmp_path: Path) -> None:
    stated, _ = read(
        tmp_path,
        {"input": "wacc", "value": "8 %"},
        {"input": "duty_rate", "value": "2,5 %"},
        {"need_id": "B-1", "input": "wacc", "value": "9 %"},
    )
    assert {name: one.value.point for name, one in stated.of_need("B-1").items()} == {"wacc": 0.09, "duty_rate": 0.025}
    assert stated.of_need("B-2")["wacc"].value == exact(0.08)


def test_a_step_has_one_spelling(tmp_path: Path) -> None:
    stated, problems = read(
        tmp_path,
        {"need_id": "B-1", "input": "cycle_seconds[Injection]", "value": "45"},
        {"need_id": "B-1", "input": "operators[injection]", "value": "1"},
        {"need_id": "B-1", "input": "TRS (INJECTION)", "value": "85 %"},
        {"need_id": "B-1", "input": "oee[injection]", "value": "80 %"},
    )
    assert list(stated.of_needs["B-1"]) == ["cycle_seconds[Injection]", "oee[Injection]", "operators[Injection]"]
    assert [problem.code for problem in problems] == ["stated_twice"]


def test_a_blank_source_is_its_file(tmp_path: Path) -> None:
    stated, _ = read(tmp_path, {"input": "wacc", "value": "8 %"}, {"input": "days", "value": "285", "source_url": "x"})
    assert (stated.of_job["wacc"].source, stated.of_job["days"].source) == ("values.csv", "x")


def _unit_of(one: Input) -> str:
    return example_unit(one).partition(" or ")[0]


def _within(one: Input, figure: float) -> float:
    """A figure that the bounds of an input allow."""
    least, most = one.bounds.least, one.bounds.most or 1e6
    value = least + figure * (most - least)
    return float(math.ceil(value)) if one.bounds.is_whole else round(value, 4)


AMOUNTS = [one for one in inputs().values() if not one.is_flag]


@settings(max_examples=300)
@given(
    st.sampled_from(AMOUNTS),
    st.lists(st.floats(0.001, 1), min_size=3, max_size=3),
    st.sampled_from(["en", "fr", "ar", ""]),
)
def test_what_is_written_in_the_units_of_the_list_is_read_back(one: Input, figures: list[float], language: str) -> None:
    low, point, high = sorted(_within(one, figure) for figure in figures)
    if one.bounds.is_whole:
        low = high = point
    called = one.names[language] if language else one.name
    texts = {
        "need_id": "B-1" if one.of & {"need", "pair"} else "",
        "supplier_id": "S-1" if one.of & {"pair", "supplier"} else "",
        "input": f"{called} [étape]" if one.has_step else called,
        "low": repr(low), "value": repr(point), "high": repr(high), "unit": _unit_of(one),
    }  # fmt: skip
    values = {name: text for name, text in texts.items() if text}
    ref = CellRef("v.csv", "", 2)
    decimals = dict.fromkeys(("low", "value", "high"), ".")
    stated, problems = read_stated([Record("value", ref, values, dict.fromkeys(values, ref), {}, {}, decimals)])  # type: ignore[arg-type]
    assert problems == ()
    (found,) = facts(stated).values()
    assert found.value == Range(low, high, point)
    assert found.name == (f"{one.name}[étape]" if one.has_step else one.name)


TEXTS = st.sampled_from(
    [
        "",
        "12",
        "12-15",
        "oui",
        "EUR",
        "x",
        "35 %",
        "-3",
        "1e999",
        "1,234",
        "=1+1",
        "0",
        "MDH",
        "12 EUR/kg",
        "٣٫٥",
        "]",
        "%",
    ]
)
NAMES = st.sampled_from([*inputs(), "cycle_seconds[a]", "oee[]", "temps de cycle (s) (t)", "x", "[", "cif_price (EUR)"])


@settings(max_examples=500)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                **dict.fromkeys(("low", "value", "high", "unit", "source_date"), TEXTS | st.text(max_size=6)),
                "input": NAMES | st.text(min_size=1, max_size=6),
                "need_id": st.sampled_from(["", "B-1"]),
                "supplier_id": st.sampled_from(["", "S-1"]),
            }
        ),
        max_size=4,
    )
)
def test_any_row_is_used_or_set_aside(rows: Sequence[Mapping[str, str]]) -> None:
    records = []
    for number, row in enumerate(rows, start=2):
        values = {name: text for name, text in row.items() if text.strip()}
        ref = CellRef("v.xlsx", "s", number)
        records.append(Record("value", ref, values, dict.fromkeys(values, ref)))
    stated, problems = read_stated(records)
    found = facts(stated)
    assert {problem.severity for problem in problems} <= {"set_aside"}
    assert len({problem.row for problem in problems}) == len(problems)
    used = len(records) - len(problems)
    assert len(found) <= used
    assert bool(found) == bool(used)
    assert all(0 <= one.value.low <= one.value.high < math.inf for one in found.values())
    again, _ = read_stated(records[::-1])
    assert facts(again) == found
