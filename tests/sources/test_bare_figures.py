"""A heading that says a unit or a year says it of bare figures alone (`heading_unit_cases.csv`)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import integrator

CASES = Path(__file__).parent / "heading_unit_cases.csv"
with CASES.open(encoding="utf-8") as stream:
    ROWS = list(csv.DictReader(line for line in stream if not line.startswith("#")))


@pytest.mark.parametrize("case", ROWS, ids=lambda case: f"{case['heading']} {case['cell']} {case['unit_cell']}")
def test_what_a_heading_says_of_a_figure(case: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.csv").write_text("Nom;Produits\nForge (démo);brides\n", encoding="utf-8")
    lines = f"Composant;{case['heading']};Unité\nbride;{case['cell']};{case['unit_cell']}\n"
    Path("n.csv").write_text(lines, encoding="utf-8")
    (need,) = integrator.run(suppliers="s.csv", needs="n.csv", judgements=[]).needs.to_dict("records")
    said = [str(need[name]) for name in ("volume_unit", "volume_period", "volume_basis")]
    assert float(need["volume"]) == float(case["number"])
    assert said == [case["unit"], case["period"], case["basis"]]


def test_a_figure_with_a_noun_is_read_by_the_sign_of_its_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.csv").write_text("Nom;Produits\nForge (démo);brides\n", encoding="utf-8")
    Path("n.csv").write_text("Composant;Qté/an\nbride;600,000 sets\nmoyeu;1,200,000\n", encoding="utf-8")
    needs = integrator.run(suppliers="s.csv", needs="n.csv", judgements=[]).needs
    assert sorted(zip(needs["volume"], needs["volume_period"], strict=True)) == [(600000, "year"), (1200000, "year")]
