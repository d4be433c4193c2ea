"""Files, folders and globs -> every record they hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from integrator.errors import InputRefused, Problem
from integrator.records import ColumnMapping, EntityKind, ReadResult, Record, SheetCount
from integrator.sources.duplicates import without_duplicates, without_repeats
from integrator.sources.mappings import Mappings
from integrator.sources.sheets import SheetResult, read_sheet
from integrator.workbooks import DEFAULT_LIMITS, Book, InputFile, Limits, find_files, read_book

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
) -> ReadResult:
    """Read all inputs of one kind. Raises `InputRefused` that carries every refusal of every file.

    Records are sorted by id; every line of every table is used or set aside with its reason. `header_rows` names the
    last header row by file or by "file [sheet]".
    """
    files, found = find_inputs(patterns, base)
    problems: list[Problem] = [*found]
    records: list[Record] = []
    counts: list[SheetCount] = []
    mapped: set[ColumnMapping] = set()
    for file in files:
        try:
            book = read_book(file.path, file.shown_as, limits, encoding, delimiter)
        except InputRefused as error:
            problems += error.problems
            continue
        problems += book.problems
        for result in _read_sheets(book, kind, include_hidden, mappings or Mappings(), header_rows or {}):
            records += result.records
            problems += result.problems
            counts += [result.count] if result.count else []
            mapped.update(result.mapped)
    refusals = [problem for problem in problems if problem.severity == "refused"]
    if refusals:
        raise InputRefused(refusals)
    settled = _SETTLED.get(kind)
    if settled:
        records, repeats = settled(records)
        problems += repeats
        counts = [_recount(count, records) for count in counts]
    return ReadResult(tuple(records), tuple(sorted(set(problems))), tuple(sorted(counts)), tuple(sorted(mapped)))


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


def _read_sheets(
    book: Book, kind: EntityKind, include_hidden: bool, mappings: Mappings, header_rows: Mapping[str, int]
) -> list[SheetResult]:
    results: list[SheetResult] = []
    for sheet in book.sheets:
        if sheet.state == "visible" or include_hidden:
            given = header_rows.get(f"{book.file} [{sheet.name}]") or header_rows.get(book.file, 0)
            results.append(read_sheet(sheet, kind, book.file, mappings, given))
            continue
        message = "hidden sheet, not read (--include-hidden reads it)"
        hidden = Problem(book.file, sheet.name, 0, "", "hidden_sheet", "note", message, "")
        results.append(SheetResult(problems=[hidden]))
    problems = [problem for result in results for problem in result.problems]
    if not any(result.count for result in results) and not any(p.severity == "refused" for p in problems):
        results.append(SheetResult(problems=[_nothing_read(book, kind, problems)]))
    return results


def _nothing_read(book: Book, kind: EntityKind, problems: Sequence[Problem]) -> Problem:
    why = "; ".join(problem.message for problem in problems if problem.code in ("no_table", "hidden_sheet"))
    message = f"no table of {kind}s was found" + (f" ({why})" if why else "")
    return Problem(
        book.file, "", 0, "", "no_table", "refused", message,
        "check that this file belongs here and that its columns have headings",
    )  # fmt: skip


def _recount(count: SheetCount, records: Sequence[Record]) -> SheetCount:
    here = [record for record in records if (record.ref.file, record.ref.sheet) == (count.file, count.sheet)]
    used = len({record.ref.row for record in here})
    return dataclasses.replace(count, used=used, set_aside=count.rows - used, records=len(here))
