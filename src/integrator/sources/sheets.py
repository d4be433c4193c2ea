"""One sheet -> records, problems and the accounting of its lines."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

from integrator.errors import Problem
from integrator.records import CellRef, ColumnMapping, EntityKind, Record, SheetCount
from integrator.sources.building import build, with_identifier
from integrator.sources.decimals import decimal_signs
from integrator.sources.header import Header, find_header
from integrator.sources.headings import headings
from integrator.sources.lines import WHAT_IT_IS, Line, read_lines
from integrator.sources.mappings import Mappings, is_named, is_proposed, layout
from integrator.sources.merged import MergedRows
from integrator.sources.words import value_fields
from integrator.text.quantities import About, says_unit
from integrator.workbooks import Sheet, cell_text

UNIT_BEARING: dict[str, About] = {"money": "money", "volume": "volume"}
"""Grammars of figures that mean little without a unit."""
RECOGNIZED = 3
"""A sheet that names at least so many fields is meant as a table: what it lacks is refused, not skipped."""


@dataclass
class SheetResult:
    """What one sheet gave."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    count: SheetCount | None = None
    """None when the sheet is no table."""
    mapped: list[ColumnMapping] = field(default_factory=list)


def read_sheet(sheet: Sheet, kind: EntityKind, file: str, mappings: Mappings, header_row: int = 0) -> SheetResult:
    """Read one sheet; a refusal is a problem of severity `refused`. `header_row` is found when it is 0."""
    result = SheetResult()
    header = find_header(sheet, kind, mappings, header_row)
    if header is None or (header.missing(kind) and len(header.fields) < RECOGNIZED):
        result.problems.append(_no_table(sheet, kind, file, header))
        return result
    refusals = list(_refusals(header, kind, file, sheet.name))
    if refusals:
        result.problems += refusals
        return result
    result.problems += _unmapped(header, kind, file, sheet.name)
    result.problems += _strange_units(header, kind, file, sheet.name)
    result.problems += [_by_year(header, name, found, file, sheet.name) for name, found in header.by_year.items()]
    for column, name in header.confirmed.items():
        result.mapped.append(ColumnMapping(kind, layout(header.texts.values()), header.texts[column], name))
        result.problems.append(_confirmed(header, column, file, sheet.name))
    rows = used = 0
    nameless: dict[int, Line] = {}
    merged = MergedRows(header)
    decimals = decimal_signs(sheet, header, kind)
    for line in read_lines(sheet, header):
        rows += 1
        if line.kind != "data":
            text = next(iter(line.cells.values()), "")
            result.problems.append(
                Problem(
                    file,
                    sheet.name,
                    line.row,
                    "",
                    line.kind,
                    "set_aside",
                    WHAT_IT_IS[line.kind],
                    "",
                    text[:200],
                )
            )
            continue
        for column in line.cells.keys() - header.texts.keys():
            nameless.setdefault(column, line)
        made = list(build(line, header, kind, file, sheet.name, decimals.get(line.row, {})))
        found = [merged.settle(with_identifier(item), line) for item in made if isinstance(item, Record)]
        result.problems += [item for item in made if isinstance(item, Problem)]
        result.records += found
        used += bool(found)
    result.problems += merged.notes
    result.problems += [_nameless(column, line, file, sheet.name) for column, line in sorted(nameless.items())]
    result.count = SheetCount(file, sheet.name, kind, header.row, rows, used, rows - used, len(result.records))
    return result


def _no_table(sheet: Sheet, kind: EntityKind, file: str, header: Header | None) -> Problem:
    present = [cell_text(v) for row in sheet.rows[:1] for v in row if cell_text(v)][:8]
    listed = ", ".join(header.texts.values() if header else present)[:200] or "nothing"
    needed = " and ".join(header.missing(kind)) if header else f"a heading of the {kind}s"
    return Problem(
        file, sheet.name, 0, "", "no_table", "note",
        f"no table of {kind}s here: {needed} not found among the columns ({listed}); sheet not read", "",
    )  # fmt: skip


