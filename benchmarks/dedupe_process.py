"""Made-up data: one engine of benchmarks/dedupe.py in a process of its own; says what it used and which pairs it found.

python dedupe_process.py MODULE ENGINE NAMES.parquet ANSWERS.npz: calls the function of that name in the module with a
frame of name, city and sector; it returns two arrays of row numbers and one of scores. Imports and the reading of the
data are not counted.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time

import numpy as np
import pandas as pd


def _used() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main() -> None:
    """Run one engine and write its pairs."""
    name, engine, data, answers = sys.argv[1:5]
    module = importlib.import_module(name)
    frame = pd.read_parquet(data)[["name", "city", "sector"]]
    before, began = _used(), time.perf_counter()
    one, other, score = getattr(module, engine)(frame)
    used = {"cpu_s": _used() - before, "wall_s": time.perf_counter() - began}
    np.savez(answers, one=np.asarray(one), other=np.asarray(other), score=np.asarray(score, dtype=float))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    print(json.dumps(used | {"peak_mb": peak / 1024}), flush=True)


if __name__ == "__main__":
    main()
