"""One file -> all that its sheets hold; nothing here looks at another file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from integrator.errors import Problem
from integrator.records import ColumnMapping, EntityKind, Record, SheetCount
from integrator.sources.mappings import Mappings
from integrator.sources.sheets import SheetResult, read_sheet
from integrator.workbooks import DEFAULT_LIMITS, Book, InputFile, Limits, read_book


@dataclass(frozen=True)
class Options:
    """How files are read."""

    include_hidden: bool = False
    limits: Limits = DEFAULT_LIMITS
    encoding: str = ""
    delimiter: str = ""
    mappings: Mappings = field(default_factory=Mappings)
    header_rows: Mapping[str, int] = field(default_factory=dict)
    """Last header row by file or by "file [sheet]"."""


@dataclass(frozen=True)
class FileResult:
    """What one file gave, sheet after sheet."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    counts: tuple[SheetCount, ...]
    mapped: tuple[ColumnMapping, ...]


def read_file(file: InputFile, kind: EntityKind, options: Options) -> FileResult:
    """Read one file; what its sheets refuse is among the problems. Raises `InputRefused` when it cannot be read."""
    book = read_book(file.path, file.shown_as, options.limits, options.encoding, options.delimiter)
    found = _read_sheets(book, kind, options)
    return FileResult(
        tuple(record for result in found for record in result.records),
        (*book.problems, *(problem for result in found for problem in result.problems)),
        tuple(result.count for result in found if result.count),
        tuple(one for result in found for one in result.mapped),
    )


def _read_sheets(book: Book, kind: EntityKind, options: Options) -> list[SheetResult]:
    results: list[SheetResult] = []
    for sheet in book.sheets:
        if sheet.state == "visible" or options.include_hidden:
            given = options.header_rows.get(f"{book.file} [{sheet.name}]") or options.header_rows.get(book.file, 0)
            results.append(read_sheet(sheet, kind, book.file, options.mappings, given))
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
