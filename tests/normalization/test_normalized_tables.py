"""The tables made of the shipped data (public facts), and of a few made-up records."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from integrator import normalization, tables
from integrator.records import CellRef, EntityKind, Record
from integrator.sources import read_inputs

ROOT = Path(__file__).parents[2]
AGGREGATES = {"N043", "N045", "N085", "N086", "N087", "N088", "N089"}


@lru_cache(maxsize=2)
def _records(kind: EntityKind) -> tuple[Record, ...]:
    return read_inputs([f"data/{kind}s"], kind, ROOT).records


@lru_cache(maxsize=1)
def _needs() -> pd.DataFrame:
    return normalization.needs_table(_records("need"))


@lru_cache(maxsize=1)
def _suppliers() -> pd.DataFrame:
    return normalization.suppliers_table(_records("supplier"))


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests/facts" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _record(kind: EntityKind, values: Mapping[str, str]) -> Record:
    cells = {name: CellRef("a.xlsx", "S", 2, column) for column, name in enumerate(values, start=1)}
    return Record(kind, CellRef("a.xlsx", "S", 2), values, cells)


def _need(**values: str) -> dict[str, object]:
    record = _record("need", {"need_id": "N1", "component": "vis", **values})
    (row,) = normalization.needs_table([record]).to_dict("records")
    return row


def test_one_row_a_need_and_a_supplier_in_the_order_of_the_contract() -> None:
    for frame, table, rows, key in (
        (_needs(), tables.NEEDS, _rows("needs.csv"), "need_id"),
        (_suppliers(), tables.SUPPLIERS, _rows("suppliers.csv"), "actor_id"),
    ):
        assert list(frame.columns) == table.names
        assert list(frame[table.key[0]]) == sorted(row[key] for row in rows)


def test_no_records_give_an_empty_table_of_the_contract() -> None:
    assert list(normalization.needs_table([]).columns) == tables.NEEDS.names
    assert list(normalization.suppliers_table([]).columns) == tables.SUPPLIERS.names
    facts = normalization.facts_table([], [])
    assert (list(facts.columns), len(facts)) == (tables.FACTS.names, 0)


def test_the_order_of_the_records_does_not_count() -> None:
    pd.testing.assert_frame_equal(normalization.needs_table(_records("need")[::-1]), _needs())
    pd.testing.assert_frame_equal(normalization.suppliers_table(_records("supplier")[::-1]), _suppliers())


def test_aggregates_are_the_statistics_over_many_parts() -> None:
    needs = _needs()
    assert set(needs[needs["aggregate"] == "yes"]["need_id"]) == AGGREGATES
    said = {r["need_id"] for r in _rows("needs.csv") if "agrégat" in r["component"] or "aggregate" in r["component_en"]}
    assert said == AGGREGATES - {"N045"}
    assert set(needs["aggregate"]) == {"yes", "no"}


@pytest.mark.parametrize(
    ("values", "aggregate"),
    [
        ({"component": "pièces (agrégat d'imports)"}, "yes"),
        ({"component": "pièces (AGREGAT)"}, "yes"),
        ({"component_en": "parts (import aggregate)"}, "yes"),
        ({"unit": "sous-ensembles"}, "yes"),
        ({"unit": "références"}, "yes"),
        ({"component": "agrégateur de signaux"}, "no"),
        ({"component": "préagrégat"}, "no"),
        ({"evidence": "agrégat des douanes"}, "no"),
        ({"unit": "unités/an"}, "no"),
    ],
    ids=str,
)
def test_words_that_mark_an_aggregate(values: dict[str, str], aggregate: str) -> None:
    assert _need(**values)["aggregate"] == aggregate


def test_sector_is_no_buyer() -> None:
    named = dict(zip(_needs()["need_id"], _needs()["named_buyer"], strict=True))
    assert named == {row["need_id"]: "no" if row["buyer"] == "sector" else "yes" for row in _rows("needs.csv")}
    assert set(named.values()) == {"yes", "no"}


@pytest.mark.parametrize(
    ("buyer", "named"),
    [
        ("sector", "no"), ("Secteur", "no"), ("FILIÈRE", "no"), ("القطاع", "no"), ("", "no"),
        ("Secteur automobile", "no"), ("Filière automobile marocaine", "no"), ("marché local", "no"),
        ("قطاع السيارات", "no"), ("Automotive market (Morocco)", "no"),
        ("Renault", "yes"), ("Sector 9 SA", "yes"), ("NULL", "yes"), ("Automobile", "yes"), ("Renault Maroc", "yes"),
        ("Auto Industrie SARL", "yes"),
    ],
)  # fmt: skip
def test_named_buyer(buyer: str, named: str) -> None:
    assert _need(**({"buyer": buyer} if buyer else {}))["named_buyer"] == named


def test_words_that_are_no_country_leave_the_country_blank() -> None:
    needs = _needs()
    blank = set(needs[needs["import_country"] == ""]["imported_from"])
    assert blank == {"", "import", "non précisé", "ArcelorMittal", "Europe", "Asie"}


def test_no_demand_in_the_table_is_a_capacity_a_target_or_a_total() -> None:
    needs = _needs()
    demand = needs[needs["volume_basis"] == "demand"]
    assert set(demand["need_id"]) == {"N009", "N019", "N063", "N071", "N078", "N079"}
    assert needs["volume"].notna().sum() == sum(bool(row["annual_volume"]) for row in _rows("needs.csv"))
    assert (needs["volume_low"].dropna() == needs["volume"].dropna()).all()
    assert (needs["volume_high"].dropna() == needs["volume"].dropna()).all()


def test_a_fact_for_every_filled_field_with_its_cell_and_its_source() -> None:
    facts = normalization.facts_table(_records("supplier"), _records("need"))
    assert list(facts.columns) == tables.FACTS.names
    about = {"source_title", "source_url", "source_date", "confidence"}
    expected = {
        (record.kind, record.get(f"{record.kind}_id"), field, text)
        for record in (*_records("supplier"), *_records("need"))
        for field, text in record.values.items()
        if field not in about
    }
    first = facts[facts["part"] == 1]  # a cell with several figures is several facts
    found = list(zip(first["entity"], first["entity_id"], first["field"], first["value"], strict=True))
    assert len(found) == len(set(found)) == len(expected)
    assert (facts[facts["part"] > 1]["low"].notna() | facts[facts["part"] > 1]["high"].notna()).all()
    assert set(found) == expected
    assert (facts["value"] == facts["raw"]).all()
    assert facts["cell"].str.fullmatch(r"[A-Z]{1,2}\d+").all()
    with_source = {row["need_id"] for row in _rows("needs.csv") if row["source_url"]}
    classes = facts[facts["entity"] == "need"].groupby("entity_id")["evidence_class"].agg(set)
    assert {need for need, found in classes.items() if found == {"E4"}} == with_source
    assert Counter(map(tuple, classes)) == {("E4",): len(with_source), ("E3",): 108 - len(with_source)}


@pytest.mark.parametrize(
    ("field", "text", "number"),
    [
        ("headcount", "250", 250.0),
        ("headcount", "1 250", 1250.0),
        ("headcount", "250 (visé)", 250.0),
        ("headcount", "1,250", None),
        ("annual_capacity", "12000 t/an", 12000.0),
        ("name", "12", None),
    ],
    ids=["C1 plain", "C1 group", "B15 remark in a number", "C3 two readings", "C8 unit", "C16 no number field"],
)
def test_a_figure_is_read_in_value_fields_when_it_can_be_read_in_one_way_only(
    field: str, text: str, number: float | None
) -> None:
    record = _record("supplier", {"supplier_id": "S1", "name": "Alpha", field: text})
    facts = normalization.facts_table([record], [])
    (row,) = facts[facts["field"] == field].to_dict("records")
    assert (None if pd.isna(row["low"]) else row["low"]) == number
    assert (None if pd.isna(row["high"]) else row["high"]) == number
    assert row["value"] == text


def test_a_supplier_keeps_what_was_received_beside_what_was_read() -> None:
    values = {
        "supplier_id": "001",
        "name": "NULL",
        "city": "Kénitra",
        "status": "closed 2020 (essai)",
        "hs_codes": "870840",
    }
    (row,) = normalization.suppliers_table([_record("supplier", values)]).to_dict("records")
    assert {name: row[name] for name in ("supplier_id", "name", "city", "status")} == {
        name: values[name] for name in ("supplier_id", "name", "city", "status")
    }
    assert (row["hs_codes"], row["active"], row["activity"], row["status_year"]) == ("8708.40", "no", "closed", 2020)
    assert 34 < row["latitude"] < 34.5
    assert (row["file"], row["sheet"], row["row"]) == ("a.xlsx", "S", 2)


@pytest.mark.parametrize(
    ("city", "region", "expected"),
    [
        ("Kénitra", "", "Rabat-Salé-Kénitra"),
        ("", "Grand Casablanca", "Casablanca-Settat"),
        ("", "جهة الشرق", "Oriental"),
        ("", "Doukkala-Abda", "Doukkala-Abda"),
        ("Safi", "Doukkala-Abda", "Marrakech-Safi"),
        ("Tanger", "Casablanca-Settat", "Casablanca-Settat"),
        ("Tanger", "Nord", "Nord"),
        ("", "", ""),
    ],
)
def test_a_region_has_its_present_name(city: str, region: str, expected: str) -> None:
    record = _record("supplier", {"supplier_id": "1", "name": "A", "city": city, "region": region})
    assert normalization.suppliers_table([record]).at[0, "region"] == expected


@pytest.mark.parametrize(("zone", "verified"), [("", "yes"), ("Midparc", "no")])
def test_a_position_tells_whether_a_source_backs_it(zone: str, verified: str) -> None:
    supplier = _record("supplier", {"supplier_id": "1", "name": "A", "city": "Casablanca", "zone": zone})
    assert normalization.suppliers_table([supplier]).at[0, "place_verified"] == verified
    assert _need(plant=zone or "Casablanca")["place_verified"] == verified
    assert _need(plant="")["place_verified"] == ""


def test_suppliers_that_closed_or_moved_are_the_ones_that_are_not_active() -> None:
    active = dict(zip(_suppliers()["supplier_id"], _suppliers()["active"], strict=True))
    expected = {
        r["actor_id"] for r in _rows("suppliers.csv") if r["activity_status"].startswith(("closed", "relocated"))
    }
    assert {supplier for supplier, flag in active.items() if flag == "no"} == expected
    assert len(expected) == 3
