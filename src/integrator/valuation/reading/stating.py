"""Rows of stated inputs -> what is stated of the job, of needs, of suppliers and of pairs, and what could not be read.

A row that cannot be read is set aside with its reason; no value is guessed. Of several values of one input the one with
the newest source counts, of those alike the first by cell; the others are reported.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from integrator.errors import Problem
from integrator.records import CellRef, Record
from integrator.text.dates import read_date
from integrator.text.fold import fold
from integrator.valuation.figures import Given
from integrator.valuation.reading.input_names import Named, find_input, nearest_input
from integrator.valuation.reading.stated_values import Unread, stated_value
from integrator.valuation.stated import ByName, Stated

Owner = tuple[str, str]
"""Need id and supplier id; "" = stated of none."""


@dataclass(frozen=True)
class Fact:
    """What one row states."""

    owner: Owner
    name: str
    """Of the input; with its step as typed."""
    given: Given
    record: Record

    @property
    def key(self) -> tuple[Owner, str]:
        """What the fact is of; steps that are spelt alike are one."""
        base, bracket, step = self.name.partition("[")
        return self.owner, f"{base}{bracket}{fold(step)}"


def read_stated(records: Iterable[Record]) -> tuple[Stated, tuple[Problem, ...]]:
    """The records of stated inputs -> what they state, and a problem for each row that is not used."""
    facts: list[Fact] = []
    problems: list[Problem] = []
    for record in sorted(records, key=lambda record: record.ref):
        try:
            facts.append(_fact(record))
        except Unread as why:
            problems.append(_problem(record, why.column, why.code, why.message, why.action))
    chosen, rivals = _chosen(_with_one_spelling(facts))
    of: dict[str, dict[Owner, dict[str, Given]]] = {"need": {}, "supplier": {}, "pair": {}, "job": {}}
    for fact in chosen:
        of[_kind(fact.owner)].setdefault(fact.owner, {})[fact.name] = fact.given
    stated = Stated(
        of["job"].get(("", ""), {}),
        {need: found for (need, _), found in of["need"].items()},
        {supplier: found for (_, supplier), found in of["supplier"].items()},
        cast("Mapping[Owner, ByName]", of["pair"]),
    )
    return stated, tuple(sorted({*problems, *rivals}))


def _kind(owner: Owner) -> str:
    need, supplier = owner
    return ("pair" if supplier else "need") if need else "supplier" if supplier else "job"


def _problem(record: Record, column: str, code: str, message: str, action: str) -> Problem:
    ref = record.ref
    return Problem(
        ref.file, ref.sheet, ref.row, column, code, "set_aside", message, action, record.get(column or "input")[:200]
    )


def _fact(record: Record) -> Fact:
    """What a row states. Raises `Unread`."""
    named = _named(record)
    one = named.input
    value, unit, cell = stated_value(record, named)
    name = f"{one.name}[{named.step}]" if one.has_step else one.name
    source = record.get("source_title") or record.get("source_url") or record.ref.file
    given = Given(name, value, unit, "stated", source, record.get("source_date"), str(cell))
    return Fact((record.get("need_id"), record.get("supplier_id")), name, given, record)


def _named(record: Record) -> Named:
    text = record.get("input")
    named = find_input(text)
    if named is None:
        near = nearest_input(text)
        action = "name it as in docs/value.md" + (f"; the nearest is {near}" if near else "")
        raise Unread("input", "unknown_input", f"{text!r} is no input of a valuation", action)
    one = named.input
    kind = _kind((record.get("need_id"), record.get("supplier_id")))
    if kind not in one.of:
        asked = " or ".join(_WHOM[kind] for kind in _WHOM if kind in one.of)
        message = f"{one.name} is stated of {asked}, and this row is of {_WHOM[kind]}"
        raise Unread("input", "stated_of", message, "fill in or clear need_id and supplier_id")
    if one.has_step and not named.step:
        message = f"{one.name} is stated of one step or process, and this row names none"
        raise Unread("input", "stated_of", message, f"write {one.name}[STEP]")
    return named


_WHOM = {"need": "a need", "supplier": "a supplier", "pair": "a need and a supplier", "job": "the whole job"}


def _with_one_spelling(facts: Sequence[Fact]) -> list[Fact]:
    """Steps that are spelt alike get the spelling that stands first."""
    first: dict[str, str] = {}
    for fact in facts:
        step = fact.name.partition("[")[2].removesuffix("]")
        first.setdefault(fold(step), step)
    found = []
    for fact in facts:
        base, bracket, step = fact.name.partition("[")
        name = f"{base}[{first[fold(step)]}]" if bracket else base
        found.append(replace(fact, name=name, given=replace(fact.given, name=name)))
    return found


def _chosen(facts: Sequence[Fact]) -> tuple[list[Fact], list[Problem]]:
    """One fact of each input and owner, and a problem for each other value; the same value again is none."""
    groups: dict[tuple[Owner, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.key].append(fact)
    chosen, problems = [], []
    for _, group in sorted(groups.items()):
        best = min(group, key=_order)
        chosen.append(best)
        for other in group:
            if (other.given.value, other.given.unit) != (best.given.value, best.given.unit):
                message = f"another value of {best.name} counts: {best.given.cell}"
                problems.append(_problem(other.record, "value", "stated_twice", message, "keep one of the two"))
    return chosen, problems


def _order(fact: Fact) -> tuple[int, CellRef]:
    """Newest source first, then by cell; a source without a date comes last."""
    period = read_date(fact.given.date) if fact.given.date else None
    return -(period.end if period else datetime.date.min).toordinal(), fact.record.ref
