"""The stages in order: read, normalize, link, retrieve, rank, value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from integrator import blocks, budget, circulation, engines, normalization, ranking, retrieval, tables, valuation
from integrator.config import Config
from integrator.errors import Problem
from integrator.intake import Inputs, Rings, read
from integrator.meaning import Meaning
from integrator.parts import PartedTables, rows_of
from integrator.pipeline.sides import Entities, linked, normalized
from integrator.records import Judgement, SheetCount, Term
from integrator.taxonomy import Taxonomy, digest, load

Progress = Callable[[str, int, int], None]
"""Called with the stage at hand, its number and how many there are."""

STAGES = ("read", "normalize", "link", "retrieve", "rank", "value")


@dataclass(frozen=True)
class Run:
    """One finished run; of a large one the tables of a row a pair lie on disk until they are asked for."""

    config: Config
    tables: Mapping[str, pd.DataFrame]
    """By name, see `integrator.tables`."""
    judgements: tuple[Judgement, ...]
    problems: tuple[Problem, ...]
    counts: tuple[SheetCount, ...]
    files: Mapping[str, str]
    stage_counts: Mapping[str, int]
    knowledge: Mapping[str, str] = field(default_factory=dict)
    """Name of each file of knowledge of the project -> sha256 of its bytes."""
    scorer: ranking.Scorer = field(default_factory=ranking.Scorecard)
    """What gave the points: it scores a pair again in the same way."""
    need_languages: Mapping[str, str] = field(default_factory=dict)
    """Need id -> language of its name."""
    outline: Rings = ()
    """Of the map; none when the job gives none."""
    unchanged: tuple[str, ...] = ()
    """Input files that were taken from the cache."""


def run(config: Config, progress: Progress | None = None) -> Run:
    """The whole job; `run_folder.write` puts it into a folder."""
    steps = _Steps(progress)
    _meaning(config)  # says before anything is read that the extra is missing
    engines.check(config)
    steps.begin("read")
    return match(config, read(config), steps)


def match(
    config: Config, inputs: Inputs, steps: _Steps | None = None, scorer: ranking.Scorer | None = None,
    plan: blocks.Plan | None = None,
) -> Run:  # fmt: skip
    """Everything after reading; takes any records, so that an evaluation may blank some of their fields.

    A `scorer` stands in for the one that the job names, a `plan` for the one that fits its size.
    """
    steps, scorer = steps or _Steps(None), scorer or _scorer(config)
    block_bytes = budget.block_bytes(memory_counts(config, inputs), config.resources.allowed_bytes)
    meaning = _meaning(config)
    steps.begin("normalize")
    entities = normalized(inputs)
    steps.begin("link")
    sides, said = linked(config, inputs, entities)
    budget.give_back()
    steps.begin("retrieve")
    matching = engines.matched(config, sides, scorer, meaning, plan, block_bytes, lambda: steps.begin("rank"))
    budget.give_back()
    steps.begin("value")
    found, problems = _valued(config, inputs, entities, sides, said, matching, meaning)
    if meaning:
        meaning.save()
    stored = found if matching.parts is None else PartedTables(found, matching.parts, blocks.WIDE)
    return Run(
        config=config,
        tables=stored,
        judgements=entities.judgements,
        problems=problems,
        counts=inputs.counts,
        files=inputs.files,
        stage_counts=_stage_counts(stored, found, len(inputs.decisions)),
        knowledge=_knowledge(config),
        scorer=scorer,
        need_languages=normalization.need_languages(said),
        outline=inputs.outline,
        unchanged=inputs.unchanged,
    )


def _valued(
    config: Config, inputs: Inputs, entities: Entities, sides: engines.Sides, said: Sequence[normalization.SaidLine],
    matching: blocks.Matched, meaning: Meaning | None,
) -> tuple[dict[str, pd.DataFrame], tuple[Problem, ...]]:  # fmt: skip
    """What the matches are worth, and with it every table of the run but those on disk; all problems, in order."""
    opportunities = valuation.opportunities_table(sides.needs, matching.matches, config.output.lang)
    valued = valuation.valued(_worth_of(config, inputs, sides, matching, opportunities))
    budget.give_back()
    unknown = _unknown_terms(config, said, sides.taxonomy, opportunities, meaning)
    statuses, lost = circulation.statuses_table(inputs.statuses, opportunities)
    duplicates, more = normalization.proposed_duplicates(entities.supplier_records, inputs.decisions)
    alone = _by_meaning_alone(matching, meaning)
    problems = tuple(sorted({*inputs.problems, *entities.problems, *lost, *more, *alone}))
    found: dict[str, pd.DataFrame] = {
        "suppliers": sides.suppliers,
        "needs": sides.needs,
        "requirements": sides.requirements,
        "capabilities": sides.capabilities,
        **matching.wide,
        "matches": matching.matches,
        "opportunities": opportunities,
        **valued,
        "statuses": statuses,
        "decisions": normalization.decisions_table(entities.judgements, inputs.reviews),
        "facts": sides.facts,
        "duplicates": duplicates,
        "problems": problems_table(problems),
        "unknown_terms": unknown,
        "coverage": normalization.coverage_table(said),
        "recall": _recall(entities.judgements, sides.needs, sides.suppliers, matching.matches, said),
    }
    return found, problems


def _worth_of(
    config: Config, inputs: Inputs, sides: engines.Sides, matching: blocks.Matched, opportunities: pd.DataFrame
) -> valuation.Context:
    """What a valuation is given."""
    return valuation.Context(
        needs=sides.needs, suppliers=sides.suppliers, requirements=sides.requirements,
        capabilities=sides.capabilities, facts=sides.facts, matches=matching.matches, reasons=matching.kept,
        opportunities=opportunities, lexicon=sides.taxonomy,
        options=valuation.Options(**config.valuation.model_dump()), language=config.output.lang, day=config.run_date,
        stated=inputs.stated, bills=inputs.bills, economy=inputs.economy,
        trade=valuation.trade_of(inputs.trade.frame) if inputs.trade else None,
    )  # fmt: skip


def _unknown_terms(
    config: Config, said: Sequence[normalization.SaidLine], taxonomy: Taxonomy, opportunities: pd.DataFrame,
    meaning: Meaning | None,
) -> pd.DataFrame:  # fmt: skip
    proposer = normalization.KeptProposals(config.cache_folder, taxonomy)
    found = normalization.unknown_terms(said, taxonomy, opportunities, meaning, proposer)
    proposer.save()
    return found


def _stage_counts(
    stored: Mapping[str, pd.DataFrame], found: Mapping[str, pd.DataFrame], decisions: int
) -> dict[str, int]:
    rows = {name: rows_of(stored, name) for name in stored}
    return rows | {"identity_decisions": decisions} | _understood(found)


def memory_counts(config: Config, inputs: Inputs) -> budget.Counts:
    """What the memory of the run depends on, as far as it is known before any work."""
    suppliers, needs = inputs.records["supplier"], inputs.records["need"]
    cells = sum(1 for record in (*suppliers, *needs) for text in record.values.values() if text)
    return budget.Counts(
        len(suppliers), cells, len(needs), config.matching.candidates, config.resources.workers, config.output.sheets
    )


def said_terms(config: Config) -> dict[str, Term]:
    """Every term of the job by its id, known or not; nothing is matched."""
    inputs = read(config)
    _, rows, _ = normalization.joined(inputs.records["supplier"], inputs.decisions)
    taxonomy, linker = load(config.terms), normalization.KeptLinks(config.cache_folder)
    said = [
        *normalization.said_lines(inputs.records["need"], "need", taxonomy, linker),
        *normalization.said_lines(rows, "supplier", taxonomy, linker),
    ]
    return normalization.said_terms(said)


def _recall(
    judgements: Sequence[Judgement], needs: pd.DataFrame, suppliers: pd.DataFrame, matches: pd.DataFrame,
    said: Sequence[normalization.SaidLine],
) -> pd.DataFrame:  # fmt: skip
    known = (set(needs["need_id"]), set(suppliers["supplier_id"]))
    grades, _ = normalization.latest_grades(judgements, *known)
    return retrieval.recall_table(matches, grades, normalization.need_languages(said))


def _understood(found: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """Counts of the run report: lines with a concept, judged needs, able pairs among the ranked ones."""
    counts: dict[str, int] = {}
    for side in ("need", "supplier"):
        counts[f"{side}_lines_linked"], counts[f"{side}_lines"] = normalization.linked(found["coverage"], side)
    whole = found["recall"][found["recall"]["language"] == "all"]
    for name, column in (("needs_judged", "needs"), ("able_pairs", "pairs"), ("able_pairs_ranked", "found")):
        counts[name] = int(whole[column].sum())
    return counts


def _knowledge(config: Config) -> dict[str, str]:
    mark = digest(config.terms)
    return {config.knowledge.terms: mark} if mark else {}


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


def _scorer(config: Config) -> ranking.Scorer:
    """`auto` is the shipped ranker; it was trained without the model of meaning, so with it the scorecard."""
    name, with_meaning = config.matching.ranker, config.matching.semantic
    if name == "scorecard" or (name == "auto" and with_meaning):
        return ranking.Scorecard()
    return (
        ranking.shipped_ranker()
        if name == "auto"
        else ranking.load_ranker(config.base / name, with_meaning=with_meaning)
    )


def _meaning(config: Config) -> Meaning | None:
    """The model, with the vectors kept in the store, when the job asks for it."""
    return Meaning(config.cache_folder) if config.matching.semantic else None


def _by_meaning_alone(matching: blocks.Matched, meaning: Meaning | None) -> tuple[Problem, ...]:
    """A note of how many matches rest on the model and on nothing else."""
    if meaning is None:
        return ()
    message = f"{matching.alone} of {len(matching.matches)} matches were found by meaning alone ({meaning.version})"
    return (Problem("tables/candidates.csv", "", 0, "channels", "meaning_alone", "note", message, ""),)
