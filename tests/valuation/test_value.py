"""What can be valued, what cannot, and which question that leaves; made-up needs."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data, tables
from integrator.normalization import needs_table
from integrator.records import CellRef, Record
from integrator.valuation import opportunities_table
from integrator.valuation.completeness import completeness, questions
from integrator.valuation.gross import gross_value


def table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


VALUES = table("value_cases.csv")
ITEMS = data.rows("valuation/completeness.csv")
TOTAL = sum(float(item["weight"]) for item in ITEMS)


def record(identifier: str, values: dict[str, str]) -> Record:
    ref = CellRef("needs.csv", "", 2)
    values = {"need_id": identifier, "component": "pièce (démo)"} | {
        name: text for name, text in values.items() if text
    }
    return Record("need", ref, values, dict.fromkeys(values, ref))


def need(**values: str) -> pd.Series:
    return needs_table([record("X1", values)]).iloc[0]


def fields(case: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in case.items() if name in tables.NEED_FIELDS}


def matched(*grades: int) -> pd.DataFrame:
    ids = [f"S{i}" for i in range(1, len(grades) + 1)]
    return pd.DataFrame({"need_id": "X1", "supplier_id": ids, "rank": range(1, len(ids) + 1), "grade": list(grades)})


NEEDS = needs_table([record(f"X{i:02}", fields(case)) for i, case in enumerate(VALUES)])


@pytest.fixture(scope="module")
def opportunities() -> pd.DataFrame:
    return opportunities_table(NEEDS, tables.empty(tables.MATCHES), "fr")


@pytest.mark.parametrize("number", range(len(VALUES)), ids=[case["why"] for case in VALUES])
def test_gross_value(opportunities, number):
    case, found, row = VALUES[number], gross_value(NEEDS.iloc[number]), opportunities.iloc[number]
    expected = float(case["value"]) if case["value"] else None
    assert (found.status, found.value, found.missing) == (case["status"], expected, case["missing"])
    assert found.basis == (case["quoted"] if found.status != "computed" else "volume x price")
    assert bool(found.currency) == (found.status != "missing")
    assert row["value_status"] == found.status
    assert (row["currency"], row["value_basis"], row["value_missing"]) == (found.currency, found.basis, found.missing)
    assert math.isnan(row["gross_value"]) if expected is None else row["gross_value"] == expected


CELLS = st.sampled_from(
    ["", "1000", "-5", "pièces/an", "2,5", "EUR", "sector", "Espagne", "8708.29", "x", "2 M EUR/an"]
)
ANY = st.fixed_dictionaries({}, optional={name: CELLS for name in tables.NEED_FIELDS if name != "need_id"})


@settings(max_examples=20, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=10))
def test_any_need_has_a_completeness_a_value_or_none_and_a_question_for_each_gap(several):
    for _, one in needs_table([record(f"X{i}", values) for i, values in enumerate(several)]).iterrows():
        gaps = questions(one, "fr")
        known = sum(float(item["weight"]) for item in ITEMS if item["question_fr"] not in gaps)
        assert 0 <= completeness(one) <= 1
        assert completeness(one) == pytest.approx(known / TOTAL, abs=1e-4)
        assert len(questions(one, "en")) == len(gaps) == len(set(gaps))
        found = gross_value(one)
        assert (found.value is None) == (found.status == "missing")
        if found.value is not None:
            assert found.value >= 0
            assert found.currency
            assert found.missing == ""


FULL = {
    "buyer": "Constructeur A", "plant": "Usine A", "hs_code": "8708.29", "processes": "emboutissage",
    "materials": "acier", "annual_volume": "1000", "unit": "pièces/an", "unit_price": "2", "imported_from": "Espagne",
    "certifications": "IATF 16949", "sop": "2027",
}  # fmt: skip


def test_everything_told_leaves_no_question():
    assert completeness(need(**FULL)) == 1.0
    assert questions(need(**FULL), "fr") == []


@pytest.mark.parametrize("item", ITEMS, ids=[item["item"] for item in ITEMS])
def test_each_blank_is_its_own_question(item):
    one = need(**(FULL | {item["field"]: ""}))
    assert questions(one, "fr") == [item["question_fr"]]
    assert questions(one, "en") == [item["question_en"]]
    assert completeness(one) == pytest.approx(1 - float(item["weight"]) / TOTAL, abs=1e-4)


@pytest.mark.parametrize(
    ("field", "text"),
    [("buyer", "sector"), ("imported_from", "ailleurs"), ("unit", "pièces/an (capacité)"), ("unit", "pièces/jour")],
)
def test_what_is_filled_but_tells_nothing_is_still_asked_for(field, text):
    assert len(questions(need(**(FULL | {field: text})), "fr")) == 1


def test_opportunities_name_only_actors_of_grade_two_or_more():
    row = opportunities_table(pd.DataFrame([need()]), matched(1, 3, 2, 2, 4), "fr").iloc[0]
    assert [row[f"actor_{i}"] for i in (1, 2, 3)] == ["S2", "S3", "S4"]
    assert [row[f"actors_{grade}"] for grade in (4, 3, 2, 1)] == [1, 1, 2, 1]
    assert row["sheet_id"] == "FP-X1"


@pytest.mark.parametrize(
    ("grades", "best", "outlook", "action"),
    [
        ((), None, "none", "seek_investor"),
        ((0, 1), 1, "none", "seek_investor"),
        ((1, 2), 2, "convertible", "study_conversion"),
        ((2, 3), 3, "actors", "qualify_sibling"),
        ((1, 3, 4), 4, "actors", "contact_maker"),
    ],
)
def test_the_best_grade_decides_the_outlook_and_what_to_do(grades, best, outlook, action):
    row = opportunities_table(pd.DataFrame([need()]), matched(*grades), "fr").iloc[0]
    assert (row["outlook"], row["next_action"]) == (outlook, action)
    assert pd.isna(row["best_grade"]) if best is None else row["best_grade"] == best


def test_no_needs_no_opportunities():
    needs = tables.empty(tables.NEEDS)
    found = opportunities_table(needs, tables.empty(tables.MATCHES), "fr")
    assert list(found.columns) == tables.OPPORTUNITIES.names
    assert len(found) == 0
