"""Bills of materials read from files: vehicles that join, lines that answer needs; every bill is made up."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data, tables
from integrator.errors import Problem
from integrator.records import CellRef, Record
from integrator.sources import read_inputs
from integrator.valuation.bills import Bills
from integrator.valuation.bom import Local
from integrator.valuation.figures import Range, exact
from integrator.valuation.reading.bills import read_bills
from integrator.valuation.reading.bom_table import read_bom_rows
from integrator.valuation.reading.bom_vehicles import vehicles

Row = Mapping[str, str]


def write(path: Path, *rows: Row) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        names = dict.fromkeys(name for row in rows for name in row)
        writer = csv.DictWriter(stream, names, delimiter=";", restval="")
        writer.writeheader()
        writer.writerows(rows)


def read(folder: Path, *files: str) -> tuple[Bills, tuple[Problem, ...]]:
    found = read_inputs(files, "bom", folder)
    bills, problems = read_bills(found.records)
    return bills, (*found.problems, *problems)


def test_sheets_and_files_of_one_vehicle_join(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", {"Véhicule": "Démo", "Composant": "pneu", "Prix": "75", "Qté": "4", "Devise": "EUR"})
    write(tmp_path / "b.csv", {"Vehicle": "DEMO", "Line": "seat", "Price": "640", "Currency": "EUR"})
    bills, problems = read(tmp_path, "a.csv", "b.csv")
    assert problems == ()
    (vehicle,) = bills.vehicles
    assert (vehicle.name, vehicle.currency) == ("DEMO", "EUR")
    assert {line.name: line.price for line in vehicle.lines} == {"pneu": exact(300.0), "seat": exact(640.0)}
    assert bills.cells == {("DEMO", "pneu"): "a.csv 2", ("DEMO", "seat"): "b.csv 2"}


def test_assembly_and_margin_name_the_rows_they_are_made_of(tmp_path: Path) -> None:
    rows = [("seat", "purchase"), ("", "assembly"), ("", "other"), ("", "assembly")]
    cells = [{"Vehicle": "v", "Line": line, "Kind": kind, "Price": "9", "Currency": "EUR"} for line, kind in rows]
    write(tmp_path / "a.csv", *cells)
    bills, problems = read(tmp_path, "a.csv")
    assert problems == ()
    assert bills.added == {("v", "assembly"): "a.csv 3; a.csv 5", ("v", "other"): "a.csv 4"}


def test_a_sheet_without_a_vehicle_is_one_called_as_its_file(tmp_path: Path) -> None:
    row = {"line": "bolt", "price": "1"}
    (tmp_path / "one").mkdir()
    for name in ("bom.csv", "other.csv", "one/bom.csv"):
        write(tmp_path / name, row)
    bills, _ = read(tmp_path, "bom.csv", "other.csv", "one/bom.csv")
    assert [vehicle.name for vehicle in bills.vehicles] == ["bom.csv", "one/bom.csv", "other"]
    book = xlsxwriter.Workbook(str(tmp_path / "cars.xlsx"))
    for sheet in ("A", "B"):
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ["line", "price"])
        page.write_row(1, 0, ["bolt", 1])
    book.close()
    bills, _ = read(tmp_path, "cars.xlsx")
    assert [vehicle.name for vehicle in bills.vehicles] == ["cars [A]", "cars [B]"]


def test_lines_answer_needs_and_say_what_is_to_be_localised(tmp_path: Path) -> None:
    write(
        tmp_path / "a.csv",
        {"vehicle": "v", "line": "tyre", "need_id": "B-1", "price": "75", "local_price": "78", "kind": ""},
        {"vehicle": "v", "line": "wheel", "need_id": "B-1", "price": "9"},
        {"vehicle": "v", "line": "glass", "price": "5"},
        {"vehicle": "v", "kind": "montage", "price": "20", "need_id": "B-2"},
    )
    bills, problems = read(tmp_path, "a.csv")
    assert bills.lines_of == {"B-1": (("v", "tyre"), ("v", "wheel"))}
    assert bills.locals_ == {"v": {"tyre": Local(exact(78.0))}}
    assert [(problem.code, problem.row, problem.column) for problem in problems] == [
        ("bom_contradiction", 5, "need_id")
    ]
    assert bills.vehicle("v").assembly == exact(20.0)
    with pytest.raises(KeyError):
        bills.vehicle("w")


def test_e8_two_equal_lines_are_two_purchases(tmp_path: Path) -> None:
    row = {"vehicle": "v", "line": "bolt", "price": "1"}
    write(tmp_path / "a.csv", row, row)
    bills, problems = read(tmp_path, "a.csv")
    assert problems == ()
    assert [line.name for line in bills.vehicles[0].lines] == ["bolt", "bolt (2)"]
    assert bills.cells == {("v", "bolt"): "a.csv 2", ("v", "bolt (2)"): "a.csv 3"}


def test_what_a_heading_or_column_says_of_its_figures_counts(tmp_path: Path) -> None:
    write(
        tmp_path / "a.csv",
        {"Composant": "vis", "Prix (EUR)": "1,234", "Part locale (%)": "35", "Volume annuel (milliers)": "60"},
        {"Composant": "clip", "Prix (EUR)": "0,5", "Part locale (%)": "12,5", "Volume annuel (milliers)": "60"},
    )
    bills, problems = read(tmp_path, "a.csv")
    assert problems == ()
    (vehicle,) = bills.vehicles
    assert (vehicle.currency, vehicle.volume) == ("EUR", exact(60_000.0))
    assert {line.name: (line.price, line.domestic_share) for line in vehicle.lines} == {
        "vis": (exact(1.234), exact(0.35)),
        "clip": (exact(0.5), exact(0.125)),
    }


def test_e7_what_a_vehicle_says_in_two_ways_is_unknown(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", {"vehicle": "v", "line": "x", "price": "1 EUR", "volume": "100", "year": "2025"})
    write(tmp_path / "b.csv", {"vehicle": "v", "line": "y", "price": "1 MAD", "volume": "200", "year": "2025"})
    bills, problems = read(tmp_path, "a.csv", "b.csv")
    (vehicle,) = bills.vehicles
    assert (vehicle.currency, vehicle.volume, vehicle.year) == ("", None, "2025")
    assert [line.price for line in vehicle.lines] == [None, None]
    assert {(problem.code, problem.file, problem.row) for problem in problems} == {("bom_contradiction", "a.csv", 2)}


def test_the_code_of_a_vehicle_stands_in_its_row_of_assembly(tmp_path: Path) -> None:
    write(
        tmp_path / "a.csv",
        {"vehicle": "v", "line": "tyre", "price": "1", "hs_code": "4011"},
        {"vehicle": "v", "kind": "assembly", "price": "1", "hs_code": "8703.21"},
        {"vehicle": "w", "kind": "assembly", "price": "1", "hs_code": "8703"},
        {"vehicle": "w", "kind": "assembly", "price": "1", "hs_code": "8704"},
    )
    bills, (problem,) = read(tmp_path, "a.csv")
    assert bills.codes == {"v": "870321"}
    assert (problem.code, problem.message, problem.row) == (
        "bom_contradiction", "vehicle 'w' has the codes 8703, 8704", 4,
    )  # fmt: skip


def test_a_cover_sheet_is_no_bill(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "cars.xlsx"))
    cover, page = book.add_worksheet("Couverture"), book.add_worksheet("Nomenclature")
    cover.write_column(0, 0, ["Véhicule", "Démo", "Groupe", "inventé"])
    page.write_row(0, 0, ["Véhicule", "Composant", "Prix"])
    page.write_row(1, 0, ["Démo", "vis", 1])
    book.close()
    bills, (problem,) = read(tmp_path, "cars.xlsx")
    assert [vehicle.name for vehicle in bills.vehicles] == ["Démo"]
    assert (problem.code, problem.sheet, problem.severity) == ("no_table", "Couverture", "note")


with (Path(__file__).parent / "rates_bom.csv").open(encoding="utf-8", newline="") as _stream:
    CAR = list(data.read(_stream, "rates_bom.csv"))
WHOLE = vehicles(read_bom_rows(CAR)[0])


@settings(max_examples=50)
@given(st.permutations(CAR), st.lists(st.integers(0, 3), min_size=len(CAR), max_size=len(CAR)))
def test_a_vehicle_does_not_depend_on_the_order_of_rows_or_files(rows: Sequence[Row], files: Sequence[int]) -> None:
    records = []
    for number, (row, file) in enumerate(zip(rows, files, strict=True), start=2):
        ref = CellRef(f"{file}.csv", "", number)
        values = {name: text for name, text in row.items() if text and name in tables.BOM_FIELDS}
        records.append(Record("bom", ref, values, dict.fromkeys(values, ref)))
    bills, problems = read_bills(records)
    assert problems == ()
    assert (bills.vehicles, bills.locals_) == WHOLE[:2]
    assert isinstance(bills.vehicles[0].assembly, Range)
