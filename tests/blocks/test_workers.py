"""Numbered tasks done by several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing import connection

import pytest

from integrator import workers
from integrator.errors import IntegratorError

pytestmark = pytest.mark.skipif(not workers.can_share(), reason="this system does not copy processes safely")


@pytest.mark.parametrize(("count", "processes"), [(0, 2), (1, 2), (7, 1), (7, 2), (3, 9)])
def test_every_task_is_done_once(count, processes, tmp_path):
    workers.each(lambda number: (tmp_path / str(number)).touch(exist_ok=False), count, processes)
    assert {path.name for path in tmp_path.iterdir()} == set(map(str, range(count)))
    assert not multiprocessing.active_children()


def test_two_processes_work(tmp_path):
    workers.each(lambda number: (tmp_path / str(number)).write_text(str(os.getpid())), 20, 2)
    assert str(os.getpid()) not in {path.read_text() for path in tmp_path.iterdir()}


class Unsendable(Exception):
    """Holds what cannot be sent to another process."""

    def __init__(self) -> None:
        super().__init__("cannot be sent", lambda: None)


@pytest.mark.parametrize(
    ("error", "raised"),
    [(KeyError("x"), KeyError), (IntegratorError("y"), IntegratorError), (Unsendable(), IntegratorError)],
)
def test_an_error_is_raised_here_and_the_others_end(error, raised):
    def task(number: int) -> None:
        if number == 3:
            raise error
        signal.pause() if number == 4 else None

    with pytest.raises(raised):
        workers.each(task, 9, 2)
    assert not multiprocessing.active_children()


def test_a_process_that_is_killed_is_missed():
    with pytest.raises(workers.WorkerLost, match="fewer workers"):
        workers.each(lambda number: os.kill(os.getpid(), signal.SIGKILL) if number == 1 else None, 4, 2)
    assert not multiprocessing.active_children()


def test_who_is_interrupted_leaves_no_process(monkeypatch):
    def interrupted(_waiting: object) -> list[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(connection, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        workers.each(lambda _number: signal.pause(), 4, 2)
    assert not multiprocessing.active_children()


def test_one_process_where_they_cannot_be_copied(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "can_share", lambda: False)
    workers.each(lambda number: (tmp_path / str(number)).write_text(str(os.getpid())), 3, 2)
    assert {path.read_text() for path in tmp_path.iterdir()} == {str(os.getpid())}
