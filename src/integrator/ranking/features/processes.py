"""The processes that a need asks for, beside what the supplier does: said of itself, or implied by what it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator import data
from integrator.ranking.features.overlaps import (
    NEAR,
    best,
    cover,
    firmest,
    highest,
    highest_near,
    nearest,
    ones,
    rare,
    ratio,
    row_sums,
    says,
    total,
    total_near,
    where_both,
)  # fmt: skip

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs


def main_process(pairs: Pairs) -> Numbers:
    """How near the supplier comes to the process that the need lists first: the one that decides."""
    near = highest_near(pairs, pairs.main, pairs.offered["process"]) / firmest(pairs.main)[pairs.need]
    return where_both(pairs, pairs.asked["process"], pairs.offered["process"], near)


def main_process_said(pairs: Pairs) -> Numbers:
    """How near a process that the supplier states itself comes to the one that the need lists first."""
    near = highest_near(pairs, pairs.main, pairs.said["process"]) / firmest(pairs.main)[pairs.need]
    return where_both(pairs, pairs.asked["process"], pairs.said["process"], near)


def main_process_implied(pairs: Pairs) -> Numbers:
    """How near a process that the products of the supplier usually need comes to the one that the need lists first."""
    near = highest_near(pairs, pairs.main, pairs.offers.once(_implied)) / firmest(pairs.main)[pairs.need]
    return where_both(pairs, pairs.asked["process"], pairs.offered["component"], near)


def process_cover(pairs: Pairs) -> Numbers:
    """Share of the required processes that the supplier has or comes near to, rare ones weighing more."""
    return cover(pairs, "process")


def process_said(pairs: Pairs) -> Numbers:
    """Share of the required processes that the supplier states itself or comes near to, rare ones weighing more."""
    weighted = rare(pairs, "process")
    share = ratio(total_near(pairs, weighted, pairs.said["process"]), row_sums(weighted)[pairs.need])
    return where_both(pairs, pairs.asked["process"], pairs.said["process"], share)


def process_same(pairs: Pairs) -> Numbers:
    """Share of the required processes that the supplier has by that very name, or a kind of them."""
    weighted, offered = rare(pairs, "process"), pairs.offered["process"]
    return best(pairs, "process", ratio(total(pairs, weighted, offered), row_sums(weighted)[pairs.need]))


def process_best(pairs: Pairs) -> Numbers:
    """How near the supplier comes to any one of the required processes."""
    asked = pairs.asked["process"]
    return best(pairs, "process", highest_near(pairs, asked, pairs.offered["process"]) / firmest(asked)[pairs.need])


def process_missing(pairs: Pairs) -> Numbers:
    """How many of the required processes the supplier does not come near to."""
    asked = ones(pairs.asked["process"])
    cells, near = nearest(pairs, asked, pairs.offered["process"])
    met = np.bincount(cells.pair, (near > 0) & (near >= _implied_share() * NEAR), len(pairs))
    return where_both(pairs, asked, pairs.offered["process"], row_sums(asked)[pairs.need] - met)


def process_of_offer(pairs: Pairs) -> Numbers:
    """Share of the processes of the supplier that the need has a use for."""
    wanted = pairs.space.reach(ones(pairs.asked["process"]))
    offered = pairs.offered["process"]
    share = ratio(total(pairs, wanted, offered), pairs.by_supplier(_offered_processes))
    return where_both(pairs, pairs.asked["process"], offered, share)


def process_works_material(pairs: Pairs) -> Numbers:
    """A process near a required one, at the supplier, works the material asked for by the lexicon."""
    asked, works = pairs.asked["material"], pairs.space.works
    fitting = ones(pairs.space.reach(ones(asked)), NEAR) @ works.T
    wanted = pairs.space.reach(ones(pairs.asked["process"])).multiply(ones(sparse.csr_matrix(fitting)))
    found = highest(pairs, sparse.csr_matrix(wanted), pairs.offered["process"])
    values = where_both(pairs, pairs.asked["process"], pairs.offered["process"], found)
    return np.where(says(asked)[pairs.need], values, np.nan)


def _implied_share() -> float:
    """What a process counts that a supplier is known to do only by its products (`data/linking/implications.csv`)."""
    kinds = {"side": "supplier", "from": "component", "role": "process"}
    rules = data.rows("linking/implications.csv")
    return next((float(rule["factor"]) for rule in rules if kinds.items() <= rule.items()), 1.0)


def _offered_processes(offers: Offers) -> Numbers:
    return row_sums(offers.offered["process"])


def _implied(offers: Offers) -> sparse.csr_matrix:
    """Suppliers x concepts: the processes that their products need."""
    links = offers.capabilities
    implied = links[(links["role"] == "process") & (links["implied"] == "yes")]
    return offers.space.matrix(implied, "supplier_id", offers.suppliers["supplier_id"].tolist())
