"""Capability lines -> an index of what each token brings to each line (BM25).

BM25 as in Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), in the variant of
Lucene: idf = ln(1 + (N - df + 0.5) / (df + 0.5)), saturation = tf / (tf + k1 (1 - b + b length / mean length)).
What a token brings is rounded to a whole number of 1/4096: sums of whole numbers are the same in whatever order and
on whatever part of the index they are made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.retrieval.bags import Reader, alike
from integrator.retrieval.owners import owners_of
from integrator.retrieval.repairs import Repairs

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy

K1, B = 1.5, 0.75
"""The usual values of the formula; nothing was fitted."""
PARTS = 4096


@dataclass(frozen=True)
class LineIndex:
    """Lines of suppliers; immutable."""

    words: tuple[str, ...]
    """Every word of the lines, slips too."""
    times: np.ndarray
    """How often each of them stands there."""
    names: tuple[str, ...]
    """The token of each column: a word or a concept."""
    lines: sparse.csr_matrix
    """Different lines x columns, int32: what the token brings to the line, in 1/4096."""
    owner: np.ndarray
    """Suppliers of each line, line by line and ascending, numbered in the order of their ids: that breaks ties."""
    owned: np.ndarray
    """Line -> where its suppliers begin in `owner`; one more entry than lines."""
    position: np.ndarray
    """That number -> the supplier's position in the table the index was made of."""

    @cached_property
    def postings(self) -> sparse.csr_matrix:
        """Columns x lines: the lines turned over."""
        return sparse.csr_matrix(self.lines.T.tocsr())

    @cached_property
    def lines_of_owner(self) -> tuple[np.ndarray, np.ndarray]:
        """The lines of each supplier, by its number, and where those of a supplier begin: `owner` turned over."""
        line = np.repeat(np.arange(len(self.owned) - 1), np.diff(self.owned))
        order = np.argsort(self.owner, kind="stable")
        return line[order], np.searchsorted(self.owner[order], np.arange(len(self.position) + 1))

    @cached_property
    def most(self) -> np.ndarray:
        """Column -> the most it brings to any line, in 1/4096."""
        found = np.zeros(self.postings.shape[0], dtype=np.int64)
        used = np.diff(self.postings.indptr) > 0
        if used.any():
            found[used] = np.maximum.reduceat(self.postings.data, self.postings.indptr[:-1][used])
        return found

    @cached_property
    def column(self) -> Mapping[str, int]:
        """Token -> its column."""
        return {name: number for number, name in enumerate(self.names)}

    def queries(self, texts: Sequence[str], taxonomy: Taxonomy, repairs: Repairs | None = None) -> sparse.csr_matrix:
        """Texts x columns: how often each token is asked; `taxonomy` is the one the index was made with.

        `repairs`: those of the words of the index, when they were made before.
        """
        reader = Reader(taxonomy)
        rows, tokens = reader.link(*reader.read(texts), repairs or Repairs(self.words, self.times, taxonomy))
        asked = np.asarray([self.column.get(name, -1) for name in reader.tokens.names], dtype=np.int64)[tokens]
        known = asked >= 0
        ones = np.ones(int(known.sum()), dtype=np.int32)
        return sparse.csr_matrix((ones, (rows[known], asked[known])), shape=(len(texts), self.lines.shape[1]))


def build(lines: Sequence[str], owners: Sequence[int], ids: Sequence[str], taxonomy: Taxonomy) -> LineIndex:
    """Index capability lines; `owners` holds, for each line, the position of its supplier in `ids`."""
    number = dict(zip(dict.fromkeys(lines), range(len(lines)), strict=False))
    text = np.fromiter(map(number.__getitem__, lines), np.int64, len(lines))
    often = np.bincount(text, minlength=len(number))
    reader = Reader(taxonomy)
    rows, met = reader.read(list(number))
    words = tuple(reader.words)
    times = np.rint(np.bincount(met[met >= 0], often[rows[met >= 0]], len(words))).astype(np.int64)
    rows, tokens = reader.link(rows, met, Repairs(words, times, taxonomy))
    names = tuple(reader.tokens.names)
    shape = (len(number), max(len(names), 1))
    counts, same = _different(sparse.csr_matrix((np.ones(len(rows), dtype=np.int32), (rows, tokens)), shape=shape))
    position = np.argsort(np.asarray(ids, dtype=str), kind="stable")
    owner, owned = owners_of(same[text], np.asarray(owners, dtype=np.int64), position, counts.shape[0])
    weighted = _weighted(counts, np.bincount(same[text], minlength=counts.shape[0]))
    return LineIndex(words, times, names, weighted, owner, owned, position)


def _different(counts: sparse.csr_matrix) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The rows that differ, in the order they are first met, and for each row given the one that equals it."""
    counts.sort_indices()
    first, same = alike(np.stack((counts.indices, counts.data), axis=1), counts.indptr)
    return sparse.csr_matrix(counts[first]), same


def _weighted(counts: sparse.csr_matrix, often: np.ndarray) -> sparse.csr_matrix:
    """Impacts in 1/4096; `often` is how often each line is met."""
    lines, columns = counts.shape
    length = np.asarray(counts.sum(axis=1), dtype=float).ravel()
    row = np.repeat(np.arange(lines), np.diff(counts.indptr))
    frequency = np.bincount(counts.indices, often[row], columns)
    every = often.sum()
    idf = np.log(1.0 + (every - frequency + 0.5) / (frequency + 0.5))
    mean = (length * often).sum() / max(every, 1)
    damping = K1 * (1.0 - B + B * length / (mean or 1.0))
    saturation = counts.data / (counts.data + damping[row])
    impact = np.rint(idf[counts.indices] * saturation * PARTS).astype(np.int32)
    return sparse.csr_matrix((impact, counts.indices, counts.indptr), shape=counts.shape)
