"""The tables of docs/performance.md, written anew from the results files; `--check` only says whether they agree.

A table stands between `<!-- NAME -->` and `<!-- end -->`. A results file that is not there leaves its table as it is.

Usage: python benchmarks/performance_page.py [--check] [--page FILE] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from results_file import RESULTS, read_results

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
STAGES = ("start", "read", "normalize", "link", "retrieve", "rank", "value", "write", "whole")
Rows = list[dict[str, str]]


def curves(folder: Path) -> list[list[str]]:
    """CPU seconds of each stage by number of suppliers, and the whole job's elapsed seconds and peak."""
    rows = [row for row in read_results(folder / "curves.csv") if row["what"] == "ours"]
    lines = [["suppliers", *(f"{stage}, CPU s" for stage in STAGES), "elapsed s", "peak MB"]]
    for size in sorted({int(row["suppliers"]) for row in rows}):
        of = {row["stage"]: row for row in rows if int(row["suppliers"]) == size}
        if "whole" in of:
            cpu = [f"{float(of[stage]['cpu']):.1f}" if stage in of else "" for stage in STAGES]
            lines.append([f"{size:,}", *cpu, f"{float(of['whole']['seconds']):.0f}", of["whole"]["peak_mb"]])
    return lines


def peers(folder: Path) -> list[list[str]]:
    """CPU seconds and peak of what stands beside our job in the curves."""
    rows = [row for row in read_results(folder / "curves.csv") if row["what"] != "ours"]
    sizes = sorted({int(row["suppliers"]) for row in rows})
    names = dict.fromkeys(row["what"] for row in rows)
    found = {(row["what"], int(row["suppliers"])): f"{float(row['cpu']):.1f} s, {row['peak_mb']} MB" for row in rows}
    return [
        ["suppliers", *(f"{size:,}" for size in sizes)],
        *([name, *(found.get((name, size), "") for size in sizes)] for name in names),
    ]


def exponents(folder: Path) -> list[list[str]]:
    """Slopes of log CPU and log peak over log suppliers."""
    rows = read_results(folder / "curves_exponents.csv")
    return [
        ["what", "stage", "range of suppliers", "CPU", "elapsed", "peak"],
        *(
            [
                row["what"], row["stage"], f"{int(row['from']):,} to {int(row['to']):,}", row["cpu_exponent"],
                row["seconds_exponent"], row["peak_mb_exponent"],
            ]
            for row in rows
        ),
    ]  # fmt: skip


def whole_job(folder: Path) -> list[list[str]]:
    """Our job and the script of an analyst."""
    names = ("what", "how", "cpu", "seconds", "peak_mb", "cpu_ratio", "seconds_ratio", "ndcg_at_10", "first_fit")
    heads = ("what", "how", "CPU s", "elapsed s", "peak MB", "CPU to ours", "elapsed to ours", "NDCG@10", "first fit")
    return [list(heads), *([row[name] for name in names] for row in read_results(folder / "whole_job.csv"))]


def memory(folder: Path) -> list[list[str]]:
    """The model beside what was measured."""
    rows = read_results(folder / "memory.csv")
    return [
        ["job", "", "model MB", "measured MB", "measured / model"],
        *([row["size"], row["role"], row["model_mb"], row["measured_mb"], row["ratio"]] for row in rows),
    ]


TABLES: dict[str, tuple[str, Callable[[Path], list[list[str]]]]] = {
    "curves": ("curves.csv", curves),
    "peers": ("curves.csv", peers),
    "exponents": ("curves_exponents.csv", exponents),
    "whole job": ("whole_job.csv", whole_job),
    "memory": ("memory.csv", memory),
}


def drawn(lines: Sequence[Sequence[str]], measured: str) -> str:
    """A table in Markdown, and below it what measured it."""
    head, *rows = lines
    rule = ["---"] + ["---:"] * (len(head) - 1)
    table = "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *rows))
    return f"{table}\n\n{measured}"


def measured_by(path: Path) -> str:
    """What stands in a results file about its command and machine."""
    said = [line[2:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    first = next((place for place, line in enumerate(said) if line.startswith("Measured ")), 0)
    return " ".join(said[first : first + 2])


def filled(page: str, folder: Path) -> str:
    """The page with every table that has its results file."""
    for name, (file, table) in TABLES.items():
        if (folder / file).is_file():
            text = drawn(table(folder), measured_by(folder / file))
            hole = re.compile(f"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
            page = hole.sub(lambda found, text=text: f"{found[1]}{text}\n{found[2]}", page)
    return page


def main() -> int:
    """Write or compare."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--check", action="store_true", help="write nothing; status 1 when the page says other figures"
    )
    options.add_argument("--page", type=Path, default=PAGE)
    options.add_argument("--folder", type=Path, default=RESULTS, help="of the results files")
    given = options.parse_args()
    before = given.page.read_text(encoding="utf-8")
    after = filled(before, given.folder)
    if given.check:
        return int(before != after)
    given.page.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
