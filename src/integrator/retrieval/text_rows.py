"""Texts of suppliers -> what each term adds to each text, so that the texts nearest to a question are found by cosine.

A term stands in a text once, twice, ...: that many times, the same factor counts for all texts. So only the texts are
kept, by term and times, and a question adds one number to each list of texts. What a text is divided by comes last.

Terms that stand in many texts tell little and cost most, so they come last: what they could add at most (the product of
the lengths of both vectors in these terms) leaves few texts that can still be among the best, and only these are
completed. Which terms are common is fitted on all suppliers. Every text is added up in the same order (the other terms,
then the common ones, each in the order of their names) whether it was completed alone or with all: a score does not
depend on what else is searched.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from integrator.retrieval.bags import runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from integrator.vectors import Terms

COMMON = 0.15
"""Share of the texts from which a term is common; affects the time, not the result beyond the 15th digit."""


class Brought(NamedTuple):
    """What questions bring to lists of texts."""

    lists: np.ndarray
    values: np.ndarray
    ends: np.ndarray
    """Where those of each question begin; one more entry than questions."""


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

    @cached_property
    def brings(self) -> np.ndarray:
        """What each list adds for a question of weight 1, before the text is scaled."""
        term = np.repeat(np.arange(len(self.lists) - 1), np.diff(self.lists))
        return np.asarray((1.0 + np.log(self.times)) * self.terms.idf[term])

    @cached_property
    def is_common(self) -> np.ndarray:
        """Whether each term is common among all suppliers."""
        often = np.zeros(len(self.lists) - 1, dtype=bool)
        often[: len(self.terms.names)] = self.terms.holding > COMMON * self.terms.texts
        return often

    @cached_property
    def common(self) -> np.ndarray:
        """Number of each list among those of common terms, -1 for the others."""
        is_common = np.repeat(self.is_common, np.diff(self.lists))
        return np.where(is_common, np.cumsum(is_common) - 1, -1)

    @cached_property
    def common_of_text(self) -> tuple[np.ndarray, np.ndarray]:
        """The common lists that each text stands in (by their number among these), and where those of a text begin."""
        own = np.flatnonzero(self.common >= 0)
        counts = self.begin[own + 1] - self.begin[own]
        texts = self.texts[runs(self.begin[own], counts)]
        ones, ends = np.ones(len(texts), dtype=np.int8), np.concatenate([[0], np.cumsum(counts)])
        turned = sparse.csc_matrix((ones, texts, ends), shape=(len(self.scale), len(own))).tocsr()
        return turned.indices, turned.indptr.astype(np.int64)

    @cached_property
    def common_length(self) -> np.ndarray:
        """The length of each text's vector in the common terms alone."""
        lists, begin = self.common_of_text
        values = self.brings[np.flatnonzero(self.common >= 0)] ** 2
        text = np.repeat(np.arange(len(self.scale)), np.diff(begin))
        return np.asarray(np.sqrt(np.bincount(text, values[lists], len(self.scale))) * self.scale)

    def brought(self, questions: sparse.csr_matrix) -> Brought:
        """Questions (vectors) -> what they bring to each list, ascending."""
        counts = self.lists[questions.indices + 1] - self.lists[questions.indices]
        lists = runs(self.lists[questions.indices], counts)
        values = self.brings[lists] * np.repeat(questions.data, counts)
        return Brought(lists, values, np.concatenate([[0], np.cumsum(counts)])[questions.indptr])

    def add(self, scores: np.ndarray, lists: np.ndarray, values: np.ndarray) -> None:
        """Add to the texts of these lists, list by list."""
        starts, ends = self.begin[lists].tolist(), self.begin[lists + 1].tolist()
        for value, start, end in zip(values.tolist(), starts, ends, strict=True):
            np.add.at(scores, self.texts[start:end], value)


def _by_list(lists: np.ndarray, begin: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Lists of each text -> texts of each list, and where those of a list begin."""
    ones = np.ones(len(lists), dtype=np.int8)
    turned = sparse.csr_matrix((ones, lists, begin), shape=(len(begin) - 1, max(count, 1))).tocsc()
    return turned.indices.astype(np.intp), turned.indptr[: count + 1].astype(np.int64)
