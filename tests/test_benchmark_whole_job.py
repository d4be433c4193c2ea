"""The benchmarks of the whole job and of cost curves still run, on a few made-up rows. No time is looked at."""

from __future__ import annotations

import csv
import importlib
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from rapidfuzz import fuzz

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the system does not report the use of a process")


def ran(script: str, *options: object) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *map(str, options)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def table(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


@pytest.mark.nightly
def test_every_way_is_measured_and_the_extrapolation_is_said(tmp_path):
    options = ("--size", "40x8", "--sample", "4", "--rounds", "1", "--no-quality", "--results", tmp_path / "r.csv")
    said = ran("whole_job.py", *options)
    rows = {row["what"]: row for row in table(tmp_path / "r.csv")}
    assert rows["ours, 500 sheets"]["cpu_ratio"] == "1.00"
    assert rows["ours, 500 sheets"]["how"] == "whole"
    assert rows["script: extract, WRatio"]["how"] == "extrapolated from 4 needs, reading is not"
    assert float(rows["script: extract, WRatio"]["peak_mb"]) > 0
    assert "the bar is 50" in said


@pytest.mark.nightly
def test_every_stage_of_every_size_has_a_row(tmp_path):
    ran("curves.py", "--sizes", "30", "60", "--needs", "6", "--folder", tmp_path)
    rows = table(tmp_path / "curves.csv")
    stages = ["start", "read", "normalize", "link", "retrieve", "rank", "value", "write", "whole"]
    for size in ("30", "60"):
        assert [row["stage"] for row in rows if (row["suppliers"], row["what"]) == (size, "ours")] == stages
    whole = [row for row in rows if (row["what"], row["stage"]) == ("ours", "whole")]
    for row in whole:
        parts = [one for one in rows if one["what"] == "ours" and one["suppliers"] == row["suppliers"]]
        assert float(row["peak_mb"]) == max(float(one["peak_mb"]) for one in parts)


@pytest.mark.parametrize(
    "way", ["extract", *(pytest.param(way, marks=pytest.mark.nightly) for way in ("apply", "cdist"))]
)
def test_the_script_of_an_analyst_keeps_the_best_in_each_way(tmp_path, monkeypatch, way):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    script, job = importlib.import_module("analyst_script"), importlib.import_module("sized_job")
    job.write_job(tmp_path, 30, 6)
    out = tmp_path / "out.xlsx"
    told = ran("analyst_script.py", tmp_path / "suppliers", tmp_path / "needs", out, "--way", way, "--top", "3")
    assert json.loads(told)["needs"] == 6
    written = pd.read_excel(out, dtype={"need_id": str}, engine="calamine")
    assert list(written.columns) == ["need_id", "component", "buyer", "supplier", "score", "city", "products"]
    suppliers, needs = script.read_folder(tmp_path / "suppliers"), script.read_folder(tmp_path / "needs")
    offered = script.texts(suppliers, ("products", "processes", "materials"))
    for need_id, text in zip(
        needs["need_id"], script.texts(needs, ("component", "processes", "materials")), strict=True
    ):
        slow = sorted((fuzz.WRatio(text, other) for other in offered), reverse=True)[:3]
        assert written[written["need_id"] == need_id]["score"].tolist() == pytest.approx(slow, abs=1e-3)


@pytest.mark.nightly
def test_the_script_that_compares_criteria_says_what_each_gave(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    job = importlib.import_module("sized_job")
    job.write_job(tmp_path, 30, 6)
    out = tmp_path / "out.xlsx"
    ran("analyst_script.py", tmp_path / "suppliers", tmp_path / "needs", out, "--way", "criteria", "--top", "3")
    written = pd.read_excel(out, dtype=str, engine="calamine").fillna("")
    said = [dict(part.rsplit(" ", 1) for part in row.split("; ")) if row else {} for row in written["reasons"]]
    for scores, total in zip(said, written["score"], strict=True):
        given = [float(value) for value in scores.values()]
        assert float(total) == pytest.approx(sum(given) / len(given) if given else 0.0, abs=0.6)  # they are rounded
    assert len(written) == 6 * 3
    assert any("products" not in one and "component" in one for one in said)
