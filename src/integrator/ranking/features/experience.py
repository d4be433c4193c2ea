"""What people judged of the supplier at other needs: it knows the supplier, not this pair.

Only a trained ranker brings such judgements along; the expert scorecard knows none. The need itself never counts, so
that no pair sees its own grade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.ranking.experience import signatures
from integrator.ranking.features.overlaps import ratio, total

if TYPE_CHECKING:
    from collections.abc import Mapping

    from integrator.ranking.arrays import Numbers
    from integrator.ranking.experience import Experience
    from integrator.ranking.pairs import Pairs

DOUBT = 0.3
"""Weight of "as good as the others of that need" beside what was judged; an assumption."""


def judged_alike(pairs: Pairs) -> Numbers:
    """How people judged the supplier at other needs, beside the others judged there; like needs weigh more.

    0 is as good as the others, above is better; unknown when nobody judged it elsewhere. Only with a trained ranker.
    """
    past = pairs.experience
    if past is None or not past.needs or not len(pairs):
        return np.full(len(pairs), np.nan)
    weight = _likeness(pairs.once(_asked), past, pairs)
    above, seen = _judgements(past, pairs.offers.position)
    weights = total(pairs, weight, seen)
    others = total(pairs, _elsewhere(pairs, past), seen)
    return np.where(others > 0, ratio(total(pairs, weight, above), weights + DOUBT), np.nan)


def _asked(pairs: Pairs) -> sparse.csr_matrix:
    return signatures(pairs.requirements, pairs.needs["need_id"].tolist(), pairs.space)


def _likeness(asked: sparse.csr_matrix, past: Experience, pairs: Pairs) -> sparse.csr_matrix:
    """Needs x judged needs: the square of the cosine; nothing for the need itself."""
    position = pairs.space.position
    cells = [
        (row, position[concept], value)
        for row, concepts in enumerate(past.needs.values())
        for concept, value in concepts.items()
        if concept in position
    ]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    known = sparse.csr_matrix((values, (rows, columns)), shape=(len(past.needs), asked.shape[1]))
    likeness = sparse.csr_matrix(asked @ known.T)
    return sparse.csr_matrix(likeness.multiply(likeness).multiply(_elsewhere(pairs, past)))


def _elsewhere(pairs: Pairs, past: Experience) -> sparse.csr_matrix:
    """Needs x judged needs: 1 for another need, nothing for the same."""
    own, known = pairs.needs["need_id"].to_numpy(dtype=str), np.asarray(list(past.needs), dtype=str)
    return sparse.csr_matrix((own[:, None] != known[None, :]).astype(float))


def _judgements(past: Experience, row_of: Mapping[str, int]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Suppliers x judged needs: how far above the others, and 1 where it was judged at all."""
    cells = [
        (row_of[supplier], column, value)
        for column, need in enumerate(past.needs)
        for supplier, value in past.judged.get(need, {}).items()
        if supplier in row_of
    ]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (len(row_of), len(past.needs))
    above = sparse.csr_matrix((np.asarray(values, dtype=float), (rows, columns)), shape=shape)
    return above, sparse.csr_matrix((np.ones(len(values)), (rows, columns)), shape=shape)
