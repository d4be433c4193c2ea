"""Where needs are matched: in this process and its copies, or over a cluster. Both give the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from integrator import blocks, retrieval, valuation
from integrator.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from integrator import ranking, spark
    from integrator.config import Config
    from integrator.meaning import Meaning
    from integrator.taxonomy import Taxonomy
    from integrator.taxonomy.space import ConceptSpace

SEARCHED = 4
"""Of what a block may take, one part in so many is for the scores of its search."""


@dataclass(frozen=True)
class Sides:
    """What is matched: the tables of both sides, and what both were read with."""

    suppliers: pd.DataFrame
    needs: pd.DataFrame
    requirements: pd.DataFrame
    capabilities: pd.DataFrame
    facts: pd.DataFrame
    taxonomy: Taxonomy
    space: ConceptSpace


def check(config: Config) -> None:
    """Say before anything is read what the engine lacks. Raises `UsageError` or `MissingExtra`."""
    if config.matching.engine != "spark":
        return
    from integrator import spark

    if config.matching.semantic:
        raise UsageError("--engine spark does not compare meanings: leave --semantic out, or take --engine local.")
    spark.check(_options(config))


def matched(
    config: Config, sides: Sides, scorer: ranking.Scorer, meaning: Meaning | None, plan: blocks.Plan | None,
    block_bytes: int, ranking_begins: Callable[[], None],
) -> blocks.Matched:  # fmt: skip
    """Every need matched by the engine of the job, cut as `plan` says or as fits its size.

    `block_bytes`: what the blocks of all workers may take. `ranking_begins` is called once the suppliers can
    be searched.
    """
    asked, workers = config.matching, config.resources.workers
    searched = min(retrieval.BLOCK_BYTES, block_bytes // (SEARCHED * workers))
    settings = blocks.Settings(asked.candidates, config.output.lang, asked.buyer_experience, searched)
    if asked.engine == "spark":
        ranking_begins()
        return _by_spark(config, sides, scorer, settings)
    channels = retrieval.all_channels(
        sides.suppliers, sides.capabilities, sides.space, sides.taxonomy, config.cache_folder, meaning
    )
    ranking_begins()
    offer = blocks.offer_of(
        sides.suppliers, sides.capabilities, sides.facts, sides.needs, channels, sides.space, scorer
    )
    cut = plan or blocks.plan_of(len(sides.needs), len(sides.suppliers), asked.candidates, workers, block_bytes)
    of_needs = sides.facts[sides.facts["entity"] == "need"]
    return blocks.match_all(sides.needs, sides.requirements, of_needs, offer, settings, cut, valuation.deciding)


def _by_spark(config: Config, sides: Sides, scorer: ranking.Scorer, settings: blocks.Settings) -> blocks.Matched:
    from integrator import spark

    known = spark.Knowledge(sides.taxonomy, sides.space, scorer, config.terms)
    given = spark.Tables(sides.suppliers, sides.capabilities, sides.facts, sides.needs)
    folder = config.base / config.spark.artifact if config.spark.artifact else None
    return spark.match(
        given, sides.requirements, known, settings, valuation.deciding, folder=folder, options=_options(config)
    )


def _options(config: Config) -> spark.Options:
    from integrator import spark

    asked = config.spark
    return spark.Options(asked.master, asked.partitions, asked.shard, asked.conf)
