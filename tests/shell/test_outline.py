"""The outline of the map as the job gives it: read like any input, refused with its cell. Every outline is made up."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import openpyxl
import pytest
from tests.shell.conftest import Cli

from integrator import config
from integrator.data import read
from integrator.errors import InputRefused
from integrator.intake import outlines
from integrator.intake.whole_tables import read_whole_tables

CASES = Path(__file__).with_name("outline_cases.csv")
MADE_UP = "ring,longitude,latitude\nmade up,-9,30\nmade up,-3,30\nmade up,-3,35\n"


def cases():
    with CASES.open(encoding="utf-8") as stream:
        return [pytest.param(row, id=row["case"]) for row in read(stream, CASES.name)]


def outline_of(folder: Path, limits: str = ""):
    (folder / "job.toml").write_text(f'[output]\noutline = "outline.csv"\n{limits}', encoding="utf-8")
    return read_whole_tables(config.load(folder / "job.toml")).outline


@pytest.mark.parametrize("case", cases())
def test_an_outline(tmp_path, case):
    (tmp_path / "outline.csv").write_text(case["lines"].replace("|", "\n") + "\n", encoding="utf-8")
    if case["is_refused"] == "yes":
        with pytest.raises(InputRefused) as caught:
            outline_of(tmp_path)
        assert str(caught.value).startswith(f"outline.csv{case['expected']}")
        assert {one.code for one in caught.value.problems} == {"outline_file"}
    else:
        found = (" ".join(f"{x:g},{y:g}" for x, y in ring) for ring in outline_of(tmp_path))
        assert " / ".join(found) == case["expected"]


def test_every_row_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "outline.csv").write_text("ring,longitude,latitude\na,x,0\na,0,y\n,0,0\n", encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        outline_of(tmp_path)
    assert [one.row for one in caught.value.problems] == [2, 3, 4]


def test_an_outline_that_no_chart_takes_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(outlines, "MOST_POINTS", 2)
    (tmp_path / "outline.csv").write_text(MADE_UP, encoding="utf-8")
    with pytest.raises(InputRefused, match="has 3 points, and a chart takes 2: simplify it"):
        outline_of(tmp_path)


def test_limits_of_the_job_hold_for_an_outline(tmp_path):
    (tmp_path / "outline.csv").write_text(MADE_UP, encoding="utf-8")
    with pytest.raises(InputRefused, match=r"outline\.csv.*limit"):
        outline_of(tmp_path, "[limits]\nrows = 2\n")


def test_an_outline_may_be_a_workbook_and_is_told_by_its_sheet(tmp_path):
    book = openpyxl.Workbook()
    for row in (("ring", "longitude", "latitude"), ("a", 0, 0), ("a", 1, 0), ("a", 1, "?")):
        book.active.append(row)
    book.save(tmp_path / "outline.csv")
    with pytest.raises(InputRefused, match=r"sheet 'Sheet', row 4, column 'latitude'"):
        outline_of(tmp_path)


def test_a_run_draws_it_and_the_manifest_has_its_digest(job: Path, cli: Cli) -> None:
    (job / "outline.csv").write_text(MADE_UP, encoding="utf-8")
    (job / "job.toml").write_text(
        '[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\n[output]\noutline = "outline.csv"\n',
        encoding="utf-8",
    )
    done = cli("run", "job.toml")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((job / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"]["outline.csv"] == hashlib.sha256(MADE_UP.encode()).hexdigest()
    sheet = openpyxl.load_workbook(job / "out" / "project_sheets.xlsx")["Carte"]
    values = [cell.value for row in sheet.iter_rows(min_col=13) for cell in row]
    assert "Contour" in values
    (job / "outline.csv").write_text(MADE_UP + "made up,4;5,1\n", encoding="utf-8")
    refused = cli("run", "job.toml", "--force")
    assert refused.returncode == 3
    assert "outline.csv, row 5, column 'longitude'" in refused.stderr
    assert "Traceback" not in refused.stderr
    (job / "outline.csv").unlink()
    assert cli("check", "job.toml").returncode == 3
