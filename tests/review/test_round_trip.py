"""Pairs go out, decisions come back: by id, whatever the reviewer did to the sheet."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from integrator import tables
from integrator.errors import InputRefused
from integrator.review import read_review, write_review
from integrator.review.choosing import pairs_to_judge


def frame(table: tables.Table, rows: list[dict[str, object]]) -> pd.DataFrame:
    return tables.check(table, pd.DataFrame(rows).reindex(columns=table.names))


@pytest.fixture(params=["fr", "en"])
def sent(request, tmp_path: Path) -> Path:
    """A review workbook of made-up pairs: one need, five suppliers."""
    suppliers = [{"supplier_id": f"S{i}", "name": f"Atelier {i} (démo)", "products": "=1+1"} for i in range(1, 6)]
    matches = [
        {"need_id": "X1", "supplier_id": f"S{i}", "rank": i, "score": 60 - i, "grade": 3 - i // 3, "reasons": "procédé"}
        for i in range(1, 6)
    ]
    path = tmp_path / f"review_{request.param}.xlsx"
    write_review(
        path,
        {
            "suppliers": frame(tables.SUPPLIERS, suppliers),
            "needs": frame(tables.NEEDS, [{"need_id": "X1", "component": "support (démo)"}]),
            "matches": frame(tables.MATCHES, matches),
        },
        request.param,
        "2026-01-01",
    )
    return path


KNOWN = {("X1", f"S{i}") for i in range(1, 6)}
DECISION, GRADE, REASON, REVIEWER, DATE = 10, 11, 12, 13, 14


def fill(path: Path, answers: dict[str, tuple[object, object]]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(4, sheet.max_row + 1):
        decision, grade = answers.get(sheet.cell(row, 3).value, (None, None))
        sheet.cell(row, DECISION).value, sheet.cell(row, GRADE).value = decision, grade
        sheet.cell(row, REVIEWER).value = "relecteur démo"
    book.save(path)


def test_what_is_sent(sent):
    sheet = openpyxl.load_workbook(sent).worksheets[0]
    assert [sheet.cell(row, 3).value for row in range(4, sheet.max_row + 1)] == ["S1", "S2", "S3", "S4", "S5"]
    assert sheet.protection.sheet
    assert sheet.cell(4, 3).protection.locked
    assert not sheet.cell(4, DECISION).protection.locked
    assert sheet.cell(4, 5).data_type == "s"
    assert len(sheet.data_validations.dataValidation) == 2


def test_d10_nothing_filled_is_nothing_decided(sent):
    assert read_review(sent, KNOWN) == ((), ())


def test_d10_decisions_come_back_by_id_sorted_cut_and_with_another_column(sent):
    fill(sent, {"S1": ("oui ", 4), "S2": ("NO", 0), "S3": ("incertain", None), "S4": (None, 2)})
    book = openpyxl.load_workbook(sent)
    sheet = book.worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    random.Random(1).shuffle(lines)
    sheet.delete_rows(4, sheet.max_row)
    for line in lines[:-1] if lines[-1][2] == "S5" else lines:
        sheet.append(line)
    sheet.insert_cols(2)
    sheet.cell(3, 2).value = "ma colonne"
    book.save(sent)
    judged, problems = read_review(sent, KNOWN)
    assert {(one.supplier_id, one.grade) for one in judged} == {("S1", 4), ("S2", 0), ("S3", None), ("S4", 2)}
    assert all(one.judged_by == "relecteur démo" for one in judged)
    assert problems == ()


@pytest.mark.parametrize(
    ("answer", "code"),
    [(("OK", 3), "unknown_decision"), (("oui", 7), "wrong_grade"), (("oui", None), "no_grade")],
)
def test_d10_a_bad_row_is_refused_with_its_address(sent, answer, code):
    fill(sent, {"S2": answer, "S3": ("oui", 3)})
    judged, problems = read_review(sent, KNOWN)
    assert [one.supplier_id for one in judged] == ["S3"]
    assert [(problem.code, problem.row) for problem in problems] == [(code, 5)]


def test_d10_an_unknown_pair_is_refused(sent):
    fill(sent, {"S1": ("oui", 3)})
    judged, problems = read_review(sent, KNOWN - {("X1", "S1")})
    assert judged == ()
    assert [problem.code for problem in problems] == ["unknown_pair"]


def test_d10_a_workbook_without_its_title_says_no_batch(sent):
    book = openpyxl.load_workbook(sent)
    book.worksheets[0].delete_rows(1, 2)
    book.save(sent)
    _, (problem,) = read_review(sent, KNOWN, "0123abcd")
    assert problem.code == "stale_review"
    assert "carries no batch" in problem.message


def test_another_file_is_no_review(tmp_path):
    (tmp_path / "other.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    _, problems = read_review(tmp_path / "other.csv", KNOWN)
    assert [problem.severity for problem in problems] == ["refused"]
    (tmp_path / "empty.xlsx").write_bytes(b"")
    with pytest.raises(InputRefused):
        read_review(tmp_path / "empty.xlsx", KNOWN)


def test_the_head_is_always_asked_and_the_border_next():
    rows = [
        {"need_id": "X1", "supplier_id": f"S{i:02}", "rank": i, "score": 90 - i, "grade": 2 if i > 6 else 1}
        for i in range(1, 13)
    ]
    chosen = pairs_to_judge(frame(tables.MATCHES, rows), limit=5)
    assert list(chosen["supplier_id"]) == ["S01", "S02", "S03", "S07", "S08"]
