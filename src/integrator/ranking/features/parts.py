"""The part that is asked for, beside the parts that the supplier makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.ranking.features.overlaps import NEAR, best, highest, ones, ratio, row_sums, where_both

if TYPE_CHECKING:
    import pandas as pd

    from integrator.ranking.pairs import Numbers, Pairs


def part_same(pairs: Pairs) -> Numbers:
    """The supplier makes the part that is asked for, or a kind of it, by its own words."""
    return best(pairs, "component", pairs.offered["component"])


def part_near(pairs: Pairs) -> Numbers:
    """How near the nearest product of the supplier stands to the part in the tree of parts."""
    return best(pairs, "component", pairs.reach["component"])


def part_related(pairs: Pairs) -> Numbers:
    """The supplier makes what goes into the part that is asked for, or what that part goes into."""
    return best(pairs, "component", pairs.related)


def part_family(pairs: Pairs) -> Numbers:
    """How narrow the narrowest family is that holds both the part and a product of the supplier."""
    asked = _families(pairs, pairs.asked["component"])
    narrow = sparse.csr_matrix(_families(pairs, pairs.offered["component"]).multiply(pairs.space.information))
    return where_both(pairs, pairs.asked["component"], pairs.offered["component"], highest(pairs, asked, narrow))


def part_system(pairs: Pairs) -> Numbers:
    """The supplier makes something of the system of the vehicle that the part belongs to."""
    asked = _systems(pairs, pairs.requirements, "need_id", pairs.needs)
    offered = _systems(pairs, pairs.capabilities, "supplier_id", pairs.suppliers)
    return where_both(pairs, asked, pairs.offered["component"], highest(pairs, asked, offered))


def part_share(pairs: Pairs) -> Numbers:
    """Share of the products of the supplier that stand near the part: a specialist or a sideline."""
    near = pairs.once(near_lines)
    offered = pairs.offered["component"]
    share = ratio(highest(pairs, ones(pairs.asked["component"]), near), line_counts(pairs)[pairs.supplier])
    return where_both(pairs, pairs.asked["component"], offered, share)


def near_lines(pairs: Pairs) -> sparse.csr_matrix:
    """Suppliers x concepts: how many lines of the supplier name a part near each concept."""
    lines, owner = pairs.once(part_lines)
    near = ones(pairs.space.reach(lines), NEAR)
    return sparse.csr_matrix(owner @ near)


def line_counts(pairs: Pairs) -> Numbers:
    """Lines of each supplier that name a part."""
    _, owner = pairs.once(part_lines)
    return row_sums(owner)


def part_lines(pairs: Pairs) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Lines that name a part: lines x concepts, and suppliers x lines with a 1 for the owner."""
    named = pairs.capabilities[pairs.capabilities["role"] == "component"]
    keys = named["supplier_id"].astype(str) + "\n" + named["line"].astype(str)
    lines = sorted(set(keys))
    matrix = pairs.space.matrix(named.assign(key=keys), "key", lines)
    position = {identifier: i for i, identifier in enumerate(pairs.suppliers["supplier_id"])}
    rows = [position[line.partition("\n")[0]] for line in lines]
    shape = (len(pairs.suppliers), len(lines))
    return matrix, sparse.csr_matrix((np.ones(len(lines)), (rows, range(len(lines)))), shape=shape)


def _families(pairs: Pairs, said: sparse.csr_matrix) -> sparse.csr_matrix:
    return ones(ones(said) @ pairs.space.families)


def _systems(pairs: Pairs, links: pd.DataFrame, entity: str, table: pd.DataFrame) -> sparse.csr_matrix:
    """Rows of the table x concepts: 1 for each system of the vehicle that a part of the row belongs to."""
    named = links[links["system"] != ""]
    systems = named[[entity]].assign(concept=named["system"], score=1.0)
    return pairs.space.matrix(systems, entity, table[entity].tolist())
