"""The driver's part: what is fitted and the blocks of needs go into a folder, the parts found come back in order."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from integrator.blocks import WIDE, Matched
from integrator.budget import HELD_PAIRS
from integrator.errors import IntegratorError, OutputError, UsageError
from integrator.parts import Parts
from integrator.spark import session
from integrator.spark.frames import read_frame
from integrator.spark.offer_writing import Knowledge, Tables, write_offer
from integrator.spark.tasks import ANSWER, FOUND, OFFER, TABLES, Job, make_folders, match_blocks, write_block

if TYPE_CHECKING:
    from integrator.blocks import Settings
    from integrator.spark.session import Options

BLOCK = 1024
"""Needs of a block at most."""
Keep = Callable[[pd.DataFrame], pd.DataFrame]
"""Which rows of the reasons the caller wants at hand."""
Work = Callable[[Job, Iterable[Any]], Iterator[Any]]


class WorkerFault(IntegratorError):
    """A worker said what it lacks."""


def match(
    given: Tables, requirements: pd.DataFrame, known: Knowledge, settings: Settings, keep: Keep,
    *, folder: Path | None = None, options: Options | None = None, work: Work = match_blocks,
) -> Matched:  # fmt: skip
    """`blocks.match_all` over Spark: the same tables, whatever the partitions and the shards.

    `folder`: where the work lies, reached by every machine under the same path; None = a temporary folder of this
    machine. It is empty again at the end. `keep` as in `blocks.match_all`; `work` is what tasks run.
    Raises `UsageError`, `MissingExtra`, `OutputError` or `WorkerFault` with one sentence, `SparkFailed` when a task
    failed too often.
    """
    options = options or session.Options()
    with _folder(folder, options) as place, session.session(options) as spark:
        ends = cuts(len(given.needs), spark.partitions)
        make_folders(place)
        fingerprint = write_offer(given, known, place / OFFER, options.shard)
        asked: dict[str, str] = {}
        for block, (start, end) in enumerate(ends):
            sides = sides_of(given.needs.iloc[start:end], requirements, given.facts)
            asked |= write_block(place, block, sides)
        job = Job(str(place), fingerprint, asdict(settings), asked)
        answers = spark.answers(len(ends), partial(work, job), ANSWER)
        return gathered(place / FOUND, checked(answers, len(ends)), keep)


def cuts(count: int, partitions: int) -> list[tuple[int, int]]:
    """Where blocks of needs begin and end: even ones, at least one (it gives the tables their columns)."""
    number = max(min(count, partitions), -(-count // BLOCK), 1)
    ends = [count * (i + 1) // number for i in range(number)]
    return list(zip([0, *ends[:-1]], ends, strict=True))


def sides_of(needs: pd.DataFrame, requirements: pd.DataFrame, facts: pd.DataFrame) -> tuple[pd.DataFrame, ...]:
    """Some needs with what is theirs, see `tasks.SIDES`."""
    ids = list(needs["need_id"])
    own = facts[(facts["entity"] == "need") & facts["entity_id"].isin(ids)]
    return needs, requirements[requirements["need_id"].isin(ids)], own


def checked(answers: list[dict[str, Any]], count: int) -> dict[str, list[dict[str, Any]]]:
    """The answers by table, in the order of the blocks. Raises `WorkerFault` for a fault or a block without answer."""
    faults = sorted({answer["fault"] for answer in answers if answer["fault"]})
    if faults:
        raise WorkerFault(faults[0])
    found: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES:
        own = {answer["block"]: answer for answer in answers if answer["table"] == table}
        if sorted(own) != list(range(count)):
            raise WorkerFault(f"{count - len(own)} of {count} blocks of needs came back without {table}: run again.")
        found[table] = [own[block] for block in range(count)]
    return found


def gathered(folder: Path, answers: dict[str, list[dict[str, Any]]], keep: Keep) -> Matched:
    """The parts in the order of their blocks; of a large job the wide tables stay in parts on this machine's disk."""
    read = _reader(folder, answers)
    blocks = range(len(answers["matches"]))
    matches = pd.concat([read("matches", block) for block in blocks], ignore_index=True)
    if sum(answer["rows"] for answer in answers["candidates"]) <= HELD_PAIRS:
        wide = {name: pd.concat([read(name, block) for block in blocks], ignore_index=True) for name in WIDE}
        return Matched(wide, None, matches, keep(wide["reasons"]), 0)
    parts, kept = Parts(), []
    try:
        for block in blocks:
            for name in WIDE:
                frame = read(name, block)
                parts.add(name, block, frame)
                kept += [keep(frame)] if name == "reasons" else []
    except BaseException:
        parts.close()
        raise
    return Matched({}, parts, matches, pd.concat(kept, ignore_index=True), 0)


def _reader(folder: Path, answers: dict[str, list[dict[str, Any]]]) -> Callable[[str, int], pd.DataFrame]:
    def read(table: str, block: int) -> pd.DataFrame:
        answer = answers[table][block]
        return read_frame(folder / answer["file"], answer["sha256"])

    return read


@contextmanager
def _folder(folder: Path | None, options: Options) -> Iterator[Path]:
    """A folder for one job, removed at the end; it has the rights of the folder given, so that workers may read it."""
    if folder is None and options.master and not options.master.startswith("local"):
        raise UsageError(
            f"--engine spark with master {options.master}: give with --spark-work a folder that every machine reaches"
            " under the same path."
        )
    try:
        place = Path(tempfile.mkdtemp(prefix="integrator-spark-", dir=folder)).resolve()
        if folder is not None:
            place.chmod(folder.stat().st_mode & 0o777)
    except OSError as error:
        raise OutputError(f"{folder}: no work for Spark can be put there ({error.strerror or error}).") from error
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
