"""The channel of the extra `semantic`: what a need is called against each line of a supplier, by meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.meaning import likeness
from integrator.retrieval.answers import MatrixAnswer

if TYPE_CHECKING:
    import pandas as pd

    from integrator.meaning import Meaning
    from integrator.retrieval.answers import Answer

_LINE = re.compile(r"[;\n]+")
_NAMES = ("component", "component_en", "component_ar")
_FIELDS = ("products", "processes")
BLOCK = 256
"""Needs compared at a time with every line; bounds the memory."""


class MeaningChannel:
    """Cosine of meaning: the best of a need's names with the best product or process line of each supplier.

    The bare lines are compared, not the sheet as a whole: a vector of many things is near to none of them.
    """

    name = "meaning"

    def __init__(self, suppliers: pd.DataFrame, meaning: Meaning) -> None:
        self._meaning, self._count = meaning, len(suppliers)
        texts: list[str] = []
        starts: list[int] = []
        self._saying: list[int] = []
        columns = [suppliers[field].tolist() for field in _FIELDS]
        for position, cells in enumerate(zip(*columns, strict=True)):
            lines = sorted({line.strip() for cell in cells for line in _LINE.split(str(cell)) if line.strip()})
            if lines:
                self._saying.append(position)
                starts.append(len(texts))
                texts += lines
        self._starts = starts
        self._ids = suppliers["supplier_id"].to_numpy(dtype=str)
        self._lines = meaning.of(texts)

    def answer(self, needs: pd.DataFrame) -> Answer:
        """Cosines; what points away counts for nothing."""
        if not self._starts or needs.empty:
            return MatrixAnswer(sparse.csr_matrix((len(needs), self._count)), self._ids)
        blocks = [self._block(needs.iloc[start : start + BLOCK]) for start in range(0, len(needs), BLOCK)]
        return MatrixAnswer(sparse.csr_matrix(sparse.vstack(blocks)), self._ids)

    def _block(self, needs: pd.DataFrame) -> sparse.csr_matrix:
        best = np.zeros((len(needs), len(self._starts)))
        for name in _NAMES:
            by_line = likeness(self._meaning.of(needs[name].astype(str).tolist()), self._lines)
            np.maximum(best, np.maximum.reduceat(by_line, self._starts, axis=1), out=best)
        every = np.zeros((len(needs), self._count))
        every[:, self._saying] = best
        return sparse.csr_matrix(every)
