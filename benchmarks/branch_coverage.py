"""Branch coverage of five rooms by their own tests: the share of branches taken, and of lines; fails under the bar.

    python benchmarks/branch_coverage.py            prints a line a room, then the files that fall short
    python benchmarks/branch_coverage.py --results benchmarks/results/coverage.csv

One process: coverage of several would have to be put together. Tests marked nightly are left out, as in the gate.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from results_file import today, write_results

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "integrator"
ROOMS = ("text", "normalization", "ranking", "valuation", "review")
TESTS = (*ROOMS, "certificates", "identity", "training")
"""Folders of tests: those of the rooms, and those whose subject lies in one of them."""
BAR = 90.0


def measured(work: Path, tests: list[str]) -> dict[str, dict[str, int]]:
    """The summary of coverage.py for each file of the rooms."""
    environment = {**os.environ, "COVERAGE_FILE": str(work / "data")}
    rooms = ",".join(str(SOURCE / room) for room in ROOMS)
    asked = [
        "run",
        "--branch",
        f"--source={rooms}",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "-m",
        "not nightly",
        *tests,
    ]
    said = ["json", "--quiet", "-o", str(work / "report.json")]
    for command in (asked, said):
        subprocess.run([sys.executable, "-m", "coverage", *command], cwd=ROOT, env=environment, check=True)
    files = json.loads((work / "report.json").read_text(encoding="utf-8"))["files"]
    return {name: file["summary"] | {"missing": file["missing_branches"]} for name, file in files.items()}


def rows(files: dict[str, dict[str, int]]) -> list[dict[str, object]]:
    """A row a room: branches and lines, how many of them were taken, the shares in percent."""
    sums: dict[str, dict[str, int]] = {room: defaultdict(int) for room in ROOMS}
    for name, summary in files.items():
        for key in ("num_branches", "covered_branches", "num_statements", "covered_lines"):
            sums[_room(name)][key] += summary[key]
    return [
        {
            "room": room,
            "branches": found["num_branches"],
            "taken": found["covered_branches"],
            "branch_percent": f"{_percent(found['covered_branches'], found['num_branches']):.1f}",
            "line_percent": f"{_percent(found['covered_lines'], found['num_statements']):.1f}",
            "bar": f"{BAR:g}",
            "date": today(),
        }
        for room, found in sums.items()
    ]


def _room(name: str) -> str:
    path = ROOT / name
    return path.relative_to(SOURCE).parts[0]


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


def main() -> int:
    """1 when a room is under the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tests", nargs="*", help="folders of tests in place of those of the rooms")
    parser.add_argument("--results", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        files = measured(Path(work), given.tests or [f"tests/{name}" for name in TESTS])
    table = rows(files)
    for name, file in sorted(files.items()):
        if _percent(file["covered_branches"], file["num_branches"]) < BAR:
            print(f"{name}: {file['covered_branches']} of {file['num_branches']} branches, not {file['missing']}")
    for row in table:
        print(f"{row['room']:<15} branches {row['branch_percent']} % ({row['taken']} of {row['branches']}), "
              f"lines {row['line_percent']} %")  # fmt: skip
    if given.results:
        write_results(given.results, table, ["Branches of five rooms that their own tests take; docs/testing.md."])
    return int(any(float(str(row["branch_percent"])) < BAR for row in table))


if __name__ == "__main__":
    raise SystemExit(main())
