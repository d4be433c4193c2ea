"""The nearest texts of suppliers to questions, exact: most texts are never completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator.retrieval.answers import repeated
from integrator.retrieval.bags import runs
from integrator.retrieval.owners import DECIMALS, ROWS, SLACK, first, reached

if TYPE_CHECKING:
    from scipy import sparse

    from integrator.retrieval.answers import Part
    from integrator.retrieval.owners import Owners
    from integrator.retrieval.text_rows import TextRows

FEW = 8
"""One text in so many may still be among the best; with more it is quicker to complete all. Affects the time only."""


class TextAnswer:
    """Cosines with the best text of each supplier; needs that ask the same are answered once."""

    def __init__(self, rows: TextRows, owners: Owners, questions: sparse.csr_matrix, query: np.ndarray) -> None:
        """`questions`: different vectors; `query`: which of them each need asks."""
        self._rows, self._owners, self._questions, self._query = rows, owners, questions, query
        self.width = max(len(rows.scale), 1)

    def part(self, needs: np.ndarray) -> Part:
        """See `Answer`."""
        asked, which = np.unique(self._query[needs], return_inverse=True)
        return _TextPart(self._rows, self._owners, self._questions[asked], which)


class _TextPart:
    def __init__(self, rows: TextRows, owners: Owners, questions: sparse.csr_matrix, which: np.ndarray) -> None:
        self._rows, self._owners, self._which = rows, owners, which
        lists, values, ends = rows.brought(questions)
        common = rows.common[lists]
        question = np.repeat(np.arange(questions.shape[0]), np.diff(ends))
        self._left = np.zeros((questions.shape[0], int(rows.common.max(initial=-1)) + 1))
        """Questions x common lists: what is not yet added to all texts."""
        late = common >= 0
        self._left[question[late], common[late]] = values[late]
        self._length = _length_in_common(rows, questions)
        self._sums = np.zeros((questions.shape[0], len(rows.scale)))
        """Questions x texts: what the other terms add, before the text is scaled."""
        soon = np.concatenate([[0], np.cumsum(~late)])[ends]
        lists, values = lists[~late], values[~late]
        for number, sums in enumerate(self._sums):
            own = slice(soon[number], soon[number + 1])
            rows.add(sums, lists[own], values[own])

    def best(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """See `Part`."""
        found = [self._owners.position[self._best(number, count)] for number in range(len(self._sums))]
        return repeated(found, self._which)

    def of(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """See `Part`."""
        texts, counts = self._owners.rows_of(columns)
        return self._owners.highest(self._complete(np.repeat(self._which[rows], counts), texts), counts)

    def _best(self, number: int, count: int) -> np.ndarray:
        """Numbers of the suppliers with the best texts.

        A supplier that the first `count` of those looked at first surpass cannot be in the answer.
        """
        partial = self._sums[number] * self._rows.scale
        least = reached(partial, ROWS * count)
        if least > SLACK:
            texts = np.flatnonzero(partial >= least)
            _, score = self._owners.suppliers(texts, self._complete(np.full(len(texts), number), texts), count)
            if len(score) >= count:
                floor = np.partition(score, -count)[-count] - SLACK
                partial += self._length[number] * self._rows.common_length
                texts = np.flatnonzero(partial >= floor)
                if len(texts) * FEW <= len(partial):
                    values = self._complete(np.full(len(texts), number), texts)
                    return first(*self._owners.suppliers(texts, values, count), count)[0]
        common = np.flatnonzero(self._left[number])
        self._rows.add(self._sums[number], np.flatnonzero(self._rows.common >= 0)[common], self._left[number][common])
        self._left[number] = 0
        return self._owners.best(self._sums[number] * self._rows.scale, count)[0]

    def _complete(self, questions: np.ndarray, texts: np.ndarray) -> np.ndarray:
        """The cosine of each question with the text beside it, rounded."""
        lists, begin = self._rows.common_of_text
        counts = begin[texts + 1] - begin[texts]
        values = self._left[np.repeat(questions, counts), lists[runs(begin[texts], counts)]]
        sums = self._sums[questions, texts]
        np.add.at(sums, np.repeat(np.arange(len(texts)), counts), values)
        return np.asarray(np.round(sums * self._rows.scale[texts], DECIMALS))


def _length_in_common(rows: TextRows, questions: sparse.csr_matrix) -> np.ndarray:
    """The length of each question's vector in the common terms alone."""
    squares = np.where(rows.is_common[questions.indices], questions.data**2, 0.0)
    question = np.repeat(np.arange(questions.shape[0]), np.diff(questions.indptr))
    return np.asarray(np.sqrt(np.bincount(question, squares, questions.shape[0])))
