"""Nearness of concepts, and the matrix that spreads an offer over its neighbours."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from integrator.taxonomy import load
from integrator.taxonomy.space import ConceptSpace

SPACE = ConceptSpace(load())
CONCEPTS = SPACE.concepts


def near(one: str, other: str) -> float:
    return SPACE.between(SPACE.position[one], SPACE.position[other])


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


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, len(CONCEPTS) - 1), st.floats(0.1, 1.0)), max_size=12))
def test_reach_equals_its_slow_twin(cells):
    best: dict[tuple[int, int], float] = {}
    for row, column, value in cells:
        best[row, column] = max(best.get((row, column), 0.0), value)
    offered = np.zeros((4, len(CONCEPTS)))
    for (row, column), value in best.items():
        offered[row, column] = value
    nearness = SPACE.nearness.toarray()
    slow = np.stack([(offered[row][:, None] * nearness).max(axis=0) for row in range(4)])
    assert np.allclose(SPACE.reach(sparse.csr_matrix(offered)).toarray(), slow)


def test_the_matrix_keeps_the_best_link():
    links = pd.DataFrame(
        {"need_id": ["X", "X", "Y", "Z"], "concept": ["P-STAMP", "P-STAMP", "NONE", "P-INJ"], "score": [0.4, 0.9, 1, 1]}
    )
    matrix = SPACE.matrix(links, "need_id", ["X", "Y"])
    assert matrix.shape == (2, len(CONCEPTS))
    assert matrix[0, SPACE.position["P-STAMP"]] == 0.9
    assert matrix.nnz == 1
