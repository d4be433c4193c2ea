"""Points that tests prove: the tests of each line of `proofs.csv` are run, and counted.

A line names a proof, the suite that it belongs to (`usual`, or `long` for what takes more cases than the gate) and its
tests, as files or `file::test`, blanks between them. All tests of a suite run once, whatever proofs they belong to.
Columns: `proof`, `tests` that ran, `failed`, `skipped` (a test needs something that this machine lacks).

Usage: python benchmarks/proofs.py [--suite usual|long] [--only PROOF ...] [--cases N] [--processes N] [--results FILE]
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from results_file import RESULTS, write_results

ROOT = Path(__file__).resolve().parents[1]
TABLE = Path(__file__).with_name("proofs.csv")
Outcome = tuple[str, str, str]
"""File, test without its parameters, what became of it."""


def proofs(suite: str) -> dict[str, list[str]]:
    """The tests of each proof of a suite."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    return {row["proof"]: row["tests"].split() for row in rows if row["suite"] == suite}


def outcomes(report: Path) -> list[Outcome]:
    """What became of every test of a report in the form of JUnit, which pytest wrote."""
    found = []
    for case in ET.parse(report).getroot().iter("testcase"):
        kinds = {child.tag for child in case}
        became = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        found.append((_file(case.get("classname", "")), case.get("name", "").partition("[")[0], became))
    return found


def counted(tests: Iterable[str], found: Iterable[Outcome]) -> dict[str, int]:
    """How many of the tests ran, failed and were skipped."""
    wanted = {tuple(test.split("::")) for test in tests}
    became = [how for file, name, how in found if _is_of(wanted, file, name)]
    return {"tests": len(became) - became.count("skipped"), "failed": became.count("failed"),
            "skipped": became.count("skipped")}  # fmt: skip


def _is_of(wanted: set[tuple[str, ...]], file: str, name: str) -> bool:
    return (file,) in wanted or (file, name) in wanted or any(
        len(one) == 1 and not one[0].endswith(".py") and file.startswith(f"{one[0]}/") for one in wanted
    )  # fmt: skip


def _file(module: str) -> str:
    """`tests.review.test_state` as a path; a class of tests at the end is no part of it."""
    parts = module.split(".")
    while parts and not parts[-1].startswith("test_"):
        parts.pop()
    return f"{'/'.join(parts)}.py"


def main() -> int:
    """Run, count, print and write; status 1 when a test failed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--suite", choices=("usual", "long"), default="usual")
    options.add_argument("--only", nargs="+", default=[], help="these proofs")
    options.add_argument("--cases", type=int, help="made-up files, cells and sheets; those of the gate when left out")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--results", type=Path, default=RESULTS / "proofs.csv")
    given = options.parse_args()
    chosen = {name: tests for name, tests in proofs(given.suite).items() if name in (given.only or [name])}
    targets = sorted({test for tests in chosen.values() for test in tests})
    cases = {"INTEGRATOR_FUZZ": str(given.cases)} if given.cases else {}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", str(given.processes), "-o", "addopts=",
                   f"--junitxml={report}", *targets]  # fmt: skip
        subprocess.run(command, cwd=ROOT, env={**os.environ, **cases}, check=False, stdout=sys.stderr)
        if not report.is_file():
            raise SystemExit("pytest wrote no report: see above")
        found = outcomes(report)
    rows = [{"proof": name, **counted(tests, found)} for name, tests in chosen.items()]
    for row in rows:
        print(*row.values())
    write_results(given.results, rows, [f"{given.cases:,} cases."] if given.cases else [], ["pytest", "hypothesis"])
    return int(any(row["failed"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
