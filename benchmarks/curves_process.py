"""One job of benchmarks/curves.py in a process of its own: what each stage used, as one line of JSON.

`stages`: by stage CPU (user and system, of ended children too), elapsed seconds and memory at its peak; where the
system lets a process forget its peak (Linux), the peak is of the stage alone. `start` is what the imports took.
`counts`: rows of every table; `memory`: what the model of memory (`integrator.budget`) goes by.

Usage: python benchmarks/curves_process.py JOB.toml OUT_FOLDER [SECTION.KEY=VALUE]...
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

_FORGET = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")


class Stages:
    """The clock of the stages; `pipeline.run` calls it when one begins."""

    def __init__(self) -> None:
        self.used: dict[str, dict[str, float]] = {}
        self._name, self._cpu, self._clock = "start", 0.0, time.perf_counter()
        self._alone = _forget_peak()

    def __call__(self, stage: str, _number: int, _count: int) -> None:
        """The stage before has ended."""
        cpu, clock = _cpu(), time.perf_counter()
        self.used[self._name] = {"cpu": cpu - self._cpu, "seconds": clock - self._clock, "peak_mb": _peak(self._alone)}
        self._name, self._cpu, self._clock = stage, cpu, clock
        _forget_peak()


def _cpu() -> float:
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def _forget_peak() -> bool:
    try:
        _FORGET.write_text("5", encoding="ascii")
    except OSError:
        return False
    return True


def _peak(alone: bool) -> float:
    if alone:
        lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Run the job and write its folder."""
    clock = Stages()
    from integrator import config, intake, pipeline, run_folder

    job, out, *changes = sys.argv[1:]
    settings = config.load(Path(job))
    for change in changes:
        key, _, value = change.partition("=")
        section, _, name = key.partition(".")
        settings = settings.with_changes({section: {name: json.loads(value)}})
    clock("read", 0, 0)
    inputs = intake.read(settings)
    run: Any = pipeline.match(settings, inputs, pipeline._Steps(clock))
    clock("write", 0, 0)
    run_folder.write(run, Path(out), True)
    clock("end", 0, 0)
    memory = vars(pipeline.memory_counts(settings, inputs))
    print(json.dumps({"stages": clock.used, "counts": dict(run.stage_counts), "memory": memory}))


if __name__ == "__main__":
    main()
