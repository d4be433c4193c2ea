"""How large an input may be: the guard refuses what is larger before any parser sees it."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one input file; every one can be set in the job."""

    file_bytes: int = 100 * MIB
    unzipped_bytes: int = 256 * MIB
    """Sum of the parts of a workbook once unzipped, declared and really read; also the sum of the texts
    of its cells, because one shared or repeated text can stand in a million cells."""
    ratio: int = 200
    """Largest ratio of unzipped to zipped size of a part above 1 MiB."""
    rows: int = 200_000
    columns: int = 1_000
    cells: int = 5_000_000
    """Rows x columns of the used ranges of all sheets of a file: a parser holds the blank cells too."""


DEFAULT_LIMITS = Limits()
