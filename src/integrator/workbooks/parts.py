"""The parts of a zipped workbook, unzipped piece by piece and never beyond a budget."""

from __future__ import annotations

import copy
import zipfile
from collections import Counter
from collections.abc import Iterator

from integrator.workbooks.limits import MIB, Limits
from integrator.workbooks.refusing import RAISE_LIMITS, damaged, protected, refused

_PIECE = 256 * 1024
_MOST_PARTS = 10_000
_ENCRYPTED = 1


class Parts:
    """An open archive whose declared sizes have been checked."""

    def __init__(self, archive: zipfile.ZipFile, file: str, limits: Limits) -> None:
        self._archive, self._file, self._limits = archive, file, limits
        self._left = limits.unzipped_bytes
        parts = archive.infolist()
        self._refuse_duplicates(parts)
        self._refuse_declared_sizes(parts)
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise protected(file)
        self._by_name = {part.filename.casefold(): part for part in parts}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._by_name

    def names(self) -> list[str]:
        """The names as written, in the order of the archive."""
        return [part.filename for part in self._by_name.values()]

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part. Reads what is really there: a part larger than it declares is refused."""
        part = self._by_name[name.casefold()]
        claimed = copy.copy(part)
        claimed.file_size = self._left + _PIECE
        read = 0
        with self._archive.open(claimed) as stream:
            while piece := stream.read(_PIECE):
                read += len(piece)
                self._left -= len(piece)
                if self._left < 0:
                    raise self._too_large(f"more than {self._limits.unzipped_bytes // MIB} MiB")
                yield piece
        if read != part.file_size:
            raise damaged(self._file)

    def _refuse_duplicates(self, parts: list[zipfile.ZipInfo]) -> None:
        if len(parts) > _MOST_PARTS:
            raise refused(
                self._file,
                "too_large",
                f"the workbook has {len(parts)} parts, over {_MOST_PARTS}",
                RAISE_LIMITS,
            )
        counts = Counter(part.filename.casefold() for part in parts)
        twice = sorted(name for name, count in counts.items() if count > 1)
        if twice:
            raise refused(
                self._file,
                "duplicate_part",
                f"the workbook holds its part {twice[0]!r} twice, so that two programs may read two contents",
                "ask for a fresh export, or open it in Excel and save it again",
            )

    def _refuse_declared_sizes(self, parts: list[zipfile.ZipInfo]) -> None:
        total = sum(part.file_size for part in parts)
        if total > self._limits.unzipped_bytes:
            raise self._too_large(f"{total // MIB} MiB, over {self._limits.unzipped_bytes // MIB} MiB")
        for part in parts:
            if part.file_size > MIB and part.file_size > self._limits.ratio * max(part.compress_size, 1):
                message = f"its part {part.filename!r} unfolds more than {self._limits.ratio} times"
                raise refused(
                    self._file,
                    "too_large",
                    f"{message}, as a zip bomb does",
                    f"do not open it; {RAISE_LIMITS}",
                )

    def _too_large(self, size: str) -> Exception:
        return refused(self._file, "too_large", f"the workbook unfolds to {size}", RAISE_LIMITS)
