"""How long finding teams takes, on made-up offers from a seed: every set up to 15 candidates, searched beyond.

Columns of the result: `candidates`, `processes`, `split` whether a process may be shared, `seconds` elapsed and `cpu`
of the processor for the best five teams, median of five tasks, one process.

Usage: python benchmarks/teams.py [--seed N] [--results FILE]
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import numpy as np
from results_file import write_results

from integrator.valuation.figures import exact
from integrator.valuation.teams import Offer, Task, find_teams

RESULTS = Path(__file__).parent / "results" / "teams.csv"
SIZES = ((10, 3), (15, 5), (20, 5), (40, 6))
TASKS = 5


def made_up(candidates: int, processes: int, rng: np.random.Generator, *, may_split: bool) -> Task:
    """A random task: each firm offers each process with probability 0.4."""
    names = tuple(f"P{i}" for i in range(processes))
    offers = tuple(
        Offer(
            f"F{firm:02}",
            process,
            exact(round(float(rng.uniform(0.5, 3)), 2)),
            exact(float(rng.integers(8, 40) * 1000)),
        )
        for firm in range(candidates)
        for process in names
        if rng.random() < 0.4
    )
    return Task(exact(25_000.0), names, offers, exact(9_000.0), may_split)


def measured(seed: int) -> list[dict[str, str]]:
    """One line a size and variant."""
    lines = []
    for candidates, processes in SIZES:
        for may_split in (False, True):
            rng = np.random.default_rng(seed)
            times = []
            for _ in range(TASKS):
                task = made_up(candidates, processes, rng, may_split=may_split)
                start, cpu = time.perf_counter(), time.process_time()
                find_teams(task)
                times.append((time.perf_counter() - start, time.process_time() - cpu))
            lines.append(
                {
                    "candidates": str(candidates),
                    "processes": str(processes),
                    "split": "yes" if may_split else "no",
                    "seconds": f"{statistics.median(one for one, _ in times):.3f}",
                    "cpu": f"{statistics.median(one for _, one in times):.3f}",
                }
            )
            print(lines[-1])
    return lines


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    lines = measured(options.seed)
    write_results(options.results, lines, [f"Made-up data, seed {options.seed}."], ["scipy"])


if __name__ == "__main__":
    main()
