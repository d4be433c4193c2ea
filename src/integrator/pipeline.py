"""The stages in order: read, normalize, link, retrieve, rank, value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from integrator import normalization, ranking, retrieval, tables, valuation
from integrator.config import Config
from integrator.errors import Problem
from integrator.intake import Inputs, read
from integrator.records import Judgement, SheetCount
from integrator.taxonomy import Taxonomy, load
from integrator.taxonomy.space import ConceptSpace

Progress = Callable[[str, int, int], None]
"""Called with the stage at hand, its number and how many there are."""

STAGES = ("read", "normalize", "link", "retrieve", "rank", "value")


@dataclass(frozen=True)
class Run:
    """One finished run, in memory."""

    config: Config
    tables: Mapping[str, pd.DataFrame]
    """By name, see `integrator.tables`."""
    judgements: tuple[Judgement, ...]
    problems: tuple[Problem, ...]
    counts: tuple[SheetCount, ...]
    files: Mapping[str, str]
    stage_counts: Mapping[str, int]
    unknown_terms: pd.DataFrame = field(repr=False)


def run(config: Config, progress: Progress | None = None) -> Run:
    """The whole job in memory; `run_folder.write` puts it on disk."""
    steps = _Steps(progress)
    steps.begin("read")
    return match(config, read(config), steps)


def match(config: Config, inputs: Inputs, steps: _Steps | None = None) -> Run:
    """Everything after reading; takes any records, so that an evaluation may blank some of their fields."""
    steps = steps or _Steps(None)
    language = config.output.lang
    needs_read = inputs.records["need"]
    steps.begin("normalize")
    suppliers_read, rows, joins = normalization.joined(inputs.records["supplier"], inputs.decisions)
    suppliers = normalization.suppliers_table(suppliers_read)
    needs = normalization.needs_table(needs_read)
    facts = normalization.facts_table(rows, needs_read)
    judgements, faults = normalization.judgements(inputs.records["judgement"])
    steps.begin("link")
    taxonomy, space = _lexicon()
    requirements = normalization.requirements_table(needs_read, taxonomy)
    capabilities = normalization.capabilities_table(rows, taxonomy)
    steps.begin("retrieve")
    cache = config.base / config.store.path / "cache"
    channels = retrieval.all_channels(suppliers, capabilities, requirements, space, taxonomy, cache)
    candidates = retrieval.candidate_pairs(needs, suppliers, channels, config.matching.candidates)
    steps.begin("rank")
    matching = ranking.rank(
        candidates, needs, suppliers, requirements, capabilities, facts, space,
        keep=config.matching.candidates, language=language, ranker=_ranker(config),
    )  # fmt: skip
    steps.begin("value")
    opportunities = valuation.opportunities_table(needs, matching.matches, language)
    problems = tuple(sorted({*inputs.problems, *faults, *joins}))
    found: dict[str, pd.DataFrame] = {
        "suppliers": suppliers,
        "needs": needs,
        "requirements": requirements,
        "capabilities": capabilities,
        "candidates": matching.candidates,
        "matches": matching.matches,
        "reasons": matching.reasons,
        "opportunities": opportunities,
        "allocations": valuation.allocations_table(needs, suppliers, opportunities),
        "facts": facts,
        "duplicates": normalization.duplicates_table(suppliers_read, inputs.decisions),
        "problems": problems_table(problems),
    }
    return Run(
        config=config,
        tables=found,
        judgements=judgements,
        problems=problems,
        counts=inputs.counts,
        files=inputs.files,
        stage_counts={name: len(frame) for name, frame in found.items()}
        | {"identity_decisions": len(inputs.decisions)},
        unknown_terms=normalization.unknown_terms(needs_read, rows, taxonomy),
    )


def problems_table(problems: tuple[Problem, ...]) -> pd.DataFrame:
    """Problems as `tables.PROBLEMS`."""
    if not problems:
        return tables.empty(tables.PROBLEMS)
    rows: list[dict[str, Any]] = [
        {name: getattr(problem, name) for name in tables.PROBLEMS.names} for problem in problems
    ]
    frame = pd.DataFrame(rows).drop_duplicates(list(tables.PROBLEMS.key))
    return tables.check(tables.PROBLEMS, frame)


class _Steps:
    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress

    def begin(self, stage: str) -> None:
        if self._progress:
            self._progress(stage, STAGES.index(stage) + 1, len(STAGES))


def _ranker(config: Config) -> ranking.LinearRanker | None:
    """None = the expert scorecard. `auto` is the scorecard too: a ranker is trained and named on purpose."""
    name = config.matching.ranker
    return None if name in ("auto", "scorecard") else ranking.load_ranker(config.base / name)


def _lexicon() -> tuple[Taxonomy, ConceptSpace]:
    taxonomy = load()
    return taxonomy, ConceptSpace(taxonomy)
