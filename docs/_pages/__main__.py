"""Writes the pages of docs/reference from the program itself: `python docs/_pages`; `--check` only compares them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import columns
import commands
import job
import knowledge
import tables

FOLDER = Path(__file__).parents[1] / "reference"
MADE: dict[str, Callable[[], str]] = {
    "commands.md": commands.page_text,
    "job.md": job.page_text,
    "tables.md": tables.page_text,
    "columns.md": columns.page_text,
    "grades.md": knowledge.grades,
    "scorecard.md": knowledge.scorecard,
    "formulas.md": knowledge.formulas,
    "support.md": knowledge.support,
}


def main(only_compare: bool) -> int:
    """Write the pages, or name those that are not as the program is; 1 when there are such."""
    stale = []
    for name, made in MADE.items():
        path, text = FOLDER / name, made()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not only_compare:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        how = "is not as the program is: run `make reference`" if only_compare else "written"
        sys.stdout.write(f"docs/reference/{name}: {how}\n")
    return int(only_compare and bool(stale))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
