"""Two rows with one id: a repeat is set aside once, a contradiction sets both aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from integrator import tables
from integrator.errors import Problem
from integrator.records import Record
from integrator.text.fold import fold


def without_duplicates(records: Sequence[Record]) -> tuple[list[Record], list[Problem]]:
    """Records with one content an id, and a problem for each one set aside."""
    by_id: dict[str, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.ref):  # one row keeps the order of its columns
        by_id[record.get(tables.IDENTIFIERS[record.kind])].append(record)
    kept, problems = [], []
    for identifier, group in sorted(by_id.items()):
        if len(group) == 1 or len({_content(record) for record in group}) == 1:
            kept.append(group[0])
            problems += [_problem(r, identifier, "repeated_row", f"repeats {group[0].ref}", "") for r in group[1:]]
        else:
            places = ", ".join(str(record.ref) for record in group)
            problems += [
                _problem(r, identifier, "same_id", f"the id {identifier} has other content at {places}",
                         "give each its own id or delete one")
                for r in group
            ]  # fmt: skip
    return kept, problems


def _content(record: Record) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((field, fold(text)) for field, text in record.values.items()))


def _problem(record: Record, identifier: str, code: str, message: str, action: str) -> Problem:
    column = tables.IDENTIFIERS[record.kind]
    return Problem(
        record.ref.file,
        record.ref.sheet,
        record.ref.row,
        column,
        code,
        "set_aside",
        message,
        action,
        identifier,
    )
