"""Ways to find suppliers for a need; each gives a sparse matrix of scores between 0 and 1.

A channel is fitted once on the suppliers; `scores` answers for a block of needs, so that memory is
bounded by the block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse

from integrator.retrieval.texts import capability_lines, queries
from integrator.taxonomy.space import maximum, rarity
from integrator.text.fold import fold
from integrator.vectors import Analyzer, TextVectors, letter_groups

if TYPE_CHECKING:
    import pandas as pd

    from integrator.taxonomy.space import ConceptSpace

DECIMALS = 9
"""Scores are rounded, so that the order of a sum cannot decide a rank."""


class Channel(Protocol):
    """One way to find suppliers."""

    name: str

    def scores(self, needs: pd.DataFrame) -> sparse.csr_matrix:
        """Needs x suppliers, in table order."""
        ...


class TextChannel:
    """Cosine of TF-IDF vectors, the best capability line of each supplier."""

    def __init__(self, name: str, suppliers: pd.DataFrame, analyzer: Analyzer) -> None:
        self.name = name
        texts, owners = capability_lines(suppliers)
        self._count = len(suppliers)
        self._owners = np.asarray(owners, dtype=int)
        self._vectors = TextVectors(texts, analyzer)

    def scores(self, needs: pd.DataFrame) -> sparse.csr_matrix:
        """Needs x suppliers cosines."""
        by_line = sparse.coo_matrix(self._vectors.of([fold(text) for text in queries(needs)]) @ self._vectors.fitted.T)
        values = np.round(by_line.data, DECIMALS)
        return maximum(by_line.row, self._owners[by_line.col], values, (len(needs), self._count))


class ConceptChannel:
    """Share of what a need asks for that a supplier comes near to, rare concepts weighing more."""

    def __init__(
        self,
        suppliers: pd.DataFrame,
        capabilities: pd.DataFrame,
        requirements: pd.DataFrame,
        space: ConceptSpace,
    ) -> None:
        self.name = "concept"
        self._space, self._requirements = space, requirements
        offered = space.matrix(capabilities, "supplier_id", list(suppliers["supplier_id"]))
        self._reach = space.reach(offered)
        self._rarity = rarity(self._reach)

    def scores(self, needs: pd.DataFrame) -> sparse.csr_matrix:
        """Needs x suppliers shares."""
        asked = self._space.matrix(self._requirements, "need_id", list(needs["need_id"]))
        weighted = asked.multiply(self._rarity).tocsr()
        total = np.asarray(weighted.sum(axis=1)).ravel()
        scale = sparse.diags(np.divide(1.0, total, out=np.zeros_like(total), where=total > 0))
        result = sparse.csr_matrix(scale @ weighted @ self._reach.T)
        result.data = np.round(result.data, DECIMALS)
        return result


class HsChannel:
    """Common tariff code: 1 for the same six digits, 2/3 for the heading, 1/3 for the chapter."""

    def __init__(self, suppliers: pd.DataFrame) -> None:
        self.name = "hs"
        self._codes = [digits(text) for text in suppliers["hs_codes"]]

    def scores(self, needs: pd.DataFrame) -> sparse.csr_matrix:
        """Needs x suppliers scores by the longest common prefix."""
        values = np.zeros((len(needs), len(self._codes)))
        for row, text in enumerate(needs["hs_code"]):
            asked = digits(text)
            for column, offered in enumerate(self._codes):
                values[row, column] = max((prefix_score(a, o) for a in asked for o in offered), default=0.0)
        return sparse.csr_matrix(values)


def all_channels(
    suppliers: pd.DataFrame, capabilities: pd.DataFrame, requirements: pd.DataFrame, space: ConceptSpace
) -> tuple[Channel, ...]:
    """Every channel, fitted on the suppliers; the ranker expects a score from each of them."""
    return (
        TextChannel("characters", suppliers, letter_groups),
        TextChannel("words", suppliers, str.split),
        ConceptChannel(suppliers, capabilities, requirements, space),
        HsChannel(suppliers),
    )


def digits(text: object) -> list[str]:
    """The tariff codes of a cell without dots: "8708.29; 7604" -> ["870829", "7604"]."""
    return [code.replace(".", "") for code in str(text).replace(";", " ").split() if code.strip()]


def prefix_score(one: str, other: str) -> float:
    """How much of the tariff tree two codes share."""
    for length in (6, 4, 2):
        if len(one) >= length and one[:length] == other[:length]:
            return length / 6
    return 0.0
