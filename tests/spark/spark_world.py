"""A small made-up job, laid out as the pipeline lays it out, for blocks of needs to be matched here and by Spark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

import judged_world
from integrator import blocks, normalization, ranking, retrieval, taxonomy
from integrator.taxonomy.space import ConceptSpace

WITHOUT = {"need_id": "X90", "component": "Жщ", "processes": "", "materials": ""}
"""No supplier says a letter of it."""
HOSTILE = {
    "need_id": "X91",
    "component": 'فرامل القرص; "étrier"\t=1+1',
    "processes": "fonderie\nusinage",
    "materials": "",
}
SETTINGS = blocks.Settings(candidates=6, language="fr", buyer_experience=True)


@dataclass(frozen=True)
class World:
    """What a block of needs is matched with, and what it is made of."""

    asked: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
    """Needs, their requirements, their facts."""
    offer: blocks.Offer
    given: dict[str, Any]

    def matched(self) -> ranking.Matching:
        """By the loop of one machine."""
        return blocks.match_block(*self.asked, self.offer, SETTINGS)


def world(suppliers: int = len(judged_world.SUPPLIERS)) -> World:
    """The made-up job with a need that nobody can answer and one of strange letters."""
    made = judged_world.inputs(
        suppliers=judged_world.SUPPLIERS[:suppliers], needs=(*judged_world.NEEDS, WITHOUT, HOSTILE)
    )
    lexicon = taxonomy.load()
    space = ConceptSpace(lexicon)
    _, rows, _ = normalization.joined(made.records["supplier"], ())
    needs_read = made.records["need"]
    table = normalization.suppliers_table(made.records["supplier"])
    needs = normalization.needs_table(needs_read)
    facts = normalization.facts_table(rows, needs_read)
    requirements = normalization.requirements_table(needs_read, lexicon, "fr")
    capabilities = normalization.capabilities_table(rows, lexicon, "fr")
    channels = retrieval.all_channels(table, capabilities, space, lexicon)
    scorer = ranking.shipped_ranker()
    offer = blocks.offer_of(table, capabilities, facts, needs, channels, space, scorer)
    own = facts[facts["entity"] == "need"]
    return World((needs, requirements, own), offer, {"taxonomy": lexicon, "space": space})


def assert_same(found: ranking.Matching, expected: ranking.Matching) -> None:
    """The same rows in the same order with the same values, to the last bit."""
    for name in ("candidates", "matches", "reasons", "contributions"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name), check_exact=True)
