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
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from integrator.taxonomy.model import Taxonomy

SIBLING = 0.6
"""Nearness of what the lexicon says is made much alike, whatever the tree says; what it says is unlike has none."""
NEAREST = 0.3
"""Similarities below this are dropped: two parts of the whole car are not near."""
ROWS = 256
"""Rows spread at a time; bounds the memory."""


class ConceptSpace:
    """A fixed order of concepts and their nearness matrix."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.concepts: tuple[str, ...] = tuple(sorted(taxonomy.concepts))
        self.position: Mapping[str, int] = {concept: i for i, concept in enumerate(self.concepts)}
        self.glosses: Mapping[str, str] = {
            concept: f"{taxonomy.label(concept, 'fr')} {taxonomy.label(concept, 'en')}" for concept in self.concepts
        }
        """The preferred names of each concept in French and English: a bridge between texts in two languages."""
        content = information_of(taxonomy, self.concepts)
        self.information = np.asarray([content[concept] for concept in self.concepts])
        """How much each concept says (0-1): 1 for one without members, 0 for everything of its kind."""
        self.nearness = _nearness(taxonomy, self.concepts, self.position, self.information)
        self.families = _families(taxonomy, self.concepts, self.position)
        """Concepts x concepts: 1 for the concept itself and for each wider family."""
        chains = {concept: (concept, *taxonomy.ancestors(concept)) for concept in self.concepts}
        self.parents = _chosen([self.position[chain[:2][-1]] for chain in chains.values()])
        """Concepts x concepts: 1 for the nearest wider family, or for the concept itself where it has none."""
        self.roots = _chosen([self.position[chain[-1]] for chain in chains.values()])
        """Concepts x concepts: 1 for the widest family, or for the concept itself where it has none."""
        self.works = _sources(taxonomy, self.position, "works")
        """Processes x materials (concepts x concepts): 1 where the lexicon says that the process works the material."""
        self.codes: Mapping[str, tuple[str, ...]] = {concept: taxonomy.hs(concept) for concept in self.concepts}
        """Tariff codes of each concept, dotted."""
        tied = _tied(taxonomy, self.position, "input_of", "part_of")
        shape = (len(self.concepts), len(self.concepts))
        self.related = sparse.csr_matrix((np.ones(len(tied)), (tied[:, 0], tied[:, 1])), shape=shape)
        """Concepts x concepts: 1 where one goes into the other, as an input or as a part, in either direction."""

    def matrix(self, links: pd.DataFrame, entity: str, entities: Sequence[str]) -> sparse.csr_matrix:
        """Entities x concepts: the best `score` that ties each entity to each concept.

        `links` has the columns `entity` (its name is given), `concept` and `score`.
        """
        rows = looked_up({identifier: i for i, identifier in enumerate(entities)}, links[entity])
        columns = looked_up(self.position, links["concept"])
        known = (rows >= 0) & (columns >= 0)
        scores = links["score"].to_numpy(dtype=float)
        return maximum(rows[known], columns[known], scores[known], (len(entities), len(self.concepts)))

    def reach(self, offered: sparse.csr_matrix) -> sparse.csr_matrix:
        """Entities x concepts: how near the offered concepts come to each concept, at best."""
        return self.spread(offered, self.nearness)

    def spread(self, offered: sparse.csr_matrix, over: sparse.csr_matrix) -> sparse.csr_matrix:
        """The max-product of `offered` and a matrix concepts x concepts."""
        ends = range(0, offered.shape[0], ROWS)
        parts = [_spread(sparse.csr_matrix(offered[start : start + ROWS]), over) for start in ends]
        return sparse.csr_matrix(sparse.vstack(parts, format="csr")) if parts else sparse.csr_matrix(offered.shape)


def looked_up(position: Mapping[str, int], names: pd.Series) -> np.ndarray:
    """The position of each name, -1 where it has none; each different name is looked up once."""
    codes, different = names.factorize()
    found = np.asarray([position.get(name, -1) for name in map(str, different)] + [-1], dtype=np.intp)
    return np.asarray(found[codes])


LEAST_RARITY = 0.05
"""What everybody can do still counts for something."""
UNITS = 2.0**26
"""Parts of 1 in which nearness is counted."""


def rarity(reach: sparse.csr_matrix) -> np.ndarray:
    """A weight a concept (0.05-1), high when few of the entities of `reach` come near to it.

    Inverse document frequency, each entity counted by its nearness, scaled to at most 1.
    """
    return rarity_of(nearby(reach), reach.shape[0])


def rarity_of(counted: np.ndarray, entities: int) -> np.ndarray:
    """`rarity` from what `nearby` counted, summed over the parts of a table of so many entities."""
    frequency = (counted[0] + counted[1] / UNITS) / UNITS
    scaled = np.log((entities + 1) / (frequency + 1)) / np.log(entities + 2)
    return np.asarray(np.maximum(scaled, LEAST_RARITY))


def nearby(reach: sparse.csr_matrix, times: np.ndarray | None = None) -> np.ndarray:
    """How much of entities comes near each concept: in whole 1/2^26, and what is left of these in 1/2^52.

    Sums of whole numbers: those of the parts of a table add up to that of the table, whatever the parts. `times`: how
    many entities each row stands for, 1 when not given.
    """
    counts = np.zeros((2, reach.shape[1]))
    for start in range(0, reach.shape[0], ROWS):
        some = sparse.csr_matrix(reach[start : start + ROWS])
        each = 1.0 if times is None else np.repeat(times[start : start + ROWS], np.diff(some.indptr))
        units = np.floor(some.data * UNITS)
        left = np.rint((some.data * UNITS - units) * UNITS)
        counts += [np.bincount(some.indices, values * each, reach.shape[1]) for values in (units, left)]
    return np.asarray(np.rint(counts), dtype=np.int64)


def maximum(rows: np.ndarray, columns: np.ndarray, values: np.ndarray, shape: tuple[int, int]) -> sparse.csr_matrix:
    """A sparse matrix that holds the largest value given for each cell (scipy would add them)."""
    cell = rows.astype(np.int64) * shape[1] + columns
    order = np.argsort(cell, kind="stable")
    cell, values = cell[order], values[order]
    first = np.flatnonzero(np.diff(cell, prepend=-1))
    best = np.maximum.reduceat(values, first) if len(first) else values
    ends = np.searchsorted(cell[first], np.arange(shape[0] + 1) * shape[1])
    return sparse.csr_matrix((best, cell[first] % max(shape[1], 1), ends), shape=shape)


def _spread(offered: sparse.csr_matrix, over: sparse.csr_matrix) -> sparse.csr_matrix:
    """The max-product of few rows, by way of every cell."""
    counts = np.diff(over.indptr)[offered.indices]
    starts = over.indptr[offered.indices]
    inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    picked = np.repeat(starts, counts) + inner
    row = np.repeat(np.arange(offered.shape[0]), np.diff(offered.indptr))
    best = np.zeros(offered.shape)
    cells = np.repeat(row, counts) * offered.shape[1] + over.indices[picked]
    np.maximum.at(best.ravel(), cells, np.repeat(offered.data, counts) * over.data[picked])
    return sparse.csr_matrix(best)


def _families(taxonomy: Taxonomy, concepts: Sequence[str], position: Mapping[str, int]) -> sparse.csr_matrix:
    chains = [(concept, *taxonomy.ancestors(concept)) for concept in concepts]
    rows = np.repeat(np.arange(len(concepts)), [len(chain) for chain in chains])
    columns = [position[one] for chain in chains for one in chain]
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(concepts), len(concepts)))


def _chosen(columns: Sequence[int]) -> sparse.csr_matrix:
    """Rows x as many columns, a 1 in the column given for each row."""
    size = len(columns)
    return sparse.csr_matrix((np.ones(size), (np.arange(size), columns)), shape=(size, size))


def _sources(taxonomy: Taxonomy, position: Mapping[str, int], relation: str) -> sparse.csr_matrix:
    """Concepts x concepts: 1 where the first has the relation to the second, as the lexicon lists it."""
    cells = sorted(
        (position[source], position[target])
        for (source, name), targets in taxonomy.links.items()
        if name == relation
        for target in set(targets)
    )
    rows, columns = np.asarray(cells, dtype=np.int64).reshape(-1, 2).T
    return sparse.csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(position), len(position)))


def _nearness(
    taxonomy: Taxonomy, concepts: Sequence[str], position: Mapping[str, int], information: np.ndarray
) -> sparse.csr_matrix:
    members: dict[int, list[int]] = defaultdict(list)
    for concept in concepts:
        for family in (concept, *taxonomy.ancestors(concept)):
            members[position[family]].append(position[concept])
    cells = [_within(family, np.asarray(own), information) for family, own in members.items()]
    siblings = _tied(taxonomy, position, "sibling")
    cells.append((siblings[:, 0], siblings[:, 1], np.full(len(siblings), SIBLING)))
    rows, columns, values = (np.concatenate(parts) for parts in zip(*cells, strict=True))
    unlike = _tied(taxonomy, position, "unlike")
    far = np.isin(rows * len(concepts) + columns, unlike[:, 0] * len(concepts) + unlike[:, 1])
    return maximum(rows[~far], columns[~far], values[~far], (len(concepts), len(concepts)))


def _within(family: int, members: np.ndarray, information: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, columns and values of the pairs of a family (itself a member) that are near as far as it can tell."""
    with_it = np.where(members == family, 1.0, (1.0 + information[family]) / 2.0)
    rows, columns = [np.full(len(members), family), members], [members, np.full(len(members), family)]
    values = [with_it, with_it]
    if information[family] >= NEAREST:
        others = members[members != family]
        rows.append(np.repeat(others, len(others)))
        columns.append(np.tile(others, len(others)))
        values.append(np.full(len(others) ** 2, information[family]))
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(values)


def _tied(taxonomy: Taxonomy, position: Mapping[str, int], *relations: str) -> np.ndarray:
    """Pairs of positions of the concepts that a relation ties, both ways, each once; two columns."""
    pairs = {
        (position[one], position[other])
        for (source, relation), targets in taxonomy.links.items()
        for target in (targets if relation in relations else ())
        for one, other in ((source, target), (target, source))
    }
    return np.asarray(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def information_of(taxonomy: Taxonomy, concepts: Iterable[str]) -> dict[str, float]:
    """How much each concept says, by concept: 1 for a leaf, 0 for everything of its kind at once.

    1 - log(descendants + 1) / log(size of the kind)
    """
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
