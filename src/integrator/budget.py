"""How much memory a job will take, from counts known once it is read; sizes as people write them.

The model is a sum: what every run needs, so much a filled cell and a pair, and what is worked on at one time: the
block of needs that is matched, or the sheets that are written. Its coefficients stand in `data/memory.csv` with the
command that measured them. It sizes the blocks of a run that is given a limit, and refuses one that cannot keep it
before the work starts.
"""

from __future__ import annotations

import ctypes
import gc
import re
import sys
from dataclasses import dataclass

from integrator import data
from integrator.errors import UsageError

BLOCK_BYTES = 256 * 2**20
"""What the blocks of needs of all workers may take while they are matched, when nothing limits a run."""
LEAST_BLOCK = 16 * 2**20
"""Smaller blocks cost more time than they save memory."""
PAIR_BYTES = 3_000
"""What a candidate pair takes while its block is matched; measured by `benchmarks/ranking_blocks.py`."""
FOUND = 3
"""Candidates a need by channels that agree in part, in units of what each channel names."""
HELD_PAIRS = 200_000
"""Jobs of more candidate pairs than these keep their wide tables on disk."""
_UNITS = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?(B|[KMG]i?B)")
_ROOM = 1.05
"""What is proposed is a little more than what the model says."""


def give_back() -> None:
    """Hand memory that is free, but still held for later, to the system: what comes next needs other sizes of it."""
    import pyarrow as pa

    gc.collect()
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform.startswith("linux") else None
    if trim:  # of the C library of GNU alone
        trim(0)


def bytes_of(text: str) -> int:
    """A size as it is written: a number, a point for its fraction, and one of B, KB, MB, GB, KiB, MiB, GiB.

    Raises `ValueError` with one sentence for anything else.

    >>> bytes_of("2GB"), bytes_of("1.5 GiB"), bytes_of("64KiB")
    (2000000000, 1610612736, 65536)
    """
    found = _SIZE.fullmatch(text)
    size = round(float(found[1]) * _UNITS[found[2]]) if found else 0
    if size <= 0:
        raise ValueError(f"{text!r} is no size: write a number and one of {', '.join(_UNITS)}, as 500MB or 2GB")
    return size


def size_text(size: float) -> str:
    """A size for people, in decimal units; from a gigabyte on with one decimal.

    >>> size_text(2_345_000_000), size_text(64_000_000), size_text(1)
    ('2.3 GB', '64 MB', '1 MB')
    """
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(round(size / 1e6), 1)} MB"


@dataclass(frozen=True)
class Counts:
    """What the memory of a run depends on."""

    suppliers: int
    cells: int
    """Cells of suppliers and needs that are not blank: what facts, texts and links grow with."""
    needs: int
    candidates: int
    """Suppliers kept a need, at most."""
    workers: int = 1
    sheets: int = 0
    """Opportunities that get a sheet."""

    @property
    def pairs(self) -> int:
        """Pairs that are kept."""
        return self.needs * min(self.candidates, self.suppliers)

    @property
    def found(self) -> int:
        """Candidate pairs to expect."""
        return self.needs * max(min(self.suppliers, FOUND * self.candidates), 1)

    @property
    def on_disk(self) -> bool:
        """Whether the tables of a row or more a pair lie on disk and not in memory."""
        return self.found > HELD_PAIRS or self.workers > 1


def peak(counts: Counts, block_bytes: int = BLOCK_BYTES) -> int:
    """Bytes that a run takes at its peak, its processes together."""
    each = coefficients()
    working = max(each["block"] * worked_on(counts, block_bytes), each["sheet"] * min(counts.sheets, counts.needs))
    return round(sum(each[term] * amount for term, amount in amounts(counts).items()) + working)


def amounts(counts: Counts) -> dict[str, int]:
    """How often each term counts that is there from the beginning to the end."""
    held = 0 if counts.on_disk else counts.found
    return {"run": 1, "cell": counts.cells, "pair": counts.pairs, "held": held, "worker": counts.workers - 1}


def worked_on(counts: Counts, block_bytes: int) -> int:
    """Bytes of the blocks that are matched at the same time: no more than there are pairs to match."""
    return min(block_bytes, counts.found * PAIR_BYTES)


def coefficients() -> dict[str, float]:
    """Bytes of each term."""
    return {row["term"]: float(row["bytes"]) for row in data.rows("memory.csv")}


def block_bytes(counts: Counts, allowed: int | None) -> int:
    """The bytes that a block may take so that the run keeps to what is allowed; None = nothing limits it.

    Raises `UsageError` when the smallest blocks would still be too much: what it needs, what is allowed, what to do.
    """
    if allowed is None or peak(counts) <= allowed:
        return BLOCK_BYTES
    least = peak(counts, LEAST_BLOCK)
    if least > allowed:
        raise UsageError(_refusal(counts, least, allowed))
    sheets = coefficients()["sheet"] * min(counts.sheets, counts.needs)
    blocks = coefficients()["block"] * worked_on(counts, LEAST_BLOCK)
    return LEAST_BLOCK + int((allowed - least + max(sheets - blocks, 0)) / coefficients()["block"])


def _refusal(counts: Counts, least: int, allowed: int) -> str:
    alone = peak(Counts(0, 0, 0, 0), LEAST_BLOCK)
    said = f"this job needs about {size_text(least)} of memory, {size_text(allowed)} is allowed"
    give = f"give --max-memory {_proposed(least)}"
    if alone > allowed:
        return f"{said}: {give}; a job of any size needs {size_text(alone)}."
    fewer = "ask fewer workers, " if counts.workers > 1 else ""
    return f"{said}: {give}, {fewer}or split the suppliers or the needs."


def _proposed(size: int) -> str:
    """A size that is enough, as an option takes it."""
    step = 10**8 if size >= 10**9 else 10**7
    enough = -(-round(size * _ROOM) // step) * step
    return f"{enough / 1e9:.1f}GB" if enough >= 10**9 else f"{enough // 10**6}MB"
