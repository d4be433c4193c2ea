"""Two rows with one id: a repeat is set aside once, a contradiction sets both aside; rows without an id only repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from integrator import tables
from integrator.errors import Problem
from integrator.records import Record
from integrator.text.fold import fold


def without_duplicates(records: Sequence[Record]) -> tuple[list[Record], list[Problem]]:
    """Records with one content an id, and a problem for each one set aside; further rows go with their first."""
    by_id: dict[str, list[tuple[Record, ...]]] = defaultdict(list)
    for rows in _with_further_rows(sorted(records, key=lambda record: record.ref)):
        by_id[rows[0].get(tables.IDENTIFIERS[rows[0].kind])].append(rows)
    kept: list[Record] = []
    problems: list[Problem] = []
    for identifier, group in sorted(by_id.items()):
        first = group[0]
        if len(group) == 1 or len({_content(rows) for rows in group}) == 1:
            kept += first
            repeats = [record for rows in group[1:] for record in rows]
            problems += [_repeat(record, first[0], identifier) for record in repeats]
        else:
            places = ", ".join(str(rows[0].ref) for rows in group)
            problems += [
                _problem(r, tables.IDENTIFIERS[r.kind], "same_id",
                         f"the id {identifier} has other content at {places}",
                         "give each its own id or delete one", identifier)
                for rows in group for r in rows
            ]  # fmt: skip
    return kept, problems


def without_repeats(records: Sequence[Record]) -> tuple[list[Record], list[Problem]]:
    """Records without an id of their own, in order of place: of those that say the same the first is kept."""
    first: dict[tuple[tuple[str, str], ...], Record] = {}
    problems: list[Problem] = []
    for record in sorted(records, key=lambda record: record.ref):
        kept = first.setdefault(_content([record]), record)
        if kept is not record:
            problems.append(_repeat(record, kept, next(iter(record.values.values()), "")))
    return list(first.values()), problems


def _with_further_rows(records: Sequence[Record]) -> list[tuple[Record, ...]]:
    """Each record with the rows that go on with it; one row keeps the order of its columns."""
    further: dict[tuple[str, str, int], list[Record]] = defaultdict(list)
    for record in records:
        if record.continues:
            further[record.ref.file, record.ref.sheet, record.continues].append(record)
    own = [record for record in records if not record.continues]
    return (
        [(r, *further.get((r.ref.file, r.ref.sheet, r.ref.row), ())) for r in own] if further else [(r,) for r in own]
    )


def _content(rows: Sequence[Record]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((field, fold(text)) for record in rows for field, text in record.values.items()))


def _repeat(record: Record, first: Record, raw: str) -> Problem:
    column = tables.IDENTIFIERS.get(record.kind, "")
    return _problem(record, column, "repeated_row", f"repeats {first.ref}", "", raw)


def _problem(record: Record, column: str, code: str, message: str, action: str, raw: str) -> Problem:
    ref = record.ref
    return Problem(ref.file, ref.sheet, ref.row, column, code, "set_aside", message, action, raw)
