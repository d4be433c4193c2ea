"""Vectors kept between runs, by the digest of what they were made of. Losing them costs time and nothing else."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MOST = 150_000
"""Vectors kept on disk, about 160 MB; the ones used longest ago go first."""
FILE = "vectors.npz"
_DIGEST = 32


def key_of(version: str, text: str) -> bytes:
    """The digest that a vector is kept under: of the model's version and the text."""
    return hashlib.sha256(f"{version}\0{text}".encode()).digest()


class KeptVectors:
    """A mapping of digests to rounded vectors, backed by one file of plain arrays (nothing is unpickled)."""

    def __init__(self, folder: Path | None, version: str, size: int) -> None:
        self._path = folder / FILE if folder else None
        self._version, self._size = version, size
        self._rows: dict[bytes, NDArray[np.int16]] = self._read()
        self._used: dict[bytes, None] = {}
        self._changed = False

    def __contains__(self, key: bytes) -> bool:
        return key in self._rows

    def __getitem__(self, key: bytes) -> NDArray[np.int16]:
        self._used[key] = None
        return self._rows[key]

    def add(self, rows: Mapping[bytes, NDArray[np.int16]]) -> None:
        """Take in new vectors."""
        self._rows.update(rows)
        self._changed = self._changed or bool(rows)

    def save(self) -> None:
        """Write what was read and added, the unused of longest ago left out; whole or not at all."""
        if self._path is None or not self._changed:
            return
        order = [key for key in self._rows if key not in self._used] + list(self._used)
        order = order[-MOST:]
        keys = np.frombuffer(b"".join(order), dtype=np.uint8).reshape(-1, _DIGEST)
        rows = np.stack([self._rows[key] for key in order])
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".vectors-", dir=self._path.parent)
            try:
                with os.fdopen(handle, "wb") as stream:
                    np.savez(stream, keys=keys, rows=rows, sum=_checksum(self._version, keys, rows))
                Path(name).replace(self._path)
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError:
            return
        self._changed = False

    def _read(self) -> dict[bytes, NDArray[np.int16]]:
        """What the file holds; nothing when it is missing, damaged or of another version."""
        if self._path is None or not self._path.is_file():
            return {}
        try:
            with self._path.open("rb") as stream, np.load(stream, allow_pickle=False) as content:
                keys, rows, given = content["keys"], content["rows"], content["sum"]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
            return {}
        sound = (
            keys.dtype == np.uint8
            and rows.dtype == np.int16
            and keys.shape[1:] == (_DIGEST,)
            and rows.shape == (len(keys), self._size)
            and len(keys) <= MOST
            and bytes(given.tobytes()) == _checksum(self._version, keys, rows).tobytes()
        )
        return dict(zip((key.tobytes() for key in keys), rows, strict=True)) if sound else {}


def _checksum(version: str, keys: NDArray[np.uint8], rows: NDArray[np.int16]) -> NDArray[np.uint8]:
    digest = hashlib.sha256(version.encode())
    digest.update(np.ascontiguousarray(keys).tobytes())
    digest.update(np.ascontiguousarray(rows).tobytes())
    return np.frombuffer(digest.digest(), dtype=np.uint8)
