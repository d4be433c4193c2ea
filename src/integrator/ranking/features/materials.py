"""The materials that a need asks for, beside those the supplier works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator.ranking.features.overlaps import best, cover, firmest, highest, where_both

if TYPE_CHECKING:
    from scipy import sparse

    from integrator.ranking.pairs import Numbers, Offers, Pairs


def material_near(pairs: Pairs) -> Numbers:
    """How near the materials the supplier works come to a material that is asked for."""
    near = best(pairs, "material", pairs.reach["material"]) / firmest(pairs.asked["material"])[pairs.need]
    return np.asarray(near)


def material_said(pairs: Pairs) -> Numbers:
    """How near a material that the supplier states itself comes to one that is asked for."""
    asked, said = pairs.asked["material"], pairs.said["material"]
    near = highest(pairs, asked, pairs.offers.once(_said_reach)) / firmest(asked)[pairs.need]
    return where_both(pairs, asked, said, near)


def _said_reach(offers: Offers) -> sparse.csr_matrix:
    """How near what each supplier states itself comes to each material."""
    return offers.space.reach(offers.said["material"])


def material_cover(pairs: Pairs) -> Numbers:
    """Share of the materials asked for that the supplier works or comes near to, rare ones weighing more."""
    return cover(pairs, "material", pairs.reach["material"])
