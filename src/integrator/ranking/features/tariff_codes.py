"""Tariff codes: those of the files, and those that the lexicon gives for the parts that are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.ranking.features.overlaps import highest, says
from integrator.text.tariffs import PREFIXES, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs
    from integrator.taxonomy.space import ConceptSpace


def tariff(pairs: Pairs) -> Numbers:
    """How many leading digits of the tariff codes agree: 1 for six, 2/3 for four, 1/3 for two."""
    known = (pairs.needs["hs_code"] != "").to_numpy(dtype=bool)[pairs.need] & pairs.by_supplier(_has_codes)
    return np.where(known, np.asarray(pairs.candidates["channel_hs"], dtype=float), np.nan)


def tariff_of_parts(pairs: Pairs) -> Numbers:
    """The same of the codes that the lexicon gives for the parts named, together with those of the files."""
    able, columns = pairs.offers.once(_codes_offered)
    asked = _codes(pairs.space, pairs.needs["hs_code"], pairs.asked["component"])
    wanted = _matrix(asked, columns)
    both = np.asarray([bool(own) for own in asked], dtype=bool)[pairs.need] & says(able)[pairs.supplier]
    return np.where(both, highest(pairs, wanted, able), np.nan)


def _has_codes(offers: Offers) -> np.ndarray:
    return (offers.suppliers["hs_codes"] != "").to_numpy(dtype=bool)


def _codes_offered(offers: Offers) -> tuple[sparse.csr_matrix, dict[str, int]]:
    """Suppliers x prefixes, see `_matrix`, and the column of each prefix."""
    codes = _codes(offers.space, offers.suppliers["hs_codes"], offers.offered["component"])
    columns = {prefix: i for i, prefix in enumerate(sorted(frozenset().union(*codes)))}
    return _matrix(codes, columns), columns


def _codes(space: ConceptSpace, cells: Iterable[object], parts: sparse.csr_matrix) -> list[frozenset[str]]:
    """What the codes of each row begin with."""
    of_concept = [frozenset(prefixes(" ".join(space.codes[concept]))) for concept in space.concepts]
    return [
        frozenset(prefixes(str(cell))).union(*(of_concept[i] for i in parts.indices[start:end]))
        for cell, start, end in zip(cells, parts.indptr[:-1], parts.indptr[1:], strict=True)
    ]


def _matrix(codes: list[frozenset[str]], columns: dict[str, int]) -> sparse.csr_matrix:
    """Rows x known prefixes: the square root of the share of six digits, so that a product is the share."""
    cells = sorted(
        (row, columns[prefix], len(prefix)) for row, own in enumerate(codes) for prefix in own if prefix in columns
    )
    rows, places, lengths = np.asarray(cells, dtype=np.int64).reshape(-1, 3).T
    worth = np.sqrt(lengths / max(PREFIXES))
    return sparse.csr_matrix((worth, (rows, places)), shape=(len(codes), max(len(columns), 1)))
