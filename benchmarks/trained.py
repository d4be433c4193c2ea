"""What `integrator train` finds on the shipped judgements: gain on needs held out, probabilities, how many to show.

`measure` is the place of a figure in what the command prints with --json, `value` the figure. `errors_apart`: how far
the coverage of a number to show is from what was asked for, in standard errors.

Usage: python benchmarks/trained.py [--results FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measuring import measured
from results_file import RESULTS, write_results

ROOT = Path(__file__).resolve().parents[1]
MOST = 10
"""A longer list is a table of its own: bins, needs."""


def figures(told: object, place: str = "") -> Iterator[tuple[str, float]]:
    """Every number of nested data with its place, as `held_out.gain.mean`."""
    if isinstance(told, bool):
        return
    if isinstance(told, int | float):
        yield place, told
    elif isinstance(told, dict) or (isinstance(told, list) and len(told) < MOST):
        pairs = told.items() if isinstance(told, dict) else enumerate(told)
        for name, one in pairs:
            yield from figures(one, f"{place}.{name}".lstrip("."))


def main() -> None:
    """Train into a folder that is thrown away, write what the command says."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--results", type=Path, default=RESULTS / "trained.csv")
    options.add_argument("--said", type=Path, help="what the command said, kept from elsewhere, in place of training")
    given = options.parse_args()
    if given.said:
        told = json.loads(given.said.read_text(encoding="utf-8"))
    else:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "integrator", "train", str(Path(folder) / "ranker.json"), "--json"]
            told = json.loads(measured([*command, "--job", "integrator.toml"], ROOT).said)
    for shown in told["showing"]:
        cover = shown["coverage"]
        if cover["error"]:
            cover["errors_apart"] = abs(cover["mean"] - (1 - shown["alpha"])) / cover["error"]
    kept = {name: told[name] for name in ("judgements", "held_out", "probability", "showing")}
    rows = [{"measure": place, "value": f"{value:g}"} for place, value in figures(kept)]
    write_results(given.results, rows, packages=["scikit-learn"])


if __name__ == "__main__":
    main()
