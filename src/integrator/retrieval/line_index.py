"""Capability lines -> an index of what each token brings to each line (BM25).

BM25 as in Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), in the variant of
Lucene: idf = ln(1 + (N - df + 0.5) / (df + 0.5)), saturation = tf / (tf + k1 (1 - b + b length / mean length)).
What a token brings is rounded to a whole number of 1/4096: sums of whole numbers are the same in whatever order and
on whatever part of the index they are made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.retrieval.bags import CONCEPT, Reader
from integrator.retrieval.repairs import Repairs

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy

K1, B = 1.5, 0.75
"""The usual values of the formula; nothing was fitted."""
PARTS = 4096


@dataclass(frozen=True)
class LineIndex:
    """Lines of suppliers; immutable."""

    names: tuple[str, ...]
    """Words and concepts by their number."""
    column: np.ndarray
    """Number of a name -> column it counts in: that of the word it is a slip of, or its own."""
    lines: sparse.csr_matrix
    """Lines x columns, int32: what the token brings to the line, in 1/4096."""
    owner: np.ndarray
    """Line -> its supplier, numbered in the order of their ids: ties are broken by it."""
    position: np.ndarray
    """That number -> the supplier's position in the table the index was made of."""
    idf: np.ndarray
    """A column's idf."""
    saturation: np.ndarray
    """Line -> the largest saturation of its tokens, float32: with the idf, a bound of what any token can bring."""

    @cached_property
    def postings(self) -> sparse.csr_matrix:
        """Columns x lines: the lines turned over."""
        return sparse.csr_matrix(self.lines.T.tocsr())

    @cached_property
    def most(self) -> np.ndarray:
        """Column -> the most it brings to any line, in 1/4096."""
        found = np.zeros(self.postings.shape[0], dtype=np.int64)
        used = np.diff(self.postings.indptr) > 0
        if used.any():
            found[used] = np.maximum.reduceat(self.postings.data, self.postings.indptr[:-1][used])
        return found

    @cached_property
    def _repairs(self) -> Repairs:
        frequency = np.diff(self.postings.indptr)
        return Repairs({name: int(frequency[i]) for i, name in enumerate(self.names) if not name.startswith(CONCEPT)})

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {name: int(column) for name, column in zip(self.names, self.column, strict=True)}

    def queries(self, texts: Sequence[str], taxonomy: Taxonomy) -> sparse.csr_matrix:
        """Texts x columns: how often each token is asked; `taxonomy` is the one the index was made with."""
        reader = Reader(taxonomy)
        rows, tokens = reader.read(texts)
        columns = np.fromiter(map(self._column, reader.tokens.names), np.int64, len(reader.tokens.names))
        asked = columns[tokens] if len(tokens) else tokens
        known = asked >= 0
        ones = np.ones(int(known.sum()), dtype=np.int32)
        return sparse.csr_matrix((ones, (rows[known], asked[known])), shape=(len(texts), self.lines.shape[1]))

    def _column(self, name: str) -> int:
        column = self._columns.get(name)
        if column is None and not name.startswith(CONCEPT):
            column = self._columns.get(self._repairs.of(name))
        return -1 if column is None else column


def build(lines: Sequence[str], owners: Sequence[int], ids: Sequence[str], taxonomy: Taxonomy) -> LineIndex:
    """Index capability lines; `owners` holds, for each line, the position of its supplier in `ids`."""
    reader = Reader(taxonomy)
    rows, tokens = reader.read(lines)
    names = reader.tokens.names
    shape = (len(lines), max(len(names), 1))
    counts = sparse.csr_matrix((np.ones(len(rows), dtype=np.int32), (rows, tokens)), shape=shape)
    column = _repaired(names, np.bincount(counts.indices, minlength=len(names)))
    if len(names):
        counts = sparse.csr_matrix((counts.data, column[counts.indices], counts.indptr), shape=shape)
        counts.sum_duplicates()
    position = np.argsort(np.asarray(ids, dtype=str), kind="stable")
    number = np.empty(len(ids), dtype=np.int32)
    number[position] = np.arange(len(ids), dtype=np.int32)
    weighted, idf, saturation = _weighted(counts)
    owner = number[np.asarray(owners, dtype=np.int64)]
    return LineIndex(tuple(names), column, weighted, owner, position, idf, saturation)


def _repaired(names: Sequence[str], frequency: np.ndarray) -> np.ndarray:
    number = {name: i for i, name in enumerate(names) if not name.startswith(CONCEPT)}
    repairs = Repairs({name: int(frequency[i]) for name, i in number.items()})
    column = np.arange(len(names))
    for name, i in number.items():
        column[i] = number[repairs.of(name)]
    return column


def _weighted(counts: sparse.csr_matrix) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
    """Impacts in 1/4096, idf, and the largest saturation a line."""
    lines, columns = counts.shape
    length = np.asarray(counts.sum(axis=1), dtype=float).ravel()
    frequency = np.bincount(counts.indices, minlength=columns)
    idf = np.log(1.0 + (lines - frequency + 0.5) / (frequency + 0.5))
    mean = length.sum() / max(lines, 1)
    damping = K1 * (1.0 - B + B * length / (mean or 1.0))
    saturation = counts.data / (counts.data + np.repeat(damping, np.diff(counts.indptr)))
    impact = np.rint(idf[counts.indices] * saturation * PARTS).astype(np.int32)
    largest = np.zeros(lines, dtype=np.float32)
    used = np.diff(counts.indptr) > 0
    if used.any():
        largest[used] = np.maximum.reduceat(saturation, counts.indptr[:-1][used])
    return sparse.csr_matrix((impact, counts.indices, counts.indptr), shape=counts.shape), idf, largest
