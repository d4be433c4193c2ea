"""What people judged of the supplier at other needs: it knows the supplier, not this pair.

Only a trained ranker brings such judgements along (`Experience`); the expert scorecard knows none. The need itself never
counts, so that no pair sees its own grade. To measure a ranker, take the needs held out from the experience first
(`Experience.without`): their other pairs would tell of the fold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.ranking.features.overlaps import ratio, row_sums, total

if TYPE_CHECKING:
    import pandas as pd

    from integrator.ranking.pairs import Numbers, Pairs
    from integrator.taxonomy.space import ConceptSpace

WEIGHTS: Mapping[str, float] = {"component": 0.4, "process": 0.4, "material": 0.2}
"""What two needs have in common counts so much, by kind; assumptions, not fitted."""
DOUBT = 0.3
"""Weight of "as good as the others of that need" beside what was judged; an assumption."""
DECIMALS = 6


@dataclass(frozen=True)
class Experience:
    """Judged needs as concepts, and how far each judged supplier stood above or below the others there."""

    needs: Mapping[str, Mapping[str, float]]
    """Need id -> weights of concepts and their wider families, a vector of length 1 at most."""
    judged: Mapping[str, Mapping[str, float]]
    """Need id -> supplier id -> grade less the mean grade of the need."""

    def without(self, needs: Collection[str]) -> Experience:
        """The same without some needs: what is known before these are judged."""
        return Experience(
            {need: concepts for need, concepts in self.needs.items() if need not in needs},
            {need: grades for need, grades in self.judged.items() if need not in needs},
        )


def experience_of(
    requirements: pd.DataFrame, grades: Mapping[str, Mapping[str, float]], space: ConceptSpace
) -> Experience:
    """What is learned from graded pairs (need id -> supplier id -> grade) and what those needs ask for."""
    needs = sorted(need for need, own in grades.items() if own)
    vectors = signatures(requirements, needs, space)
    concepts = {
        need: {
            space.concepts[column]: round(float(value), DECIMALS)
            for column, value in zip(vectors.indices[start:end], vectors.data[start:end], strict=True)
        }
        for need, start, end in zip(needs, vectors.indptr[:-1], vectors.indptr[1:], strict=True)
    }
    mean = {need: sum(grades[need].values()) / len(grades[need]) for need in needs}
    judged = {
        need: {one: round(grade - mean[need], DECIMALS) for one, grade in sorted(grades[need].items())} for need in needs
    }
    return Experience(concepts, judged)


def judged_alike(pairs: Pairs) -> Numbers:
    """How people judged the supplier at other needs, beside the others judged there; like needs weigh more.

    0 is as good as the others, above is better; unknown when nobody judged it elsewhere. Only with a trained ranker.
    """
    past = pairs.experience
    if past is None or not past.needs or not len(pairs):
        return np.full(len(pairs), np.nan)
    asked = signatures(pairs.requirements, pairs.needs["need_id"].tolist(), pairs.space)
    weight = _likeness(asked, past, pairs)
    above, seen = _judgements(past, pairs.suppliers["supplier_id"].tolist())
    weights = total(pairs, weight, seen)
    others = total(pairs, _elsewhere(pairs, past), seen)
    return np.where(others > 0, ratio(total(pairs, weight, above), weights + DOUBT), np.nan)


def signatures(requirements: pd.DataFrame, needs: list[str], space: ConceptSpace) -> sparse.csr_matrix:
    """Needs x concepts: what each need asks for and the families of it, narrow ones weighing more, by kind."""
    found = sparse.csr_matrix((len(needs), len(space.concepts)))
    for role, share in WEIGHTS.items():
        said = space.matrix(requirements[requirements["role"] == role], "need_id", needs)
        wide = sparse.csr_matrix((said @ space.families).multiply(space.information))
        length = np.sqrt(row_sums(sparse.csr_matrix(wide.multiply(wide))))
        scale = np.divide(np.sqrt(share), length, out=np.zeros(len(needs)), where=length > 0)
        found = found + sparse.diags(scale) @ wide
    return sparse.csr_matrix(found)


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


def _judgements(past: Experience, suppliers: list[str]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Suppliers x judged needs: how far above the others, and 1 where it was judged at all."""
    row_of = {supplier: row for row, supplier in enumerate(suppliers)}
    cells = [
        (row_of[supplier], column, value)
        for column, need in enumerate(past.needs)
        for supplier, value in past.judged.get(need, {}).items()
        if supplier in row_of
    ]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (len(suppliers), len(past.needs))
    above = sparse.csr_matrix((np.asarray(values, dtype=float), (rows, columns)), shape=shape)
    return above, sparse.csr_matrix((np.ones(len(values)), (rows, columns)), shape=shape)
