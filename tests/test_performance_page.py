"""The page of performance says what the results files say; the tables and exponents are made as stated."""

from __future__ import annotations

import importlib
import math
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


def test_the_page_agrees_with_the_results_files():
    command = [sys.executable, str(BENCHMARKS / "performance_page.py"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0, "run `make performance`"


def test_a_table_takes_the_place_of_what_stood_there(module, tmp_path):
    page = module("performance_page")
    rows = [
        {"date": "2026-01-01", "suppliers": size, "needs": 5, "what": "ours", "stage": stage, "cpu": "1.25",
         "seconds": "2.00", "peak_mb": "700"}
        for size in (100, 1000) for stage in ("read", "whole")
    ]  # fmt: skip
    module("results_file").write_results(tmp_path / "curves.csv", rows, ["Made-up."])
    before = "a\n<!-- curves -->\nold\n<!-- end -->\nb\n<!-- memory -->\nkept\n<!-- end -->\n"
    after = page.filled(before, tmp_path)
    assert "old" not in after
    assert "| 1,000 |  | 1.2 |" in after
    assert "Measured 20" in after
    assert after.endswith("<!-- end -->\nb\n<!-- memory -->\nkept\n<!-- end -->\n")
    assert page.filled(after, tmp_path) == after


def test_exponents_are_slopes_from_a_thousand_suppliers_on(module):
    curves = module("curves")
    rows = [
        {
            "what": "ours",
            "stage": "rank",
            "suppliers": size,
            "cpu": 3.0 * size**1.5,
            "seconds": float(size),
            "peak_mb": 700.0,
        }
        for size in (1_000, 10_000, 100_000)
    ]
    rows.append({**rows[0], "suppliers": 100, "cpu": 1e9})
    (found,) = curves.exponents(rows)
    assert (found["from"], found["to"], found["points"]) == (1_000, 100_000, 3)
    assert [found[f"{key}_exponent"] for key in ("cpu", "seconds", "peak_mb")] == ["1.50", "1.00", "0.00"]
    assert curves.exponents(rows[:2]) == [], "two sizes make no slope"


def test_searches_over_shards_are_taken_over(module, tmp_path, capsys):
    curves = module("curves")
    steps = [f"{step}_{what}" for step in ("fit", "prepare", "search") for what in ("cpu_s", "peak_mb")]
    head = ",".join(["date", "suppliers_x_needs", "shard", *steps])
    lines = [
        "# Made-up.",
        head,
        "2026-01-01,1000000x1000,100000,10,900,20,1200,30,1100",
        "2026-01-01,9x7,1,1,1,1,1,1,1",
    ]
    (tmp_path / "s.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (row,) = curves.shown(curves.shard_rows(tmp_path / "s.csv", 1000))
    assert (row["suppliers"], row["cpu"], row["seconds"], row["peak_mb"]) == (1_000_000, "60.00", "", "1200")
    assert curves.shard_rows(tmp_path / "s.csv", 3) == []
    assert "SUPPLIERSx3" in capsys.readouterr().out


def test_coefficients_come_back_from_runs_made_of_them(module, monkeypatch):
    memory, budget = module("memory"), module("integrator.budget")
    shapes = [
        (100, 900, 50),
        (5000, 40_000, 50),
        (300, 3_000, 4000),
        (9000, 95_000, 3000),
        (20_000, 90_000, 100),
        (50, 20_000, 10),
    ]
    runs = []
    for suppliers, cells, needs in shapes:
        counts = budget.Counts(suppliers, cells, needs, 50)
        runs.append(memory.Run("x", counts, budget.peak(counts), 0.0))
    found = memory.fitted(runs)
    for row in budget.data.rows("memory.csv"):
        assert math.isclose(found[row["term"]], float(row["bytes"]), rel_tol=1e-3, abs_tol=1e-3), row["term"]
