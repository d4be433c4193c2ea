"""Nearness of concepts, and the matrix that spreads an offer over its neighbours."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from integrator.taxonomy import Concept, Taxonomy, load
from integrator.taxonomy.space import ConceptSpace

SPACE = ConceptSpace(load())
CONCEPTS = SPACE.concepts


def near(one: str, other: str) -> float:
    return SPACE.nearness[SPACE.position[one], SPACE.position[other]]


def test_nearness_is_symmetric_and_one_on_the_diagonal():
    dense = SPACE.nearness
    assert (abs(dense - dense.T) > 1e-12).nnz == 0
    assert np.allclose(dense.diagonal(), 1.0)
    assert dense.max() <= 1.0


def test_nearness_follows_the_families():
    assert near("C-BDISC", "C-CALIP") > near("C-BDISC", "C-ARM")
    assert near("C-BDISC", "C-BRAKE") > 0.6
    assert near("C-BDISC", "C-DASH") == 0.0
    assert near("P-HPDC", "P-LPDC") > near("P-HPDC", "P-STAMP")


def tree(**broader: str) -> ConceptSpace:
    """A made-up lexicon of parts, each with its wider family."""
    concepts = {name: Concept(name, "component", wider, "draft") for name, wider in broader.items()}
    return ConceptSpace(Taxonomy(concepts=concepts, labels=(), fillers={}, links={}))


def test_siblings_are_nearer_in_a_small_family():
    small = {f"s{i}": "small" for i in range(2)}
    large = {f"l{i}": "large" for i in range(12)}
    rest = {f"r{i}": "rest" for i in range(40)}
    space = tree(small="", large="", rest="", **small, **large, **rest)

    def of(one: str, other: str) -> float:
        return space.nearness[space.position[one], space.position[other]]

    assert 1.0 > of("s0", "s1") > of("l0", "l1") > 0.0
    assert of("s0", "small") > of("s0", "s1")
    assert of("s0", "l0") == of("s0", "r0") == 0.0
    assert of("s0", "s0") == 1.0


@given(st.lists(st.integers(0, 8), min_size=1, max_size=9))
def test_nearness_of_any_tree_is_symmetric_and_bounded(parents):
    # the wider family of a concept is one listed before it, or none
    names = {f"c{i}": (f"c{parent % i}" if i and parent else "") for i, parent in enumerate(parents)}
    near = tree(**names).nearness.toarray()
    assert np.array_equal(near, near.T)
    assert np.array_equal(near.diagonal(), np.ones(len(names)))
    assert ((near >= 0) & (near <= 1)).all()


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, len(CONCEPTS) - 1), st.floats(0.1, 1.0)), max_size=12))
def test_reach_equals_its_slow_twin(cells):
    best: dict[tuple[int, int], float] = {}
    for row, column, value in cells:
        best[row, column] = max(best.get((row, column), 0.0), value)
    offered = np.zeros((4, len(CONCEPTS)))
    for (row, column), value in best.items():
        offered[row, column] = value
    slow = np.zeros_like(offered)
    for (row, column), value in best.items():
        for other in range(len(CONCEPTS)):
            slow[row, other] = max(slow[row, other], value * SPACE.nearness[column, other])
    assert np.allclose(SPACE.reach(sparse.csr_matrix(offered)).toarray(), slow)


def test_the_matrix_keeps_the_best_link():
    links = pd.DataFrame(
        {"need_id": ["X", "X", "Y", "Z"], "concept": ["P-STAMP", "P-STAMP", "NONE", "P-INJ"], "score": [0.4, 0.9, 1, 1]}
    )
    matrix = SPACE.matrix(links, "need_id", ["X", "Y"])
    assert matrix.shape == (2, len(CONCEPTS))
    assert matrix[0, SPACE.position["P-STAMP"]] == 0.9
    assert matrix.nnz == 1
