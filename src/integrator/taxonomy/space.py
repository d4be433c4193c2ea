"""Concepts as columns of sparse matrices: how near what is offered comes to what is asked.

Nearness of two members of a family is the intrinsic information content of that family (Seco, Veale and Hayes 2004)
on the `broader` tree, which is what the similarity of Lin (1998) gives for two leaves: a member does not come nearer to
its siblings by having members of its own. A family and its member stand half way between that and being the same: who
says "filters" may well mean the oil filter. So 1 for the same concept, high for siblings in a small family, low in a
large one, 0 across families. Nothing in it is fitted to data.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from integrator.taxonomy.model import Taxonomy

SIBLING = 0.6
"""Nearness of what the lexicon says is made much alike, whatever the tree says; what it says is unlike has none."""
NEAREST = 0.3
"""Similarities below this are dropped: two parts of the whole car are not near."""


class ConceptSpace:
    """A fixed order of concepts and their nearness matrix."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.concepts: tuple[str, ...] = tuple(sorted(taxonomy.concepts))
        self.position: Mapping[str, int] = {concept: i for i, concept in enumerate(self.concepts)}
        self.glosses: Mapping[str, str] = {
            concept: f"{taxonomy.label(concept, 'fr')} {taxonomy.label(concept, 'en')}" for concept in self.concepts
        }
        """The preferred names of each concept in French and English: a bridge between texts in two languages."""
        self.nearness = _nearness(taxonomy, self.concepts, self.position)
        self.related = _related(taxonomy, self.position)
        """Concepts x concepts: 1 where one goes into the other, as an input or as a part, in either direction."""
        self._related_pairs = frozenset(zip(*(side.tolist() for side in self.related.nonzero()), strict=True))
        cells = self.nearness.tocoo()
        keys = zip(cells.row.tolist(), cells.col.tolist(), strict=True)
        values: list[float] = cells.data.tolist()
        self._pairs: dict[tuple[int, int], float] = dict(zip(keys, values, strict=True))

    def matrix(self, links: pd.DataFrame, entity: str, entities: Sequence[str]) -> sparse.csr_matrix:
        """Entities x concepts: the best `score` that ties each entity to each concept.

        `links` has the columns `entity` (its name is given), `concept` and `score`.
        """
        row_of = {identifier: i for i, identifier in enumerate(entities)}
        known = links["concept"].isin(list(self.position)) & links[entity].isin(list(row_of))
        best = links[known].groupby([entity, "concept"], sort=True)["score"].max()
        rows = [row_of[pair[0]] for pair in best.index]
        columns = [self.position[pair[1]] for pair in best.index]
        shape = (len(entities), len(self.concepts))
        return sparse.csr_matrix((best.to_numpy(dtype=float), (rows, columns)), shape=shape)

    def between(self, offered: int, asked: int) -> float:
        """Nearness of two concepts given by position; 0 when it was dropped as far."""
        return self._pairs.get((offered, asked), 0.0)

    def reach(self, offered: sparse.csr_matrix) -> sparse.csr_matrix:
        """Entities x concepts: how near the offered concepts come to each concept, at best."""
        return self.spread(offered, self.nearness)

    def is_related(self, offered: int, asked: int) -> float:
        """1 when two concepts given by position are tied as input or part, else 0."""
        return float((offered, asked) in self._related_pairs)

    def spread(self, offered: sparse.csr_matrix, over: sparse.csr_matrix) -> sparse.csr_matrix:
        """The max-product of `offered` and a matrix concepts x concepts."""
        coo = offered.tocoo()
        counts = np.diff(over.indptr)[coo.col]
        starts = over.indptr[coo.col]
        inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        picked = np.repeat(starts, counts) + inner
        rows = np.repeat(coo.row, counts)
        values = np.repeat(coo.data, counts) * over.data[picked]
        return maximum(rows, over.indices[picked], values, offered.shape)


LEAST_RARITY = 0.05
"""What everybody can do still counts for something."""


def rarity(reach: sparse.csr_matrix) -> np.ndarray:
    """A weight a concept (0.05-1), high when few of the entities of `reach` come near to it.

    Inverse document frequency, each entity counted by its nearness, scaled to at most 1.
    """
    entities = reach.shape[0]
    frequency = np.asarray(reach.sum(axis=0)).ravel()
    scaled = np.log((entities + 1) / (frequency + 1)) / np.log(entities + 2)
    return np.asarray(np.maximum(scaled, LEAST_RARITY))


def maximum(rows: np.ndarray, columns: np.ndarray, values: np.ndarray, shape: tuple[int, int]) -> sparse.csr_matrix:
    """A sparse matrix that holds the largest value given for each cell (scipy would add them)."""
    order = np.lexsort((-values, columns, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    first = np.ones(len(rows), dtype=bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    return sparse.csr_matrix((values[first], (rows[first], columns[first])), shape=shape)


def _nearness(taxonomy: Taxonomy, concepts: Sequence[str], position: Mapping[str, int]) -> sparse.csr_matrix:
    information = _information(taxonomy, concepts)
    members: dict[str, list[str]] = defaultdict(list)
    lineage = {concept: (concept, *taxonomy.ancestors(concept)) for concept in concepts}
    for concept in concepts:
        for ancestor in lineage[concept]:
            members[ancestor].append(concept)
    best: dict[tuple[int, int], float] = {}
    for concept in concepts:
        for ancestor in lineage[concept]:
            for other in members[ancestor]:
                similarity = _similarity(information, concept, other, ancestor)
                key = (position[concept], position[other])
                if similarity >= NEAREST and similarity > best.get(key, 0.0):
                    best[key] = similarity
    for relation, value in (("sibling", SIBLING), ("unlike", 0.0)):
        for pair in _tied(taxonomy, relation, position):
            best[pair] = max(best.get(pair, 0.0), value) if value else 0.0
    keys = sorted(key for key, value in best.items() if value)
    values = [best[key] for key in keys]
    rows, columns = zip(*keys, strict=True) if keys else ((), ())
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(concepts), len(concepts)))


def _tied(taxonomy: Taxonomy, relation: str, position: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Positions of the concepts that a relation ties, both ways."""
    for (source, name), targets in taxonomy.links.items():
        for target in targets if name == relation else ():
            yield position[source], position[target]
            yield position[target], position[source]


def _related(taxonomy: Taxonomy, position: Mapping[str, int]) -> sparse.csr_matrix:
    pairs = sorted({pair for name in ("input_of", "part_of") for pair in _tied(taxonomy, name, position)})
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    return sparse.csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(position), len(position)))


def _similarity(information: Mapping[str, float], one: str, other: str, ancestor: str) -> float:
    if one == other:
        return 1.0
    if ancestor in (one, other):
        return (1.0 + information[ancestor]) / 2.0
    return information[ancestor]


def _information(taxonomy: Taxonomy, concepts: Iterable[str]) -> dict[str, float]:
    """1 - log(descendants + 1) / log(size of the kind): 1 for a leaf, 0 for everything at once."""
    below: dict[str, int] = defaultdict(int)
    size: dict[str, int] = defaultdict(int)
    for concept in concepts:
        size[taxonomy.kind(concept)] += 1
        for ancestor in taxonomy.ancestors(concept):
            below[ancestor] += 1
    return {
        concept: 1.0 - math.log(below[concept] + 1) / math.log(max(size[taxonomy.kind(concept)], 2))
        for concept in concepts
    }
