"""Rows that name needs and suppliers of a job -> those that name known ones, and a problem for each other id."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from integrator.errors import Problem
from integrator.records import Record
from integrator.text.fold import fold

CODES = {"need_id": "unknown_need", "supplier_id": "unknown_supplier"}


def with_known_ids(
    records: Iterable[Record], known: Mapping[str, Collection[str]]
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """`known`: by field the ids of the job. A line of a bill is kept without an id that is none; another row is not.

    A bill holds whether or not its lines are needs of the job; a stated input of nobody says nothing.
    """
    kept: list[Record] = []
    problems: list[Problem] = []
    for record in records:
        strange = [field for field in known if record.get(field) and record.get(field) not in known[field]]
        is_line = record.kind == "bom"
        for field in strange:
            problems.append(_problem(record, field, known[field], is_line))
        if not strange:
            kept.append(record)
        elif is_line:
            values = {name: text for name, text in record.values.items() if name not in strange}
            kept.append(replace(record, values=values))
    return tuple(kept), tuple(problems)


def _problem(record: Record, field: str, known: Collection[str], is_line: bool) -> Problem:
    ref, name = record.ref, record.get(field)
    what = field.removesuffix("_id")
    near = _nearest(name, known)
    action = f"correct the id; the nearest is {near}" if near else "correct the id"
    return Problem(
        ref.file, ref.sheet, ref.row, field, CODES[field], "warning" if is_line else "set_aside",
        f"{name!r} is no {what} of this job", action, name[:200],
    )  # fmt: skip


def _nearest(name: str, known: Collection[str]) -> str:
    """The id that looks most like a name, or ""; to ask, never to apply."""
    alike = sorted(one for one in known if fold(one) == fold(name))
    return next(iter(alike or difflib.get_close_matches(name, sorted(known), n=1)), "")
