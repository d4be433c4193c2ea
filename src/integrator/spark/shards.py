"""Some of the suppliers of an offer, laid out as they are among all: what counts all of them (rarity) stays as it is."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from integrator.ranking.pairs import Offers

BY_ROLE = ("offered", "said", "reach")
"""Attributes of `Offers` with a matrix a role, one row a supplier."""


def part_of(offers: Offers, rows: np.ndarray) -> Offers:
    """The suppliers of these rows, ascending: a pair of one of them is ranked as among all."""
    suppliers = offers.suppliers.iloc[rows].reset_index(drop=True)
    ids = suppliers["supplier_id"]
    matrices = {name: _rows(getattr(offers, name), rows) for name in BY_ROLE}
    return dataclasses.replace(
        offers,
        suppliers=suppliers,
        capabilities=offers.capabilities[offers.capabilities["supplier_id"].isin(ids)].reset_index(drop=True),
        facts=offers.facts[offers.facts["entity_id"].isin(ids)].reset_index(drop=True),
        position=_positions(suppliers),
        related=offers.related[rows],
        _made={},
        **matrices,
    )


def joined(parts: Sequence[Offers]) -> Offers:
    """Parts of one offer put together, in their order; at least one."""
    first = parts[0]
    if len(parts) == 1:
        return first
    frames = {
        name: pd.concat([getattr(part, name) for part in parts], ignore_index=True)
        for name in ("suppliers", "capabilities", "facts")
    }
    matrices = {
        name: {role: _stacked([getattr(part, name)[role] for part in parts]) for role in getattr(first, name)}
        for name in BY_ROLE
    }
    return dataclasses.replace(
        first,
        **frames,
        position=_positions(frames["suppliers"]),
        related=_stacked([part.related for part in parts]),
        _made={},
        **matrices,
    )


def _rows(matrices: Mapping[str, sparse.csr_matrix], rows: np.ndarray) -> dict[str, sparse.csr_matrix]:
    return {role: matrix[rows] for role, matrix in matrices.items()}


def _stacked(matrices: Sequence[sparse.csr_matrix]) -> sparse.csr_matrix:
    return sparse.csr_matrix(sparse.vstack(matrices, format="csr"))


def _positions(suppliers: pd.DataFrame) -> dict[str, int]:
    return {identifier: row for row, identifier in enumerate(suppliers["supplier_id"].tolist())}
