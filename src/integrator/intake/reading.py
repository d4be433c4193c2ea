"""The inputs of a job, one after the other: files to records, and what is said of both."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from integrator import normalization, sources, tables
from integrator.config import Config
from integrator.errors import InputRefused, Problem, UsageError
from integrator.intake.outlines import Rings
from integrator.intake.valuing import understood
from integrator.intake.whole_tables import WholeTables, read_whole_tables
from integrator.records import (
    ColumnMapping,
    EntityKind,
    IdentityDecision,
    Judgement,
    ProjectStatus,
    ReadResult,
    Record,
    SheetCount,
)
from integrator.sources import KINDS
from integrator.store import Store
from integrator.text.fold import fold
from integrator.valuation.bills import Bills
from integrator.valuation.stated import Stated
from integrator.workbooks import find_files

if TYPE_CHECKING:
    from integrator.valuation.leontief import Economy
    from integrator.valuation.reading.trade_files import TradeTable


@dataclass(frozen=True)
class Inputs:
    """Everything read; of what a valuation takes also what it says."""

    records: Mapping[EntityKind, tuple[Record, ...]]
    problems: tuple[Problem, ...]
    counts: tuple[SheetCount, ...]
    files: Mapping[str, str]
    """Name of each input file -> sha256 of its bytes."""
    decisions: tuple[IdentityDecision, ...] = ()
    """What people decided of rows that may be one company."""
    statuses: tuple[ProjectStatus, ...] = ()
    """All that people said of where projects stand, the latest last."""
    reviews: tuple[Judgement, ...] = ()
    """What imported reviews said of pairs, in the order given."""
    mapped: tuple[ColumnMapping, ...] = ()
    """Headings read as people confirmed."""
    bills: Bills = field(default_factory=Bills)
    stated: Stated = field(default_factory=Stated)
    trade: TradeTable | None = None
    """None without a trade file."""
    economy: Economy | None = None
    """None without an input-output table."""
    outline: Rings = ()
    """Of the map; none when the job gives none."""
    unchanged: tuple[str, ...] = ()
    """Files that an earlier run had read already, taken from the cache."""


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
    whole = WholeTables()
    try:
        whole = read_whole_tables(config)
    except InputRefused as error:
        refusals += error.problems
    refusals += _refused_terms(config)
    if refusals:
        raise InputRefused(refusals)
    files = _hashes(config)
    _check_header_rows(config.inputs.header_rows, files)
    mapped = tuple(one for result in results.values() for one in result.mapped)
    _check_headings(asked or {}, mapped)
    records = {kind: result.records for kind, result in results.items()}
    decisions = store.identity_decisions()
    found = understood(records, decisions)
    problems = [problem for result in results.values() for problem in result.problems]
    doubts = normalization.value_problems((*records["supplier"], *records["need"]))
    counts = tuple(count for kind in KINDS for count in results[kind].counts)
    return Inputs(
        records=records,
        problems=tuple(sorted({*problems, *doubts, *found.problems, *whole.problems})),
        counts=(*found.recounted(counts), *whole.counts),
        files=files,
        decisions=decisions,
        statuses=store.statuses(),
        reviews=store.judgements(),
        mapped=mapped,
        bills=found.bills,
        stated=found.stated,
        trade=whole.trade,
        economy=whole.economy,
        outline=whole.outline,
        unchanged=tuple(sorted({name for result in results.values() for name in result.unchanged})),
    )


def _refused_terms(config: Config) -> tuple[Problem, ...]:
    """The faults of the project's own words; the lexicon is loaded only when there are any."""
    if config.terms is None or not config.terms.exists():
        return ()
    from integrator.taxonomy import load

    try:
        load(config.terms)
    except InputRefused as error:
        return error.problems
    return ()


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
        cache_folder=config.cache_folder,
    )


def _hashes(config: Config) -> dict[str, str]:
    found: dict[str, str] = {}
    single = tuple(name for name in (config.inputs.input_output, config.output.outline) if name)
    for patterns in (*(getattr(config.inputs, f"{kind}s") for kind in KINDS), config.inputs.trade, single):
        if patterns:
            files, _ = find_files(patterns, config.base)
            found |= {file.shown_as: _sha256(file.path) for file in files}
    return dict(sorted(found.items()))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
