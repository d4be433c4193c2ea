"""Sums and maxima over the concepts that the two sides of a pair share; NaN where a side says nothing of that kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

if TYPE_CHECKING:
    from integrator.ranking.pairs import Numbers, Pairs
    from integrator.records import Role

NEAR = 0.6
"""Nearness from which a concept counts as within reach: that of what the lexicon calls siblings."""


def says(matrix: sparse.csr_matrix) -> NDArray[np.bool_]:
    """Whether each row holds anything."""
    return np.asarray(np.diff(matrix.indptr) > 0)


def where_both(pairs: Pairs, asked: sparse.csr_matrix, offered: sparse.csr_matrix, values: Numbers) -> Numbers:
    """`values`, NaN for the pairs of which the need asks nothing or the supplier offers nothing."""
    return np.where(says(asked)[pairs.need] & says(offered)[pairs.supplier], values, np.nan)


def highest(pairs: Pairs, asked: sparse.csr_matrix, offer: sparse.csr_matrix) -> Numbers:
    """For each pair the largest product of what is asked and what is offered; 0 when they share nothing."""
    if not asked.shape[1] or not len(pairs):
        return np.zeros(len(pairs))
    products = sparse.csr_matrix(asked[pairs.need].multiply(offer[pairs.supplier]))
    return np.asarray(products.max(axis=1).toarray().ravel(), dtype=float)


def total(pairs: Pairs, asked: sparse.csr_matrix, offer: sparse.csr_matrix) -> Numbers:
    """For each pair the sum of the products of what is asked and what is offered."""
    return np.asarray(asked[pairs.need].multiply(offer[pairs.supplier]).sum(axis=1), dtype=float).ravel()


def row_sums(matrix: sparse.csr_matrix) -> Numbers:
    """The sum of each row."""
    return np.asarray(matrix.sum(axis=1), dtype=float).ravel()


def ratio(part: Numbers, whole: Numbers) -> Numbers:
    """`part` / `whole`; 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def best(pairs: Pairs, role: Role, offer: sparse.csr_matrix) -> Numbers:
    """The best that an offer comes to anything asked of a role; NaN when one of the two says nothing."""
    return where_both(pairs, pairs.asked[role], pairs.offered[role], highest(pairs, pairs.asked[role], offer))


def cover(pairs: Pairs, role: Role, offer: sparse.csr_matrix) -> Numbers:
    """Share of what is asked of a role that an offer comes near to, rare concepts weighing more; NaN as in `best`."""
    weighted = sparse.csr_matrix(pairs.asked[role].multiply(pairs.offers.rarity[role]))
    share = ratio(total(pairs, weighted, offer), row_sums(weighted)[pairs.need])
    return where_both(pairs, pairs.asked[role], pairs.offered[role], share)


def firmest(asked: sparse.csr_matrix) -> Numbers:
    """How firmly each need asks for anything here; 1 where it asks for nothing.

    How sure we are of what a need asks weighs its processes and materials against each other. It must not lower
    what a supplier that has them is worth; for parts it does, since a part that is only mentioned is not asked for.
    """
    strongest = asked.max(axis=1).toarray().ravel() if asked.shape[1] else np.zeros(asked.shape[0])
    return np.where(strongest > 0, strongest, 1.0)


def ones(matrix: sparse.csr_matrix, least: float = 0.0) -> sparse.csr_matrix:
    """1 where a cell is above 0 and at least `least`, nothing elsewhere."""
    found = matrix.copy()
    found.data = ((found.data > 0) & (found.data >= least)).astype(float)
    found.eliminate_zeros()
    return found
