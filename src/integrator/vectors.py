"""Texts as TF-IDF vectors over words or over groups of letters inside words.

The numbers are those of scikit-learn's `TfidfVectorizer(sublinear_tf=True)` (a test holds them equal); its
import alone takes longer than an analyst's whole retrieval.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from scipy import sparse

Analyzer = Callable[[str], Iterable[str]]


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


class TextVectors:
    """TF-IDF fitted once on some texts; rows have length 1, so that a product is a cosine."""

    def __init__(self, texts: Sequence[str], analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._columns: dict[str, int] = {}
        counts = [Counter(analyzer(text)) for text in texts]
        for count in counts:
            for term in count:
                self._columns.setdefault(term, len(self._columns))
        raw = self._matrix(counts)
        frequency = np.diff(raw.tocsc().indptr)
        self._idf = np.log((1 + len(texts)) / (1 + frequency)) + 1.0
        self.fitted = self._weighted(raw)
        """The vectors of the texts it was fitted on, in their order."""

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Vectors of other texts; terms never seen count for nothing."""
        return self._weighted(self._matrix([Counter(self._analyzer(text)) for text in texts]))

    def _matrix(self, counts: Sequence[Counter[str]]) -> sparse.csr_matrix:
        values, columns, ends = [], [], [0]
        for count in counts:
            for term, number in count.items():
                if term in self._columns:
                    columns.append(self._columns[term])
                    values.append(1.0 + np.log(number) if number > 1 else 1.0)
            ends.append(len(columns))
        shape = (len(counts), max(len(self._columns), 1))
        return sparse.csr_matrix((values, columns, ends), shape=shape, dtype=float)

    def _weighted(self, matrix: sparse.csr_matrix) -> sparse.csr_matrix:
        if not self._columns:
            return matrix
        weighted = sparse.csr_matrix(matrix @ sparse.diags(self._idf))
        lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
        lengths[lengths == 0.0] = 1.0
        return sparse.csr_matrix(sparse.diags(1.0 / lengths) @ weighted)