def _refusals(header: Header, kind: EntityKind, file: str, sheet: str) -> list[Problem]:
    problems = []
    missing = header.missing(kind)
    if missing:
        present = ", ".join(header.texts.values())
        near = "; ".join(_nearest(field, header, kind) for field in missing)
        problems.append(
            Problem(
                file,
                sheet,
                header.row,
                "",
                "missing_column",
                "refused",
                f"no column for {' and '.join(missing)}; the columns are: {present}"[:600],
                f"rename the column that holds it, or use `check --map 'Heading={missing[0]}' --save-mapping`"
                f"{near and f' ({near})'}",
            )
        )
    for clash, columns in header.clashes:
        names = " and ".join(repr(header.texts[column]) for column in columns)
        problems.append(
            Problem(
                file,
                sheet,
                header.row,
                header.texts[columns[0]],
                "two_columns",
                "refused",
                f"the columns {names} both mean {clash}",
                "if one holds another field, name it with `check --map 'Heading=FIELD' --save-mapping`,"
                " else leave it out with"
                f" `check --map {shlex.quote(header.texts[columns[-1]] + '=')} --save-mapping`",
            )
        )
    return problems


def _nearest(field: str, header: Header, kind: EntityKind) -> str:
    """The heading that looks most like a field, for the analyst to confirm by renaming it."""
    guesses = [(headings(kind).propose(text), text) for text in header.unmapped.values()]
    likely = sorted((-score, text) for (guess, score, _), text in guesses if guess == field)
    return f"is {likely[0][1]!r} the {field}?" if likely else ""


def _unmapped(header: Header, kind: EntityKind, file: str, sheet: str) -> list[Problem]:
    problems = []
    for column, text in header.unmapped.items():
        if column in header.confirmed:
            continue
        guess, score, lead = headings(kind).propose(text)
        near = is_proposed(score, lead)
        told = near or is_named(score, lead)
        hint = f"; nearest field: {guess} (likeness {score:.0f}, lead {lead:.0f})" if told else ""
        hint += ", too far to be proposed" if told and not near else ""
        problems.append(
            Problem(
                file,
                sheet,
                header.row,
                text,
                "unmapped_column",
                "note",
                f"this column names no known field and is kept as an extra{hint}",
                _confirming(text, guess) if near else _naming(text),
            )
        )
    return problems


def _confirming(text: str, guess: str) -> str:
    return f"confirm it with `check --map {shlex.quote(f'{text}={guess}')} --save-mapping`"


def _naming(text: str) -> str:
    return f"if it holds a field, name it with `check --map {shlex.quote(f'{text}=FIELD')} --save-mapping`"


def _strange_units(header: Header, kind: EntityKind, file: str, sheet: str) -> Iterator[Problem]:
    for column, unit in header.units.items():
        about = UNIT_BEARING.get(value_fields(kind)[header.named[column]])
        if about and not says_unit(unit, about):
            yield Problem(
                file, sheet, header.row, header.texts[column], "unknown_unit", "warning",
                f"{unit!r} in this heading is no listed unit or currency, no period and no year",
                "write the unit in the heading or in each cell: MDH, k€, t/an", unit,
            )  # fmt: skip


def _by_year(header: Header, name: str, columns: tuple[int, ...], file: str, sheet: str) -> Problem:
    texts = [header.texts[column] for column in columns]
    listed = ", ".join(map(repr, texts))
    return Problem(
        file, sheet, header.row, texts[0], "columns_by_year", "note",
        f"the columns {listed} hold {name} by the year: of each row the first of these that is filled is read",
        f"to read another one, leave this out with `check --map {shlex.quote(f'{texts[0]}=')} --save-mapping`",
    )  # fmt: skip


def _confirmed(header: Header, column: int, file: str, sheet: str) -> Problem:
    name = header.confirmed[column]
    message = f"this column is read as {name}, as confirmed" if name else "this column is not read, as confirmed"
    return Problem(file, sheet, header.row, header.texts[column], "confirmed_heading", "note", message, "")


def _nameless(column: int, line: Line, file: str, sheet: str) -> Problem:
    letter = CellRef(file, sheet, line.row, column).letters
    return Problem(
        file, sheet, line.row, letter, "no_heading", "warning", "this column has values but no heading; it is not read",
        "give it a heading", line.cells[column][:200],
    )  # fmt: skip
