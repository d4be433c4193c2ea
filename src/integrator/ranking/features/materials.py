"""The materials that a need asks for, beside those the supplier works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.ranking.features.overlaps import best, cover, firmest, highest_near, where_both

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.pairs import Pairs


def material_near(pairs: Pairs) -> Numbers:
    """How near the materials the supplier works come to a material that is asked for."""
    asked = pairs.asked["material"]
    return best(pairs, "material", highest_near(pairs, asked, pairs.offered["material"]) / firmest(asked)[pairs.need])


def material_said(pairs: Pairs) -> Numbers:
    """How near a material that the supplier states itself comes to one that is asked for."""
    asked, said = pairs.asked["material"], pairs.said["material"]
    near = highest_near(pairs, asked, said) / firmest(asked)[pairs.need]
    return where_both(pairs, asked, said, near)


def material_cover(pairs: Pairs) -> Numbers:
    """Share of the materials asked for that the supplier works or comes near to, rare ones weighing more."""
    return cover(pairs, "material")
