"""What kind of firm the supplier is: how broad, how specific, and of which trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.ranking.features.overlaps import highest, ones, ratio, row_sums, says, where_both
from integrator.ranking.features.parts import part_lines

if TYPE_CHECKING:
    from integrator.ranking.pairs import Numbers, Pairs


def families_made(pairs: Pairs) -> Numbers:
    """How many different families of parts the products of the supplier belong to."""
    offered = ones(pairs.offered["component"])
    parents = ones(sparse.csr_matrix(offered @ pairs.space.parents))
    return np.asarray(np.where(says(offered), row_sums(parents), np.nan)[pairs.supplier])


def processes_said(pairs: Pairs) -> Numbers:
    """How many processes the supplier states itself."""
    said = pairs.said["process"]
    return np.asarray(np.where(says(said), row_sums(ones(said)), np.nan)[pairs.supplier])


def specific_offer(pairs: Pairs) -> Numbers:
    """How precisely the supplier names its products: 1 for single parts, low for whole families ("plastic parts")."""
    return np.asarray(_information(pairs, pairs.offered["component"])[pairs.supplier])


def specific_need(pairs: Pairs) -> Numbers:
    """How precisely the need names its part: 1 for a single part, low for a whole family."""
    return np.asarray(_information(pairs, pairs.asked["component"])[pairs.need])


def vehicle_share(pairs: Pairs) -> Numbers:
    """Share of the products of the supplier that belong to a system of the vehicle."""
    parts = pairs.capabilities[pairs.capabilities["role"] == "component"]
    parts = parts.assign(inside=parts["system"].ne("").astype(float))
    share = parts.groupby("supplier_id")["inside"].mean().reindex(pairs.suppliers["supplier_id"])
    return np.asarray(share.to_numpy(dtype=float)[pairs.supplier])


def branch_share(pairs: Pairs) -> Numbers:
    """Share of the products of the supplier that stand in the widest family of the part: body, chassis, ..."""
    lines, owner = pairs.once(part_lines)
    counts = owner @ ones(sparse.csr_matrix(ones(lines) @ pairs.space.roots))
    asked = ones(sparse.csr_matrix(ones(pairs.asked["component"]) @ pairs.space.roots))
    share = ratio(highest(pairs, asked, sparse.csr_matrix(counts)), row_sums(owner)[pairs.supplier])
    return where_both(pairs, pairs.asked["component"], pairs.offered["component"], share)


def parts_trade(pairs: Pairs) -> Numbers:
    """Share of what the supplier says of itself that is parts, not processes or materials: a maker or a service."""
    parts, processes = (row_sums(ones(pairs.said[role])) for role in ("component", "process"))
    every = parts + processes
    return np.asarray(np.where(every > 0, ratio(parts, every), np.nan)[pairs.supplier])


def _information(pairs: Pairs, said: sparse.csr_matrix) -> Numbers:
    named = ones(said)
    return np.where(says(named), ratio(named @ pairs.space.information, row_sums(named)), np.nan)
