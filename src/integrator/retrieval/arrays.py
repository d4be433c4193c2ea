"""Fitted things as plain arrays in one file: never pickled, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from scipy import sparse

Arrays = dict[str, np.ndarray]


def joined(texts: Iterable[str]) -> np.ndarray:
    """Texts, none of which holds a zero character, as bytes: UTF-8, a zero after each."""
    return np.frombuffer("".join(f"{text}\0" for text in texts).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def parted(content: np.ndarray) -> tuple[str, ...]:
    """What `joined` put together; raises ValueError for anything else."""
    return tuple(content.tobytes().decode("utf-8", "surrogatepass").split("\0")[:-1])


def of_matrix(name: str, matrix: sparse.csr_matrix) -> Arrays:
    """A matrix as arrays named after it."""
    parts = {"data": matrix.data, "indices": matrix.indices, "indptr": matrix.indptr}
    return {f"{name}.{part}": array for part, array in parts.items()} | {f"{name}.shape": np.asarray(matrix.shape)}


def matrix_of(name: str, arrays: Mapping[str, np.ndarray]) -> sparse.csr_matrix:
    """The matrix again; raises KeyError or ValueError when it is not sound."""
    parts = tuple(arrays[f"{name}.{part}"] for part in ("data", "indices", "indptr"))
    matrix = sparse.csr_matrix(parts, shape=tuple(arrays[f"{name}.shape"].tolist()))
    matrix.check_format(full_check=True)
    return matrix


def under(name: str, arrays: Mapping[str, np.ndarray]) -> Arrays:
    """Arrays with a name before theirs."""
    return {f"{name}.{part}": array for part, array in arrays.items()}


def within(name: str, arrays: Mapping[str, np.ndarray]) -> Arrays:
    """The arrays that `under` put there."""
    return {part.removeprefix(f"{name}."): array for part, array in arrays.items() if part.startswith(f"{name}.")}


def save(path: Path, kind: str, version: int, arrays: Mapping[str, np.ndarray]) -> None:
    """Write the file whole or not at all; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{kind}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, allow_pickle=False, **{kind: np.asarray(version), **arrays})
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read(path: Path, kind: str, version: int) -> Arrays:
    """The arrays of a file; raises ValueError with one sentence when it is not one of this kind and version."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            found = {name: kept[name] for name in kept.files}
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile, TypeError) as fault:
        raise ValueError(f"{path} is damaged or no file of arrays: make it anew") from fault
    if kind not in found or found[kind].shape != () or found.pop(kind) != version:
        raise ValueError(f"{path} does not hold {kind} of version {version}: make it anew")
    return found
