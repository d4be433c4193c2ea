"""The channel of the extra `semantic`: what a need is called against each line of a supplier, by meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator.meaning import likeness
from integrator.retrieval.answers import Asked, RowsAnswer
from integrator.retrieval.owners import Owners
from integrator.tables import NEED_NAMES
from integrator.text.lists import items
from integrator.vectors import numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from integrator.meaning import Meaning
    from integrator.retrieval.answers import Answer

_FIELDS = ("products", "processes")


class MeaningChannel:
    """Cosine of meaning: the best of a need's names with the best product or process line of each supplier.

    The bare lines are compared, not the sheet as a whole: a vector of many things is near to none of them.
    """

    name = "meaning"

    def __init__(self, suppliers: pd.DataFrame, meaning: Meaning) -> None:
        self._meaning = meaning
        cells = zip(*(suppliers[field].tolist() for field in _FIELDS), strict=True)
        own = [sorted({line for cell in every for line in items(str(cell))}) for every in cells]
        texts, row = numbered([text for lines in own for text in lines])
        owners = np.repeat(np.arange(len(own)), np.asarray([len(lines) for lines in own], dtype=np.int64))
        self._owners = Owners.of_pairs(row, owners, suppliers["supplier_id"].to_numpy(dtype=str), len(texts))
        self._lines = meaning.of(texts)

    def ask(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Asked:
        """What each need is called."""
        names = list(needs[list(NEED_NAMES)].astype(str).itertuples(index=False, name=None))
        number = {one: i for i, one in enumerate(dict.fromkeys(names))}
        return Asked(list(number), np.fromiter(map(number.__getitem__, names), np.int64, len(names)))

    def answer(self, asked: Asked) -> Answer:
        """Cosines; what points away counts for nothing."""
        questions = asked.questions
        return RowsAnswer(
            self._owners, lambda some: self._cosines([questions[i] for i in some]), asked.query, rounded=False
        )

    def _cosines(self, asked: Sequence[tuple[str, ...]]) -> np.ndarray:
        """Questions x different lines."""
        best = np.zeros((len(asked), len(self._lines)))
        if best.size:
            for names in zip(*asked, strict=True):
                np.maximum(best, likeness(self._meaning.of(names), self._lines), out=best)
        return best
