"""Made-up data: one engine of benchmarks/retrieval.py in a process of its own; says what it used and whom it found.

python retrieval_process.py MODULE ENGINE DATA SIZE ANSWERS.npy [GENERATOR]: calls the function of that name in the
module with a `Work`. Imports and the reading of the data are not counted; neither is the compiling of a peer that
offers to be warmed up first.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

TOP = 50


@dataclass
class Work:
    """Texts to search among, texts to search for, and a watch."""

    suppliers: list[str]
    needs: list[str]
    generator: str = ""
    used: dict[str, float] = field(default_factory=dict)

    def timed(self, part: str, act: Callable[[], Any]) -> Any:
        """Do it and count the processor time of all threads towards `build` or `query`."""
        before = _used()
        began = time.perf_counter()
        result = act()
        self.used[part] = self.used.get(part, 0.0) + _used() - before
        self.used["wall"] = self.used.get("wall", 0.0) + time.perf_counter() - began
        return result


def _used() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main() -> None:
    """Run one engine and write its answers: two rows, need and supplier."""
    module, engine, data, size, answers = sys.argv[1:6]
    act = getattr(importlib.import_module(module), engine)
    suppliers, needs = (pd.read_parquet(Path(data) / f"{part}_{size}.parquet")["text"].tolist() for part in "SN")
    work = Work(suppliers, needs, sys.argv[6] if len(sys.argv) > 6 else "")
    found = np.asarray(act(work), dtype=np.int64)
    np.save(answers, found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    print(json.dumps(work.used | {"peak_mb": peak / 1024}), flush=True)


if __name__ == "__main__":
    main()
