"""A unit or a year in the brackets of a heading belongs to its figures (B5). Made-up files."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrator.normalization.values import FieldReading, read_record_field, value_fields
from integrator.records import Record
from integrator.sources import read_inputs


@pytest.mark.parametrize(
    ("heading", "cell", "low", "unit", "period", "year"),
    [
        ("Chiffre d'affaires (MMAD)", "3,5", 3_500_000, "MAD", "", None),
        ("Chiffre d'affaires (k€)", "650", 650_000, "EUR", "", None),
        ("CA [MDH]", "40", 40_000_000, "MAD", "", None),
        ("Capacité annuelle (t/an)", "12 000", 12_000, "t", "year", None),
        ("Effectif (2023)", "250", 250, "person", "", 2023),
        ("Effectif (personnes)", "250", 250, "person", "", None),
        ("Effectif", "250", 250, "person", "", None),
    ],
)
def test_b05_the_unit_of_a_heading(
    tmp_path: Path, heading: str, cell: str, low: float, unit: str, period: str, year: int | None
) -> None:
    path = tmp_path / "s.csv"
    path.write_text(f"Raison sociale;{heading}\nAlpha;{cell}\n", encoding="utf-8")
    (record,) = read_inputs(["s.csv"], "supplier", tmp_path).records
    reading = _reading(record)
    (value,) = reading.quantities
    assert (value.low, value.unit, value.period, value.year) == (low, unit, period, year)


def test_b05_a_cell_that_names_another_unit_than_its_heading_is_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("Raison sociale;Chiffre d'affaires (MMAD)\nAlpha;3 M€\n", encoding="utf-8")
    (record,) = read_inputs(["s.csv"], "supplier", tmp_path).records
    reading = _reading(record)
    assert (reading.quantities, reading.unread) == ((), ("3 M€",))


def _reading(record: Record) -> FieldReading:
    (name,) = (name for name in value_fields("supplier") if record.get(name))
    return read_record_field(record, name)


@pytest.mark.parametrize(
    ("heading", "warned"),
    [
        ("CA (MMAD)", False), ("CA (2023)", False), ("Capacité annuelle [t]", False), ("CA (talents)", True),
        ("Capacité annuelle (qx)", True), ("Effectif (total)", False), ("Part importée (%)", False),
    ],
)  # fmt: skip
def test_b05_an_unknown_unit_in_a_heading_is_a_warning(tmp_path: Path, heading: str, warned: bool) -> None:
    (tmp_path / "s.csv").write_text(f"Raison sociale;{heading}\nAlpha;35\n", encoding="utf-8")
    problems = read_inputs(["s.csv"], "supplier", tmp_path).problems
    found = [(p.code, p.severity, p.row, p.column) for p in problems if p.code == "unknown_unit"]
    assert found == ([("unknown_unit", "warning", 1, heading)] if warned else [])
