"""The quality workbook accounts for every row."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from integrator import tables
from integrator.project_sheets import write_quality
from integrator.records import SheetCount


@pytest.fixture
def book(tmp_path):
    """A made-up run: one file, one line set aside, one warning, one unknown term."""
    problems = pd.DataFrame(
        [
            {"severity": "set_aside", "code": "total_line", "file": "demo.xlsx", "sheet": "A", "row": 9, "message": "m",
             "raw": "=TOTAL()"},
            {"severity": "warning", "code": "odd_unit", "file": "demo.xlsx", "row": None, "message": "w"},
        ]
    ).reindex(columns=tables.PROBLEMS.names)  # fmt: skip
    terms = pd.DataFrame(
        [
            {
                "term": "zamak",
                "field": "materials",
                "rows": 2,
                "proposed": "M-ZN",
                "score": 0.61,
                "step": "similar",
                "example": "demo.xlsx A2",
            }
        ]
    )
    pairs = tables.check(
        tables.DUPLICATES,
        pd.DataFrame(
            [
                {
                    "supplier_id": "S1", "other_id": "S2", "name": "=Alpha", "other_name": "Alpha SARL", "score": 1.0,
                    "evidence": "same_name", "city_agrees": "", "group_agrees": "yes", "cell": "d A2",
                    "other_cell": "d A3",
                }
            ]
        ),
    )  # fmt: skip
    counts = [SheetCount("demo.xlsx", "A", "supplier", 1, 8, 7, 1, 7), SheetCount("b.csv", "", "need", 1, 5, 3, 1, 3)]
    write_quality(tmp_path / "q.xlsx", tables.check(tables.PROBLEMS, problems), counts, terms, pairs, "fr", "")
    return openpyxl.load_workbook(tmp_path / "q.xlsx")


def lines(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_accounting_is_checked_and_summed(book):
    _, good, bad, total = lines(book["Décompte"])
    assert good == ["demo.xlsx", "A", "fournisseurs", 1, 8, 7, 1, 7, "exact"]
    assert bad[-1] == "ÉCART", "5 rows are not 3 used and 1 set aside"
    assert total[4:8] == [13, 10, 2, 10]


def test_rows_set_aside_stand_apart_from_problems(book):
    _, aside = lines(book["Lignes écartées"])
    assert aside[:5] == ["écarté", "total_line", "demo.xlsx", "A", 9]
    _, warning = lines(book["Problèmes"])
    assert warning[0] == "avertissement"
    assert warning[4] is None, "an unknown row is blank"
    cell = book["Lignes écartées"]["I2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=TOTAL()", "s", True)


def test_unknown_terms(book):
    assert lines(book["Termes inconnus"])[1] == ["zamak", "materials", 2, "M-ZN", 0.61, "similar", "demo.xlsx A2"]


def test_probable_duplicates_are_listed_with_what_is_unknown(book):
    _, pair = lines(book["Doublons probables"])
    assert pair == ["S1", "=Alpha", "d A2", "S2", "Alpha SARL", "d A3", 1, "same_name", "à vérifier", "oui"]
