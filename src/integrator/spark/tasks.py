"""What a worker does: blocks of needs matched by the same function as on one machine, their tables written as parts.

A part is named after its block and written whole or not at all, and the same block gives the same bytes: a task that is
tried again, or twice at the same time, leaves what one alone leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from integrator import blocks
from integrator.errors import IntegratorError
from integrator.spark.artifact import read_offer
from integrator.spark.frames import read_frame, write_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from integrator.ranking import Matching

OFFER, ASKED, FOUND = "offer", "asked", "found"
"""Folders of a job: what is fitted, blocks of needs, what was found for them."""
SIDES = ("needs", "requirements", "facts")
TABLES = ("candidates", "matches", "reasons", "contributions")
ANSWER = "block long, table string, file string, sha256 string, rows long, fault string"
"""Columns of what a task gives back, one row a block and table; the rows themselves stay in the parts."""
_ANSWER = pa.schema(
    [("block", pa.int64()), ("table", pa.string()), ("file", pa.string()), ("sha256", pa.string()),
     ("rows", pa.int64()), ("fault", pa.string())]
)  # fmt: skip


@dataclass(frozen=True)
class Job:
    """What a task is told; everything else lies in the folder."""

    folder: str
    offer: str
    """Fingerprint of the offer."""
    settings: Mapping[str, Any]
    asked: Mapping[str, str]
    """File of a block -> sha256 of its bytes."""


def make_folders(folder: Path) -> None:
    """The empty folders of a job."""
    for name in (OFFER, ASKED, *(f"{FOUND}/{table}" for table in TABLES)):
        (folder / name).mkdir(parents=True)


def write_block(folder: Path, block: int, sides: Sequence[pd.DataFrame]) -> dict[str, str]:
    """Write the needs of a block with what is theirs (`SIDES`); sha256 by file."""
    files = {f"{name}-{block:06}.parquet": frame for name, frame in zip(SIDES, sides, strict=True)}
    return {name: write_frame(frame, folder / ASKED / name) for name, frame in files.items()}


def match_blocks(job: Job, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Match the blocks whose numbers stand in the first column; a fault of ours is an answer, not an exception.

    For `DataFrame.mapInArrow`: a fault that trying again would not mend is told in one sentence.
    """
    for batch in batches:
        for block in batch.column(0).to_pylist():
            try:
                rows = _matched(job, block)
            except IntegratorError as error:
                rows = [{"block": block, "fault": str(error)}]
            yield pa.RecordBatch.from_pylist(rows, schema=_ANSWER)


def read_block(folder: Path, block: int, asked: Mapping[str, str] | None = None) -> list[pd.DataFrame]:
    """What `write_block` wrote, and gave the sha256 of."""
    names = [f"{name}-{block:06}.parquet" for name in SIDES]
    return [read_frame(folder / ASKED / name, "" if asked is None else asked[name]) for name in names]


def write_parts(folder: Path, block: int, matching: Matching) -> list[dict[str, Any]]:
    """The tables of a block as parts; one answer a table."""
    answers = []
    for table in TABLES:
        frame: pd.DataFrame = getattr(matching, table)
        name = f"part-{block:06}.parquet"
        sha256 = write_frame(frame, folder / table / name)
        answers.append(
            {"block": block, "table": table, "file": f"{table}/{name}", "sha256": sha256, "rows": len(frame)}
        )
    return answers


def _matched(job: Job, block: int) -> list[dict[str, Any]]:
    folder = Path(job.folder)
    offer, settings = read_offer(folder / OFFER, job.offer), blocks.Settings(**job.settings)
    needs, requirements, facts = read_block(folder, block, job.asked)
    candidates = offer.candidates(needs, requirements, settings.candidates)
    offers = offer.offers(candidates["supplier_id"])
    matching = blocks.rank_block(candidates, needs, requirements, facts, offers, offer.scorer, settings)
    return write_parts(folder / FOUND, block, matching)
