"""Tariff codes: those of the files, and those that the lexicon gives for the parts that are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.ranking.features.overlaps import highest, where_both

if TYPE_CHECKING:
    from collections.abc import Iterable

    from integrator.ranking.pairs import Numbers, Pairs

PREFIXES = (2, 4, 6)
"""Digits of a chapter, a heading and a subheading."""


def tariff(pairs: Pairs) -> Numbers:
    """How many leading digits of the tariff codes agree: 1 for six, 2/3 for four, 1/3 for two."""
    known = (pairs.of_needs("hs_code") != "") & (pairs.of_suppliers("hs_codes") != "")
    return np.where(known, np.asarray(pairs.candidates["channel_hs"], dtype=float), np.nan)


def tariff_of_parts(pairs: Pairs) -> Numbers:
    """The same of the codes that the lexicon gives for the parts named, together with those of the files."""
    asked = _codes(pairs, pairs.needs["hs_code"], pairs.asked["component"])
    offered = _codes(pairs, pairs.suppliers["hs_codes"], pairs.offered["component"])
    columns = {prefix: i for i, prefix in enumerate(sorted({p for codes in (*asked, *offered) for p in codes}))}
    wanted, able = (_matrix(codes, columns) for codes in (asked, offered))
    return where_both(pairs, wanted, able, highest(pairs, wanted, able))


def _codes(pairs: Pairs, cells: Iterable[object], parts: sparse.csr_matrix) -> list[frozenset[str]]:
    """What the codes of each row begin with."""
    of_concept = [frozenset(_prefixes(" ".join(pairs.space.codes[concept]))) for concept in pairs.space.concepts]
    return [
        frozenset(_prefixes(str(cell))).union(*(of_concept[i] for i in parts.indices[start:end]))
        for cell, start, end in zip(cells, parts.indptr[:-1], parts.indptr[1:], strict=True)
    ]


def _prefixes(text: str) -> list[str]:
    codes = [code.replace(".", "") for code in text.replace(";", " ").split()]
    return [code[:length] for code in codes for length in PREFIXES if len(code) >= length]


def _matrix(codes: list[frozenset[str]], columns: dict[str, int]) -> sparse.csr_matrix:
    """Rows x prefixes: the square root of the share of six digits, so that a product is the share."""
    cells = sorted((row, columns[prefix], len(prefix)) for row, own in enumerate(codes) for prefix in own)
    rows, places, lengths = np.asarray(cells, dtype=np.int64).reshape(-1, 3).T
    worth = np.sqrt(lengths / max(PREFIXES))
    return sparse.csr_matrix((worth, (rows, places)), shape=(len(codes), max(len(columns), 1)))
