"""A small made-up job, laid out as the pipeline lays it out, for blocks of needs to be matched here and by Spark."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

import judged_world
from integrator import blocks, normalization, ranking, retrieval, spark, taxonomy, valuation
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

    def matched(self) -> blocks.Matched:
        """As one machine matches it."""
        given, known = self.given, self.known
        channels = retrieval.all_channels(given.suppliers, given.capabilities, known.space, known.taxonomy)
        offer = blocks.offer_of(
            given.suppliers, given.capabilities, given.facts, given.needs, channels, known.space, known.scorer
        )
        own = given.facts[given.facts["entity"] == "need"]
        plan = blocks.Plan(rows=1000, on_disk=False)
        return blocks.match_all(given.needs, self.requirements, own, offer, SETTINGS, plan, valuation.deciding)


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


def tables_of(matched: blocks.Matched) -> dict[str, pd.DataFrame]:
    """Every table, wherever it lies."""
    rest = {"matches": matched.matches, "kept": matched.kept}
    if matched.parts is None:
        return {**matched.wide, **rest}
    return {**{name: pd.concat(matched.parts.read(name), ignore_index=True) for name in blocks.WIDE}, **rest}


def assert_same(found: blocks.Matched, expected: blocks.Matched) -> None:
    """The same rows in the same order with the same values, to the last bit."""
    tables = tables_of(expected)
    assert set(tables) == {"candidates", "contributions", "reasons", "matches", "kept"}
    for name, frame in tables_of(found).items():
        pd.testing.assert_frame_equal(frame, tables[name], check_exact=True)
