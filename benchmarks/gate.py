"""The gate, `.ci/run`, from a clean copy with a fresh environment: how long, and how many tests.

Usage: python benchmarks/gate.py [--results FILE]
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from measuring import measured
from results_file import RESULTS, write_results

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run it to its end, which must be good, and write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--results", type=Path, default=RESULTS / "gate.csv")
    given = options.parse_args()
    used = measured([str(ROOT / ".ci" / "run")], ROOT)
    passed = re.findall(r"(\d+) passed", used.said)
    row = {
        "minutes": f"{used.seconds / 60:.2f}",
        "cpu_minutes": f"{used.cpu / 60:.2f}",
        "passed": sum(map(int, passed[-1:])),
    }
    print(*row.values())
    write_results(given.results, [row], packages=["pytest"])


if __name__ == "__main__":
    main()
