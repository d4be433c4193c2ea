"""Numbered tasks done by several processes that are copies of this one, so that what is fitted is shared as it is."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import connection
from typing import TYPE_CHECKING, Any

from integrator.errors import IntegratorError

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

Task = Callable[[int], None]


class WorkerLost(IntegratorError):
    """A process ended before its work was done."""


def can_share() -> bool:
    """Whether this system copies processes safely; elsewhere one process does all."""
    return sys.platform.startswith("linux") and "fork" in multiprocessing.get_all_start_methods()


def each(task: Task, count: int, workers: int) -> None:
    """Call `task` with 0 .. `count` - 1, each once, by so many processes; what a task leaves, it leaves on disk.

    The first error of a task is raised here, and the other processes are ended, as they are when this one is
    interrupted. Raises `WorkerLost` when a process was ended by something else, such as a lack of memory.
    """
    workers = min(workers, count)
    if workers <= 1 or not can_share():
        for number in range(count):
            task(number)
        return
    context = multiprocessing.get_context("fork")
    following = context.Value("q", 0)
    gc.collect()
    gc.freeze()  # what is shared stays shared: the collector of a copy does not write on it
    running: dict[Any, ForkProcess] = {}
    receiver: Any
    try:
        for _ in range(workers):
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(task, count, following, sender, os.getpid()), daemon=True)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # other threads of ours hold no lock that is needed
                process.start()
            sender.close()
            running[receiver] = process
        while running:
            for receiver in list(connection.wait(list(running))):
                _finish(receiver, running.pop(receiver))
    finally:
        gc.unfreeze()
        for process in running.values():
            process.terminate()
        for process in running.values():
            process.join()


def _finish(receiver: Any, process: ForkProcess) -> None:
    """Wait for a process that has said its last word. Raises what went wrong there."""
    try:
        failure = receiver.recv()
    except EOFError:
        process.join()
        raise WorkerLost(
            f"a process that matches needs was ended from outside (exit code {process.exitcode}): there may be too"
            " little memory: run with fewer workers."
        ) from None
    process.join()
    if failure is not None:
        raise failure


def _work(task: Task, count: int, following: Any, sender: Any, parent: int) -> None:
    """One process: the next number that nobody has, until none is left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told, and ends the others
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    failure: BaseException | None = None
    try:
        while os.getppid() == parent:
            with following.get_lock():
                number, following.value = following.value, following.value + 1
            if number >= count:
                break
            task(number)
    except BaseException as error:
        error.add_note(traceback.format_exc())
        failure = error
    try:
        sender.send(failure)
    except Exception:  # an error that cannot travel between processes, of whatever sort: its words can
        with suppress(OSError):
            sender.send(IntegratorError(f"{type(failure).__name__}: {failure}"))
