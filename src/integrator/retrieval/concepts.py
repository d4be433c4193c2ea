"""The channel of concepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.retrieval.answers import Answer, Asked, RowsAnswer
from integrator.retrieval.bags import alike
from integrator.retrieval.owners import Owners
from integrator.taxonomy.space import nearby, rarity_of

if TYPE_CHECKING:
    import pandas as pd

    from integrator.taxonomy.space import ConceptSpace


class ConceptChannel:
    """Share of what a need asks for that a supplier comes near to, rare concepts weighing more."""

    name = "concept"

    def __init__(self, by_concept: sparse.csr_matrix, owners: Owners, weights: np.ndarray, space: ConceptSpace) -> None:
        """From what was fitted.

        `by_concept`: concepts x different offers, how near each comes; `owners`: the suppliers of each; `weights`: the
        rarity of each concept among all suppliers.
        """
        self.by_concept, self.owners = by_concept, owners
        self._rarity, self._space = weights, space

    @classmethod
    def of(
        cls, suppliers: pd.DataFrame, capabilities: pd.DataFrame, space: ConceptSpace, weights: np.ndarray | None = None
    ) -> ConceptChannel:
        """`weights` are given when these are only some of the suppliers."""
        offers, row = unlike(space.matrix(capabilities, "supplier_id", list(suppliers["supplier_id"])))
        reach = space.reach(offers)
        if weights is None:
            weights = rarity_of(nearby(reach, np.bincount(row, minlength=len(reach.indptr) - 1)), len(suppliers))
        has = np.flatnonzero(np.diff(offers.indptr)[row])
        ids = suppliers["supplier_id"].to_numpy(dtype=str)
        owners = Owners.of_pairs(row[has], has, ids, offers.shape[0])
        return cls(sparse.csr_matrix(reach.T.tocsr()), owners, weights, space)

    def ask(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Asked:
        """What each concept counts for, as a share of all that the need asks for."""
        asked = self._space.matrix(requirements, "need_id", list(needs["need_id"]))
        weighted = asked.multiply(self._rarity).tocsr()
        total = np.asarray(weighted.sum(axis=1)).ravel()
        scale = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
        weighted.data *= np.repeat(scale, np.diff(weighted.indptr))
        return Asked(*unlike(sparse.csr_matrix(weighted)))

    def answer(self, asked: Asked) -> Answer:
        """Shares."""
        return RowsAnswer(self.owners, lambda some: self._shares(asked.questions[some]), asked.query)

    def _shares(self, questions: sparse.csr_matrix) -> np.ndarray:
        """Questions x different offers, added up concept by concept."""
        found = np.zeros((questions.shape[0], self.by_concept.shape[1]))
        begin = self.by_concept.indptr
        for number, row in enumerate(found):
            part = slice(questions.indptr[number], questions.indptr[number + 1])
            for concept, weight in zip(questions.indices[part].tolist(), questions.data[part].tolist(), strict=True):
                own = slice(begin[concept], begin[concept + 1])
                offers = self.by_concept.indices[own].astype(np.intp)
                np.add.at(row, offers, self.by_concept.data[own] * weight)
        return found


def unlike(matrix: sparse.csr_matrix) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The different rows in the order they are first met, and for each row given the one that equals it."""
    matrix.sort_indices()
    cells = np.stack((matrix.indices.astype(np.int64), matrix.data.astype(float).view(np.int64)), axis=1)
    first, same = alike(cells, matrix.indptr)
    return sparse.csr_matrix(matrix[first]), same
