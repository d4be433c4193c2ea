"""The channel of concepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.retrieval.answers import Answer, RowsAnswer
from integrator.retrieval.bags import alike
from integrator.retrieval.owners import Owners
from integrator.taxonomy.space import rarity

if TYPE_CHECKING:
    import pandas as pd

    from integrator.taxonomy.space import ConceptSpace


class ConceptChannel:
    """Share of what a need asks for that a supplier comes near to, rare concepts weighing more."""

    def __init__(
        self,
        suppliers: pd.DataFrame,
        capabilities: pd.DataFrame,
        space: ConceptSpace,
        weights: np.ndarray | None = None,
    ) -> None:
        """`weights`: the rarity of each concept among all suppliers when these are only some of them."""
        self.name = "concept"
        self._space = space
        reach = space.reach(space.matrix(capabilities, "supplier_id", list(suppliers["supplier_id"])))
        self._rarity = rarity(reach) if weights is None else weights
        different, row = unlike(reach)
        self._by_concept = sparse.csr_matrix(different.T.tocsr())
        self._rows = different.shape[0]
        has = np.flatnonzero(np.diff(reach.indptr)[...] > 0)
        ids = suppliers["supplier_id"].to_numpy(dtype=str)
        self._owners = Owners.of_pairs(row[has], has, ids, self._rows)

    def answer(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Answer:
        """Shares."""
        asked = self._space.matrix(requirements, "need_id", list(needs["need_id"]))
        weighted = asked.multiply(self._rarity).tocsr()
        total = np.asarray(weighted.sum(axis=1)).ravel()
        scale = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
        weighted.data *= np.repeat(scale, np.diff(weighted.indptr))
        questions, query = unlike(sparse.csr_matrix(weighted))
        return RowsAnswer(self._owners, lambda some: self._shares(questions[some]), query)

    def _shares(self, questions: sparse.csr_matrix) -> np.ndarray:
        """Questions x different offers, added up concept by concept."""
        found = np.zeros((questions.shape[0], self._rows))
        begin = self._by_concept.indptr
        for number, row in enumerate(found):
            part = slice(questions.indptr[number], questions.indptr[number + 1])
            for concept, weight in zip(questions.indices[part].tolist(), questions.data[part].tolist(), strict=True):
                own = slice(begin[concept], begin[concept + 1])
                row[self._by_concept.indices[own]] += self._by_concept.data[own] * weight
        return found


def unlike(matrix: sparse.csr_matrix) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The different rows in the order they are first met, and for each row given the one that equals it."""
    matrix.sort_indices()
    cells = np.stack((matrix.indices.astype(np.int64), matrix.data.astype(float).view(np.int64)), axis=1)
    first, same = alike(cells, matrix.indptr)
    return sparse.csr_matrix(matrix[first]), same
