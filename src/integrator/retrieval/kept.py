"""An index of lines kept on disk for the next run, found again by the content it was made of."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.retrieval.line_index import LineIndex, build

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy

KEPT = 3
"""Indexes left in the folder: the newest."""
_ARRAYS = ("times", "owner", "owned", "position")
_TEXTS = ("words", "names")
_CODE = ("retrieval", "taxonomy", "text")
"""Rooms whose code decides what an index holds."""


def line_index(
    lines: Sequence[str], owners: Sequence[int], ids: Sequence[str], taxonomy: Taxonomy, cache: Path | None = None
) -> LineIndex:
    """`line_index.build`, or the same index from the folder `cache` when an earlier run kept it there.

    A file that is damaged is made anew; a folder that cannot be written keeps nothing.
    """
    if cache is None:
        return build(lines, owners, ids, taxonomy)
    path = cache / f"lines-{_digest(lines, owners, ids, taxonomy)}.npz"
    index = _load(path)
    if index is None:
        index = build(lines, owners, ids, taxonomy)
        with suppress(OSError):
            _save(index, path)
    return index


def _digest(lines: Sequence[str], owners: Sequence[int], ids: Sequence[str], taxonomy: Taxonomy) -> str:
    """A fingerprint of everything an index depends on: its lines, the lexicon, the code, the numerical library."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} numpy {np.__version__}".encode())
    for text in (_joined(lines), _joined(ids), np.asarray(owners, dtype="<i8").tobytes(), _lexicon(taxonomy)):
        digest.update(len(text).to_bytes(8, "little") + text)
    for room in _CODE:
        for source in sorted((Path(__file__).parents[1] / room).glob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:32]


def _lexicon(taxonomy: Taxonomy) -> bytes:
    concepts = (f"{one.id}\t{one.kind}\t{one.broader}" for one in taxonomy.concepts.values())
    labels = (f"{one.concept}\t{one.lang}\t{one.text}" for one in taxonomy.labels)
    fillers = (f"{word}\t{kind}" for word, kind in taxonomy.fillers.items())
    return b"\1".join(_joined(part) for part in (concepts, labels, fillers))


def _joined(texts: Iterable[str]) -> bytes:
    return "\0".join(texts).encode("utf-8", "surrogatepass")


def _parted(joined: bytes) -> tuple[str, ...]:
    return tuple(joined.decode("utf-8", "surrogatepass").split("\0")) if joined else ()


def _save(index: LineIndex, path: Path) -> None:
    """Write it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {name: getattr(index, name) for name in _ARRAYS}
    arrays |= {"data": index.lines.data, "indices": index.lines.indices, "indptr": index.lines.indptr}
    arrays |= {name: np.frombuffer(_joined(getattr(index, name)), dtype=np.uint8) for name in _TEXTS}
    arrays["shape"] = np.asarray(index.lines.shape)
    handle, name = tempfile.mkstemp(prefix=".lines-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, **arrays)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for old in sorted(path.parent.glob("lines-*.npz"), key=lambda one: one.stat().st_mtime_ns)[:-KEPT]:
        old.unlink(missing_ok=True)


def _load(path: Path) -> LineIndex | None:
    """None when there is no such file or it does not hold a sound index."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            found = {name: kept[name] for name in (*_ARRAYS, *_TEXTS, "data", "indices", "indptr", "shape")}
        lines = sparse.csr_matrix(
            (found["data"], found["indices"], found["indptr"]), shape=tuple(found["shape"].tolist())
        )
        lines.check_format(full_check=True)
        texts = {name: _parted(found[name].tobytes()) for name in _TEXTS}
        index = LineIndex(texts["words"], found["times"], texts["names"], lines, *(found[name] for name in _ARRAYS[1:]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, TypeError):
        return None
    return index if _sound(index) else None


def _sound(index: LineIndex) -> bool:
    """Whether every number points to something."""
    lines, columns = index.lines.shape
    arrays = {name: getattr(index, name) for name in _ARRAYS}
    if any(array.ndim != 1 or array.dtype.kind != "i" for array in arrays.values()):
        return False
    sizes = (
        index.lines.data.dtype == np.int32
        and len(index.times) == len(index.words)
        and columns == max(len(index.names), 1)
        and len(index.owned) - 1 == lines
        and index.owned[0] == 0
        and index.owned[-1] == len(index.owner)
        and bool((np.diff(index.owned) >= 0).all())
    )
    suppliers = len(index.position)
    return sizes and all(
        not len(array) or (array.min() >= 0 and array.max() < suppliers) for array in (index.owner, index.position)
    )
