"""The records of all bills of materials of a job -> `Bills`, and what could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from integrator.errors import Problem
from integrator.records import CellRef, Record
from integrator.text.fold import fold
from integrator.valuation.bills import Bills
from integrator.valuation.reading.bom_row import BomRow
from integrator.valuation.reading.bom_table import read_bom_rows
from integrator.valuation.reading.bom_vehicles import numbered, vehicles


def read_bills(records: Iterable[Record]) -> tuple[Bills, tuple[Problem, ...]]:
    """The records of all bills -> vehicles, and what could not be read; the order of rows and files does not count.

    Rows of one vehicle join, whatever sheet or file they stand in and however its name is spelt (case, accents,
    punctuation). A sheet that names no vehicle is one of its own, called as its file.
    """
    tables: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.ref):
        tables[record.ref.file, record.ref.sheet].append(record)
    rows: list[BomRow] = []
    problems: list[Problem] = []
    for (file, sheet), group in tables.items():
        found, faults = read_bom_rows(
            [record.values for record in group],
            file,
            sheet,
            [record.ref.row for record in group],
            _units(group),
            [record.decimals for record in group],
        )
        rows += [replace(row, vehicle=row.vehicle or _name(file, sheet, tables)) for row in found]
        problems += faults
    rows = _of_one_spelling(rows)
    made, locals_, faults = vehicles(rows)
    lines = _lines(rows)
    codes, doubts = _codes(rows)
    lines_of: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, row in lines.items():
        if row.need_id:
            lines_of[row.need_id].append(key)
    cells = {key: str(row.ref) for key, row in lines.items()}
    of = {need_id: tuple(sorted(keys)) for need_id, keys in sorted(lines_of.items())}
    return Bills(made, locals_, of, cells, _added(rows), codes), tuple(sorted({*problems, *faults, *doubts}))


def _added(rows: Iterable[BomRow]) -> dict[tuple[str, str], str]:
    """The rows of assembly and margin of each vehicle."""
    refs: dict[tuple[str, str], list[CellRef]] = defaultdict(list)
    for row in rows:
        if row.kind != "purchase":
            refs[row.vehicle, row.kind].append(row.ref)
    return {key: "; ".join(map(str, sorted(of))) for key, of in sorted(refs.items())}


def _units(group: Sequence[Record]) -> dict[str, str]:
    """What the headings of a sheet say in brackets, by field."""
    return {name: unit for record in group for name, unit in record.units.items()}


def _name(file: str, sheet: str, tables: Iterable[tuple[str, str]]) -> str:
    """The name of a vehicle that its sheet does not say: of the file, whole or with the sheet where need be."""
    stem = PurePosixPath(file).stem
    alike = {one for one, _ in tables if PurePosixPath(one).stem == stem}
    sheets = [one for one, _ in tables if one == file]
    return (file if len(alike) > 1 else stem) + (f" [{sheet}]" if len(sheets) > 1 else "")


def _of_one_spelling(rows: Sequence[BomRow]) -> list[BomRow]:
    """The rows with one spelling of each vehicle, the first in alphabetical order."""
    spelt: dict[str, str] = {}
    for row in rows:
        key = fold(row.vehicle) or row.vehicle
        spelt[key] = min(spelt.get(key, row.vehicle), row.vehicle)
    return [replace(row, vehicle=spelt[fold(row.vehicle) or row.vehicle]) for row in rows]


def _codes(rows: Sequence[BomRow]) -> tuple[dict[str, str], list[Problem]]:
    """Vehicle -> the tariff code of its rows of assembly; without one where they differ."""
    found: dict[str, list[BomRow]] = defaultdict(list)
    for row in rows:
        if row.kind == "assembly" and row.line.hs_code:
            found[row.vehicle].append(row)
    codes: dict[str, str] = {}
    problems: list[Problem] = []
    for name, coded in sorted(found.items()):
        said = sorted({row.line.hs_code for row in coded})
        if len(said) == 1:
            codes[name] = said[0]
            continue
        ref = min(row.ref for row in coded)
        message = f"vehicle {name!r} has the codes {', '.join(said)}"
        action = "give one code in its rows of assembly"
        problems.append(
            Problem(ref.file, ref.sheet, ref.row, "hs_code", "bom_contradiction", "warning", message, action)
        )
    return codes, problems


def _lines(rows: Sequence[BomRow]) -> dict[tuple[str, str], BomRow]:
    """(vehicle, line) -> its row, sorted."""
    of_vehicle: dict[str, list[BomRow]] = defaultdict(list)
    for row in rows:
        of_vehicle[row.vehicle].append(row)
    return {
        (name, line.name): row
        for name in sorted(of_vehicle)
        for line, row in sorted(numbered(of_vehicle[name]), key=lambda pair: pair[0].name)
    }
