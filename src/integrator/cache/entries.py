"""What a run worked out, kept for the next one. Losing it costs time and nothing else.

An entry is a file of plain arrays (npz, nothing is pickled), named by its kind and by a mark of all that it was made
of, this program included: what is found is what would be made again. It holds content of inputs, so that only its
owner may read it. A file that is damaged or not ours is no entry; a folder that cannot be written keeps nothing.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from integrator.cache.texts import Arrays

Found = TypeVar("Found")

_SUM = "sum"
_NUMBERS = "biuf"
_A_DAY = 86_400


@dataclass(frozen=True)
class Kind:
    """What entries of one sort are called, and how much of them is kept; the ones used longest ago go first."""

    name: str
    entries: int
    size: int = 1 << 30
    """Bytes of all of them together."""


class Cache:
    """A folder of entries; without a folder nothing is kept and nothing found."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def __bool__(self) -> bool:
        return self._folder is not None

    def get(self, kind: Kind, name: str, unpack: Callable[[Arrays], Found | None]) -> Found | None:
        """What `unpack` makes of the arrays of an entry; None when there is none, or no sound one."""
        if self._folder is None:
            return None
        path = self._path(self._folder, kind, name)
        try:
            if not path.is_file() or path.stat().st_size > kind.size:
                return None
            with path.open("rb") as stream:
                arrays = _read(stream)
            given = arrays.pop(_SUM)
            found = unpack(arrays) if given.tobytes() == _checksum(kind, name, arrays) else None
        except Exception:  # a damaged or hostile file fails in any way, and none matters: the entry is made anew
            return None
        with suppress(OSError):
            os.utime(path)
        return found

    def put(self, kind: Kind, name: str, arrays: Arrays) -> None:
        """Keep an entry, whole or not at all, in place of an earlier one of its name."""
        if self._folder is None or sum(array.nbytes for array in arrays.values()) > kind.size:
            return
        with suppress(OSError):
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._path(self._folder, kind, name), kind, name, arrays)
            self._bound(self._folder, kind)

    def _path(self, folder: Path, kind: Kind, name: str) -> Path:
        return folder / f"{kind.name}-{name}.npz"

    def _write(self, path: Path, kind: Kind, name: str, arrays: Arrays) -> None:
        if any(array.dtype.kind not in _NUMBERS for array in arrays.values()):
            raise TypeError("an entry is made of arrays of numbers")
        content: dict[str, Any] = dict(arrays) | {_SUM: np.frombuffer(_checksum(kind, name, arrays), dtype=np.uint8)}
        handle, made = tempfile.mkstemp(prefix=f".{kind.name}-", dir=path.parent)  # for its owner only
        try:
            with os.fdopen(handle, "wb") as stream:
                np.savez(stream, **content)
            Path(made).replace(path)
        finally:
            Path(made).unlink(missing_ok=True)

    def _bound(self, folder: Path, kind: Kind) -> None:
        """Take away what is over the bounds, and what a killed run left half written."""
        found = []
        for path in folder.glob(f"{kind.name}-*.npz"):
            with suppress(OSError):  # another run may have taken it away
                status = path.stat()
                found.append((status.st_mtime, path.name, status.st_size, path))
        found.sort(reverse=True)
        left = kind.size
        for number, (_, _, size, path) in enumerate(found):
            left -= size
            if number >= kind.entries or left < 0:
                path.unlink(missing_ok=True)
        for path in folder.glob(f".{kind.name}-*"):
            with suppress(OSError):
                if found and path.stat().st_mtime < found[0][0] - _A_DAY:
                    path.unlink(missing_ok=True)


def _read(stream: IO[bytes]) -> dict[str, NDArray[Any]]:
    """The arrays of a file of ours: of numbers, and none larger than the file says."""
    size = os.fstat(stream.fileno()).st_size
    members = zipfile.ZipFile(stream).infolist()
    if any(one.compress_type != zipfile.ZIP_STORED for one in members) or sum(one.file_size for one in members) > size:
        raise ValueError("compressed")
    stream.seek(0)
    with np.load(stream, allow_pickle=False) as content:
        arrays = {name: np.asarray(content[name]) for name in content.files}
    if any(array.dtype.kind not in _NUMBERS for array in arrays.values()):
        raise ValueError("not numbers")
    return arrays


def _checksum(kind: Kind, name: str, arrays: Arrays) -> bytes:
    digest = hashlib.sha256(f"{kind.name} {name}".encode())
    for own, array in sorted(arrays.items()):
        digest.update(f"\0{own} {array.dtype.str} {array.shape}\0".encode())
        digest.update(np.ascontiguousarray(array).data if array.size else b"")
    return digest.digest()
