"""What is fitted on all suppliers, kept for the next run: the index of lines and the vectors of texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.cache import Arrays, Cache, Kind, mark, packed, unpacked
from integrator.retrieval.arrays import under, within
from integrator.retrieval.line_index import LineIndex, build
from integrator.retrieval.text_rows import TextRows
from integrator.vectors import Analyzer, Terms, fit

if TYPE_CHECKING:
    from integrator.retrieval.glosses import Texts
    from integrator.taxonomy import Taxonomy

KIND = Kind("lines", 3)
TEXTS = Kind("texts", 4)
_ARRAYS = ("times", "owner", "owned", "position")
_TEXTS = ("words", "names")


def line_index(
    lines: Sequence[str], owners: Sequence[int], ids: Sequence[str], taxonomy: Taxonomy, folder: Path | None = None
) -> LineIndex:
    """`line_index.build`, or the same index from the cache in `folder` when an earlier run kept it there."""
    cache = Cache(folder)
    if not cache:
        return build(lines, owners, ids, taxonomy)
    name = mark(lines, ids, np.asarray(owners, dtype="<i8"), taxonomy.mark)
    index = cache.get(KIND, name, _unpacked)
    if index is None:
        index = build(lines, owners, ids, taxonomy)
        cache.put(KIND, name, _packed(index))
    return index


def text_rows(name: str, offer: Texts, analyzer: Analyzer, folder: Path | None = None) -> TextRows:
    """The texts of a channel fitted by its `analyzer`, or as an earlier run kept them in the cache in `folder`."""
    cache = Cache(folder)
    if not cache:
        return TextRows.of(*fit(offer.texts, analyzer, offer.times))
    key = mark(name, offer.texts, offer.times)
    rows = cache.get(TEXTS, key, _texts)
    if rows is None:
        rows = TextRows.of(*fit(offer.texts, analyzer, offer.times))
        terms = packed(rows.terms.names) | {"holding": rows.terms.holding, "number": np.asarray(rows.terms.texts)}
        cache.put(TEXTS, key, rows.to_arrays() | under("terms", terms))
    return rows


def _texts(found: Arrays) -> TextRows:
    """Raises `ValueError` when the arrays do not fit each other."""
    parts = within("terms", found)
    names = tuple(unpacked(parts))
    if len(names) != len(parts["holding"]):
        raise ValueError("terms that do not fit each other")
    return TextRows.from_arrays(found, Terms(names, parts["holding"], int(parts["number"])))


def _packed(index: LineIndex) -> Arrays:
    arrays = {name: getattr(index, name) for name in _ARRAYS}
    arrays |= {"data": index.lines.data, "indices": index.lines.indices, "indptr": index.lines.indptr}
    for name in _TEXTS:
        arrays |= packed(getattr(index, name), name)
    return arrays | {"shape": np.asarray(index.lines.shape)}


def _unpacked(found: Arrays) -> LineIndex | None:
    """None when the arrays are no sound index."""
    shape = tuple(found["shape"].tolist())
    lines = sparse.csr_matrix((found["data"], found["indices"], found["indptr"]), shape=shape)
    lines.check_format(full_check=True)
    words, names = (tuple(unpacked(found, name)) for name in _TEXTS)
    index = LineIndex(words, found["times"], names, lines, *(found[name] for name in _ARRAYS[1:]))
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
