"""Texts as TF-IDF vectors over words or over groups of letters inside words.

The numbers are those of scikit-learn's `TfidfVectorizer(sublinear_tf=True)` (a test holds them equal); its
import alone takes longer than an analyst's whole retrieval. Every text is read once and every word taken apart once,
however often it stands: texts x words times words x terms counts the terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from scipy import sparse

Analyzer = Callable[[str], Iterable[str]]
"""The terms of a text; those of a text are those of its words (between blanks), one after the other."""
TEXTS = 10_000
"""Texts weighed at a time; bounds the memory."""


def letter_groups(text: str, shortest: int = 3, longest: int = 5) -> list[str]:
    """Groups of 3 to 5 letters inside each word, the blanks around it included.

    >>> letter_groups("ab cde", 3, 4)
    [' ab', 'ab ', ' ab ', ' cd', 'cde', 'de ', ' cde', 'cde ']
    """
    groups: list[str] = []
    for word in text.split():
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            groups.append(padded[:size])
            groups += [padded[start : start + size] for start in range(1, len(padded) - size + 1)]
            if len(padded) <= size:
                break  # a short word counts once, not once a size
    return groups


@dataclass(frozen=True)
class Terms:
    """What is fitted on texts. That of the parts of a table adds up to that of the table."""

    names: tuple[str, ...]
    """The terms, sorted: the order of the texts decides nothing."""
    holding: np.ndarray
    """In how many texts each stands (int64)."""
    texts: int

    @cached_property
    def idf(self) -> np.ndarray:
        """The weight of each term: ln((1 + texts) / (1 + holding)) + 1."""
        return np.asarray(np.log((1 + self.texts) / (1 + self.holding)) + 1.0)

    @cached_property
    def column(self) -> Mapping[str, int]:
        """Term -> its place among the names."""
        return dict(zip(self.names, range(len(self.names)), strict=True))

    def merged(self, other: Terms) -> Terms:
        """The terms of both texts together."""
        names = sorted({*self.names, *other.names})
        place = dict(zip(names, range(len(names)), strict=True))
        holding = np.zeros(len(names), dtype=np.int64)
        for one in (self, other):
            holding[[place[name] for name in one.names]] += one.holding
        return Terms(tuple(names), holding, self.texts + other.texts)

    def vectors(self, texts: Sequence[str], analyzer: Analyzer) -> sparse.csr_matrix:
        """Texts x terms, rows of length 1, columns ascending; terms never seen count for nothing."""
        return self.weighted(self.counts(texts, analyzer))

    def counts(self, texts: Sequence[str], analyzer: Analyzer) -> sparse.csr_matrix:
        """Texts x terms: how often each stands there, columns ascending."""
        column = self.column
        met = _counts(texts, lambda word: [column[one] for one in analyzer(word) if one in column])
        shape = (len(texts), max(len(self.names), 1))
        return sparse.csr_matrix((met.data, met.indices, met.indptr), shape=shape)

    def weighted(self, counts: sparse.csr_matrix) -> sparse.csr_matrix:
        """Counts of these terms -> their vectors."""
        shape = (counts.shape[0], max(len(self.names), 1))
        if not counts.nnz:
            return sparse.csr_matrix(shape)
        values = self._values(counts) * np.repeat(self.scale(counts), np.diff(counts.indptr))
        return sparse.csr_matrix((values, counts.indices, counts.indptr), shape=shape)

    def scale(self, counts: sparse.csr_matrix) -> np.ndarray:
        """What makes the vector of each text one of length 1; 0 for a text without terms."""
        lengths = np.zeros(counts.shape[0])
        ones = np.ones(counts.shape[1])
        for start in range(0, counts.shape[0], TEXTS):
            some = sparse.csr_matrix(counts[start : start + TEXTS])
            squares = sparse.csr_matrix((self._values(some) ** 2, some.indices, some.indptr), shape=some.shape)
            lengths[start : start + TEXTS] = np.sqrt(squares @ ones)  # term by term, whatever texts stand beside it
        return np.asarray(np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0))

    def _values(self, counts: sparse.csr_matrix) -> np.ndarray:
        if not counts.nnz:
            return np.zeros(0)
        return np.asarray((1.0 + np.log(counts.data)) * self.idf[counts.indices])


def fit(texts: Sequence[str], analyzer: Analyzer, times: np.ndarray | None = None) -> tuple[Terms, sparse.csr_matrix]:
    """The terms of different texts, and texts x terms: how often each stands there, columns ascending.

    `times`: how often each text itself is met, 1 when not given.
    """
    column: dict[str, int] = {}
    met = _counts(texts, lambda word: [column.setdefault(one, len(column)) for one in analyzer(word)], sort=False)
    names = sorted(column)
    place = np.empty(max(len(names), 1), dtype=met.indices.dtype)
    place[[column[name] for name in names]] = np.arange(len(names))
    met.indices[:] = place[met.indices]
    counts = sparse.csr_matrix((met.data, met.indices, met.indptr), shape=(len(texts), max(len(names), 1)))
    counts.sort_indices()
    each = np.ones(len(texts), dtype=np.int64) if times is None else times
    holding = np.zeros(counts.shape[1])
    for start in range(0, len(texts), TEXTS):
        some = sparse.csr_matrix(counts[start : start + TEXTS])
        holding += np.bincount(some.indices, np.repeat(each[start : start + TEXTS], np.diff(some.indptr)), len(holding))
    return Terms(tuple(names), np.rint(holding).astype(np.int64)[: len(names)], int(each.sum())), counts


class TextVectors:
    """TF-IDF fitted once on some texts; rows have length 1, so that a product is a cosine."""

    def __init__(self, texts: Sequence[str], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        different, place = numbered(texts)
        self.terms, counts = fit(different, analyzer, np.bincount(place, minlength=len(different)))
        vectors = self.terms.weighted(counts)
        self.fitted = vectors if len(different) == len(texts) else sparse.csr_matrix(vectors[place])
        """The vectors of the texts it was fitted on, in their order."""

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Vectors of other texts; terms never seen count for nothing."""
        return self.terms.vectors(texts, self._analyzer)


def numbered(texts: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """The different texts in the order they are met, and for each text which of them it is."""
    number = dict(zip(dict.fromkeys(texts), range(len(texts)), strict=False))
    return list(number), np.fromiter(map(number.__getitem__, texts), np.int64, len(texts))


def _counts(
    texts: Sequence[str], numbers_of: Callable[[str], Sequence[int]], *, sort: bool = True
) -> sparse.csr_matrix:
    """Texts x numbers: how often each stands there."""
    flat: list[str] = []
    ends = [0]
    for text in texts:
        flat += text.split()
        ends.append(len(flat))
    words, met = numbered(flat)
    parts = [numbers_of(word) for word in words]
    inner = np.fromiter(chain.from_iterable(parts), np.int32)
    width = int(inner.max(initial=0)) + 1
    made_of = sparse.csr_matrix(
        (np.ones(len(inner), dtype=np.int32), inner, np.cumsum([0, *map(len, parts)])), shape=(len(words), width)
    )
    by_word = sparse.csr_matrix((np.ones(len(met), dtype=np.int32), met, ends), shape=(len(texts), len(words)))
    counts = sparse.csr_matrix(by_word @ made_of)
    if sort:
        counts.sort_indices()
    return counts
