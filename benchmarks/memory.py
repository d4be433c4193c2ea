"""The model of memory (`integrator.budget`) beside what runs take at their peak; `--write` fits its coefficients.

Made-up jobs (`sized_job.py`, from a seed) of several shapes (suppliers x needs + sheets) run, each in its process.
With `--write` those of `FITTED` give the coefficients by least squares of the relative error, none of them negative,
into `src/integrator/data/memory.csv`. Those of `CHECKED`, which were not fitted on, must be within `BAR` of the model:
status 1 when one is not. Blocks are as large as when nothing limits them; what the runs do not tell apart (a block, a
worker) keeps its coefficient. Columns: `role`, the counts, `model_mb`, `measured_mb`, `ratio`.

Usage: python benchmarks/memory.py [--write] [--checked SxN...] [--fitted SxN...] [--results FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from measuring import measured
from results_file import RESULTS, write_results
from scipy.optimize import nnls

from integrator import budget

HERE = Path(__file__).resolve().parent
COEFFICIENTS = HERE.parent / "src" / "integrator" / "data" / "memory.csv"
FITTED = (
    "200x50", "1000x500", "300x3000", "3000x300", "3000x3000", "10000x500+300", "10000x4000+500", "30000x1000",
    "100000x300", "50000x5000",
)  # fmt: skip
CHECKED = ("2000x400+400", "10000x2000+500", "100000x10000")
BAR = 0.20
TERMS = ("run", "cell", "pair", "held", "worker", "block")
PACKAGES = ("pandas", "scipy", "scikit-learn", "rapidfuzz", "pyarrow")


class Run(NamedTuple):
    """One measured run."""

    size: str
    counts: budget.Counts
    matching: float
    """Bytes at the peak of everything before writing."""
    writing: float

    @property
    def peak(self) -> float:
        """Bytes at the peak of the whole."""
        return max(self.matching, self.writing)


def run_of(size: str, seed: int, options: list[str]) -> Run:
    """A run of a made-up job in a process of its own; the size ends with `+` and the number of sheets."""
    shape, _, sheets = size.partition("+")
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder) / "job"
        measured([sys.executable, str(HERE / "sized_job.py"), shape, str(job), "--seed", str(seed)])
        command = [sys.executable, str(HERE / "curves_process.py"), str(job / "integrator.toml"), str(job / "out")]
        used = measured([*command, f"output.sheets={sheets or 0}", *options])
    told = json.loads(used.said.splitlines()[-1])
    stages = {stage: of["peak_mb"] * 2**20 for stage, of in told["stages"].items()}
    writing = stages.pop("write")
    # The processes together count when there were several: that is while needs are matched.
    found = Run(
        size,
        budget.Counts(**told["memory"]),
        max(used.peak_mb * 2**20 if told["memory"]["workers"] > 1 else 0, *stages.values()),
        writing,
    )
    print(f"{size}: {budget.size_text(found.peak)}, model {budget.size_text(budget.peak(found.counts))}", flush=True)
    return found


def amounts(run: Run) -> list[float]:
    """How often each term counts in a run, in the order of `TERMS`."""
    steady = budget.amounts(run.counts)
    return [*(steady[term] for term in TERMS[:-1]), budget.worked_on(run.counts, budget.BLOCK_BYTES)]


def fitted(runs: list[Run]) -> dict[str, float]:
    """Coefficients with the least sum of squared relative errors, none negative.

    What the runs do not tell apart stays as it is: a term that is the same in all of them, beside `run`.
    """
    table = np.array([amounts(run) for run in runs], dtype=float)
    known = budget.coefficients()
    told = [number == 0 or len(set(table[:, number])) > 1 for number in range(len(TERMS))]
    peaks = np.array([run.matching if run.counts.sheets else run.peak for run in runs])
    rest = peaks - sum(known[TERMS[n]] * table[:, n] for n, is_told in enumerate(told) if not is_told)
    free = [number for number, is_told in enumerate(told) if is_told]
    scale = table[:, free].max(axis=0)
    found, _ = nnls(table[:, free] / scale / peaks[:, None], rest / peaks)
    known |= {TERMS[number]: value for number, value in zip(free, found / scale, strict=True)}
    return known | {"sheet": _of_sheets(runs, known) or known["sheet"]}


def _of_sheets(runs: list[Run], known: dict[str, float]) -> float:
    """What a sheet takes: of the runs with sheets, what writing takes beside what is there all the time."""
    steady = [sum(known[term] * amount for term, amount in budget.amounts(run.counts).items()) for run in runs]
    each = [
        max(run.writing - beside, 0) / min(run.counts.sheets, run.counts.needs)
        for run, beside in zip(runs, steady, strict=True)
        if run.counts.sheets
    ]
    return float(np.median(each)) if each else 0.0


def write_coefficients(coefficients: dict[str, float]) -> None:
    """Replace the values; what stands above them stays."""
    said = [line for line in COEFFICIENTS.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines = [*said, "term,bytes", *(f"{term},{_rounded(coefficients[term])}" for term in (*TERMS, "sheet"))]
    COEFFICIENTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    budget.data.rows.cache_clear()


def _rounded(value: float) -> str:
    """Three digits that count."""
    return f"{float(f'{value:.3g}'):.0f}" if value >= 100 else f"{value:.3g}"


def main() -> int:
    """Measure, fit when asked, compare."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--write", action="store_true", help="fit the coefficients and keep them")
    options.add_argument("--fitted", nargs="*", default=list(FITTED))
    options.add_argument("--checked", nargs="*", default=list(CHECKED))
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--options", nargs="*", default=[], help="changes of the job, as resources.workers=2")
    options.add_argument("--results", type=Path, default=RESULTS / "memory.csv")
    given = options.parse_args()
    runs = {
        "fitted": [run_of(size, given.seed, given.options) for size in (given.fitted if given.write else ())],
        "checked": [run_of(size, given.seed, given.options) for size in given.checked],
    }
    if given.write:
        write_coefficients(fitted(runs["fitted"]))
    rows = []
    for role, group in runs.items():
        for run in group:
            model = budget.peak(run.counts)
            sizes = {"model_mb": f"{model / 2**20:.0f}", "measured_mb": f"{run.peak / 2**20:.0f}"}
            rows.append(
                {"role": role, "size": run.size, **vars(run.counts), **sizes, "ratio": f"{run.peak / model:.2f}"}
            )
            print("  ".join(f"{name} {value}" for name, value in rows[-1].items()))
    about = [
        f"Made-up jobs (suppliers x needs + sheets), seed {given.seed}. ratio: measured to model.",
        f"checked: not fitted on; within {BAR:.0%} is the bar.",
    ]
    write_results(given.results, rows, about, PACKAGES)
    missed = [row["size"] for row in rows if row["role"] == "checked" and abs(float(str(row["ratio"])) - 1) > BAR]
    print(f"missed: {', '.join(map(str, missed))}" if missed else "every bar is met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
