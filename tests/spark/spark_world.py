"""A small made-up job, laid out as the pipeline lays it out, for blocks of needs to be matched here and by Spark."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

import judged_world
from integrator import blocks, normalization, ranking, retrieval, spark, taxonomy
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
NAMES = ("candidates", "matches", "reasons", "contributions")


@dataclass(frozen=True)
class World:
    """The tables of a job and what they were read with."""

    given: spark.Tables
    requirements: pd.DataFrame
    known: spark.Knowledge

    def some(self, needs: int) -> World:
        """The same job with the first needs alone."""
        kept = self.given.needs[:needs]
        mine = self.requirements[self.requirements["need_id"].isin(kept["need_id"])]
        given = spark.Tables(self.given.suppliers, self.given.capabilities, self.given.facts, kept)
        return World(given, mine, self.known)

    def matched(self) -> ranking.Matching:
        """As one machine matches it."""
        given, known = self.given, self.known
        channels = retrieval.all_channels(given.suppliers, given.capabilities, known.space, known.taxonomy)
        offer = blocks.offer_of(
            given.suppliers, given.capabilities, given.facts, given.needs, channels, known.space, known.scorer
        )
        own = given.facts[given.facts["entity"] == "need"]
        return blocks.match_block(given.needs, self.requirements, own, offer, SETTINGS)


def world() -> World:
    """The made-up job with a need that nobody can answer and one of strange letters."""
    made = judged_world.inputs(needs=(*judged_world.NEEDS, WITHOUT, HOSTILE))
    needs_read, lexicon = made.records["need"], taxonomy.load()
    suppliers_read, rows, _ = normalization.joined(made.records["supplier"], ())
    given = spark.Tables(
        normalization.suppliers_table(suppliers_read),
        normalization.capabilities_table(rows, lexicon, "fr"),
        normalization.facts_table(rows, needs_read),
        normalization.needs_table(needs_read),
    )
    requirements = normalization.requirements_table(needs_read, lexicon, "fr")
    known = spark.Knowledge(lexicon, ConceptSpace(lexicon), ranking.shipped_ranker())
    return World(given, requirements, known)


def assert_same(found: ranking.Matching, expected: ranking.Matching) -> None:
    """The same rows in the same order with the same values, to the last bit."""
    for name in NAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name), check_exact=True)
