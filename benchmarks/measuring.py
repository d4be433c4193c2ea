"""A command run to its end in a process of its own, and what it used: elapsed and CPU seconds, memory at its peak.

The process that measures must stay small: the system counts what a process held when it started another to that one.
Memory of several processes at once is the sum of their shares (PSS), looked at four times a second, on Linux.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_EVERY = 0.25
"""Seconds between two looks."""


class Used(NamedTuple):
    """What one command used, its processes together, and what it printed."""

    seconds: float
    cpu: float
    peak_mb: float
    said: str


def measured(command: Sequence[str], folder: Path | str = ".", log: Path | None = None) -> Used:
    """Run a command in a folder; raises SystemExit with the end of what it complained of when it fails.

    `log` takes its stderr, to be read afterwards.
    """
    with tempfile.TemporaryDirectory() as kept:
        complaints = log or Path(kept) / "stderr"
        with complaints.open("wb") as stderr:
            began = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=folder, stdout=subprocess.PIPE, stderr=stderr, start_new_session=True
            )  # fmt: skip
            watch = _Watch(process.pid)
            said = process.stdout.read() if process.stdout else b""
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
            together = watch.end()
        if process.returncode:
            told = complaints.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise SystemExit(f"{' '.join(command[:6])} ... ended with {process.returncode}: {told}")
    alone = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Used(seconds, usage.ru_utime + usage.ru_stime, max(alone, together), said.decode("utf-8"))


class _Watch:
    """The largest sum of memory of the processes of a session, as long as there are several."""

    def __init__(self, session: int) -> None:
        self._session, self._peak, self._over = session, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """Megabytes; 0 when there never were several, or the system does not tell."""
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            found = list(_of_session(self._session))
            if len(found) > 1:
                self._peak = max(self._peak, sum(map(_share, found)))


def _of_session(session: int) -> Iterator[Path]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2]
        except OSError:
            continue  # it has ended meanwhile
        if after_name.split()[3] == str(session):
            yield folder


def _share(folder: Path) -> float:
    try:
        lines = (folder / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
