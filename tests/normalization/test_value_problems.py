"""What is said of value cells that cannot be used, each with its cell. Made-up rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrator.normalization import facts_table, value_problems
from integrator.normalization.values import read_record_field
from integrator.sources import read_inputs
from integrator.sources.mappings import Mappings

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


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Capacité annuelle (kpcs/an)", "9 000 t/an", "names another unit than its column, 'kpcs/an'"),
        ("CA (MMAD)", "1,2 Md", "has a multiplier and its column another one, 'MMAD'"),
        ("Effectif", "3,200", "is 3200 or 3.200: no other figure of the column tells"),
        ("Capacité annuelle", "1.5m", "is millions or metres"),
        ("Capacité annuelle", "2m airbags / 300k covers", "is millions or metres"),
        ("Effectif", "beaucoup", "cannot be read in one way"),
    ],
)
def test_why_a_figure_was_not_read_is_said(tmp_path: Path, heading: str, cell: str, said: str) -> None:
    (tmp_path / "s.csv").write_text(f"Raison sociale;{heading}\nAlpha;{cell}\n", encoding="utf-8")
    (problem,) = value_problems(read_inputs(["s.csv"], "supplier", tmp_path).records)
    assert (problem.code, said in problem.message) == ("unread_value", True)


@pytest.mark.parametrize(("cell", "action"), [("3,200", "write 3200 or 3.2"), ("900.000", "write 900000 or 900")])
def test_both_readings_are_offered(tmp_path: Path, cell: str, action: str) -> None:
    (tmp_path / "s.csv").write_text(f"Raison sociale;Effectif\nAlpha;{cell}\n", encoding="utf-8")
    (problem,) = value_problems(read_inputs(["s.csv"], "supplier", tmp_path).records)
    assert problem.action == action


@pytest.mark.parametrize(
    ("heading", "cell", "low", "unit", "period"),
    [
        ("Turnover €m", "14.5", 14_500_000, "EUR", ""),
        ("Turnover (€m)", "14.5", 14_500_000, "EUR", ""),
        ("Turnover (EUR m)", "6", 6_000_000, "EUR", ""),
        ("Turnover", "14.5 €m", 14_500_000, "EUR", ""),
        ("CA MDH", "40", 40_000_000, "MAD", ""),
        ("CA (2023)", "3 M€", 3_000_000, "EUR", ""),
        ("Max output p.a.", "600k", 600_000, "", "year"),
        ("Max output p.a.", "600k sets", 600_000, "sets", "year"),
        ("Max output per month", "600", 600, "", "month"),
    ],
)
def test_what_a_heading_without_brackets_says(
    tmp_path: Path, heading: str, cell: str, low: float, unit: str, period: str
) -> None:
    (tmp_path / "s.csv").write_text(f"Raison sociale;{heading}\nAlpha;{cell}\n", encoding="utf-8")
    field = "annual_capacity" if "output" in heading else "revenue"
    asked = Mappings({heading: field})
    (record,) = read_inputs(["s.csv"], "supplier", tmp_path, mappings=asked).records
    (value,) = read_record_field(record, field).quantities
    assert (value.low, value.unit, value.period) == (low, unit, period)
