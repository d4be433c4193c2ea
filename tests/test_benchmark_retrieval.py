"""The benchmark of retrieval still runs, without peers, on a few made-up sheets. No time is looked at."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "retrieval.py"
GENERATOR = """
PROC = {"emb": (["emboutissage"], ["stamping"])}
MAT = {"acier": (["acier"], ["steel"])}
HEAD, MOD = [("support", "bracket")], [("moteur", "engine")]
"""


@pytest.mark.nightly
@pytest.mark.skipif(sys.platform == "win32", reason="the system does not report the use of a process")
def test_every_lexicon_answers(tmp_path: Path) -> None:
    sheets = ["Atelier. emboutissage acier : support moteur. ISO 9001", "Plasturgie. injection plastique : boîtiers"]
    pd.DataFrame({"sid": [0, 1], "text": sheets, "lang": [0, 0]}).to_parquet(tmp_path / "S_2x1.parquet")
    pd.DataFrame({"nid": [0], "text": ["stamping of steel"], "lang": [1]}).to_parquet(tmp_path / "N_2x1.parquet")
    pd.DataFrame({"nid": [0], "sid": [0]}).to_parquet(tmp_path / "T_2x1.parquet")
    (tmp_path / "made_up.py").write_text(GENERATOR, encoding="utf-8")
    command = [sys.executable, str(SCRIPT), str(tmp_path), "--size", "2x1", "--rounds", "1"]
    command += ["--generator", str(tmp_path / "made_up.py"), "--results", str(tmp_path / "r.csv")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    lines = [line for line in (tmp_path / "r.csv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    found = {row["engine"]: row["recall_at_50"] for row in csv.DictReader(lines)}
    assert found["ours, no glossary"] == "0.000"
    assert found["ours, shipped lexicon"] == found["ours, shipped, index kept"] == "1.000"
    assert len(found) == 4
