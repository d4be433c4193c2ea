"""Where the time of a job goes, by function: a profile of a whole run of a made-up job (`sized_job.py`, from a seed).

A profile costs time itself, most where small functions are called often: stages are measured without it by `curves.py`.

Usage: python benchmarks/profile_job.py [SUPPLIERSxNEEDS] [--rows N] [--by tottime|cumulative] [--seed N]
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import tempfile
from pathlib import Path

from sized_job import SEED, write_job

from integrator import pipeline, run_folder
from integrator.config import load


def main() -> None:
    """Make the job, run it under the profiler, list the functions."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("size", nargs="?", default="10000x500", help="suppliers x needs")
    options.add_argument("--rows", type=int, default=30)
    options.add_argument("--by", choices=("tottime", "cumulative"), default="tottime")
    options.add_argument("--seed", type=int, default=SEED)
    given = options.parse_args()
    suppliers, needs = map(int, given.size.split("x"))
    profile = cProfile.Profile()
    with tempfile.TemporaryDirectory() as folder:
        config = load(write_job(Path(folder), suppliers, needs, given.seed))
        profile.enable()
        run_folder.write(pipeline.run(config), config.out, True)
        profile.disable()
    pstats.Stats(profile).strip_dirs().sort_stats(given.by).print_stats(given.rows)


if __name__ == "__main__":
    main()
