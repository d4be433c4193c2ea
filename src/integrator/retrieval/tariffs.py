"""The channel of tariff codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.retrieval.answers import Answer, RowsAnswer
from integrator.retrieval.owners import Owners
from integrator.vectors import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

PREFIXES = (2, 4, 6)
"""Digits of a chapter, a heading and a subheading of the tariff."""


class HsChannel:
    """Common tariff code: 1 for the same six digits, 2/3 for the heading, 1/3 for the chapter."""

    def __init__(self, suppliers: pd.DataFrame) -> None:
        self.name = "hs"
        cells, row = numbered([str(cell) for cell in suppliers["hs_codes"]])
        self._offered = [prefixes(cell) for cell in cells]
        some = np.asarray([bool(codes) for codes in self._offered], dtype=bool)
        place = np.cumsum(some) - 1
        has = np.flatnonzero(some[row])
        self._offered = [codes for codes in self._offered if codes]
        ids = suppliers["supplier_id"].to_numpy(dtype=str)
        self._owners = Owners.of_pairs(place[row[has]], has, ids, len(self._offered))
        self._column = {code: i for i, code in enumerate(sorted({one for codes in self._offered for one in codes}))}

    def answer(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Answer:
        """By the longest common prefix: codes that share six digits share four and two as well."""
        cells, query = numbered([str(cell) for cell in needs["hs_code"]])
        asked = [prefixes(cell) for cell in cells]
        return RowsAnswer(self._owners, lambda some: self._scores([asked[i] for i in some]), query, rounded=False)

    def _scores(self, asked: Sequence[Sequence[str]]) -> np.ndarray:
        common = np.zeros((len(asked), len(self._offered)))
        for length in PREFIXES:
            shared = _matrix(asked, self._column, length) @ _matrix(self._offered, self._column, length).T
            common += (shared > 0).toarray() / len(PREFIXES)
        return common


def _matrix(cells: Sequence[Sequence[str]], column: Mapping[str, int], length: int) -> sparse.csr_matrix:
    """Cells x prefixes of one length, 1 where a code of the cell begins so."""
    found = [[column[one] for one in codes if len(one) == length and one in column] for codes in cells]
    flat = [one for own in found for one in own]
    shape = (len(cells), max(len(column), 1))
    return sparse.csr_matrix((np.ones(len(flat)), flat, np.cumsum([0, *map(len, found)])), shape=shape)


def prefixes(text: object) -> list[str]:
    """What the tariff codes of a cell begin with: "8708.29; 76" -> ["87", "8708", "870829", "76"]."""
    codes = [code.replace(".", "") for code in str(text).replace(";", " ").split()]
    return list(dict.fromkeys(code[:length] for code in codes for length in PREFIXES if len(code) >= length))
