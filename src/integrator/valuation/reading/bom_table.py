"""The rows of one table of a bill of materials: the scale of its shares, which rows are lines, which are set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from integrator.errors import Problem
from integrator.records import CellRef
from integrator.text.numbers import Decimal
from integrator.valuation.reading import bom_cells
from integrator.valuation.reading.bom_row import SHARES, BomRow, RowReader, kind_of, row_problem


def read_bom_rows(
    rows: Sequence[Mapping[str, str]],
    file: str = "",
    sheet: str = "",
    numbers: Sequence[int] = (),
    units: Mapping[str, str] | None = None,
    decimals: Sequence[Mapping[str, Decimal]] = (),
) -> tuple[tuple[BomRow, ...], tuple[Problem, ...]]:
    """Rows of one table, keyed by the canonical columns -> lines, and problems.

    A cell that cannot be read is unknown, never 0. `numbers`: the row of the sheet of each (from 2 on when left out);
    `units`: what the heading of a field says in brackets, a currency or %, without which the figures of a share
    column tell whether it is in percent; `decimals`: by row and field the decimal sign, where its column tells it.
    """
    units = units or {}
    scales = {
        field: "percent"
        if _is_percent(units.get(field, ""))
        else bom_cells.scale_of(row.get(field, "") for row in rows)
        for field in SHARES
    }
    names_vehicles = any(bom_cells.said(row, "vehicle") for row in rows)
    found: list[BomRow] = []
    problems: list[Problem] = []
    signs = decimals or [{}] * len(rows)
    for row, number, sign in zip(rows, numbers or range(2, len(rows) + 2), signs, strict=True):
        ref = CellRef(file, sheet, number)
        fault = _fault(row, names_vehicles)
        if not fault:
            reader = RowReader(row, scales, ref, units, sign)
            found.append(reader.read())
            problems += reader.problems
        elif any(text.strip() for text in row.values()):
            problems.append(replace(row_problem(ref, "", "bom_row", fault, "fill it in"), severity="set_aside"))
    return tuple(found), tuple(problems)


def _is_percent(unit: str) -> bool:
    return unit.strip() in ("%", "٪")


def _fault(row: Mapping[str, str], names_vehicles: bool) -> str:
    """Why a row cannot be a line of the bill."""
    if not kind_of(row):
        return f"the kind {bom_cells.said(row, 'kind')!r} is neither purchase, assembly nor other"
    if kind_of(row) == "purchase" and not bom_cells.said(row, "line"):
        return "the row names no line"
    return "the row names no vehicle" if names_vehicles and not bom_cells.said(row, "vehicle") else ""
