"""Concepts as columns of sparse matrices: how near what is offered comes to what is asked.

Nearness of a family and its member is Lin's similarity (Lin 1998) on the `broader` tree with the intrinsic information
content of Seco, Veale and Hayes (2004); of two members of a family it is the content of that family, which is what Lin
gives for two leaves: a member does not come nearer to its siblings by having members of its own. So 1 for the same
concept, high for siblings in a small family, low in a large one, 0 across families. Nothing in it is fitted to data.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from integrator.taxonomy.model import Taxonomy

NEAREST = 0.3
"""Similarities below this are dropped: two parts of the whole car are not near."""


class ConceptSpace:
    """A fixed order of concepts and their nearness matrix."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.concepts: tuple[str, ...] = tuple(sorted(taxonomy.concepts))
        self.position: Mapping[str, int] = {concept: i for i, concept in enumerate(self.concepts)}
        self.nearness = _nearness(taxonomy, self.concepts, self.position)
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
        """Entities x concepts: how near the offered concepts come to each concept, at best.

        The max-product of `offered` and the nearness matrix.
        """
        coo = offered.tocoo()
        counts = np.diff(self.nearness.indptr)[coo.col]
        starts = self.nearness.indptr[coo.col]
        inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        picked = np.repeat(starts, counts) + inner
        rows = np.repeat(coo.row, counts)
        values = np.repeat(coo.data, counts) * self.nearness.data[picked]
        return maximum(rows, self.nearness.indices[picked], values, offered.shape)


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
    content = _information(taxonomy, concepts)
    information = np.asarray([content[concept] for concept in concepts])
    members: dict[int, list[int]] = defaultdict(list)
    for concept in concepts:
        for family in (concept, *taxonomy.ancestors(concept)):
            members[position[family]].append(position[concept])
    cells = [_within(family, np.asarray(own), information) for family, own in members.items()]
    rows, columns, values = (np.concatenate(parts) for parts in zip(*cells, strict=True)) if cells else ([], [], [])
    return maximum(np.asarray(rows), np.asarray(columns), np.asarray(values), (len(concepts), len(concepts)))


def _within(family: int, members: np.ndarray, information: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, columns and values of the pairs of a family (itself a member) that are near as far as it can tell."""
    total = information[family] + information[members]
    lin = np.divide(2.0 * information[family], total, out=np.zeros(len(members)), where=total > 0)
    lin[members == family] = 1.0
    rows, columns = [np.full(len(members), family), members], [members, np.full(len(members), family)]
    values = [lin, lin]
    if information[family] >= NEAREST:
        others = members[members != family]
        rows.append(np.repeat(others, len(others)))
        columns.append(np.tile(others, len(others)))
        values.append(np.full(len(others) ** 2, information[family]))
    row, column, value = np.concatenate(rows), np.concatenate(columns), np.concatenate(values)
    near = value >= NEAREST
    return row[near], column[near], value[near]


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
