"""The channel of tariff codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.retrieval.answers import Answer, Asked, RowsAnswer
from integrator.retrieval.owners import Owners
from integrator.text.tariffs import PREFIXES, prefixes
from integrator.vectors import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd


class HsChannel:
    """Common tariff code: 1 for the same six digits, 2/3 for the heading, 1/3 for the chapter."""

    name = "hs"

    def __init__(self, offered: Sequence[Sequence[str]], owners: Owners) -> None:
        """`offered`: different sets of prefixes, none empty; `owners`: the suppliers of each."""
        self.offered, self.owners = offered, owners
        self._column = {code: i for i, code in enumerate(sorted({one for codes in offered for one in codes}))}

    @classmethod
    def of(cls, suppliers: pd.DataFrame) -> HsChannel:
        """From `hs_codes`."""
        cells, row = numbered([str(cell) for cell in suppliers["hs_codes"]])
        every = [prefixes(cell) for cell in cells]
        some = np.asarray([bool(codes) for codes in every], dtype=bool)
        has = np.flatnonzero(some[row])
        place = np.cumsum(some) - 1
        ids = suppliers["supplier_id"].to_numpy(dtype=str)
        offered = [codes for codes in every if codes]
        return cls(offered, Owners.of_pairs(place[row[has]], has, ids, len(offered)))

    def ask(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Asked:
        """The prefixes of their codes."""
        cells, query = numbered([str(cell) for cell in needs["hs_code"]])
        return Asked([prefixes(cell) for cell in cells], query)

    def answer(self, asked: Asked) -> Answer:
        """By the longest common prefix: codes that share six digits share four and two as well."""
        questions = asked.questions
        return RowsAnswer(
            self.owners, lambda some: self._scores([questions[i] for i in some]), asked.query, rounded=False
        )

    def _scores(self, asked: Sequence[Sequence[str]]) -> np.ndarray:
        common = np.zeros((len(asked), len(self.offered)))
        for length in PREFIXES:
            shared = _matrix(asked, self._column, length) @ _matrix(self.offered, self._column, length).T
            common += (shared > 0).toarray() / len(PREFIXES)
        return common


def _matrix(cells: Sequence[Sequence[str]], column: Mapping[str, int], length: int) -> sparse.csr_matrix:
    """Cells x prefixes of one length, 1 where a code of the cell begins so."""
    found = [[column[one] for one in codes if len(one) == length and one in column] for codes in cells]
    flat = [one for own in found for one in own]
    shape = (len(cells), max(len(column), 1))
    return sparse.csr_matrix((np.ones(len(flat)), flat, np.cumsum([0, *map(len, found)])), shape=shape)
