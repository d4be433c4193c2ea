"""Certificates that a need requires, and what the supplier says it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator.ranking.features.overlaps import cover, row_sums, says

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs


def certificates(pairs: Pairs) -> Numbers:
    """Share of the required certificates that the supplier says it holds."""
    return cover(pairs, "certification")


def certificates_named(pairs: Pairs) -> Numbers:
    """How many certificates the supplier names, whatever the need requires."""
    return pairs.by_supplier(_certificates_named)


def _certificates_named(offers: Offers) -> Numbers:
    offered = offers.offered["certification"]
    return np.where(says(offered), row_sums(offered), np.nan)
