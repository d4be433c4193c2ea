"""Rows of bills and stated inputs -> what a valuation takes, and the accounting of the rows it cannot take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from integrator import normalization, tables
from integrator.errors import Problem
from integrator.records import EntityKind, IdentityDecision, Record, SheetCount
from integrator.valuation.bills import Bills
from integrator.valuation.reading.bills import read_bills
from integrator.valuation.reading.known_ids import with_known_ids
from integrator.valuation.reading.stating import read_stated
from integrator.valuation.stated import Stated

UNDERSTOOD = ("bom", "value")
"""Kinds of which every row gives one record, and may still be set aside when it is understood."""


@dataclass(frozen=True)
class Understood:
    """What the rows say."""

    bills: Bills
    stated: Stated
    problems: tuple[Problem, ...]

    def recounted(self, counts: Iterable[SheetCount]) -> tuple[SheetCount, ...]:
        """The accounting of the sheets with the rows that were set aside only now."""
        aside = {(one.file, one.sheet, one.row) for one in self.problems if one.severity == "set_aside"}
        found = []
        for count in counts:
            here = sum(place[:2] == (count.file, count.sheet) for place in aside) if count.kind in UNDERSTOOD else 0
            used, records = count.used - here, count.records - here
            found.append(replace(count, used=used, set_aside=count.set_aside + here, records=records))
        return tuple(found)


def understood(
    records: Mapping[EntityKind, tuple[Record, ...]], decisions: Iterable[IdentityDecision] = ()
) -> Understood:
    """Bills and stated inputs of a job; an id that is none of its needs or suppliers is a problem.

    What is stated of one of several rows that people declared one company is stated of that company.
    """
    ids = {
        tables.IDENTIFIERS[kind]: frozenset(record.get(tables.IDENTIFIERS[kind]) for record in records[kind])
        for kind in ("need", "supplier")
    }
    lines, strange_lines = with_known_ids(records["bom"], ids)
    rows, strange_rows = with_known_ids(records["value"], ids)
    bills, faults = read_bills(lines)
    standing = normalization.standing_ids(ids["supplier_id"], decisions)
    stated, others = read_stated(_of_company(row, standing) for row in rows)
    problems = (*strange_lines, *strange_rows, *faults, *others)
    return Understood(bills, stated, tuple(_lettered(problems, (*records["bom"], *records["value"]))))


def _lettered(problems: Iterable[Problem], records: Iterable[Record]) -> Iterator[Problem]:
    """The problems with the letter of the column in place of the name of the field."""
    cells = {(record.ref.file, record.ref.sheet, record.ref.row): record.cells for record in records}
    for problem in problems:
        cell = cells.get((problem.file, problem.sheet, problem.row), {}).get(problem.column)
        yield replace(problem, column=cell.letters) if cell else problem


def _of_company(record: Record, standing: Mapping[str, str]) -> Record:
    """The record under the id that stands for its supplier."""
    own = record.get("supplier_id")
    if standing.get(own, own) == own:
        return record
    return replace(record, values={**record.values, "supplier_id": standing[own]})
