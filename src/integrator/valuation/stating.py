"""Rows of stated inputs -> what is stated of the job, of needs, of suppliers and of pairs, and what could not be read.

A row that cannot be read is set aside with its reason; no value is guessed. Of several values of one input the one with
the newest source counts, of those alike the first by cell; the others are reported.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from integrator.errors import Problem
from integrator.records import CellRef, Record
from integrator.text.dates import read_date
from integrator.text.fold import fold
from integrator.valuation import bom_cells
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.input_names import Input, Named, find_input, nearest_input
from integrator.valuation.stated import ByName, Stated
from integrator.valuation.stated_amounts import Ends, counted_in, example_unit, read_ends
from integrator.valuation.stated_units import read_unit

Owner = tuple[str, str]
"""Need id and supplier id; "" = stated of none."""
CELLS = ("value", "low", "high")


class Unread(Exception):
    """Why a row cannot be used."""

    def __init__(self, column: str, code: str, message: str, action: str) -> None:
        super().__init__(message)
        self.column, self.code, self.message, self.action = column, code, message, action


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
    value, unit, cell = _flag(record, one) if one.is_flag else _amount(record, named)
    fault = one.bounds.fault(value)
    if fault:
        share = unit.startswith("share") and value.high > 1
        hint = "write it with %: 2.5 %, or as a share: 0.025" if share else "correct it"
        raise Unread(_filled(record)[0], "stated_value", f"{one.name} {fault}", hint)
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


def _filled(record: Record) -> list[str]:
    """The cells of the row that hold a value."""
    found = [name for name in CELLS if record.get(name)]
    if not found:
        raise Unread("", "no_value", f"no value of {record.get('input')!r}; it stays unknown", "fill it in or leave it")
    return found


def _flag(record: Record, one: Input) -> tuple[Range, str, CellRef]:
    name, *more = _filled(record)
    meaning = bom_cells.meaning("flag", record.get(name))
    if more or not meaning:
        raise Unread(name, "stated_value", f"{one.name} is neither yes nor no", "write yes or no in the column value")
    return exact(1.0 if meaning == "yes" else 0.0), "flag", record.cells[name]


def _amount(record: Record, named: Named) -> tuple[Range, str, CellRef]:
    names = _filled(record)
    read = {name: _cell(record, name, named) for name in names}
    units = sorted({unit for _, unit in read.values()})
    if len(units) > 1:
        raise Unread(names[0], "stated_unit", f"the cells say {' and '.join(units)}", "give them in one unit")
    ends = {name: ends for name, (ends, _) in read.items()}
    return _range(ends, names, units[0]), units[0], record.cells[names[0]]


def _range(ends: Mapping[str, Ends], names: Sequence[str], unit: str) -> Range:
    """One range of the cells: a value alone may be a range; beside other cells it is the likeliest one."""
    value, low, high = (ends.get(name) for name in CELLS)
    if (low or high) and any(one.low != one.high for one in ends.values()):
        raise Unread(names[0], "stated_value", "a range stands beside another cell of the value",
                     "write the ends in low and high and the likeliest in value")  # fmt: skip
    least = low.low if low else value.low if value and not high else None
    most = high.high if high else value.high if value and not low else None
    if unit == "share":
        least, most = least or 0.0, 1.0 if most is None else most
    if least is None or most is None:
        raise Unread(names[0], "stated_value", "one end of the value is open", "give both ends")
    point = value.low if value and value.low == value.high else None
    if not least <= (least if point is None else point) <= most:
        raise Unread(names[0], "stated_value", "low, value and high are not in order", "correct them")
    return Range(least, most, least if least == most else point)


def _cell(record: Record, name: str, named: Named) -> tuple[Ends, str]:
    """The ends of one cell in the unit that the input is counted in, and that unit."""
    ends = read_ends(record.get(name), record.decimals.get(name, ""))
    if ends is None:
        raise Unread(name, "stated_value", f"{named.input.name} is not one figure or range, or has two readings",
                     "write one number, or its ends in low and high")  # fmt: skip
    beside = [text for text in (record.get("unit"), record.units.get(name, ""), named.unit) if text]
    unit, factor = _unit(ends.unit, beside, named.input, name)
    if (
        not ends.unit
        and factor == 0.01
        and record.ref.sheet
        and any(0 < one <= 1 for one in (ends.low, ends.high) if one)
    ):
        raise Unread(name, "stated_value", f"{named.input.name} may be a share or a percentage",
                     "write it with % in the cell")  # fmt: skip
    low, high = (None if end is None else end * factor for end in (ends.low, ends.high))
    if math.inf in (low, high):
        raise Unread(name, "stated_value", f"{named.input.name} is too large a number", "correct it")
    return Ends(low, high, unit), unit


def _unit(own: str, beside: Sequence[str], one: Input, column: str) -> tuple[str, float]:
    """The unit that a cell is counted in, and how many of it one of its figures is. Raises `Unread`."""
    texts = [own, *beside] if own else list(beside) or [""]
    found = {text: _counted(text, one) for text in texts}
    if own and found[own] is None and beside and _is_percent(own) and all(map(_is_percent, beside)):
        del found[own]  # "12 %" beside a unit "% CIF": the longer one tells what of
    for text, counted in found.items():
        if counted is None:
            said = f"the unit {text!r} is none of {one.name}" if text else f"no unit says what {one.name} is counted in"
            raise Unread("unit" if text != own else column, "stated_unit", said, f"write {example_unit(one)}")
    units = {counted[0] for counted in found.values() if counted}
    if len(units) > 1:
        raise Unread(column, "stated_unit", f"the units {' and '.join(map(repr, found))} contradict each other",
                     "keep one of them")  # fmt: skip
    return next(counted for counted in found.values() if counted)


def _counted(text: str, one: Input) -> tuple[str, float] | None:
    said = read_unit(text)
    return said and counted_in(said, one)


def _is_percent(text: str) -> bool:
    said = read_unit(text)
    return said is not None and said.factor == 0.01


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
