"""docs/figures.md says what the results files say; every line of its tables leads somewhere; a bar counts as told."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BENCHMARKS = ROOT / "benchmarks"


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


@pytest.fixture
def point(module):
    blank = {field.name: "" for field in dataclasses.fields(module("figure_points").Point)}

    def made(**changes: object):
        return module("figure_points").Point(**{**blank, "issue": 2, "results": "r.csv", "column": "value", **changes})

    return made


@pytest.fixture
def results(module, tmp_path):
    rows = [
        {"what": "ours, whole", "size": "10", "value": "0.90", "weight": "3"},
        {"what": "ours, part", "size": "20", "value": "+0.50 +- 0.1", "weight": "1"},
        {"what": "peer", "size": "10", "value": "0.60", "weight": "0"},
        {"what": "peer", "size": "20", "value": "", "weight": "0"},
    ]
    module("results_file").write_results(tmp_path / "r.csv", rows, command=["x.py"])
    return tmp_path


def test_the_page_agrees_with_the_results_files():
    command = [sys.executable, str(BENCHMARKS / "figures.py"), "--check"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}run `python benchmarks/figures.py --reuse`"


def test_every_point_has_a_run_and_finds_its_value(module):
    points, runs = module("figure_points"), module("figure_runs")
    names = {run.name for run in runs.runs()}
    for one in points.points():
        assert one.run in names, one.point
        assert bool(one.bar) == bool(one.direction), one.point
        assert one.compared in (("ratio", "difference", "of") if one.beside else ("",)), one.point
        found = points.measure(one, module("results_file").RESULTS)  # raises when a file has no such row
        assert found.holds != "no" or one.why, f"a missed bar without its reason: {one.point}"


def test_every_run_has_its_command_and_is_asked_for(module):
    runs, points = module("figure_runs"), module("figure_points").points()
    for run in runs.runs():
        assert (ROOT / run.script).is_file(), run.name
        options = ast.walk(ast.parse((ROOT / run.script).read_text(encoding="utf-8")))
        said = {node.value for node in options if isinstance(node, ast.Constant)}
        for word in shlex.split(f"{run.command} {run.smallest}"):
            assert not word.startswith("--") or {word, word[2:]} & said, f"{run.script} has no {word}"
        assert float(run.minutes) > 0
        assert run.name in {one.run for one in points}, f"no point needs {run.name}"


def test_every_test_of_a_proof_is_there(module):
    proofs = module("proofs")
    for suite in ("usual", "long"):
        for name, tests in proofs.proofs(suite).items():
            for test in tests:
                file, _, function = test.partition("::")
                assert (ROOT / file).exists(), f"{name}: {file}"
                assert not function or f"def {function}(" in (ROOT / file).read_text(encoding="utf-8"), (
                    f"{name}: {test}"
                )


def test_every_proof_is_asked_for(module):
    asked = {
        one.rows.removeprefix("proof=") for one in module("figure_points").points() if one.rows.startswith("proof=")
    }
    assert asked == {*module("proofs").proofs("usual"), *module("proofs").proofs("long")}


@pytest.mark.parametrize(
    ("changes", "text", "holds"),
    [
        ({"rows": "what=ours, whole", "bar": "0.9", "direction": ">="}, "0.90", "yes"),
        ({"rows": "what=ours, whole", "bar": "0.9", "direction": "<"}, "0.90", "no"),
        ({"rows": "what~ours", "take": "least", "bar": "0", "direction": ">"}, "+0.50 +- 0.1", "yes"),
        ({"rows": "what~ours", "take": "most"}, "0.90", "told"),
        ({"take": "sum", "rows": "size<=10", "bar": "1.5", "direction": "="}, "1.5", "yes"),
        ({"take": "mean by weight"}, "0.8", "told"),
        ({"rows": "what=peer; size=20 | 10"}, "0.60", "told"),
        ({"rows": "what=ours, whole", "beside": "what=peer", "compared": "difference", "bar": "0", "direction": ">="},
         "+0.3 (0.90 beside 0.60)", "yes"),
        ({"rows": "what=ours, whole", "beside": "what=peer", "compared": "ratio", "bar": "1.6", "direction": ">="},
         "1.5 (0.90 beside 0.60)", "no"),
        ({"rows": "what=ours, part", "column": "weight", "beside": "what=ours, part", "beside_column": "size",
          "compared": "of", "bar": "1", "direction": "="}, "1 of 20", "yes"),
        ({"rows": "what=ours, part", "beside": "what=peer; size=10", "beside_column": "weight", "compared": "of",
          "bar": "1", "direction": "="}, "", "not measured"),
        ({"results": "none.csv"}, "", "not measured"),
    ],
)  # fmt: skip
def test_a_figure_is_taken_and_judged(module, point, results, changes, text, holds):
    found = module("figure_points").measure(point(**changes), results)
    assert (found.text, found.holds) == (text, holds)


@pytest.mark.parametrize(
    "changes",
    [
        {"rows": "what~ours"},
        {"rows": "what=nobody"},
        {"rows": "nothing=1"},
        {"rows": "what"},
        {"rows": "what=ours, whole", "column": "speed"},
        {"rows": "what~ours", "take": "best"},
    ],
)
def test_what_selects_no_value_is_refused(module, point, results, changes):
    points = module("figure_points")
    with pytest.raises(points.PointError, match=r"."):
        points.measure(point(**changes), results)


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        (["Measured 2026-11-28 by `python benchmarks/x.py --a 1` at 1234abc+", "on 2 processors."],
         ("2026-11-28", "1234abc+", "python benchmarks/x.py --a 1", "2 processors.")),
        (["Made up.", "Measured 2026-11-28 by `python benchmarks/x.py`", "on 2 processors."],
         ("2026-11-28", "", "python benchmarks/x.py", "2 processors.")),
        (["Measured by benchmarks/x.py,", "2026-11-27, Linux."], ("2026-11-27", "", "", "")),
        ([], ("2026-11-26", "", "", "")),
    ],
)  # fmt: skip
def test_the_heading_says_when_and_of_what(module, tmp_path, above, expected):
    lines = [*(f"# {line}" for line in above), "date,value", "2026-11-25,1", "2026-11-26,2"]
    (tmp_path / "r.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert dataclasses.astuple(module("figure_points").heading(tmp_path / "r.csv")) == expected


def test_a_missed_bar_stands_on_the_page_with_its_reason(module, point, results):
    missed = point(point="Speed | rest", rows="what=ours, whole", bar="2", direction=">=", unit="x", why="Too slow.")
    absent = point(point="Elsewhere", results="none.csv", bar="1", direction="=")
    text = module("figure_page").page([missed, absent], [], results)
    assert "| Speed \\| rest | at least 2 x | 0.90 x | **no** |" in text
    assert "- **Missed: Speed | rest.** Too slow." in text
    assert "| Elsewhere | 1 |  | not measured here |" in text
    assert "of 1 with a bar and a figure 0 hold and 1 do not; 0 have no bar, 1 are not measured here." in text


def test_what_was_measured_at_this_commit_is_not_measured_again(module, monkeypatch, tmp_path):
    runs = module("figure_runs")
    run = runs.Run("one", "python benchmarks/x.py {peers}", "-", "r.csv", "1")
    path = tmp_path / "r.csv"
    for now, said, done in (
        ("aaaaaaa", "aaaaaaa", True),
        ("aaaaaaa", "bbbbbbb", False),
        ("aaaaaaa+", "aaaaaaa+", False),
    ):
        path.write_text(f"# Measured 2026-11-28 by `python benchmarks/x.py` at {said}\na\n1\n", encoding="utf-8")
        monkeypatch.setattr(runs, "commit", lambda now=now: now)
        assert runs.is_done(run, tmp_path) == done
    assert run.needs == {"peers"}
    assert runs.words(run, {"peers": "/p/python"})[2:] == ["/p/python"]


def test_tests_are_counted_by_file_name_and_folder(module):
    proofs = module("proofs")
    found = [("tests/a/test_x.py", "test_1", "passed"), ("tests/a/test_x.py", "test_1", "failed"),
             ("tests/a/test_x.py", "test_2", "skipped"), ("tests/b/test_y.py", "test_1", "passed")]  # fmt: skip
    assert proofs.counted(["tests/a"], found) == {"tests": 2, "failed": 1, "skipped": 1}
    assert proofs.counted(["tests/a/test_x.py"], found) == {"tests": 2, "failed": 1, "skipped": 1}
    assert proofs.counted(["tests/b/test_y.py::test_1", "tests/a/test_x.py::test_2"], found)["tests"] == 1
