"""Texts of suppliers -> what each term adds to each text, and the cosines of questions with all of them.

A term stands in a text once, twice, ...: that many times, the same factor counts for all texts. So only the texts are
kept, by term and times, and a question adds one number to each list of texts. What a text is divided by comes last.
Every text is added up in the order of its terms whatever texts stand beside it: a score does not depend on the cutting.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.retrieval.bags import runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from integrator.vectors import Terms


@dataclass(frozen=True)
class TextRows:
    """Different texts by term and times; immutable."""

    terms: Terms
    texts: np.ndarray
    """Texts (numbers) that hold a term so many times, one list after the other, ascending in each (intp)."""
    begin: np.ndarray
    """Where each list begins; one more entry than lists."""
    times: np.ndarray
    """How often the term stands in the texts of each list."""
    lists: np.ndarray
    """Where the lists of each term begin; one more entry than terms."""
    scale: np.ndarray
    """What makes the vector of each text one of length 1."""

    @classmethod
    def of(cls, terms: Terms, counts: sparse.csr_matrix) -> TextRows:
        """From texts x terms: how often each stands there, columns ascending."""
        every = np.flatnonzero(np.bincount(counts.data)) if counts.nnz else np.ones(1, dtype=np.int64)
        size = counts.shape[1] * len(every)
        kind = np.dtype(np.int32 if size <= np.iinfo(np.int32).max else np.int64)
        place = np.zeros(int(every[-1]) + 1, dtype=kind)
        place[every] = np.arange(len(every))
        key = counts.indices.astype(kind)
        key *= len(every)
        key += place[counts.data]
        met = np.zeros(size, dtype=bool)
        met[key] = True
        key = (np.cumsum(met, dtype=kind) - 1)[key]
        found = np.flatnonzero(met)
        lists = np.searchsorted(found // len(every), np.arange(counts.shape[1] + 1))
        texts, begin = _by_list(key, counts.indptr, len(found))
        return cls(terms, texts, begin, every[found % len(every)], lists, terms.scale(counts))

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Plain arrays, without the terms."""
        texts = self.texts.astype(np.int32)
        return {"texts": texts, "begin": self.begin, "times": self.times, "lists": self.lists, "scale": self.scale}

    @classmethod
    def from_arrays(cls, found: Mapping[str, np.ndarray], terms: Terms) -> TextRows:
        """`to_arrays` undone; raises KeyError or ValueError when they do not fit each other or the terms."""
        texts, begin, times, lists, scale = (found[name] for name in ("texts", "begin", "times", "lists", "scale"))
        ends = ((begin, len(times), len(texts)), (lists, max(len(terms.names), 1), len(times)))
        for ways, parts, size in ends:
            if len(ways) != parts + 1 or ways[0] != 0 or ways[-1] != size or (np.diff(ways) < 0).any():
                raise ValueError("lists of texts that do not fit the terms")
        if len(texts) and not 0 <= texts.min() <= texts.max() < len(scale):
            raise ValueError("lists of texts beyond the texts")
        return cls(terms, texts.astype(np.intp), begin, times, lists, scale)

    def cosines(self, questions: sparse.csr_matrix) -> np.ndarray:
        """Questions (vectors) x texts."""
        found = np.zeros((questions.shape[0], len(self.scale)))
        counts = self.lists[questions.indices + 1] - self.lists[questions.indices]
        lists = runs(self.lists[questions.indices], counts)
        term = np.repeat(questions.indices, counts)
        values = (1.0 + np.log(self.times[lists])) * self.terms.idf[term] * np.repeat(questions.data, counts)
        ends = np.concatenate([[0], np.cumsum(counts)])[questions.indptr]
        for row, (first, last) in zip(found, pairwise(ends.tolist()), strict=True):
            own = lists[first:last]
            every = zip(
                values[first:last].tolist(), self.begin[own].tolist(), self.begin[own + 1].tolist(), strict=True
            )
            for value, start, end in every:
                np.add.at(row, self.texts[start:end], value)
            row *= self.scale
        return found


def _by_list(lists: np.ndarray, begin: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Lists of each text -> texts of each list, and where those of a list begin."""
    ones = np.ones(len(lists), dtype=np.int8)
    turned = sparse.csr_matrix((ones, lists, begin), shape=(len(begin) - 1, max(count, 1))).tocsc()
    return turned.indices.astype(np.intp), turned.indptr[: count + 1].astype(np.int64)
