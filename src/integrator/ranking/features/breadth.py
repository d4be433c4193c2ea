"""What kind of firm the supplier is: how broad, how specific, and of which trade."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.ranking.features.overlaps import highest, ones, ratio, row_sums, says, where_both
from integrator.ranking.features.parts import line_counts, part_lines

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs
    from integrator.taxonomy.space import ConceptSpace


def families_made(pairs: Pairs) -> Numbers:
    """How many different families of parts the products of the supplier belong to."""
    return pairs.by_supplier(_families_made)


def _families_made(offers: Offers) -> Numbers:
    offered = ones(offers.offered["component"])
    parents = ones(sparse.csr_matrix(offered @ offers.space.parents))
    return np.where(says(offered), row_sums(parents), np.nan)


def processes_said(pairs: Pairs) -> Numbers:
    """How many processes the supplier states itself."""
    return pairs.by_supplier(_processes_said)


def _processes_said(offers: Offers) -> Numbers:
    said = offers.said["process"]
    return np.where(says(said), row_sums(ones(said)), np.nan)


def specific_offer(pairs: Pairs) -> Numbers:
    """How precisely the supplier names its products: 1 for single parts, low for whole families ("plastic parts")."""
    return pairs.by_supplier(_specific_offer)


def _specific_offer(offers: Offers) -> Numbers:
    return _information(offers.space, offers.offered["component"])


def specific_need(pairs: Pairs) -> Numbers:
    """How precisely the need names its part: 1 for a single part, low for a whole family."""
    return np.asarray(_information(pairs.space, pairs.asked["component"])[pairs.need])


def vehicle_share(pairs: Pairs) -> Numbers:
    """Share of the products of the supplier that belong to a system of the vehicle."""
    return pairs.by_supplier(_vehicle_share)


def _vehicle_share(offers: Offers) -> Numbers:
    parts = offers.capabilities[offers.capabilities["role"] == "component"]
    parts = parts.assign(inside=parts["system"].ne("").astype(float))
    share = parts.groupby("supplier_id")["inside"].mean().reindex(offers.suppliers["supplier_id"])
    return share.to_numpy(dtype=float)


def branch_share(pairs: Pairs) -> Numbers:
    """Share of the products of the supplier that stand in the widest family of the part: body, chassis, ..."""
    counts = pairs.offers.once(_branch_counts)
    asked = ones(sparse.csr_matrix(ones(pairs.asked["component"]) @ pairs.space.roots))
    share = ratio(highest(pairs, asked, counts), pairs.by_supplier(line_counts))
    return where_both(pairs, pairs.asked["component"], pairs.offered["component"], share)


def _branch_counts(offers: Offers) -> sparse.csr_matrix:
    """Suppliers x concepts: how many product lines stand in each widest family."""
    lines, owner = offers.once(part_lines)
    return sparse.csr_matrix(owner @ ones(sparse.csr_matrix(ones(lines) @ offers.space.roots)))


def parts_trade(pairs: Pairs) -> Numbers:
    """Share of what the supplier says of itself that is parts, not processes or materials: a maker or a service."""
    return pairs.by_supplier(_parts_trade)


def _parts_trade(offers: Offers) -> Numbers:
    parts, processes = (row_sums(ones(offers.said[role])) for role in ("component", "process"))
    every = parts + processes
    return np.where(every > 0, ratio(parts, every), np.nan)


def _information(space: ConceptSpace, said: sparse.csr_matrix) -> Numbers:
    named = ones(said)
    return np.where(says(named), ratio(named @ space.information, row_sums(named)), np.nan)
