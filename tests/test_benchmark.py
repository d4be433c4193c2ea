"""The benchmark of reading still runs: its made-up table is mapped and read whole. No time is looked at."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "reading.py"


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not report the peak of a child")
def test_every_reader_gives_every_row(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), "--rows", "40", "--rounds", "1", "--results", str(tmp_path / "r.csv")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "rows used: 40, set aside: 1 (expected: 1)" in done.stdout
    lines = [line for line in (tmp_path / "r.csv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [row["method"] for row in csv.DictReader(lines)][:2] == ["integrator check", "read_book"]
    assert len(lines) == 6
