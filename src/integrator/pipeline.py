"""The stages in order: read, normalize, link, retrieve, rank, value."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from integrator import normalization, ranking, retrieval, sources, tables, valuation
from integrator.config import Config
from integrator.errors import InputRefused, Problem, UsageError
from integrator.records import ColumnMapping, EntityKind, IdentityDecision, Judgement, ReadResult, Record, SheetCount
from integrator.store import Store
from integrator.taxonomy import Taxonomy, load
from integrator.taxonomy.space import ConceptSpace
from integrator.text.fold import fold
from integrator.workbooks import find_files

Progress = Callable[[str, int, int], None]
"""Called with the stage at hand, its number and how many there are."""

KINDS: tuple[EntityKind, ...] = ("supplier", "need", "judgement")
STAGES = ("read", "normalize", "link", "retrieve", "rank", "value")


@dataclass(frozen=True)
class Inputs:
    """Everything read, nothing interpreted."""

    records: Mapping[EntityKind, tuple[Record, ...]]
    problems: tuple[Problem, ...]
    counts: tuple[SheetCount, ...]
    files: Mapping[str, str]
    """Name of each input file -> sha256 of its bytes."""
    decisions: tuple[IdentityDecision, ...] = ()
    """What people decided of rows that may be one company."""
    mapped: tuple[ColumnMapping, ...] = ()
    """Headings read as people confirmed."""


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


def read(config: Config, asked: Mapping[str, str] | None = None) -> Inputs:
    """Read and validate every input of the job; `asked` confirms headings (heading -> field, "" = not read).

    Raises `InputRefused` with the refusals of all inputs, and `UsageError` for a field or heading that is none.
    """
    _check_fields(asked or {})
    store = Store(config.base / config.store.path)
    kept = store.mappings()
    refusals: list[Problem] = []
    results: dict[EntityKind, ReadResult] = {}
    for kind in KINDS:
        patterns = getattr(config.inputs, f"{kind}s")
        try:
            results[kind] = (
                _read_kind(config, kind, patterns, _mappings(kind, asked or {}, kept))
                if patterns
                else ReadResult((), (), ())
            )
        except InputRefused as error:
            refusals += error.problems
    if refusals:
        raise InputRefused(refusals)
    files = _hashes(config)
    _check_header_rows(config.inputs.header_rows, files)
    mapped = tuple(one for result in results.values() for one in result.mapped)
    _check_headings(asked or {}, mapped)
    valued = (*results["supplier"].records, *results["need"].records)
    problems = [problem for result in results.values() for problem in result.problems]
    return Inputs(
        records={kind: result.records for kind, result in results.items()},
        problems=tuple(sorted({*problems, *normalization.value_problems(valued)})),
        counts=tuple(count for kind in KINDS for count in results[kind].counts),
        files=files,
        decisions=store.identity_decisions(),
        mapped=mapped,
    )


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
    channels = retrieval.all_channels(suppliers, capabilities, requirements, space)
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


def _mappings(kind: EntityKind, asked: Mapping[str, str], kept: tuple[ColumnMapping, ...]) -> sources.Mappings:
    """What counts for one kind: a field of another kind is not for it."""
    own = {heading: name for heading, name in asked.items() if not name or name in tables.FIELDS[kind]}
    return sources.Mappings(own, kept)


def _check_header_rows(given: Mapping[str, int], files: Mapping[str, str]) -> None:
    for name in given:
        if not any(name == file or name.startswith(f"{file} [") for file in files):
            raise UsageError(f"header_rows: {name!r} is no file of this job; its files are: {', '.join(files)}.")


def _check_fields(asked: Mapping[str, str]) -> None:
    known = sorted({name for kind in KINDS for name in tables.FIELDS[kind]})
    for heading, name in asked.items():
        if name and name not in known:
            raise UsageError(f"{heading}={name}: {name!r} is no field; the fields are: {', '.join(known)}.")


def _check_headings(asked: Mapping[str, str], mapped: tuple[ColumnMapping, ...]) -> None:
    found = {fold(one.heading) for one in mapped}
    for heading, name in asked.items():
        if fold(heading) not in found:
            raise UsageError(f"{heading}={name}: no sheet that is read has a heading {heading!r}: copy it as written.")


def _read_kind(config: Config, kind: EntityKind, patterns: tuple[str, ...], mappings: sources.Mappings) -> ReadResult:
    return sources.read_inputs(
        patterns,
        kind,
        config.base,
        include_hidden=config.inputs.include_hidden,
        limits=config.limits.limits(),
        encoding=config.inputs.encoding,
        delimiter=config.inputs.delimiter,
        mappings=mappings,
        header_rows=config.inputs.header_rows,
    )


def _hashes(config: Config) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in KINDS:
        patterns = getattr(config.inputs, f"{kind}s")
        if patterns:
            files, _ = find_files(patterns, config.base)
            found |= {file.shown_as: _sha256(file.path) for file in files}
    return dict(sorted(found.items()))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _ranker(config: Config) -> ranking.LinearRanker | None:
    """None = the expert scorecard. `auto` is the scorecard too: a ranker is trained and named on purpose."""
    name = config.matching.ranker
    return None if name in ("auto", "scorecard") else ranking.load_ranker(config.base / name)


def _lexicon() -> tuple[Taxonomy, ConceptSpace]:
    taxonomy = load()
    return taxonomy, ConceptSpace(taxonomy)
