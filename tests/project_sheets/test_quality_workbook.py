"""The quality workbook accounts for every row."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from integrator import tables
from integrator.project_sheets import write_quality
from integrator.records import SheetCount


def made(table, *rows, **row):
    """A table of made-up rows; what they do not say is unknown."""
    return tables.check(table, pd.DataFrame(rows or [row]).reindex(columns=table.names))


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
    terms = made(
        tables.UNKNOWN_TERMS, term_id="T1", term="zamak", field="need.materials", side="need", state="nothing", rows=2,
        needs=2, value=4e6, currency="MAD", proposed="M-ZN", score=0.61, example="demo.xlsx A2",
    )  # fmt: skip
    pairs = tables.check(
        tables.DUPLICATES,
        pd.DataFrame(
            [
                {
                    "supplier_id": "S1", "other_id": "S2", "name": "=Alpha", "other_name": "Alpha SARL", "score": 1.0,
                    "evidence": "same_name", "weights": "name +2.1", "city_agrees": "", "group_agrees": "yes",
                    "trade_agrees": "no", "cell": "d A2", "other_cell": "d A3",
                }
            ]
        ),
    )  # fmt: skip
    counts = [SheetCount("demo.xlsx", "A", "supplier", 1, 8, 7, 1, 7), SheetCount("b.csv", "", "need", 1, 5, 3, 1, 3)]
    of_side = {"side": "supplier", "field": "products"}
    coverage = made(
        tables.COVERAGE,
        {**of_side, "language": "all", "step": "none", "lines": 1, "share": 0.25},
        {**of_side, "language": "all", "step": "exact", "lines": 3, "share": 0.75},
        {**of_side, "language": "all", "step": "no_component", "lines": 2, "share": 0.5},
        {**of_side, "language": "ar", "step": "exact", "lines": 3, "share": 1.0},
        {"side": "need", "field": "all", "language": "all", "step": "typo", "lines": 2, "share": 1.0},
    )
    recall = made(
        tables.RECALL,
        {"language": "fr", "needs": 1, "pairs": 0, "found": 0, "recall": None},
        {"language": "all", "needs": 2, "pairs": 4, "found": 3, "recall": 0.75},
    )
    found = {"problems": tables.check(tables.PROBLEMS, problems), "unknown_terms": terms, "duplicates": pairs}
    write_quality(
        tmp_path / "q.xlsx",
        counts,
        found | {"coverage": coverage, "recall": recall, "matches": tables.empty(tables.MATCHES)},
        "fr",
        "",
    )
    return openpyxl.load_workbook(tmp_path / "q.xlsx")


def lines(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_conflicts_are_listed_only_where_something_was_learned(tmp_path, book):
    assert "Désaccords" not in book.sheetnames
    matches = made(
        tables.MATCHES,
        {"need_id": "X1", "supplier_id": "S1", "rank": 1, "grade": 4, "probability": 0.1, "conflict": "=?"},
        {"need_id": "X1", "supplier_id": "S2", "rank": 2, "grade": 4, "probability": 0.9},
    )
    sides = {
        "needs": made(tables.NEEDS, need_id="X1", component="bride (démo)"),
        "suppliers": made(tables.SUPPLIERS, {"supplier_id": "S1", "name": "Alpha"}, {"supplier_id": "S2"}),
    }
    names = ("problems", "duplicates", "unknown_terms", "coverage", "recall")
    rest = {name: tables.empty(tables.ALL[name]) for name in names}
    write_quality(tmp_path / "c.xlsx", [], rest | sides | {"matches": matches}, "fr", "")
    _, row = lines(openpyxl.load_workbook(tmp_path / "c.xlsx")["Désaccords"])
    assert row == ["X1", "bride (démo)", "S1", "Alpha", 1, 4, 0.1, "=?"]


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
    row = ["zamak", "tout", "need.materials", 2, 2, 4e6, "MAD", "M-ZN", 0.61, "demo.xlsx A2"]
    assert lines(book["Termes inconnus"])[1] == row


def test_coverage_is_one_row_a_side_field_and_language(book):
    head, need, products, arabic = lines(book["Couverture"])
    assert head[:5] == ["Côté", "Champ", "Langue", "Lignes", "Avec concept"]
    assert need == ["besoins", "tous", "toutes", 2, 1, 0, 0, 0, 1, 0, 0, 0, None, None]
    assert products == ["fournisseurs", "products", "toutes", 4, 0.75, 0.75, 0, 0, 0, 0, 0, 0.25, 0.5, 0]
    assert arabic[:5] == ["fournisseurs", "products", "arabe", 3, 1]


def test_recall_says_all_needs_first_and_no_share_of_nothing(book):
    assert lines(book["Rappel"])[1:] == [["toutes", 2, 4, 3, 0.75], ["français", 1, 0, 0, None]]


def test_probable_duplicates_are_listed_with_what_is_unknown(book):
    _, pair = lines(book["Doublons probables"])
    assert pair == [
        "S1",
        "=Alpha",
        "d A2",
        "S2",
        "Alpha SARL",
        "d A3",
        1,
        "same_name",
        "à vérifier",
        "oui",
        "non",
        "name +2.1",
    ]
