"""The benchmark of the choices of pairs still runs and counts what it says; small made-up data."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "choosing.py"
PARTS = ("disque de frein", "support embouti", "pneumatique", "faisceau électrique", "vitrage", "jante", "ressort")
JOB = '[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\njudgements = ["judgements.csv"]\n'


@pytest.mark.nightly
def test_every_choice_is_measured(tmp_path):
    suppliers = [f"S{i};Atelier {i} (made-up);{part}" for i, part in enumerate(PARTS)]
    needs = [f"X{i};{part}" for i, part in enumerate(PARTS)]
    judged = [f"X{i};S{j};{4 if i == j else 0}" for i in range(len(PARTS)) for j in range(len(PARTS))]
    for name, head, lines in (
        ("suppliers", "supplier_id;name;products", suppliers),
        ("needs", "need_id;component", needs),
        ("judgements", "need_id;supplier_id;grade", judged),
    ):
        (tmp_path / f"{name}.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    (tmp_path / "job.toml").write_text(JOB, encoding="utf-8")
    results = tmp_path / "results.csv"
    command = [sys.executable, str(BENCHMARK), str(tmp_path / "job.toml"), "--results", str(results)]
    command += ["--seeds", "2", "--sizes", "20"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    lines = [line for line in results.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = {(row["by"], row["pairs"]): row for row in csv.DictReader(lines)}
    assert {by for by, _ in rows} == {"none", "random", "head", "uncertainty", "value", "mixed", "all"}
    assert rows["none", "0"]["kept"] == "0.00"
    assert rows["none", "0"]["spread"] == "0.0000", "without judgements every seed gives the same"
