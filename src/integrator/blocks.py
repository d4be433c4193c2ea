"""One block of needs matched with every supplier: candidates, scores, reasons.

A pure function of the needs at hand and of what was fitted once on the suppliers, so that a loop on one machine and the
partitions of a cluster give the same rows whatever the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from integrator import ranking, retrieval

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from integrator.taxonomy.space import ConceptSpace


@dataclass(frozen=True)
class Offer:
    """The suppliers, and what is fitted once on them; only read."""

    suppliers: pd.DataFrame
    channels: Sequence[retrieval.Channel]
    offers: ranking.Offers
    scorer: ranking.Scorer


def offer_of(
    suppliers: pd.DataFrame, capabilities: pd.DataFrame, facts: pd.DataFrame, needs: pd.DataFrame,
    channels: Sequence[retrieval.Channel], space: ConceptSpace, scorer: ranking.Scorer,
) -> Offer:  # fmt: skip
    """What is fitted once, from the tables of the whole job; of `needs` only the buyers that they name count.

    The same tables give the same offer wherever it is made.
    """
    offers = ranking.offers_of(suppliers, capabilities, facts, needs, space, scorer.experience)
    return Offer(suppliers, channels, offers, scorer)


@dataclass(frozen=True)
class Settings:
    """What a job says of matching."""

    candidates: int
    """Suppliers that each channel names and that are kept, a need."""
    language: str
    buyer_experience: bool
    block_bytes: int = retrieval.BLOCK_BYTES
    """What the scores that are looked at together may take."""


def match_block(
    needs: pd.DataFrame, requirements: pd.DataFrame, facts: pd.DataFrame, offer: Offer, settings: Settings
) -> ranking.Matching:
    """Candidates of some needs, ranked; `requirements` and `facts` are theirs."""
    candidates = retrieval.candidate_pairs(
        needs, requirements, offer.suppliers, offer.channels, settings.candidates, settings.block_bytes
    )
    return ranking.rank(
        candidates, needs, requirements, facts, offer.offers, keep=settings.candidates, language=settings.language,
        scorer=offer.scorer, buyer_experience=settings.buyer_experience,
    )  # fmt: skip
