"""What blocks of needs cost: CPU and memory of searching and ranking, by needs of a block and number of processes.

Every line is a process of its own over one job (make one with `benchmarks/sized_job.py`); `pairs` are the candidate
pairs, `block_bytes_pair` is what the peak rose by while blocks were matched, for each pair of a block.

Usage: python benchmarks/ranking_blocks.py JOB.toml [--rows 100 500 2000] [--workers 1 2] [--results FILE]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from results_file import write_results

from integrator import blocks, config, pipeline
from integrator.intake import read

UNIT = 1024
"""Bytes in which Linux tells the peak."""


def measured(job: Path, rows: int, workers: int) -> dict[str, Any]:
    """One run in this process, up to the matches; a run of the blocks alone is taken from between its stages."""
    settings = config.load(job)
    inputs = read(settings)
    match_all = blocks.match_all
    found: dict[str, Any] = {}

    def watched(*given: Any) -> blocks.Matched:
        before, memory = cpu(), peak()
        made = match_all(*given)
        pairs = made.parts.rows("candidates") if made.parts else len(made.wide["candidates"])
        needs = len(given[0])
        rise = (peak() - memory) * UNIT / (pairs / needs * min(rows, needs))
        found.update(
            needs=needs, pairs=pairs, rows=rows, workers=workers, cpu=f"{cpu() - before:.1f}",
            peak_mb=peak() // UNIT, before_mb=memory // UNIT, block_bytes_pair=round(rise),
        )  # fmt: skip
        return made

    blocks.match_all = watched
    pipeline.match(settings, inputs, plan=blocks.Plan(rows, True, workers))
    return found


def cpu() -> float:
    """CPU seconds of this process and of those that it started and that ended."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def peak() -> int:
    """Largest memory of one process so far, in `UNIT`."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main() -> None:
    """Measure every combination, each in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", type=Path)
    parser.add_argument("--rows", type=int, nargs="+", default=[100, 500, 2000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1])
    parser.add_argument("--results", type=Path, help="CSV file to write.")
    parser.add_argument("--one", nargs=2, type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured(given.job, *given.one)))
        return
    lines = []
    for rows in given.rows:
        for workers in given.workers:
            command = [sys.executable, __file__, str(given.job), "--one", str(rows), str(workers)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            lines.append(json.loads(done.stdout.splitlines()[-1]))
            print(lines[-1], flush=True)
    if given.results:
        write_results(given.results, lines, ("Blocks of needs matched; columns: see the head of the benchmark.",))


if __name__ == "__main__":
    main()
