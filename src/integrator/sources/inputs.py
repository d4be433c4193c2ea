"""Files, folders and globs -> every record they hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from integrator.cache import Cache
from integrator.errors import InputRefused, Problem
from integrator.records import ColumnMapping, EntityKind, ReadResult, Record, SheetCount
from integrator.sources.duplicates import without_duplicates, without_repeats
from integrator.sources.kept import read_or_kept
from integrator.sources.mappings import Mappings
from integrator.sources.one_file import Options
from integrator.workbooks import DEFAULT_LIMITS, InputFile, Limits, find_files

_SETTLED: Mapping[EntityKind, Callable[[Sequence[Record]], tuple[list[Record], list[Problem]]]] = {
    "supplier": without_duplicates,
    "need": without_duplicates,
    "value": without_repeats,
}
"""Kinds of which a row cannot stand twice: one may judge a pair again, and two equal purchases are two."""


def read_inputs(
    patterns: Sequence[str],
    kind: EntityKind,
    base: Path,
    *,
    include_hidden: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    encoding: str = "",
    delimiter: str = "",
    mappings: Mappings | None = None,
    header_rows: Mapping[str, int] | None = None,
    cache_folder: Path | None = None,
) -> ReadResult:
    """Read all inputs of one kind. Raises `InputRefused` that carries every refusal of every file.

    Records are sorted by id; every line of every table is used or set aside with its reason. `header_rows` names the
    last header row by file or by "file [sheet]". A large file that an earlier run read is taken from `cache_folder`.
    """
    files, found = find_inputs(patterns, base)
    options = Options(include_hidden, limits, encoding, delimiter, mappings or Mappings(), header_rows or {})
    problems: list[Problem] = [*found]
    records: list[Record] = []
    counts: list[SheetCount] = []
    mapped: set[ColumnMapping] = set()
    unchanged: list[str] = []
    for file in files:
        try:
            result, kept = read_or_kept(file, kind, options, Cache(cache_folder))
        except InputRefused as error:
            problems += error.problems
            continue
        unchanged += [file.shown_as] if kept else []
        records += result.records
        problems += result.problems
        counts += result.counts
        mapped.update(result.mapped)
    refusals = [problem for problem in problems if problem.severity == "refused"]
    if refusals:
        raise InputRefused(refusals)
    settled = _SETTLED.get(kind)
    if settled:
        records, repeats = settled(records)
        problems += repeats
        counts = [_recount(count, records) for count in counts]
    return ReadResult(
        tuple(records), tuple(sorted(set(problems))), tuple(sorted(counts)), tuple(sorted(mapped)), tuple(unchanged)
    )


def find_inputs(patterns: Sequence[str], base: Path) -> tuple[tuple[InputFile, ...], tuple[Problem, ...]]:
    """The files that the patterns name, and notes; a pattern that names none is a refusal among them.

    So it is said together with the refusals of the files.
    """
    readable: list[str] = []
    refusals: list[Problem] = []
    for pattern in patterns:
        try:
            find_files([pattern], base)
            readable.append(pattern)
        except InputRefused as error:
            refusals += error.problems
    files, skipped = find_files(readable, base)
    return files, (*refusals, *skipped)


def _recount(count: SheetCount, records: Sequence[Record]) -> SheetCount:
    here = [record for record in records if (record.ref.file, record.ref.sheet) == (count.file, count.sheet)]
    used = len({record.ref.row for record in here})
    return dataclasses.replace(count, used=used, set_aside=count.rows - used, records=len(here))
