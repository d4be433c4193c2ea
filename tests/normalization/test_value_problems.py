"""What is said of value cells that cannot be used, each with its cell. Made-up rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrator.normalization import facts_table, value_problems
from integrator.sources import read_inputs

ROWS = [
    ("C3 two readings", "Effectif", "1,250", ["unread_value"]),
    ("C3 no figure", "Effectif", "beaucoup", ["unread_value"]),
    ("C4 negative", "Effectif", "-5", ["out_of_range"]),
    ("C22 huge", "Effectif", "1e9", ["out_of_range"]),
    ("C8 press or mass", "Capacité annuelle", "2800 T", ["unclear_tonnes"]),
    ("a mass", "Capacité annuelle", "2800 t/an", []),
    ("C7 factor of ten", "Chiffre d'affaires", "45 MDH (45 M€)", ["exchange_slip"]),
    ("C7 a rate that was", "Chiffre d'affaires", "450 MDH (45 M€)", []),
    ("C7 another sum", "Chiffre d'affaires", "investissement 45 MDH; CA 45 M€", []),
    ("C17 right", "ICE", "001561191000066", []),
    ("C17 wrong check digit", "ICE", "001561191000065", ["wrong_ice"]),
    ("C16 lost zeros", "ICE", "1561191000066", ["wrong_ice"]),
    ("C17 too short", "ICE", "12345", ["wrong_ice"]),
    ("C16 a code that lost its zero", "Code SH", "8544.3", ["doubtful_code"]),
    ("C16 three digits", "Code SH", "8708.30, 870", ["doubtful_code"]),
    ("C16 whole codes", "Code SH", "8544.30, 870840, 8708402099", []),
    ("blank", "Effectif", "n.c.", []),
    ("C6 about so many", "Effectif", "env. 300", []),
]


@pytest.mark.parametrize(("heading", "cell", "codes"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_doubt_is_said_with_its_cell(tmp_path: Path, heading: str, cell: str, codes: list[str]) -> None:
    (tmp_path / "s.csv").write_text(f"Raison sociale;{heading}\nAlpha;{cell}\n", encoding="utf-8")
    records = read_inputs(["s.csv"], "supplier", tmp_path).records
    found = value_problems(records)
    assert [problem.code for problem in found] == codes
    assert all((p.file, p.row, p.column, p.raw, p.severity) == ("s.csv", 2, "B", cell, "warning") for p in found)
    facts = facts_table(records, [])
    if "unread_value" in codes or "out_of_range" in codes:
        assert facts.loc[facts["value"] == cell, ["low", "high"]].isna().all(axis=None)


def test_the_plan_and_the_year_decide_between_several_figures(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(
        "supplier_id,Raison sociale,Effectif\nS1,Alpha,300 (2019; 500 prévus 2022)\nS2,Béta,90 (2015); 120 (2021)\n",
        encoding="utf-8",
    )
    facts = facts_table(read_inputs(["s.csv"], "supplier", tmp_path).records, [])
    said = facts[facts["field"] == "headcount"][["entity_id", "low", "chosen", "choice"]]
    assert said.to_numpy().tolist() == [
        ["S1", 300.0, "yes", "kind"], ["S1", 500.0, "no", "kind"],
        ["S2", 90.0, "no", "year"], ["S2", 120.0, "yes", "year"],
    ]  # fmt: skip
