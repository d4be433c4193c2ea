"""Sums and maxima over the concepts that the two sides of a pair share; NaN where a side says nothing of that kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from integrator.taxonomy.space import SIBLING

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers, Positions
    from integrator.ranking.pairs import Pairs
    from integrator.records import Role

NEAR = SIBLING
"""Nearness from which a concept counts as within reach: that of what the lexicon calls siblings."""


def says(matrix: sparse.csr_matrix) -> NDArray[np.bool_]:
    """Whether each row holds anything."""
    return np.asarray(np.diff(matrix.indptr) > 0)


def where_both(pairs: Pairs, asked: sparse.csr_matrix, offered: sparse.csr_matrix, values: Numbers) -> Numbers:
    """`values`, NaN for the pairs of which the need asks nothing or the supplier offers nothing."""
    return np.where(says(asked)[pairs.need] & says(offered)[pairs.supplier], values, np.nan)


@dataclass(frozen=True)
class Cells:
    """What one side of each pair says: pair after pair, in the order of the columns."""

    pair: Positions
    place: Positions
    """In the indices and data of the matrix."""


def cells_of(rows: Positions, matrix: sparse.csr_matrix) -> Cells:
    """The cells of the row of the matrix that each pair has."""
    pair, inner = expanded(np.diff(matrix.indptr)[rows])
    return Cells(pair, matrix.indptr[rows][pair] + inner)


def expanded(counts: Positions) -> tuple[Positions, Positions]:
    """As many rows as each count says, and the number of each row among those of its count, from 0."""
    of = np.repeat(np.arange(len(counts)), counts)
    return of, np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)


def highest(pairs: Pairs, asked: sparse.csr_matrix, offer: sparse.csr_matrix) -> Numbers:
    """For each pair the largest product of what is asked and what is offered; 0 when they share nothing."""
    return _highest(*_products(pairs, asked, offer), len(pairs))


def total(pairs: Pairs, asked: sparse.csr_matrix, offer: sparse.csr_matrix) -> Numbers:
    """For each pair the sum of the products of what is asked and what is offered."""
    return _total(*_products(pairs, asked, offer), len(pairs))


def highest_near(pairs: Pairs, asked: sparse.csr_matrix, offered: sparse.csr_matrix) -> Numbers:
    """`highest` of what is asked and how near the offer comes to it."""
    cells, near = nearest(pairs, asked, offered)
    return _highest(cells.pair, asked.data[cells.place] * near, len(pairs))


def total_near(pairs: Pairs, asked: sparse.csr_matrix, offered: sparse.csr_matrix) -> Numbers:
    """`total` of what is asked and how near the offer comes to it."""
    cells, near = nearest(pairs, asked, offered)
    return _total(cells.pair, asked.data[cells.place] * near, len(pairs))


def nearest(pairs: Pairs, asked: sparse.csr_matrix, offered: sparse.csr_matrix) -> tuple[Cells, Numbers]:
    """What is asked, and how near the supplier of the pair comes to it at best (0-1): offer times nearness.

    It is what stands there in `space.reach(offered)`, without the whole of it: for many suppliers that is large.
    """
    cells = cells_of(pairs.need, asked)
    both = cells_of(pairs.supplier[cells.pair], offered)
    wanted, place = np.unique(asked.indices, return_inverse=True)
    table = np.ascontiguousarray(pairs.space.nearness[:, wanted].T.toarray())
    near = table[place[cells.place][both.pair], offered.indices[both.place]]
    return cells, _highest(both.pair, offered.data[both.place] * near, len(cells.pair))


def _products(pairs: Pairs, asked: sparse.csr_matrix, offer: sparse.csr_matrix) -> tuple[Positions, Numbers]:
    """Pairs and products, those of a pair in the order of the columns: the side that says less is looked up."""
    wide = np.diff(asked.indptr)[pairs.need].sum() > np.diff(offer.indptr)[pairs.supplier].sum()
    said, rows = (offer, pairs.supplier) if wide else (asked, pairs.need)
    other, places = (asked, pairs.need) if wide else (offer, pairs.supplier)
    cells = cells_of(rows, said)
    if not len(cells.pair):
        return cells.pair, np.zeros(0)
    found = np.asarray(other[places[cells.pair], said.indices[cells.place]]).ravel()
    return cells.pair, said.data[cells.place] * found


def _highest(owner: Positions, values: Numbers, size: int) -> Numbers:
    """The largest value of each owner, 0 without one; owners ascend."""
    found = np.zeros(size)
    if len(owner):
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        found[owner[first]] = np.maximum.reduceat(values, first)
    return found


def _total(owner: Positions, values: Numbers, size: int) -> Numbers:
    """The values of each owner added one by one in their order: the same sum whatever stands beside it."""
    return np.bincount(owner, values, size).astype(float)


def row_sums(matrix: sparse.csr_matrix) -> Numbers:
    """The sum of each row."""
    return np.asarray(matrix.sum(axis=1), dtype=float).ravel()


def ratio(part: Numbers, whole: Numbers) -> Numbers:
    """`part` / `whole`; 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def best(pairs: Pairs, role: Role, values: Numbers) -> Numbers:
    """`values`, NaN where one of the two says nothing of a role."""
    return where_both(pairs, pairs.asked[role], pairs.offered[role], values)


def cover(pairs: Pairs, role: Role) -> Numbers:
    """Share of what is asked of a role that the offer comes near to, rare concepts weighing more; NaN as in `best`."""
    weighted = rare(pairs, role)
    return best(pairs, role, ratio(total_near(pairs, weighted, pairs.offered[role]), row_sums(weighted)[pairs.need]))


def rare(pairs: Pairs, role: Role) -> sparse.csr_matrix:
    """What is asked of a role, rare concepts weighing more."""
    return sparse.csr_matrix(pairs.asked[role].multiply(pairs.offers.rarity[role]))


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
