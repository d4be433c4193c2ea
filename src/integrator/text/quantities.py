"""Value cells -> quantities: number, unit, period, basis, year, as said and no more.

A cell is cut into parts (`;`, line break), a part into what stands outside and inside brackets, and these
into clauses (`,`). A clause gives values or only says something of the values beside it: "300000
batteries/an (2018; 500000 visé)" is 300,000 a year in 2018 and 500,000 a year planned. What can be read in
two ways is reported as unread. The words are data: see `quantity_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from integrator.records import Quantity
from integrator.text.clauses import Clause, read_clause
from integrator.text.numbers import Decimal, parse_number
from integrator.text.quantity_words import listed_units
from integrator.text.scanning import Token, plain, scan

_MILLIONS_OR_METRES = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d+)?m(?!\w)")
"""A few of a small m: English files write 1.5m for a million and a half, others for metres."""

About = Literal["headcount", "money", "volume", "machines"]


class Reading(NamedTuple):
    """What a cell says."""

    values: tuple[Quantity, ...]
    """In the order they stand."""
    unread: tuple[str, ...]
    """Figures that could be read in two ways, or not at all."""


@dataclass
class _Part:
    """What stands between two `;` of a cell: clauses outside brackets, and groups of clauses inside."""

    outside: list[list[Token]] = field(default_factory=list)
    groups: list[list[list[Token]]] = field(default_factory=list)


def read_by_grammar(text: str, about: About, unit: str = "", decimal: Decimal = "") -> Reading:
    """Read a cell token by token, together with the text of its unit cell or of the unit in its heading.

    >>> read_by_grammar("300000 batteries/an (2018; 500000 visé)", "volume").values[1].basis
    'planned'
    >>> [(q.low, q.high, q.unit) for q in read_by_grammar("CA > 3,1 MMDH (2018)", "money").values]
    [(3100000000.0, None, 'MAD')]
    >>> read_by_grammar("12-15 000 pièces", "volume")
    Reading(values=(), unread=('12-15 000',))
    """
    whole = plain(text).strip()
    number = parse_number(whole, decimal)
    if number is not None and not unit:
        name = "person" if about == "headcount" else ""
        return Reading((Quantity(number, number, name, raw=text),), ())
    if unit and number is None and contradicts(text, unit, about, decimal):
        return Reading((), (text,))
    joined = _with_unit(whole, plain(unit).strip()) if unit else whole
    if about == "volume" and millions_or_metres(whole) and not _in_metres(unit):
        return Reading((), (text,))
    found: list[Quantity] = []
    unread: list[str] = []
    for part in _parts(scan(joined, decimal)):
        values, faults = _read_part(part, about, found)
        found += values
        unread += faults
    if any(value.unit != "%" for value in found):
        found = [value for value in found if value.unit != "%"]  # a share beside a figure is a remark on it
    return Reading(tuple(replace(value, raw=text) for value in found), tuple(unread))


def says_unit(text: str, about: About) -> bool:
    """Whether a unit cell or the brackets of a heading hold a unit of the project lists, a period or a year.

    >>> says_unit("MMAD", "money"), says_unit("t/an", "volume"), says_unit("2023", "money"), says_unit("qx", "volume")
    (True, True, True, False)
    """
    beside = read_by_grammar("1", about, text)
    said = [replace(value, raw="") for value in beside.values]
    if {value.unit for value in said} - listed_units():
        return False
    return bool(beside.unread) or said != [replace(value, raw="") for value in read_by_grammar("1", about).values]


def _with_unit(text: str, unit: str) -> str:
    """The cell with its unit behind it; a unit cell may also hold a year only."""
    return f"{text} ({unit})" if unit[:1].isdigit() else f"{text} {unit}"


def millions_or_metres(text: str) -> bool:
    """Whether a small m hangs on a small figure.

    >>> millions_or_metres("1.5m"), millions_or_metres("120000m"), millions_or_metres("1.5 m")
    (True, False, False)
    """
    return _MILLIONS_OR_METRES.search(text) is not None


def _in_metres(unit: str) -> bool:
    return bool(unit) and any(value.unit == "m" for value in read_by_grammar(f"1 {unit}", "volume").values)


def contradicts(text: str, unit: str, about: About, decimal: Decimal = "") -> str:
    """How a cell and the unit beside it clash: `unit`, two different ones; `multiplier`, one each; else "".

    >>> contradicts("3 M€", "MMAD", "money"), contradicts("1,2 Md", "MMAD", "money"), contradicts("3", "MMAD", "money")
    ('unit', 'multiplier', '')
    """
    said = read_by_grammar(text, about, "", decimal).values
    own = {value.unit for value in said} - {"", "person"}
    beside = read_by_grammar(f"1 {unit}", about).values
    named = {value.unit for value in beside} - {""}
    if named and not own <= named:
        return "unit"
    twice = any(value.multiplied and not value.unit for value in said) and any(value.multiplied for value in beside)
    return "multiplier" if twice else ""


def _parts(tokens: list[Token]) -> Iterator[_Part]:
    part, depth = _Part([[]]), 0
    for token in tokens:
        if token.text == "(":
            depth += 1
            part.groups.append([[]])
        elif token.text == ")":
            depth = max(0, depth - 1)
        elif token.text == ";" and not depth:
            yield part
            part = _Part([[]])
        elif token.text == ";":
            part.groups.append([[]])
        elif token.text == "," and not depth and part.groups:
            yield part
            part = _Part([[]])
        elif token.text in (",", ":"):
            (part.groups[-1] if depth else part.outside).append([])
        else:
            (part.groups[-1] if depth else part.outside)[-1].append(token)
    yield part


def _read_part(part: _Part, about: About, before: list[Quantity]) -> tuple[list[Quantity], list[str]]:
    alone = not any(token.kind == "number" for clause in part.outside[1:] for token in clause)
    outside = [read_clause(tokens, about, first=alone) for tokens in part.outside]
    groups = [[read_clause(tokens, about, first=False, aside=True) for tokens in group] for group in part.groups]
    main = _qualified(outside, [])
    for group in groups:
        if _is_derived(group):
            rough = any(clause.values for clause in group)
            main = [replace(v, approximate=v.approximate or rough) for v in main]
            main = [_with(value, Clause(codes={"derived"})) for value in main]
        if not any(clause.values for clause in group) or len(group) > 1:
            main = [_with(value, _merged(group)) for value in main]
    inside = [value for group in groups if not _is_derived(group) for value in _qualified(group, [])]
    unread = [text for clause in [*outside, *(c for g in groups for c in g)] for text in clause.unread]
    values: list[Quantity] = []
    for index, value in enumerate([*main, *inside]):
        given = values[:1] or (before[:1] if index >= len(main) else before[-1:])
        heir = _inheriting(value, given)
        if heir is None:
            unread.append(f"{value.high if value.low is None else value.low:g}")
        else:
            values.append(heir)
    return values, unread


def _is_derived(group: list[Clause]) -> bool:
    return any("derived" in clause.codes for clause in group)


def _merged(group: list[Clause]) -> Clause:
    """What the clauses without a value of their own say together."""
    silent = [clause for clause in group if not clause.values]
    return Clause(
        codes={code for clause in silent for code in clause.codes},
        year=next((clause.year for clause in reversed(silent) if clause.year), None),
        period=next((clause.period for clause in silent if clause.period), ""),
    )


def _qualified(clauses: list[Clause], values: list[Quantity]) -> list[Quantity]:
    shared = _merged(clauses)
    for clause in clauses:
        values += [_with(_with(value, clause), shared) for value in clause.values]
    return values


def _with(value: Quantity, clause: Clause) -> Quantity:
    codes = {*value.basis.split(), *clause.codes}
    return replace(
        value,
        basis=" ".join(sorted(codes)),
        year=value.year or clause.year,
        period="" if "total" in codes else value.period or clause.period,
    )


def _inheriting(value: Quantity, given: list[Quantity]) -> Quantity | None:
    """A bare second figure takes unit and period of the first; None when the first said a multiplier it may share."""
    if value.unit or value.period or not given:
        return value
    first = given[0]
    if first.multiplied and (value.high or value.low or 0) < 1000:
        return None
    return replace(value, unit=first.unit, period=first.period)
