"""What can be valued, what cannot, and which question that leaves."""

from __future__ import annotations

import pandas as pd
import pytest

from integrator.normalization import needs_table
from integrator.records import CellRef, Record
from integrator.valuation import allocations_table, opportunities_table
from integrator.valuation.completeness import completeness, questions
from integrator.valuation.gross import gross_value


def need(**values: str) -> pd.Series:
    ref = CellRef("needs.csv", "", 2)
    values = {"need_id": "X1", "component": "pièce (démo)", **values}
    return needs_table([Record("need", ref, values, dict.fromkeys(values, ref))]).iloc[0]


@pytest.mark.parametrize(
    ("values", "status", "amount", "missing"),
    [
        ({"annual_volume": "1000", "unit": "pièces/an", "unit_price": "2,50", "currency": "EUR"}, "computed", 2500, ""),
        ({"annual_volume": "1000", "unit": "pièces/an", "unit_price": "2,50"}, "missing", None, "currency"),
        ({"annual_volume": "1000", "unit": "pièces/an (capacité)", "unit_price": "2", "currency": "EUR"},
         "missing", None, "volume"),
        ({"annual_volume": "1000", "unit": "t/an", "unit_price": "2", "currency": "EUR"}, "missing", None, "volume"),
        ({"annual_volume": "3000", "unit": "unités sur 5 ans", "unit_price": "2", "currency": "EUR"},
         "missing", None, "volume"),
        ({"annual_volume": "1000", "unit": "pièces/an"}, "missing", None, "price"),
        ({}, "missing", None, "volume price"),
        ({"annual_value": "3000000", "currency": "MAD"}, "stated", 3_000_000, ""),
        ({"price_or_value": "400 M EUR/an (2014)"}, "stated", 400_000_000, ""),
        ({"price_or_value": "75 M USD (investissement, 2025)"}, "missing", None, "volume price"),
        ({"price_or_value": "13,8 M USD (capital, 2025)"}, "missing", None, "volume price"),
        ({"price_or_value": "+3,9 MMDH d'imports en 2023"}, "missing", None, "volume price"),
        ({"price_or_value": "28 M EUR (2009, total contrat)"}, "missing", None, "volume price"),
    ],
)  # fmt: skip
def test_gross_value(values, status, amount, missing):
    found = gross_value(need(**values))
    assert (found.status, found.value, found.missing) == (status, amount, missing)


def test_a_blank_is_a_question_and_a_known_item_is_none():
    bare, full = need(), need(buyer="Constructeur A", hs_code="870829", imported_from="Espagne")
    assert completeness(bare) == 0.0
    assert completeness(full) == pytest.approx(0.3)
    assert len(questions(bare, "fr")) - len(questions(full, "fr")) == 3
    assert len(questions(bare, "en")) == len(questions(bare, "fr"))
    assert any("volume" in question for question in questions(full, "fr"))


def test_a_buyer_named_sector_is_still_asked_for():
    assert completeness(need(buyer="sector")) == 0.0


def test_opportunities_name_only_actors_of_grade_two_or_more():
    needs = pd.DataFrame([need()])
    matches = pd.DataFrame(
        {
            "need_id": "X1",
            "supplier_id": ["S1", "S2", "S3", "S4", "S5"],
            "rank": [1, 2, 3, 4, 5],
            "grade": [1, 3, 2, 2, 4],
        }
    )
    row = opportunities_table(needs, matches, "fr").iloc[0]
    assert [row[f"actor_{i}"] for i in (1, 2, 3)] == ["S2", "S3", "S4"]
    assert (row["best_grade"], row["outlook"], row["actors_4"], row["actors_2"]) == (4, "actors", 1, 2)
    assert row["next_action"] == "contact_maker"


def test_an_unknown_capacity_is_an_interval():
    needs = pd.DataFrame([need(annual_volume="1000", unit="pièces/an")])
    suppliers = pd.DataFrame({"supplier_id": ["S1", "S2"], "annual_capacity": ["", "600 pièces/an"]})
    matches = pd.DataFrame({"need_id": "X1", "supplier_id": ["S1", "S2"], "rank": [1, 2], "grade": [3, 3]})
    rows = allocations_table(needs, suppliers, opportunities_table(needs, matches, "fr")).set_index("supplier_id")
    assert (rows.at["S1", "covered_low"], rows.at["S1", "covered_high"]) == (0, 1000)
    assert (rows.at["S2", "covered_low"], rows.at["S2", "covered_high"]) == (0, 600)
