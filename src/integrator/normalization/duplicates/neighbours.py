"""The nearest texts of each text by groups of three letters: exact, in bounded memory, without comparing all pairs.

Cosine of TF-IDF vectors over groups of three letters inside words, the blank before and after a word included. A
group that very many texts hold tells nothing and is left out, so that the work grows with the number of texts and
not with its square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse

from integrator.vectors import letter_groups

LETTERS = 3
COMMON = 5_000
"""A group that more texts hold is left out; of a list of names with fewer texts none is."""
DECIMALS = 6
"""Cosines are rounded, so that the last bits decide no order."""
_ROWS = 1_000
"""Texts worked on at once: they bound the memory."""


class Near(NamedTuple):
    """Pairs of texts by their places, the smaller first, each pair once, in order."""

    one: np.ndarray
    other: np.ndarray
    cosine: np.ndarray


def near_texts(texts: Sequence[str], floor: float, count: int) -> Near:
    """Pairs of which one is among the `count` nearest of the other and whose cosine is `floor` or more.

    Ties by place. The texts must be distinct and in a stated order, then the answer depends on nothing else.
    """
    vectors = letter_vectors(texts)
    turned = sparse.csr_matrix(vectors.T)
    if not texts:
        return Near(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    found = [_nearest(vectors, turned, start, floor, count) for start in range(0, len(texts), _ROWS)]
    rows, columns, values = (np.concatenate([part[i] for part in found]) for i in range(3))
    del found
    keys = np.minimum(rows, columns).astype(np.int64) * len(texts) + np.maximum(rows, columns)
    unique, at = np.unique(keys, return_index=True)
    one, other = np.divmod(unique, len(texts))
    return Near(one, other, values[at])


def letter_vectors(texts: Sequence[str]) -> sparse.csr_matrix:
    """TF-IDF vectors over groups of letters; of length 1, or 0 where every group is common."""
    counts = [Counter(letter_groups(text, LETTERS, LETTERS)) for text in texts]
    shared = Counter(group for count in counts for group in count)
    columns = {group: at for at, group in enumerate(sorted(group for group in shared if shared[group] <= COMMON))}
    rarity = {group: float(np.log((1 + len(texts)) / (1 + shared[group]))) + 1.0 for group in columns}
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for count in counts:
        kept = [(columns[group], number * rarity[group]) for group, number in count.items() if group in columns]
        length = sum(value * value for _, value in kept) ** 0.5
        indices += [column for column, _ in kept]
        values += [value / length for _, value in kept]
        ends.append(len(indices))
    shape = (len(texts), max(len(columns), 1))
    matrix = sparse.csr_matrix((values, indices, ends), shape=shape, dtype=float)
    matrix.sort_indices()
    return matrix


def _nearest(
    vectors: sparse.csr_matrix, turned: sparse.csr_matrix, start: int, floor: float, count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The nearest of some texts: rows, columns, cosines."""
    part = sparse.csr_matrix(vectors[start : start + _ROWS] @ turned)
    at = np.flatnonzero(part.data >= floor - 10.0**-DECIMALS)
    rows = np.searchsorted(part.indptr, at, side="right") - 1 + start
    columns, values = part.indices[at], np.round(part.data[at], DECIMALS)
    kept = (values >= floor) & (rows != columns)
    rows, columns, values = rows[kept], columns[kept], values[kept]
    order = np.lexsort((columns, -values, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    best = np.arange(len(rows)) - np.searchsorted(rows, rows) < count
    return rows[best].astype(np.int32), columns[best].astype(np.int32), values[best]
