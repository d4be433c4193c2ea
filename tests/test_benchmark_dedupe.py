"""The benchmark of duplicates still runs, without peers, on a few made-up names. No time is looked at."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "dedupe.py"


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not report the use of a process")
def test_every_set_up_of_ours_answers(tmp_path: Path) -> None:
    names = ["Kamora Plast SARL", "KAMORA PLASTICS", "Belino Outillage", "Sté Belino Tooling", "Zofira Métal"]
    frame = pd.DataFrame({"name": names, "city": "Tanger", "sector": "", "ent": [0, 0, 1, 1, 2]})
    frame.to_parquet(tmp_path / "names_5.parquet")
    command = [sys.executable, str(SCRIPT), str(tmp_path), "--sizes", "5", "--rounds", "1"]
    command += ["--results", str(tmp_path / "r.csv")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    lines = [line for line in (tmp_path / "r.csv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    found = {row["engine"]: row for row in csv.DictReader(lines)}
    assert len(found) == 3
    assert (found["ours: name, city, sector"]["best_f1"], found["ours: name, city, sector"]["reached"]) == (
        "1.000",
        "1.000",
    )
