"""The lines of a calculator, filled from a valuation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from integrator import data
from integrator.project_sheets.calculator.arithmetic import End, value_of
from integrator.project_sheets.valuations import MISSING

if TYPE_CHECKING:
    from integrator.project_sheets.valuations import Row, Valued

LINES = "project_sheets/calculator.csv"
_SAME = 1e-9
"""Relative difference below which a formula gives back a figure."""


@dataclass(frozen=True)
class Line:
    """One line: an input to fill in or change, or a formula; ends that are not known, or have no end, are absent."""

    name: str
    is_input: bool
    unit: str
    low: float | None
    high: float | None
    formulas: tuple[str, str] = ("", "")
    above_zero: str = ""
    kind: str = ""
    """Of an input: `stated`, `default`, `assumption`, `derived`, or "" when it is asked for."""
    is_estimated: bool = False


def lines_of(valued: Valued) -> tuple[Line, ...]:
    """The lines of both blocks, each only where it gives back the figures; costs only where all are known.

    No cell holds an infinite number: an end that is open is blank, and so is a break-even that no volume reaches.
    """
    value = _block(valued, "value", {})
    if value is None:
        return ()
    cost = _block(valued, "cost", {End(one.name, side): end for one in value for side, end in _ends(one)})
    return value + (cost or ())


def _block(valued: Valued, block: str, known: dict[End, float]) -> tuple[Line, ...] | None:
    """The lines of a block, None where a figure is not given back, or a cost lacks."""
    found: list[Line] = []
    for row in data.rows(LINES):
        if row["block"] != block or not _is_wanted(valued, row, block):
            continue
        line = _input(valued, row) if row["kind"] == "input" else _formula(valued, row, known, found)
        if block == "cost" and (line.low is None or line.high is None) and not _is_out_of_reach(valued, row["figure"]):
            return None
        known |= {End(line.name, side): end for side, end in _ends(line)}
        if not _gives_back(valued, row["figure"], line):
            return None
        found.append(line)
    return tuple(found)


def _is_wanted(valued: Valued, row: Mapping[str, str], block: str) -> bool:
    if not row["when"]:
        return True
    figure = "gross_import_replaced" if block == "value" else "local_unit_cost"
    name = row["when"].lstrip("!")
    return (_stated(valued, figure, name) is not None) != row["when"].startswith("!")


def _input(valued: Valued, row: Mapping[str, str]) -> Line:
    figure, _, name = row["source"].partition(":")
    found = _stated(valued, figure, name) if name else valued.figure(figure)
    if found is None or found["low"] is None or (not name and found["status"] == MISSING):
        return Line(row["name"], True, row["unit"], None, None)
    kind = str(found["kind"]) if name else ("default" if valued.is_estimated(figure) else "derived")
    low, high = (None if math.isinf(end) else end for end in (found["low"], found["high"]))
    return Line(
        row["name"], True, str(found["unit"] or row["unit"]), low, high, kind=kind,
        is_estimated=kind in ("default", "assumption"),
    )  # fmt: skip


def _formula(valued: Valued, row: Mapping[str, str], known: Mapping[End, float], before: list[Line]) -> Line:
    low, high = value_of(row["low"], known), value_of(row["high"], known)
    if row["above_zero"]:
        divisor = value_of(row["above_zero"], known)
        low, high = (low, high) if divisor is not None and divisor > 0 else (None, None)
    figure = valued.figure(row["figure"]) if row["figure"] else None
    unit = row["unit"] or (str(figure["unit"]) if figure else "") or _unit(row, before)
    estimated = row["figure"] != "" and valued.is_estimated(row["figure"])
    return Line(row["name"], False, unit, low, high, (row["low"], row["high"]), row["above_zero"],
                is_estimated=estimated)  # fmt: skip


def _unit(row: Mapping[str, str], before: list[Line]) -> str:
    """The unit of a line that is no figure: that of a yearly cost before it."""
    return next((one.unit for one in before if one.name == "fixed_cost"), "") if row["name"] == "yearly" else ""


def _stated(valued: Valued, figure: str, name: str) -> Row | None:
    return next((one for one in valued.inputs.get(figure, ()) if one["input"] == name), None)


def _ends(line: Line) -> Iterator[tuple[str, float]]:
    for side, end in (("low", line.low), ("high", line.high)):
        if end is not None:
            yield side, end


def _gives_back(valued: Valued, name: str, line: Line) -> bool:
    """Whether a line equals its figure, both ends, blank for infinite; a figure that is not known asks for nothing."""
    row = valued.figure(name) if name else None
    if row is None or row["status"] == MISSING:
        return True
    return _is_same(line.low, row["low"]) and _is_same(line.high, row["high"])


def _is_same(end: float | None, stated: float | None) -> bool:
    if end is None or stated is None:
        return end is None and stated is not None and math.isinf(stated)
    return math.isclose(end, stated, rel_tol=_SAME)


def _is_out_of_reach(valued: Valued, name: str) -> bool:
    row = valued.figure(name) if name else None
    return row is not None and row["low"] == math.inf
