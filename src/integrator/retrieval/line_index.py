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
from integrator.retrieval.owners import Owners, owners_of
from integrator.retrieval.repairs import Repairs
from integrator.vectors import numbered

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
    reach: np.ndarray | None = None
    """`most` among all suppliers when these are only some of them."""

    @cached_property
    def postings(self) -> sparse.csr_matrix:
        """Columns x lines: the lines turned over."""
        return sparse.csr_matrix(self.lines.T.tocsr())

    @cached_property
    def owners(self) -> Owners:
        """Which suppliers have which lines; scores in whole parts."""
        return Owners(self.owner, self.owned, self.position, np.int64)

    @cached_property
    def most(self) -> np.ndarray:
        """Column -> the most it brings to any line, in 1/4096."""
        if self.reach is not None:
            return self.reach
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


@dataclass(frozen=True)
class LineStatistics:
    """What is fitted on the lines of all suppliers, so that the index of some of them scores as that of all."""

    words: tuple[str, ...]
    """Every word of the lines, slips too."""
    times: np.ndarray
    """How often each of them stands there."""
    names: tuple[str, ...]
    """Tokens, sorted."""
    holding: np.ndarray
    """Lines that hold each token."""
    lines: int
    length: int
    """Tokens of all lines."""
    most: np.ndarray
    """The most that each token brings to any line, in 1/4096."""

    @cached_property
    def column(self) -> Mapping[str, int]:
        """Token -> its place among the names."""
        return {name: number for number, name in enumerate(self.names)}


class LinesRead:
    """Lines taken apart into words; each different line once."""

    def __init__(self, lines: Sequence[str], taxonomy: Taxonomy) -> None:
        different, self._text = numbered(lines)
        self._reader = Reader(taxonomy)
        self._rows, self._met = self._reader.read(different)
        often = np.bincount(self._text, minlength=len(different))
        self._count = len(different)
        self.words = tuple(self._reader.words)
        known = self._met >= 0
        times = np.bincount(self._met[known], often[self._rows[known]], len(self.words))
        self.times = np.rint(times).astype(np.int64)
        """How often each of the words stands in the lines."""

    def bags(self, repairs: Repairs) -> Bags:
        """The lines as tokens. May be asked for once."""
        rows, tokens = self._reader.link(self._rows, self._met, repairs)
        names = tuple(self._reader.tokens.names)
        shape = (self._count, max(len(names), 1))
        ones = np.ones(len(rows), dtype=np.int32)
        counts, same = _different(sparse.csr_matrix((ones, (rows, tokens)), shape=shape))
        bag = same[self._text]
        return Bags(names, counts, bag, np.bincount(bag, minlength=counts.shape[0]))


@dataclass(frozen=True)
class Bags:
    """Lines as tokens and how often each stands there, each different bag once."""

    names: tuple[str, ...]
    counts: sparse.csr_matrix
    """Bags x names."""
    bag: np.ndarray
    """The bag of each line."""
    often: np.ndarray
    """Lines that each bag stands for."""

    @property
    def holding(self) -> np.ndarray:
        """Lines that hold each name."""
        often = np.repeat(self.often, np.diff(self.counts.indptr))
        return np.asarray(np.bincount(self.counts.indices, often, self.counts.shape[1]))

    @property
    def length(self) -> int:
        """Tokens of all lines."""
        return int((_lengths(self.counts) * self.often).sum())

    def weighted(self, holding: np.ndarray, lines: int, length: int) -> sparse.csr_matrix:
        """What each token brings, in 1/4096; of all suppliers: lines that hold each name, lines, tokens."""
        row = np.repeat(np.arange(self.counts.shape[0]), np.diff(self.counts.indptr))
        idf = np.log(1.0 + (lines - holding + 0.5) / (holding + 0.5))
        mean = length / max(lines, 1)
        damping = K1 * (1.0 - B + B * _lengths(self.counts) / (mean or 1.0))
        saturation = self.counts.data / (self.counts.data + damping[row])
        impact = np.rint(idf[self.counts.indices] * saturation * PARTS).astype(np.int32)
        return sparse.csr_matrix((impact, self.counts.indices, self.counts.indptr), shape=self.counts.shape)


def build(lines: Sequence[str], owners: Sequence[int], ids: Sequence[str], taxonomy: Taxonomy) -> LineIndex:
    """Index capability lines; `owners` holds, for each line, the position of its supplier in `ids`."""
    read = LinesRead(lines, taxonomy)
    bags = read.bags(Repairs(read.words, read.times, taxonomy))
    weighted = bags.weighted(bags.holding, len(lines), bags.length)
    return LineIndex(read.words, read.times, bags.names, weighted, *_owned(bags, owners, ids))


def build_part(
    lines: Sequence[str], owners: Sequence[int], ids: Sequence[str], taxonomy: Taxonomy, fitted: LineStatistics
) -> LineIndex:
    """Index the lines of some of the suppliers that `fitted` was fitted on."""
    bags = LinesRead(lines, taxonomy).bags(Repairs(fitted.words, fitted.times, taxonomy))
    column = np.asarray([fitted.column[name] for name in bags.names] or [0], dtype=np.int32)
    own = bags.weighted(fitted.holding[column] if len(fitted.names) else bags.holding, fitted.lines, fitted.length)
    shape = (own.shape[0], max(len(fitted.names), 1))
    weighted = sparse.csr_matrix((own.data, column[own.indices], own.indptr), shape=shape)
    weighted.sort_indices()
    return LineIndex(fitted.words, fitted.times, fitted.names, weighted, *_owned(bags, owners, ids), reach=fitted.most)


def _owned(bags: Bags, owners: Sequence[int], ids: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    position = np.argsort(np.asarray(ids, dtype=str), kind="stable")
    return *owners_of(bags.bag, np.asarray(owners, dtype=np.int64), position, bags.counts.shape[0]), position


def _different(counts: sparse.csr_matrix) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The rows that differ, in the order they are first met, and for each row given the one that equals it."""
    counts.sort_indices()
    first, same = alike(np.stack((counts.indices, counts.data), axis=1), counts.indptr)
    return sparse.csr_matrix(counts[first]), same


def _lengths(counts: sparse.csr_matrix) -> np.ndarray:
    return np.asarray(counts.sum(axis=1), dtype=float).ravel()
