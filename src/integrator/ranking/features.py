"""The features of a pair: one function each, whose docstring is its published explanation.

Every feature lies between 0 and 1, higher is better, and NaN means unknown: one of the two sides
does not say. To add one, write a function and add a line to `data/ranking/scorecard.csv`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from integrator.ranking.pairs import Numbers, Pairs
from integrator.records import Role
from integrator.text.fold import fold

Feature = Callable[[Pairs], Numbers]


def part_same(pairs: Pairs) -> Numbers:
    """The supplier makes the part that is asked for, or a kind of it, by its own words."""
    return _best(pairs, "component", pairs.offered["component"])


def part_near(pairs: Pairs) -> Numbers:
    """How near the nearest product of the supplier stands to the part in the tree of parts."""
    return _best(pairs, "component", pairs.reach["component"])


def part_related(pairs: Pairs) -> Numbers:
    """The supplier makes what goes into the part that is asked for, or what that part goes into."""
    return _best(pairs, "component", pairs.related)


def process_cover(pairs: Pairs) -> Numbers:
    """Share of the required processes that the supplier has or comes near to, rare ones weighing more."""
    return _cover(pairs, "process")


def main_process(pairs: Pairs) -> Numbers:
    """How near the supplier comes to the process that the need lists first: the one that decides."""
    best = sparse.csr_matrix(pairs.main[pairs.need].multiply(pairs.reach["process"][pairs.supplier]))
    near = best.max(axis=1).toarray().ravel() / _firmest(pairs.main)[pairs.need]
    return np.where(_both_known(pairs, "process"), near, np.nan)


def material_near(pairs: Pairs) -> Numbers:
    """How near the materials the supplier works come to a material that is asked for."""
    near = _best(pairs, "material", pairs.reach["material"]) / _firmest(pairs.asked["material"])[pairs.need]
    return np.asarray(near)


def certificates(pairs: Pairs) -> Numbers:
    """Share of the required certificates that the supplier says it holds."""
    return _cover(pairs, "certification")


def wording_characters(pairs: Pairs) -> Numbers:
    """Likeness of the two texts by groups of letters: tolerates inflexion and misspelling."""
    return _channel(pairs, "characters")


def wording_words(pairs: Pairs) -> Numbers:
    """Likeness of the two texts by whole words."""
    return _channel(pairs, "words")


def wording_meaning(pairs: Pairs) -> Numbers:
    """Likeness of what the need is called to the nearest line of the supplier, by a model of meaning across languages.

    Only with the extra `semantic`.
    """
    return _channel(pairs, "meaning")


def tariff(pairs: Pairs) -> Numbers:
    """How many leading digits of the tariff codes agree: 1 for six, 2/3 for four, 1/3 for two."""
    known = (pairs.of_needs("hs_code") != "") & (pairs.of_suppliers("hs_codes") != "")
    return np.where(known, _channel(pairs, "hs"), np.nan)


def active(pairs: Pairs) -> Numbers:
    """The site is known to produce (1), is announced or being built (0.5), or is closed (0)."""
    flags, activity = pairs.of_suppliers("active"), pairs.of_suppliers("activity")
    coming = (flags == "") & (activity != "") & (activity != "unknown")
    return np.select([flags == "yes", flags == "no", coming], [1.0, 0.0, 0.5], default=np.nan)


def knows_buyer(pairs: Pairs) -> Numbers:
    """The supplier names the buyer among its customers; not naming it says nothing."""
    buyers = [fold(str(buyer)) for buyer in pairs.of_needs("buyer")]
    customers = [f" {fold(str(text))} " for text in pairs.of_suppliers("customers")]
    named = pairs.of_needs("named_buyer") == "yes"
    found = [bool(buyer) and f" {buyer} " in text for buyer, text in zip(buyers, customers, strict=True)]
    return np.where(named & np.asarray(found, dtype=bool), 1.0, np.nan)


FEATURES: dict[str, Feature] = {
    function.__name__: function
    for function in (
        part_same, part_near, part_related, main_process, process_cover, material_near, certificates,
        wording_characters, wording_words, tariff, active, knows_buyer,
    )
}  # fmt: skip
MEANING_FEATURES: dict[str, Feature] = {"wording_meaning": wording_meaning}
"""Features that are there only when matching by meaning is on."""


def feature_table(pairs: Pairs) -> dict[str, Numbers]:
    """Every feature of every pair, by name."""
    wanted = FEATURES | (MEANING_FEATURES if "channel_meaning" in pairs.candidates else {})
    return {name: np.round(function(pairs), 9) for name, function in wanted.items()}


def _channel(pairs: Pairs, name: str) -> Numbers:
    return np.asarray(pairs.candidates[f"channel_{name}"], dtype=float)


def _both_known(pairs: Pairs, role: Role) -> np.ndarray:
    asks = np.diff(pairs.asked[role].indptr) > 0
    offers = np.diff(pairs.offered[role].indptr) > 0
    return np.asarray(asks[pairs.need] & offers[pairs.supplier])


def _products(pairs: Pairs, role: Role, offer: sparse.csr_matrix) -> sparse.csr_matrix:
    return sparse.csr_matrix(pairs.asked[role][pairs.need].multiply(offer[pairs.supplier]))


def _best(pairs: Pairs, role: Role, offer: sparse.csr_matrix) -> Numbers:
    best = _products(pairs, role, offer).max(axis=1).toarray().ravel()
    return np.where(_both_known(pairs, role), best, np.nan)


def _firmest(asked: sparse.csr_matrix) -> Numbers:
    """How firmly each need asks for anything here; 1 where it asks for nothing.

    How sure we are of what a need asks weighs its processes and materials against each other. It must not lower
    what a supplier that has them is worth; for parts it does, since a part that is only mentioned is not asked for.
    """
    firmest = asked.max(axis=1).toarray().ravel() if asked.shape[1] else np.zeros(asked.shape[0])
    return np.where(firmest > 0, firmest, 1.0)


def _cover(pairs: Pairs, role: Role) -> Numbers:
    weighted = sparse.csr_matrix(pairs.asked[role].multiply(pairs.rarity[role]))
    total = np.asarray(weighted.sum(axis=1)).ravel()[pairs.need]
    met = weighted[pairs.need].multiply(pairs.reach[role][pairs.supplier]).sum(axis=1)
    share = np.divide(np.asarray(met).ravel(), total, out=np.zeros(len(pairs)), where=total > 0)
    return np.where(_both_known(pairs, role), share, np.nan)
