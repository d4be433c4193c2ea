"""The runs of `figure_runs.csv`: commands that measure, each with its results file, and what they need from outside."""

from __future__ import annotations

import csv
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from figure_points import RUNS, heading
from results_file import commit

ROOT = Path(__file__).resolve().parents[1]
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Run:
    """A line of figure_runs.csv: `smallest` are the arguments with which it takes least, `-` when none do."""

    name: str
    command: str
    smallest: str
    results: str
    minutes: str

    @property
    def needs(self) -> set[str]:
        """The words in braces: what somebody must give."""
        return set(_HOLE.findall(self.command))

    @property
    def script(self) -> str:
        """The file that the command runs."""
        return shlex.split(self.command)[1]


def runs(path: Path = RUNS) -> list[Run]:
    """The lines of figure_runs.csv, in their order."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(line for line in stream if not line.startswith("#"))
        return [Run(**row) for row in rows]


def is_done(run: Run, folder: Path) -> bool:
    """Its results are of what stands checked out, with nothing changed."""
    now = commit()
    return bool(now) and not now.endswith("+") and heading(folder / run.results).commit == now


def words(run: Run, given: Mapping[str, str], arguments: str | None = None) -> list[str]:
    """The command with what was given in place of its holes, by the interpreter that runs us."""
    interpreter, script, *rest = shlex.split(run.command)
    if arguments is not None:
        rest = shlex.split(arguments)
    filled = [_HOLE.sub(lambda hole: given[hole[1]], word) for word in (interpreter, *rest)]
    return [sys.executable if filled[0] == "python" else filled[0], str(ROOT / script), *filled[1:]]


def run_it(run: Run, given: Mapping[str, str], folder: Path, smallest: Path | None = None) -> str:
    """Run one; what went wrong, or nothing.

    A status other than 0 with a new results file is a bar that the program itself checks: the page says it.
    With `smallest`, a folder, the command takes its least and its results go there.
    """
    target = (smallest or folder) / run.results
    before = target.stat().st_mtime_ns if target.is_file() else 0
    command = words(run, given, run.smallest if smallest else None)
    option = ["--folder", str(target.parent)] if run.script.endswith("curves.py") else ["--results", str(target)]
    began = time.monotonic()
    done = subprocess.run([*command, *option], cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(f"{run.name}: {(time.monotonic() - began) / 60:.1f} min", flush=True)
    if target.is_file() and target.stat().st_mtime_ns != before:
        return ""
    last = done.stdout.decode("utf-8", errors="replace").strip().splitlines()[-3:]
    return f"ended with {done.returncode} and no results: {' / '.join(last)}"
