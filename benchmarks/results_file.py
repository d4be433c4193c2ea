"""The results file of a benchmark: what was measured, when, by which command and with what, then the table as CSV."""

from __future__ import annotations

import csv
import datetime
import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"
_OPTION = "--results"
"""Where the file goes changes nothing of what is measured: it is left out of the command."""
_WRITTEN = ("benchmarks/results", "docs")
"""What benchmarks and pages write: a change there changes nothing of what is measured."""


def write_results(
    path: Path, rows: Sequence[Mapping[str, object]], about: Iterable[str] = (), packages: Iterable[str] = (),
    command: Sequence[str] | None = None,
) -> None:  # fmt: skip
    """The rows, in the columns that they have together, below lines that begin with `#`: `about`, then `measured_by`.

    `packages`: names whose versions count; `command`: that of the running program unless it is given.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(f"# {line}\n" for line in (*about, *measured_by(packages, command)))
        table = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def measured_by(packages: Iterable[str] = (), command: Sequence[str] | None = None) -> tuple[str, str]:
    """Two lines: date, command and commit; machine and versions, no name of a machine and no folder of one."""
    versions = [f"{name} {version(name)}" for name in dict.fromkeys(("integrator", "numpy", *packages))]
    of = commit()
    return (
        f"Measured {today()} by `{_shown(sys.argv if command is None else command)}`{f' at {of}' if of else ''}",
        f"on {machine()}, Python {platform.python_version()}, {', '.join(versions)}.",
    )


def commit() -> str:
    """The short hash of what stands checked out, with `+` when something that is measured differs from it.

    Nothing when this is no checkout of git.
    """
    if not (RESULTS.parent.parent / ".git").exists():
        return ""
    try:
        found = _git("rev-parse", "--short=7", "HEAD")
        changed = _git("status", "--porcelain", "--", ".", *(f":(exclude){folder}" for folder in _WRITTEN))
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"{found}+" if changed else found


def machine() -> str:
    """Processors and their model, memory, system."""
    return f"{os.cpu_count()} processors {platform.machine()}{_model()}{_memory()}, {platform.system()}"


def _git(*words: str) -> str:
    top = RESULTS.parent.parent
    return subprocess.run(["git", *words], cwd=top, check=True, capture_output=True, text=True).stdout.strip()


def _model() -> str:
    """Linux alone tells it in a file."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f" ({names[0]})" if names else ""


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return ""
    return f", {size / 2**30:.1f} GiB"


def peers(name: str) -> str:
    """A line with the peers of a benchmark and their versions, as its requirements file pins them."""
    lines = (RESULTS.parent / name).read_text(encoding="utf-8").splitlines()
    return f"Peers: {', '.join(line for line in lines if not line.startswith('#'))}."


def read_results(path: Path) -> list[dict[str, str]]:
    """The rows of a results file."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def today() -> str:
    """The date of the run, of SOURCE_DATE_EPOCH when it is set."""
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", datetime.datetime.now(datetime.UTC).timestamp()))
    return datetime.datetime.fromtimestamp(moment, datetime.UTC).date().isoformat()


def _shown(command: Sequence[str]) -> str:
    """The command as it is repeated in the repository: folders outside of it keep their last name alone."""
    script, *given = command
    kept = []
    skip = False
    for part in given:
        if skip or part == _OPTION:
            skip = part == _OPTION
        elif not part.startswith(f"{_OPTION}="):
            kept.append(Path(part).name if Path(part).is_absolute() else part)
    return " ".join(("python", f"benchmarks/{Path(script).name}", *map(shlex.quote, kept)))
