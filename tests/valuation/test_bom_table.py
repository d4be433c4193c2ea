"""Rows of a bill of materials: what is read, what is unknown, what is reported; made-up rows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data
from integrator.tables import BOM_FIELDS as FIELDS
from integrator.text.fold import fold
from integrator.valuation.bom import Local, unpriced
from integrator.valuation.figures import Range, exact
from integrator.valuation.origin import origin_under
from integrator.valuation.rates import vehicle_rates
from integrator.valuation.reading.bom_table import read_bom_rows
from integrator.valuation.reading.bom_vehicles import vehicles


def table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


CELLS = table("bom_cell_cases.csv")


@pytest.mark.parametrize("case", CELLS, ids=[f"{case['field']} {case['text']}" for case in CELLS])
def test_cells(case: dict[str, str]) -> None:
    rows, problems = read_bom_rows([{"vehicle": "v", "line": "a", case["field"]: case["text"]}], "bom.csv", "", [7])
    value = getattr(rows[0].line, case["field"])
    if case["low"]:
        assert value is not None
        assert (value.low, value.high) == pytest.approx((float(case["low"]), float(case["high"])))
    else:
        assert value is None
    assert len(problems) == bool(case["fault"])
    for problem in problems:
        assert case["fault"] in problem.message
        assert problem.address == f"bom.csv, row 7, column '{case['field']}'"


def test_a_bare_figure_is_what_its_column_holds() -> None:
    column = [{"line": str(i), "domestic_share": text} for i, text in enumerate(["35", "0", "0.4", "1", "20 %"])]
    rows, problems = read_bom_rows(column)
    assert [row.line.domestic_share for row in rows] == [exact(0.35), exact(0.0), None, None, exact(0.2)]
    assert ["share or a percentage" in problem.message for problem in problems] == [True, True]
    alone = read_bom_rows([{"line": "a", "domestic_share": "1"}])[0][0].line.domestic_share
    told = read_bom_rows([{"line": "a", "domestic_share": "35"}], units={"domestic_share": "%"})[0][0]
    assert (alone, told.line.domestic_share) == (exact(1.0), exact(0.35))


@pytest.mark.parametrize(
    ("local", "origin", "known", "country", "codes"),
    [
        ("", "", None, "", []),
        ("oui", "", True, "MA", []),
        ("لا", "", False, "", []),
        ("", "Maroc", True, "MA", []),
        ("", "Espagne", False, "ES", []),
        ("", "DE", False, "DE", []),
        ("", "Maroc ou Espagne", None, "", []),
        ("oui", "Espagne", None, "ES", ["bom_contradiction"]),
        ("peut-être", "", None, "", ["bom_cell"]),
        ("", "Atlantide", None, "", ["bom_cell"]),
    ],
)
def test_local_flag_and_origin(local: str, origin: str, known: bool | None, country: str, codes: list[str]) -> None:
    rows, problems = read_bom_rows([{"line": "a", "local": local, "origin": origin}])
    assert (rows[0].line.local, rows[0].line.origin) == (known, country)
    assert [problem.code for problem in problems] == codes


def test_quantity_local_supply_and_value_lines() -> None:
    rows, problems = read_bom_rows(
        [
            {"vehicle": "v", "line": "screw", "price": "0,10", "quantity": "50", "currency": "EUR", "volume": "1000"},
            {"vehicle": "v", "line": "tyre", "price": "75", "quantity": "4", "local_price": "78",
             "local_domestic_share": "42 %"},
            {"vehicle": "v", "line": "glass", "price": "9", "localise": "oui", "hs_code": "7007.21", "proof": "non"},
            {"vehicle": "v", "line": "seat", "price": "9", "local_price": "8", "localise": "non"},
            {"vehicle": "v", "kind": "Montage", "price": "20"},
            {"vehicle": "v", "kind": "assembly", "line": "paint shop", "price": "10"},
            {"vehicle": "v", "line": "engine", "price": "100", "group": "GMP", "year": "2025"},
        ]
    )  # fmt: skip
    assert problems == ()
    (vehicle,), locals_, faults = vehicles(rows)
    assert faults == ()
    assert (vehicle.assembly, vehicle.other, vehicle.volume) == (exact(30.0), None, exact(1000.0))
    assert (vehicle.currency, vehicle.year) == ("EUR", "2025")
    lines = {line.name: line for line in vehicle.lines}
    assert lines["screw"].price == exact(5.0)
    assert lines["engine"].group == "powertrain"
    assert (lines["glass"].hs_code, lines["glass"].proof) == ("700721", False)
    assert locals_ == {"v": {"tyre": Local(exact(312.0), exact(0.42)), "glass": Local()}}


def test_two_currencies_leave_no_price() -> None:
    rows, problems = read_bom_rows([{"line": "a", "price": "10 EUR", "currency": "MAD"}])
    assert [problem.code for problem in problems] == ["bom_currency"]
    assert rows[0].line.price is None
    rows, problems = read_bom_rows([{"line": "a", "price": "10 EUR"}, {"line": "b", "price": "10 MAD"}])
    (vehicle,), _, faults = vehicles(rows)
    assert [line.price for line in vehicle.lines] == [None, None]
    assert [problem.code for problem in faults] == ["bom_contradiction"]
    asked = f"one currency of {vehicle.name}"
    assert unpriced(vehicle) == (asked,), "not the prices, which are stated"
    assert {rate.missing for rate in vehicle_rates(vehicle, {})} == {(asked,)}
    assert origin_under("eu_revised", vehicle, "8703").missing[0] == asked


def test_a_contradiction_points_at_the_row_that_stands_alone() -> None:
    rows, _ = read_bom_rows([{"line": "a", "price": f"10 {currency}"} for currency in ("EUR", "USD", "EUR")], "b.csv")
    _, _, (fault,) = vehicles(rows)
    assert fault.row == 3


def test_rows_without_a_name_are_set_aside_and_blank_ones_passed_over() -> None:
    rows, problems = read_bom_rows([{"vehicle": "v", "price": "3"}, {"line": "a"}, {}, {"vehicle": "v", "line": "b"},
                                    {"vehicle": "v", "line": "Total", "kind": "somme"}])  # fmt: skip
    assert [row.line.name for row in rows] == ["b"]
    assert [(problem.row, problem.severity) for problem in problems] == [(at, "set_aside") for at in (2, 3, 6)]


def test_lines_of_one_name_are_kept_apart_whatever_their_order() -> None:
    made = [{"line": "bolt", "price": price} for price in ("2", "1", "3")] + [{"line": "bolt (2)", "price": "9"}]
    for seed in range(5):
        random.Random(seed).shuffle(made)
        (vehicle,), _, _ = vehicles(read_bom_rows(made)[0])
        prices = {line.name: line.price for line in vehicle.lines}
        assert prices == {"bolt": exact(1.0), "bolt (3)": exact(2.0), "bolt (4)": exact(3.0), "bolt (2)": exact(9.0)}


TEXTS = st.sampled_from(["", "12", "12-15", "oui", "MA", "x", "35 %", "-3", "montage", "1e999", "n/a", "=1+1"])


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXTS)), max_size=4))
def test_any_row_is_read_or_reported(rows: list[dict[str, str]]) -> None:
    read, problems = read_bom_rows(rows)
    set_aside = sum(problem.severity == "set_aside" for problem in problems)
    assert len(read) + set_aside == sum(any(text for text in row.values()) for row in rows)
    found, locals_, _ = vehicles(read)
    assert sum(len(vehicle.lines) for vehicle in found) == sum(row.kind == "purchase" for row in read)
    assert set(locals_) <= {vehicle.name for vehicle in found}
    for vehicle in found:
        assert all(line.price is None or isinstance(line.price, Range) for line in vehicle.lines)


def test_headings_name_the_fields_and_each_once() -> None:
    listed = data.rows("headings/boms.csv")
    assert {row["field"] for row in listed} == set(FIELDS)
    assert {row["lang"] for row in listed} == {"fr", "en", "ar"}
    assert {row["strength"] for row in listed} <= {"sure", "weak"}
    folded = [fold(row["heading"]) for row in listed]
    assert len(folded) == len(set(folded))
    assert all(fold(row["heading"]) != fold(other) for row in listed for other in FIELDS if other != row["field"])
    for field in FIELDS:
        assert {row["lang"] for row in listed if row["field"] == field} == {"fr", "en", "ar"}
