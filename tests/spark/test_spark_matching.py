"""Spark gives the rows that one machine gives: whatever the partitions, and when workers die."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from spark_world import SETTINGS, World, assert_same

from integrator import blocks, tables, valuation
from integrator import spark as engine
from integrator.spark import matching
from integrator.spark.matching import WorkerFault
from integrator.spark.session import SparkFailed

pytestmark = pytest.mark.nightly
"""A run by the command stands for them: `test_spark_command.py`."""


def matched(job: World, folder: Path, partitions: int, shard: int = 200_000, **more: Any) -> blocks.Matched:
    options = engine.Options(partitions=partitions, shard=shard)
    found = engine.match(
        job.given, job.requirements, job.known, SETTINGS, valuation.deciding, folder=folder, options=options, **more
    )
    assert list(folder.glob("integrator-*")) == [], "nothing is left behind"
    return found


@pytest.mark.parametrize(("partitions", "shard"), [(1, 200_000), (2, 3), (7, 200_000)])
def test_partitions_and_shards_change_nothing(spark, job, expected, tmp_path, partitions, shard):
    assert_same(matched(job, tmp_path, partitions, shard), expected)


def test_large_tables_stay_on_disk(spark, job, expected, tmp_path, monkeypatch):
    monkeypatch.setattr(matching, "HELD_PAIRS", 10)
    found = matched(job, tmp_path, 3)
    assert found.parts is not None
    assert_same(found, expected)
    found.parts.close()


def test_a_need_without_candidates_has_its_row(expected):
    alone = expected.matches[expected.matches["need_id"] == "X90"]
    assert alone["supplier_id"].tolist() == [""]
    assert alone["rank"].isna().all()


def test_without_needs_the_tables_are_empty(spark, job, expected, tmp_path):
    empty = job.some(0)
    found = matched(empty, tmp_path, 2)
    assert_same(found, empty.matched())
    assert [len(found.matches), list(found.matches)] == [0, tables.MATCHES.names]


def test_a_folder_that_workers_do_not_reach_is_told(spark, job, tmp_path):
    def elsewhere(told: Any, batches: Any) -> Iterator[Any]:
        import dataclasses

        from integrator.spark import tasks

        yield from tasks.match_blocks(dataclasses.replace(told, folder="/no-such-folder"), batches)

    with pytest.raises(WorkerFault, match=r"this worker does not reach it.*--spark-work"):
        matched(job, tmp_path, 1, work=elsewhere)


def test_a_part_that_lacks_is_no_result(spark, job, tmp_path):
    def lazy(told: Any, batches: Any) -> Iterator[Any]:
        from integrator.spark import tasks

        yield from list(tasks.match_blocks(told, batches))[1:]

    with pytest.raises(WorkerFault, match="came back without candidates"):
        matched(job, tmp_path, 2, work=lazy)


def test_a_killed_worker_is_tried_again_and_nothing_stands_twice(spark, job, expected, tmp_path):
    marker = tmp_path / "killed"

    def dying(told: Any, batches: Any) -> Iterator[Any]:
        """Once, after the parts of a block are written, the process is killed as the kernel would."""
        from integrator.spark.tasks import match_blocks

        for answer in match_blocks(told, batches):
            yield answer
            try:
                os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                continue
            os.kill(os.getpid(), signal.SIGKILL)

    assert_same(matched(job, tmp_path, 3, work=dying), expected)
    assert marker.exists()


def test_a_task_that_always_fails_is_given_up_in_one_sentence(spark, job, tmp_path):
    def failing(told: Any, batches: Any) -> Iterator[Any]:
        raise ZeroDivisionError("made up")
        yield

    with pytest.raises(SparkFailed, match=r"^Spark gave up after trying again: .*made up") as caught:
        matched(job, tmp_path, 1, work=failing)
    assert "\n" not in str(caught.value)
