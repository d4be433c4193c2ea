"""The year of a heading is that of its figures (`heading_year_cases.csv`); of columns by the year a row has one."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import integrator
from integrator.sources import read_inputs

CASES = Path(__file__).parent / "heading_year_cases.csv"
with CASES.open(encoding="utf-8") as stream:
    ROWS = list(csv.DictReader(line for line in stream if not line.startswith("#")))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("s.csv").write_text("Nom;Produits\nForge (démo);brides\n", encoding="utf-8")
    return tmp_path


def needs(file: str) -> list[Mapping[str, Any]]:
    return integrator.run(suppliers="s.csv", needs=file, judgements=[]).needs.to_dict("records")


@pytest.mark.parametrize("case", ROWS, ids=lambda case: f"{case['heading']} {case['cell']} {case['unit_cell']}")
def test_the_year_of_a_heading(case: dict[str, str], folder: Path) -> None:
    lines = f"Composant;{case['heading']};Unité\nbride;{case['cell']};{case['unit_cell']}\n"
    Path("n.csv").write_text(lines, encoding="utf-8")
    (need,) = needs("n.csv")
    said = [str(need[name]) for name in ("volume_unit", "volume_period", "volume_year")]
    assert float(need["volume"]) == float(case["number"])
    assert said == [case["unit"], case["period"], case["year"]]


BY_YEAR = """Composant;Volume 2026;Volume 2028;Volume 2027
bride;100;;300 pièces
écrou;100;200;300
vis;;;
joint;n.c.;-;1,5
"""


def test_a_row_has_the_latest_year_that_it_fills(folder: Path) -> None:
    Path("n.csv").write_text(BY_YEAR, encoding="utf-8")
    found = {need["component"]: (need["annual_volume"], str(need["volume_year"])) for need in needs("n.csv")}
    assert found == {
        "bride": ("300 pièces", "2027"), "écrou": ("200", "2028"), "vis": ("", "None"), "joint": ("1,5", "2027")
    }  # fmt: skip


def test_each_figure_keeps_the_cell_it_came_from(folder: Path) -> None:
    Path("n.csv").write_text(BY_YEAR, encoding="utf-8")
    records = read_inputs(["n.csv"], "need", folder).records
    assert sorted(record.cells["annual_volume"].cell for record in records if record.get("annual_volume")) == [
        "C3", "D2", "D5",
    ]  # fmt: skip


def test_the_columns_are_told_once(folder: Path) -> None:
    Path("n.csv").write_text(BY_YEAR, encoding="utf-8")
    problems = read_inputs(["n.csv"], "need", folder).problems
    (told,) = (one for one in problems if one.code == "columns_by_year")
    assert "'Volume 2028', 'Volume 2027', 'Volume 2026' hold annual_volume" in told.message
    assert not [one for one in problems if one.code == "unmapped_column"]


def test_years_below_a_merged_heading(folder: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Composant", "Volume annuel (pcs)", None],
        [None, 2026, 2027],
        ["bride", 100, 300],
        ["écrou", 150, None],
    ):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A2")
    book.save("n.xlsx")
    found = {need["component"]: (float(need["volume"]), str(need["volume_year"])) for need in needs("n.xlsx")}
    assert found == {"bride": (300.0, "2027"), "écrou": (150.0, "2026")}


def test_a_column_without_a_year_goes_before_those_with_one(folder: Path) -> None:
    Path("n.csv").write_text("Composant;Volumes 2026;Volume annuel\nbride;100;300\nécrou;100;\n", encoding="utf-8")
    assert {need["component"]: need["annual_volume"] for need in needs("n.csv")} == {"bride": "300", "écrou": "100"}


def test_two_columns_of_one_year_are_refused(folder: Path) -> None:
    Path("n.csv").write_text("Composant;Volume annuel 2026;Annual volume (2026)\nbride;100;300\n", encoding="utf-8")
    with pytest.raises(integrator.InputRefused, match="both mean annual_volume"):
        needs("n.csv")


def test_a_year_does_not_make_a_field_of_text(folder: Path) -> None:
    Path("n.csv").write_text("Composant;Procédés 2026\nbride;forge\n", encoding="utf-8")
    (need,) = needs("n.csv")
    assert need["processes"] == ""


def test_a_kept_file_is_the_file_read_again(folder: Path) -> None:
    Path("n.csv").write_text(BY_YEAR, encoding="utf-8")
    Path("job.toml").write_text('[inputs]\nsuppliers = ["s.csv"]\nneeds = ["n.csv"]\n', encoding="utf-8")
    first, second = (integrator.run("job.toml").tables["facts"] for _ in "12")
    assert first.equals(second)
