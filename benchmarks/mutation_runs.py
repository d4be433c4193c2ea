"""The plugin of pytest by which `mutation.py` runs mutants: collected once, each mutant in a copy of the process."""

from __future__ import annotations

import functools
import gc
import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, settings

EXAMPLES = 100
"""Of a property, always the same ones: a sound answer must be told from a wrong one, not every cell be tried."""
PHASES = (Phase.explicit, Phase.generate)
"""That a property fails is enough: no smaller example is looked for."""
SWITCH = "MUTANT_UNDER_TEST"
HITS, LIST, RESULTS = Path("hits.json"), Path("mutants.json"), Path("mutants.jsonl")
LEAST_SECONDS, TIMES = 10, 5
"""A mutant is stopped after so much CPU, or so many times what its tests take."""


def pytest_configure() -> None:
    """After the tests' own profile was loaded."""
    settings.register_profile("mutation", deadline=None, derandomize=True, database=None)
    settings.load_profile("mutation")


def pytest_runtestloop(session: pytest.Session) -> bool:
    """In place of the tests, every mutant of the list."""
    for item in session.items:
        inner = getattr(getattr(item, "obj", None), "_hypothesis_internal_use_settings", None)
        if inner is not None:
            fewer = settings(inner, max_examples=min(inner.max_examples, EXAMPLES), phases=PHASES)
            item.obj._hypothesis_internal_use_settings = fewer  # type: ignore[attr-defined]
    gc.collect()
    gc.freeze()  # what copies share stays shared
    folder = Path.cwd()
    children = _Children(folder)
    if not (folder / HITS).exists():
        children.start("", lambda: _seen(session, folder))
        children.wait()
    hits, seconds = json.loads((folder / HITS).read_text(encoding="utf-8"))
    minutes = float(os.environ["MUTATION_MINUTES"])
    end = time.monotonic() + 60 * minutes if minutes else float("inf")
    for name in json.loads((folder / LIST).read_text(encoding="utf-8")):
        if time.monotonic() > end:
            break
        items = _near(session.items, hits.get(name.rpartition("__mutmut_")[0], []))
        limit = max(LEAST_SECONDS, TIMES * sum(seconds[item.nodeid] for item in items))
        while len(children.running) >= int(os.environ["MUTATION_PROCESSES"]):
            children.wait()
        if items:
            children.start(name, lambda name=name, items=items: _tested(session, name, items), int(limit) + 1)
        else:
            children.note(name, "no test")
    while children.running:
        children.wait()
    return True


def _near(items: Sequence[pytest.Item], hit: Sequence[str]) -> list[pytest.Item]:
    """The tests that came by, then the others of their files, which share what a fixture made."""
    files = {nodeid.partition("::")[0] for nodeid in hit}
    mine = [item for item in items if item.nodeid.partition("::")[0] in files]
    direct = set(hit)
    return sorted(mine, key=lambda item: item.nodeid not in direct)


def _tested(session: pytest.Session, name: str, items: Sequence[pytest.Item]) -> int:
    os.environ[SWITCH] = name
    for item, after in zip(items, (*items[1:], None), strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if session.testsfailed:
            return 1
    return 0


def _seen(session: pytest.Session, folder: Path) -> int:
    """Every test without a mutant: the functions that it comes by, with empty caches, and its seconds."""
    from mutmut.state import state

    os.environ[SWITCH] = "stats"
    hits = defaultdict(list)
    seconds = {}
    for item, after in zip(session.items, (*session.items[1:], None), strict=True):
        _forget()
        state()._stats.clear()
        before = _cpu()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        seconds[item.nodeid] = _cpu() - before
        for function in sorted(state()._stats):
            hits[function].append(item.nodeid)
        if session.testsfailed:
            print(f"{item.nodeid} fails without a mutant", file=sys.__stderr__)
            return 1
    (folder / HITS).write_text(json.dumps([hits, seconds]), encoding="utf-8")
    return 0


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _forget() -> None:
    """Caches of text and valuation are emptied, or only the first test would come by what they hold."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("integrator.text", "integrator.valuation")):
            for value in list(vars(module).values()):
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()


class _Children:
    """Copies of this process at work, and what became of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: dict[int, str] = {}

    def start(self, name: str, work: Callable[[], int], seconds: int = 0) -> None:
        child = os.fork()
        if child:
            self.running[child] = name
            return
        code = 1
        try:
            if seconds:
                resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            code = work()
        finally:
            os._exit(code)

    def wait(self) -> None:
        """Until one has ended."""
        child, status = os.wait()
        name = self.running.pop(child)
        if name:
            became = "timeout" if os.WIFSIGNALED(status) else "killed" if os.WEXITSTATUS(status) else "survived"
            self.note(name, became)
        elif status:
            raise pytest.UsageError("the tests fail without a mutant")

    def note(self, name: str, became: str) -> None:
        with (self.folder / RESULTS).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps([name, became]) + "\n")
