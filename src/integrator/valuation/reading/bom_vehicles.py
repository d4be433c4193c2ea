"""Rows of bills of materials -> vehicles, and what is to be localised of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from integrator.errors import Problem
from integrator.records import CellRef
from integrator.valuation.bom import Line, Local, Vehicle
from integrator.valuation.bounds import total
from integrator.valuation.figures import Range
from integrator.valuation.reading.bom_row import BomRow, row_problem


def vehicles(rows: Sequence[BomRow]) -> tuple[tuple[Vehicle, ...], dict[str, dict[str, Local]], tuple[Problem, ...]]:
    """Rows -> vehicles in order of name, the lines to localise by vehicle and name, and problems.

    Assembly and other value are the sums of their rows, unknown without a row. Lines of one name are numbered by
    price. What a vehicle says in two ways (currency, volume, year) is unknown.
    """
    found: list[Vehicle] = []
    locals_: dict[str, dict[str, Local]] = {}
    problems: list[Problem] = []
    for name in sorted({row.vehicle for row in rows}):
        of_vehicle = sorted((row for row in rows if row.vehicle == name), key=_by_content)
        problems += _contradictions(name, of_vehicle)
        named = numbered(of_vehicle)
        found.append(_vehicle(name, of_vehicle, [line for line, _ in named]))
        local = {line.name: row.local for line, row in named if row.local is not None}
        if local:
            locals_[name] = local
    return tuple(found), locals_, tuple(problems)


def _vehicle(name: str, rows: Sequence[BomRow], lines: Sequence[Line]) -> Vehicle:
    currencies = _said(rows, "currency")
    is_mixed = len(currencies) > 1
    return Vehicle(
        name,
        tuple(replace(line, price=None) if is_mixed else line for line in lines),
        None if is_mixed else _sum(rows, "assembly"),
        None if is_mixed else _sum(rows, "other"),
        _only(_said(rows, "volume")),
        _only(currencies) or "",
        _only(_said(rows, "year")) or "",
        is_mixed,
    )


def _said(rows: Sequence[BomRow], what: str) -> set[Any]:
    """The different values of a field, without those that are not stated."""
    return {getattr(row, what) for row in rows} - {None, ""}


def _only(values: set[Any]) -> Any:
    return next(iter(values)) if len(values) == 1 else None


def _contradictions(name: str, rows: Sequence[BomRow]) -> list[Problem]:
    problems = []
    for what in ("currency", "volume", "year"):
        if len(_said(rows, what)) > 1:
            message = f"vehicle {name!r} has two values of {what}"
            odd = _odd_one([row for row in rows if getattr(row, what)], what)
            problems.append(row_problem(odd, what, "bom_contradiction", message, "give one for each vehicle"))
    return problems


def _odd_one(rows: Sequence[BomRow], what: str) -> CellRef:
    """The first row that says what fewest rows say."""
    counts = Counter(getattr(row, what) for row in rows)
    return min(rows, key=lambda row: (counts[getattr(row, what)], row.ref)).ref


def _by_content(row: BomRow) -> tuple[str, str, str, str, CellRef]:
    return (row.kind, row.line.name, f"{row.line!r} {row.local!r}", row.need_id, row.ref)


def numbered(of_vehicle: Sequence[BomRow]) -> list[tuple[Line, BomRow]]:
    """The purchases of a vehicle with names of their own and the row of each: the second of a name is `NAME (2)`."""
    rows = sorted((row for row in of_vehicle if row.kind == "purchase"), key=_by_content)
    seen: dict[str, int] = {}
    taken = {row.line.name for row in rows}
    named = []
    for row in rows:
        name = row.line.name
        seen[name] = seen.get(name, 0) + 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in taken:
            seen[name] += 1
        own = name if seen[name] == 1 else f"{name} ({seen[name]})"
        named.append((replace(row.line, name=own), row))
    return named


def _sum(rows: Sequence[BomRow], kind: str) -> Range | None:
    """The sum of the rows of a kind; None without one, or when one of them is not known."""
    prices = [row.line.price for row in rows if row.kind == kind]
    known = [price for price in prices if price is not None]
    return total(known) if prices and len(known) == len(prices) else None
