"""The whole command `integrator run --no-cache` on made-up jobs of a size: elapsed, CPU and memory at its peak.

`size`: suppliers x needs, then the sheets written behind a `+` (none without it).

Usage: python benchmarks/large_job.py [--sizes 100000x10000 ...] [--seed N] [--results FILE]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from measuring import measured
from results_file import RESULTS, write_results
from sized_job import SEED, write_job

SIZES = ("100000x10000",)


def main() -> None:
    """Run each in a fresh folder, print and write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", nargs="+", default=list(SIZES), help="suppliers x needs + sheets")
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--results", type=Path, default=RESULTS / "large_job.csv")
    given = options.parse_args()
    rows: list[dict[str, object]] = []
    for size in given.sizes:
        counts, _, sheets = size.partition("+")
        with tempfile.TemporaryDirectory() as folder:
            job = write_job(Path(folder), *map(int, counts.split("x")), given.seed)
            command = [sys.executable, "-m", "integrator", "run", "--no-cache", "--sheets", sheets or "0"]
            used = measured([*command, str(job)], folder)
        rows.append({
            "size": size, "seconds": f"{used.seconds:.1f}", "cpu": f"{used.cpu:.1f}", "peak_mb": f"{used.peak_mb:.0f}",
        })  # fmt: skip
        print(*rows[-1].values())
    write_results(given.results, rows, [f"Made-up jobs, seed {given.seed}; MB are of 1024 x 1024 bytes."],
                  ("pandas", "scipy", "scikit-learn", "rapidfuzz", "pyarrow", "XlsxWriter"))  # fmt: skip


if __name__ == "__main__":
    main()
