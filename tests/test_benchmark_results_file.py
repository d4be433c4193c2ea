"""What stands above the table of a results file: what, when, by which command, with what; no name of a machine."""

from __future__ import annotations

import ast
import importlib
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def results_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("results_file")


def test_the_file_says_what_made_it_and_comes_back(results_file, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(results_file, "commit", lambda: "0123abc")
    path = tmp_path / "new" / "r.csv"
    rows = [{"case": "a", "seconds": "1.0"}, {"case": "b; c", "ratio": "2.0"}]
    results_file.write_results(path, rows, ["Made-up data."], ["scipy"], ["/some/where/benchmarks/x.py", "--seed", "3"])
    about, measured, machine, *table = path.read_text(encoding="utf-8").splitlines()
    assert about == "# Made-up data."
    assert measured == "# Measured 2023-11-14 by `python benchmarks/x.py --seed 3` at 0123abc"
    assert "processors" in machine
    assert f"Python {sys.version.split()[0]}" in machine
    assert "scipy" in machine
    assert table == ["case,seconds,ratio", "a,1.0,", "b; c,,2.0"]
    assert results_file.read_results(path)[1] == {"case": "b; c", "seconds": "", "ratio": "2.0"}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["/home/me/data/abt", "--rounds", "3"], "abt --rounds 3"),
        (["--results", "/tmp/r.csv", "--needs", "5"], "--needs 5"),
        (["--results=/tmp/r.csv"], ""),
        (["--case", "two words"], "--case 'two words'"),
        ([], ""),
    ],
)
def test_a_command_shows_no_folder_of_the_machine(results_file, given, shown):
    (first, _) = results_file.measured_by(command=["benchmarks/x.py", *given])
    assert first.split("`")[1] == f"python benchmarks/x.py {shown}".strip()


def test_a_commit_is_marked_when_what_is_measured_was_changed(results_file, tmp_path, monkeypatch):
    top = tmp_path / "copy"
    results = top / "benchmarks" / "results"
    results.mkdir(parents=True)
    monkeypatch.setattr(results_file, "RESULTS", results)
    assert results_file.commit() == "", "no checkout"
    code = top / "code.py"
    code.write_text("1\n", encoding="utf-8")
    said = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    for words in (["init", "--quiet"], ["add", "."], [*said, "commit", "--quiet", "--message", "One"]):
        subprocess.run(["git", *words], cwd=top, check=True)
    clean = results_file.commit()
    assert re.fullmatch("[0-9a-f]{7}", clean)
    (results / "r.csv").write_text("a\n", encoding="utf-8")
    assert results_file.commit() == clean, "a new result is no change of what is measured"
    code.write_text("2\n", encoding="utf-8")
    assert results_file.commit() == f"{clean}+"


def test_the_machine_has_no_name(results_file):
    machine = results_file.machine()
    assert f"{os.cpu_count()} processors" in machine
    assert not platform.node() or platform.node() not in machine


def test_every_benchmark_with_results_writes_them_by_it():
    """A second way of writing the heading would drift from the first."""
    for path in sorted(BENCHMARKS.glob("*.py")):
        code = path.read_text(encoding="utf-8")
        if re.search(r'add_argument\(\s*"--results"', code):
            called = {node.func.id for node in ast.walk(ast.parse(code))
                      if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
            assert "write_results" in called, path.name
