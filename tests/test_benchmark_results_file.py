"""What stands above the table of a results file: what, when, by which command, with what; no name of a machine."""

from __future__ import annotations

import ast
import importlib
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
    path = tmp_path / "new" / "r.csv"
    rows = [{"case": "a", "seconds": "1.0"}, {"case": "b; c", "ratio": "2.0"}]
    results_file.write_results(path, rows, ["Made-up data."], ["scipy"], ["/some/where/benchmarks/x.py", "--seed", "3"])
    about, measured, machine, *table = path.read_text(encoding="utf-8").splitlines()
    assert about == "# Made-up data."
    assert measured == "# Measured 2023-11-14 by `python benchmarks/x.py --seed 3`"
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


def test_every_benchmark_with_results_writes_them_by_it():
    """A second way of writing the heading would drift from the first."""
    for path in sorted(BENCHMARKS.glob("*.py")):
        code = path.read_text(encoding="utf-8")
        if '"--results"' in code and path.stem != "results_file":
            called = {node.func.id for node in ast.walk(ast.parse(code))
                      if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
            assert "write_results" in called, path.name
