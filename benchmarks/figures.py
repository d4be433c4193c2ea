"""Measure every figure that must hold, or only some, and write docs/figures.md from the results files.

The runs of `figure_runs.csv` are made in turn, each writing its results file when it ends; one whose results are of
the commit that stands checked out is not made again, so that a run that was broken off goes on where it was. What a
run needs from outside (`--with NAME=PATH`: interpreters of peers, folders of tables made elsewhere) must be given, or
it is left out and said so; its old results stay, with their date and commit.

Usage: python benchmarks/figures.py [--with NAME=PATH ...] [--only ISSUE ...] [--only-runs NAME ...] [--quick MINUTES]
       [--again] [--reuse] [--check] [--list] [--try FOLDER]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from figure_page import page
from figure_points import PointError, points
from figure_runs import ROOT, Run, is_done, run_it, runs
from results_file import RESULTS

PAGE = ROOT / "docs" / "figures.md"


def main() -> int:
    """Run, collect, write; status 1 when a run gave no results or the page says other figures."""
    given = _options().parse_args()
    outside = dict(_pair(text) for text in given.outside if text.partition("=")[2])
    chosen = _chosen(given.only, given.only_runs)
    if given.list:
        return _listed(chosen, given.folder)
    faults = [] if given.reuse or given.check else _made(chosen, outside, given)
    for fault in faults:
        print(fault)
    try:
        after = page(points(), runs(), given.folder)
    except PointError as fault:
        print(fault)
        return 1
    if given.check:
        same = given.page.is_file() and given.page.read_text(encoding="utf-8") == after
        print("" if same else "docs/figures.md says other figures: python benchmarks/figures.py --reuse")
        return int(not same)
    if given.smallest is None:
        given.page.write_text(after, encoding="utf-8")
    return int(bool(faults))


def _made(chosen: Sequence[Run], outside: Mapping[str, str], given: argparse.Namespace) -> list[str]:
    """Every run that is due; what was left out or gave no results, in words."""
    faults = []
    for run in chosen:
        lacking = sorted(run.needs - set(outside))
        if lacking:
            print(f"{run.name}: left out, it needs {' '.join(f'--with {name}=...' for name in lacking)}", flush=True)
        elif given.smallest and run.smallest == "-":
            print(f"{run.name}: left out, it cannot be made smaller", flush=True)
        elif given.quick is not None and float(run.minutes) > given.quick:
            print(f"{run.name}: left out, it takes {run.minutes} minutes", flush=True)
        elif not given.again and given.smallest is None and is_done(run, given.folder):
            print(f"{run.name}: measured already at this commit", flush=True)
        else:
            print(f"{run.name}: begins{'' if given.smallest else f', about {run.minutes} minutes'}", flush=True)
            try:
                fault = run_it(run, outside, given.folder, given.smallest)
            except KeyboardInterrupt:
                return [*faults, f"{run.name}: broken off; the same command goes on with it"]
            faults += [f"{run.name}: {fault}"] if fault else []
    return faults


def _chosen(issues: Sequence[int], names: Sequence[str]) -> list[Run]:
    wanted = {point.run for point in points() if point.issue in issues} if issues else {run.name for run in runs()}
    return [run for run in runs() if run.name in (names or wanted)]


def _listed(chosen: Sequence[Run], folder: Path) -> int:
    for run in chosen:
        state = "done" if is_done(run, folder) else "due"
        print(f"{run.name:22} {run.minutes:>4} min  {state:5} {run.command}")
    print(f"{'all':22} {sum(float(run.minutes) for run in chosen):4.0f} min")
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, _, path = text.partition("=")
    return name, os.path.abspath(path) if os.sep in path or Path(path).exists() else path  # noqa: PTH100 (a link stays)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--with", dest="outside", nargs="*", default=[], metavar="NAME=PATH", help="what runs need")
    options.add_argument(
        "--only", nargs="+", type=int, default=[], metavar="ISSUE", help="runs of these issues, 2 to 9"
    )
    options.add_argument("--only-runs", nargs="+", default=[], metavar="NAME", help="these runs")
    options.add_argument("--quick", type=float, metavar="MINUTES", help="leave out runs that take more")
    options.add_argument("--again", action="store_true", help="also what was measured at this commit")
    options.add_argument("--reuse", action="store_true", help="run nothing: write the page from the results files")
    options.add_argument("--check", action="store_true", help="run and write nothing: status 1 when the page differs")
    options.add_argument("--list", action="store_true", help="say what would run, and how long")
    options.add_argument(
        "--try", dest="smallest", type=Path, metavar="FOLDER", help="each run at its smallest, to there"
    )
    options.add_argument("--page", type=Path, default=PAGE)
    options.add_argument("--folder", type=Path, default=RESULTS, help="of the results files")
    return options


if __name__ == "__main__":
    sys.exit(main())
