"""The look at a zipped workbook before a parser may open it.

Parsers trust what a workbook declares: a 5 kB file with a cell at XFD1048576 aborts the process, a
1 MB file can unfold to gigabytes. Every part is therefore streamed once, within bounds.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from integrator.workbooks.limits import MIB, Limits
from integrator.workbooks.refusing import refused

_CHUNK = 256 * 1024
_OVERLAP = 128
_REFERENCE = re.compile(rb'<(?:\w+:)?(?:c|row)\b[^>]*?\br="([A-Z]{0,3})(\d{1,9})"')
_REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d{1,12})"')
_FILLED = re.compile(rb"<text:p|office:value")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LARGE = "split the file or raise [limits] in the job"


def inspect(path: Path, shown_as: str, limits: Limits) -> None:
    """Refuse a zipped workbook that is damaged, oversized or declares entities or far cells.

    Raises `InputRefused`. Nothing is written to disk and no part is held in memory whole.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _sizes(archive, shown_as, limits)
            budget = limits.unzipped_bytes
            for part in archive.infolist():
                budget -= _inspect_part(archive, part, shown_as, limits, budget)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise refused(
            shown_as,
            "damaged_workbook",
            "the workbook is damaged or incomplete",
            "open and save it again in Excel",
        ) from error


def _sizes(archive: zipfile.ZipFile, shown_as: str, limits: Limits) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(names) < 10_000 else ["..."]
    if twice:
        raise refused(
            shown_as,
            "duplicate_part",
            f"the workbook holds the part {twice[0]!r} twice",
            "save it again in Excel",
        )
    total = sum(part.file_size for part in parts)
    if total > limits.unzipped_bytes:
        raise refused(
            shown_as,
            "too_large",
            f"it unfolds to {total // MIB} MiB, over the limit of {limits.unzipped_bytes // MIB} MiB",
            _LARGE,
        )
    for part in parts:
        if part.file_size > MIB and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise refused(
                shown_as,
                "too_large",
                f"the part {part.filename!r} unfolds more than {limits.ratio} times, like a zip bomb",
                "save the workbook again in Excel, or raise [limits] ratio in the job",
            )


def _inspect_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, shown_as: str, limits: Limits, budget: int
) -> int:
    read = 0
    is_xml = part.filename.lower().endswith((".xml", ".rels"))
    far = _FarCells(shown_as, part.filename, limits)
    for window, length in _windows(archive, part):
        read += length
        if read > budget:
            raise refused(shown_as, "too_large", "the workbook unfolds to more than it declares", _LARGE)
        if is_xml and _ENTITY.search(window):
            raise refused(
                shown_as,
                "external_entity",
                "the workbook declares XML entities, which no spreadsheet program writes",
                "do not open it; ask the sender for a fresh export",
            )
        if part.filename.startswith("xl/worksheets/"):
            far.check_references(window)
        elif part.filename == "content.xml":
            far.check_repeats(window)
    return read


def _windows(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Successive pieces of a part, each with the end of the one before, and the bytes that are new."""
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield tail + chunk, len(chunk)
            tail = (tail + chunk)[-_OVERLAP:]


class _FarCells:
    """Refuses cells outside the limits; a far row alone is fine (a stray format), a far column is not."""

    def __init__(self, shown_as: str, part: str, limits: Limits) -> None:
        self._shown_as, self._part, self._limits = shown_as, part, limits
        self._column = self._row = 1
        self._cell = ""

    def check_references(self, window: bytes) -> None:
        for letters, digits in _REFERENCE.findall(window):
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            self._grow(column, int(digits), f"{letters.decode()}{int(digits)}")

    def check_repeats(self, window: bytes) -> None:
        """In an .ods a repeated cell is harmless only when it is blank."""
        for match in _REPEATED.finditer(window):
            count = int(match.group(2))
            end = window.find(b">", match.end())
            blank = (
                end < 0 or window[end - 1 : end] == b"/" or not _FILLED.search(window[match.end() : end + 1])
            )
            bound = self._limits.columns if match.group(1) == b"columns" else self._limits.rows
            if count > bound and not blank:
                raise refused(
                    self._shown_as,
                    "far_cell",
                    f"the workbook repeats one filled cell {count} times",
                    "delete the repeated cells and save again",
                )

    def _grow(self, column: int, row: int, cell: str) -> None:
        self._column, self._row = max(self._column, column), max(self._row, row)
        if column > self._limits.columns or (
            self._column * self._row > self._limits.columns * self._limits.rows
        ):
            raise refused(
                self._shown_as,
                "far_cell",
                f"the part {self._part!r} has a cell at {cell}, far outside any table",
                "delete the rows and columns beyond the table and save again",
            )
