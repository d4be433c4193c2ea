"""Fingerprints of what an entry is made of: other content, another program or other libraries, another name."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from integrator.cache.texts import packed

Part = str | bytes | Sequence[str] | NDArray[Any]
LIBRARIES = ("charset-normalizer", "numpy", "pandas", "pyarrow", "python-calamine", "rapidfuzz", "scipy")
"""What shapes an entry beside our own code."""


def mark(*parts: Part) -> str:
    """A fingerprint of the parts, in their order, and of the program and libraries that make something of them."""
    digest = hashlib.sha256(_program())
    for part in parts:
        for piece in _pieces(part):
            digest.update(len(piece).to_bytes(8, "little"))
            digest.update(piece)
    return digest.hexdigest()[:32]


def _pieces(part: Part) -> list[bytes]:
    if isinstance(part, bytes):
        return [part]
    if isinstance(part, str):
        return [part.encode("utf-8", "surrogatepass")]
    if isinstance(part, np.ndarray):
        return [f"{part.dtype.str}{part.shape}".encode(), np.ascontiguousarray(part).tobytes()]
    return [array.tobytes() for array in packed(part).values()]


@lru_cache(maxsize=1)
def _program() -> bytes:
    """A digest of our code and shipped knowledge, and of what they run on."""
    versions = [f"{one.name} {one.version}" for name in LIBRARIES for one in metadata.distributions(name=name)]
    return hashlib.sha256(f"{sys.version} {platform.machine()} {sys.byteorder} {versions} {code()}".encode()).digest()


@lru_cache(maxsize=1)
def code() -> str:
    """A fingerprint of the package: its code and its knowledge."""
    folder, digest = Path(__file__).parents[1], hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes()
            digest.update(f"\0{path.relative_to(folder).as_posix()} {len(content)}\0".encode() + content)
    return digest.hexdigest()
