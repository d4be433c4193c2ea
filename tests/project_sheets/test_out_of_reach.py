"""A part that costs more to make than to buy, whatever the volume: the sheet says so, in figures and in risks."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from reading_back import texts

import integrator

JOB = Path(__file__).parents[2] / "examples" / "value"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The texts of the sheet of V1, whose local part costs 6.95 EUR beside 4.62 landed. Made-up figures."""
    folder = tmp_path_factory.mktemp("job") / "value"
    shutil.copytree(JOB, folder, ignore=shutil.ignore_patterns("out"))
    stated = (folder / "values.csv").read_text(encoding="utf-8")
    assert "variable_cost;2,95" in stated
    (folder / "values.csv").write_text(stated.replace("variable_cost;2,95", "variable_cost;6,95"), encoding="utf-8")
    path = integrator.run(folder / "job.toml").write(folder / "out") / "project_sheets.xlsx"
    return [text.replace("\u202f", " ").replace("\u00a0", " ") for text in texts(openpyxl.load_workbook(path)["FP-V1"])]


def test_no_volume_is_said_to_pay(sheet: list[str]) -> None:
    assert "hors d'atteinte" in sheet
    assert any("Volume minimal viable : hors d'atteinte" in text for text in sheet)


def test_more_volume_is_not_advised(sheet: list[str]) -> None:
    assert any(text.startswith("Aucun volume ne suffit") for text in sheet)
    assert "Le volume demandé n'atteint pas le volume minimal viable." not in sheet
