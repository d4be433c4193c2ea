"""The part that is asked for, beside the parts that the supplier makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.ranking.features.overlaps import NEAR, best, highest, highest_near, ones, ratio, row_sums, where_both
from integrator.ranking.offers import reach_in_parts

if TYPE_CHECKING:
    import pandas as pd

    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs
    from integrator.taxonomy.space import ConceptSpace


def part_same(pairs: Pairs) -> Numbers:
    """The supplier makes the part that is asked for, or a kind of it, by its own words."""
    return best(pairs, "component", highest(pairs, pairs.asked["component"], pairs.offered["component"]))


def part_near(pairs: Pairs) -> Numbers:
    """How near the nearest product of the supplier stands to the part in the tree of parts."""
    return best(pairs, "component", highest_near(pairs, pairs.asked["component"], pairs.offered["component"]))


def part_related(pairs: Pairs) -> Numbers:
    """The supplier makes what goes into the part that is asked for, or what that part goes into."""
    return best(pairs, "component", highest(pairs, pairs.asked["component"], pairs.offers.related))


def part_family(pairs: Pairs) -> Numbers:
    """How narrow the narrowest family is that holds both the part and a product of the supplier."""
    asked, narrow = _families(pairs.space, pairs.asked["component"]), pairs.offers.once(_narrow_families)
    return where_both(pairs, pairs.asked["component"], pairs.offered["component"], highest(pairs, asked, narrow))


def part_system(pairs: Pairs) -> Numbers:
    """The supplier makes something of the system of the vehicle that the part belongs to."""
    asked, offered = _systems(pairs.space, pairs.requirements, pairs.needs["need_id"]), pairs.offers.once(_systems_made)
    return where_both(pairs, asked, pairs.offered["component"], highest(pairs, asked, offered))


def part_share(pairs: Pairs) -> Numbers:
    """Share of the products of the supplier that stand near the part: a specialist or a sideline."""
    near = pairs.offers.once(near_lines)
    offered = pairs.offered["component"]
    share = ratio(highest(pairs, ones(pairs.asked["component"]), near), pairs.by_supplier(line_counts))
    return where_both(pairs, pairs.asked["component"], offered, share)


def near_lines(offers: Offers) -> sparse.csr_matrix:
    """Suppliers x concepts: how many lines of the supplier name a part near each concept."""
    lines, owner = offers.once(part_lines)
    near = [ones(part, NEAR) for part in reach_in_parts(offers.space, lines)]
    return sparse.csr_matrix(owner @ sparse.vstack(near, format="csr")) if near else owner


def line_counts(offers: Offers) -> Numbers:
    """Lines of each supplier that name a part."""
    _, owner = offers.once(part_lines)
    return row_sums(owner)


def part_lines(offers: Offers) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Lines that name a part: lines x concepts, and suppliers x lines with a 1 for the owner."""
    named = offers.capabilities[offers.capabilities["role"] == "component"]
    keys = named["supplier_id"].astype(str) + "\n" + named["line"].astype(str)
    lines = sorted(set(keys))
    matrix = offers.space.matrix(named.assign(key=keys), "key", lines)
    rows = [offers.position[line.partition("\n")[0]] for line in lines]
    shape = (len(offers.suppliers), len(lines))
    return matrix, sparse.csr_matrix((np.ones(len(lines)), (rows, range(len(lines)))), shape=shape)


def _families(space: ConceptSpace, said: sparse.csr_matrix) -> sparse.csr_matrix:
    return ones(ones(said) @ space.families)


def _narrow_families(offers: Offers) -> sparse.csr_matrix:
    """Suppliers x concepts: how narrow each family is that holds a product of the supplier."""
    return sparse.csr_matrix(_families(offers.space, offers.offered["component"]).multiply(offers.space.information))


def _systems(space: ConceptSpace, links: pd.DataFrame, ids: pd.Series) -> sparse.csr_matrix:
    """Ids x concepts: 1 for each system of the vehicle that a part of the row belongs to."""
    named, entity = links[links["system"] != ""], str(ids.name)
    systems = named[[entity]].assign(concept=named["system"], score=1.0)
    return space.matrix(systems, entity, ids.tolist())


def _systems_made(offers: Offers) -> sparse.csr_matrix:
    return _systems(offers.space, offers.capabilities, offers.suppliers["supplier_id"])
