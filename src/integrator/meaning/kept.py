"""Vectors kept between runs, by the digest of what they were made of. Losing them costs time and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from integrator.cache import Arrays, Cache, Kind

KIND = Kind("vectors", 1)
MOST = 150_000
"""Vectors kept on disk, about 160 MB; the ones used longest ago go first."""
_DIGEST = 32


def key_of(version: str, text: str) -> bytes:
    """The digest that a vector is kept under: of the model's version and the text."""
    return hashlib.sha256(f"{version}\0{text}".encode()).digest()


class KeptVectors:
    """A mapping of digests to rounded vectors, backed by one entry of the cache in `folder`."""

    def __init__(self, folder: Path | None, version: str, size: int) -> None:
        self._cache, self._size = Cache(folder), size
        self._name = hashlib.sha256(version.encode()).hexdigest()[:_DIGEST]
        self._rows = self._cache.get(KIND, self._name, self._unpacked) or {}
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
        """Keep what was read and added, the unused of longest ago left out."""
        if not self._changed or not self._cache:
            return
        order = [key for key in self._rows if key not in self._used] + list(self._used)
        order = order[-MOST:]
        keys = np.frombuffer(b"".join(order), dtype=np.uint8).reshape(-1, _DIGEST)
        self._cache.put(KIND, self._name, {"keys": keys, "rows": np.stack([self._rows[key] for key in order])})
        self._changed = False

    def _unpacked(self, arrays: Arrays) -> dict[bytes, NDArray[np.int16]] | None:
        """None for what are no vectors of this model."""
        keys, rows = arrays["keys"], arrays["rows"]
        sound = (
            keys.dtype == np.uint8
            and rows.dtype == np.int16
            and keys.shape[1:] == (_DIGEST,)
            and rows.shape == (len(keys), self._size)
            and len(keys) <= MOST
        )
        return dict(zip((key.tobytes() for key in keys), rows, strict=True)) if sound else None
