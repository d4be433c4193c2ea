"""The job of `data/` as a newcomer starts it: how long, how large, every row accounted for, the same bytes twice.

`help`: seconds until the command line answers, the least of three. `first run` keeps and takes nothing
(`--no-cache`), `later run` finds the files and the lexicon as they were. `unaccounted`: rows of the input files that
are neither used nor set aside. `other bytes`: files of two runs that are not the same. `with a concept`: share of the
lines of needs and suppliers that the lexicon knows.

Usage: python benchmarks/shipped_job.py [--results FILE]
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from pathlib import Path

from measuring import Used, measured
from openpyxl import load_workbook
from results_file import RESULTS, write_results

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-m", "integrator"]
HEAVY = ("pandas", "numpy", "sklearn", "pydantic")


def measures(folder: Path) -> dict[str, float]:
    """Every measure by its name; the run folders are written into `folder`."""
    helps = [measured([*COMMAND, "--help"], ROOT).seconds for _ in range(3)]
    first = _run(folder / "first", "--no-cache")
    _run(folder / "filling")
    later = _run(folder / "later")
    read = json.loads(first.said)["inputs"]
    matched = {row["need_id"] for row in _rows(folder / "first" / "tables" / "matches.csv")}
    coverage = [row for row in _rows(folder / "first" / "tables" / "coverage.csv")
                if row["language"] == row["field"] == "all" and row["step"] == "none"]  # fmt: skip
    return {
        "help: seconds": min(helps),
        "help: heavy packages loaded": _loaded(),
        "first run: seconds": first.seconds,
        "first run: CPU s": first.cpu,
        "first run: peak MB": first.peak_mb,
        "later run: seconds": later.seconds,
        "rows read": sum(one["rows"] for one in read),
        "unaccounted": sum(abs(one["rows"] - one["used"] - one["set_aside"]) for one in read),
        "needs in matches": len(matched),
        "needs with a sheet": _sheets(folder / "first" / "project_sheets.xlsx"),
        "other bytes": len(_different(folder / "first", folder / "later")),
        **{f"{row['side']} lines with a concept": 1 - float(row["share"]) for row in coverage},
    }


def _run(out: Path, *options: str) -> Used:
    return measured([*COMMAND, "run", "integrator.toml", "--out", str(out), "--json", *options], ROOT)


def _loaded() -> int:
    code = f"import sys, integrator.cli; print(len(set({HEAVY!r}) & set(sys.modules)))"
    return int(measured([sys.executable, "-c", code], ROOT).said)


def _sheets(workbook: Path) -> int:
    book = load_workbook(workbook, read_only=True)
    try:
        return sum(name.startswith("FP-") for name in book.sheetnames)
    finally:
        book.close()


def _different(one: Path, other: Path) -> list[Path]:
    names = {path.relative_to(folder) for folder in (one, other) for path in folder.rglob("*") if path.is_file()}
    return [name for name in names if not _same(one / name, other / name)]


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def main() -> None:
    """Measure, print and write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--results", type=Path, default=RESULTS / "shipped_job.csv")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measures(Path(folder))
    rows = [{"measure": name, "value": f"{value:.4g}"} for name, value in found.items()]
    for row in rows:
        print(*row.values())
    write_results(given.results, rows, packages=["pandas", "XlsxWriter"])


if __name__ == "__main__":
    main()
