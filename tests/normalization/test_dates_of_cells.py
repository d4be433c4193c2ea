"""Date cells of a file as facts: the period that is said, never the day of today (C10 to C15). Made-up files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from integrator.normalization import facts_table, value_problems
from integrator.sources import read_inputs

CASES = [
    ("C10 ISO as text", "2024-03-12", "2024-03-12", "2024-03-12", "day"),
    ("C11 a quarter", "T3 2024", "2024-07-01", "2024-09-30", "quarter"),
    ("C11 a half year", "S2 2024", "2024-07-01", "2024-12-31", "half_year"),
    ("C11 a quarter in words", "3e trimestre 2024", "2024-07-01", "2024-09-30", "quarter"),
    ("C12 a year as text", "2024", "2024-01-01", "2024-12-31", "year"),
    ("C12 a year as number", 2024.0, "2024-01-01", "2024-12-31", "year"),
    ("C13 a French month", "12 mars 2024", "2024-03-12", "2024-03-12", "day"),
    ("C13 the first", "1er janvier 2025", "2025-01-01", "2025-01-01", "day"),
    ("C13 a short month", "Lundi 3 févr. 2025", "2025-02-03", "2025-02-03", "day"),
    ("C13 Arabic digits", "١٥/٠١/٢٠٢٤", "2024-01-15", "2024-01-15", "day"),
    ("C13 an Arabic month", "15 يناير 2024", "2024-01-15", "2024-01-15", "day"),
    ("C14 a Moroccan August", "12 غشت 2024", "2024-08-12", "2024-08-12", "day"),
    ("C14 a Moroccan September", "12 شتنبر 2024", "2024-09-12", "2024-09-12", "day"),
    ("C15 a serial as text", "45363", "2024-03-12", "2024-03-12", "day"),
    ("C15 a serial as number", 45363.0, "2024-03-12", "2024-03-12", "day"),
    ("C15 an impossible day", "31/02/2024", "", "", ""),
]


@pytest.mark.parametrize(("cell", "start", "end", "precision"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_date_cell(tmp_path: Path, cell: str | float, start: str, end: str, precision: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Composant", "SOP"])
    book.active.append(["vis (démo)", cell])
    book.save(tmp_path / "needs.xlsx")
    records = read_inputs(["needs.xlsx"], "need", tmp_path).records
    facts = facts_table((), records)
    (found,) = facts[facts["field"] == "sop"][["start", "end", "period", "cell"]].to_numpy().tolist()
    assert found == [start, end, precision, "B2"]
    doubts = [(problem.code, problem.row, problem.column) for problem in value_problems(records)]
    assert doubts == ([] if start else [("unread_value", 2, "B")])
