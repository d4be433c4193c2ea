"""Lines -> records, each value with its cell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from integrator import tables
from integrator.errors import Problem
from integrator.records import CellRef, EntityKind, Record
from integrator.sources.header import BUYER, Header
from integrator.sources.lines import Line
from integrator.sources.words import first_letters, says_nothing
from integrator.text.fold import fold
from integrator.text.heading_parts import with_year
from integrator.text.heading_words import said_of
from integrator.text.numbers import Decimal

_IDENTIFIER = re.compile(r"[A-Za-z]{1,4}[-_ ]?\d{1,8}")
_LEVEL = "confidentiality"
_PREFIX: Mapping[EntityKind, str] = {"supplier": "S", "need": "B"}
"""Kinds whose rows have an id of their own, and how a made one begins."""


class RowCells(Mapping[str, CellRef]):
    """The cell of each filled field of one row, made when asked for: a large file has millions of them."""

    __slots__ = ("_columns", "_fields", "_ref")

    def __init__(self, ref: CellRef, fields: Mapping[str, str], columns: Mapping[str, int]) -> None:
        self._ref, self._fields, self._columns = ref, fields, columns

    @property
    def columns(self) -> Mapping[str, int]:
        """Columns of the fields of the whole sheet."""
        return self._columns

    def __getitem__(self, field: str) -> CellRef:
        if field not in self._fields:
            raise KeyError(field)
        file, sheet, row, _ = self._ref
        return CellRef(file, sheet, row, self._columns[field])

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def build(
    line: Line, whole: Header, kind: EntityKind, file: str, sheet: str, decimal_signs: Mapping[int, Decimal]
) -> Iterator[Record | Problem]:
    """The records of one data line; a `Problem` where a required value is blank.

    `decimal_signs` are those of its columns.
    """
    header = whole.of_row(line.cells)
    silent, fields = first_letters(), header.fields
    values = {
        fields[c]: text
        for c, text in line.cells.items()
        if c in fields and not (text[0] in silent and says_nothing(text))
    }
    extras = {header.texts[c]: line.cells[c] for c in header.unmapped if c in line.cells}
    decimals = {fields[c]: sign for c, sign in decimal_signs.items() if c in fields}
    units = {
        fields[c]: unit
        for c, text in line.cells.items()
        if c in fields and (unit := _unit(header, c, text, decimal_signs.get(c, "")))
    }
    ref = CellRef(file, sheet, line.row)
    cells = RowCells(ref, values, header.columns)
    blank = [field for field in tables.REQUIRED[kind] if field not in values and not _from_columns(field, header)]
    if blank:
        first = next(iter(line.cells.values()))
        yield Problem(
            file, sheet, line.row, blank[0], "missing_required", "set_aside",
            f"no {blank[0]} in this row", "fill it or delete the row", first[:200],
        )  # fmt: skip
        return
    if not header.buyers:
        yield Record(kind, ref, values, cells, extras, units, decimals)
        return
    wide = [(column, buyer) for column, buyer in header.buyers.items() if not says_nothing(line.cells.get(column, ""))]
    if not wide:
        yield Problem(
            file, sheet, line.row, "", "no_buyer", "set_aside",
            "no buyer column is filled in this row", "put a need id or a volume under a buyer",
        )  # fmt: skip
    for column, buyer in wide:
        cell = CellRef(file, sheet, line.row, column)
        own = {BUYER: buyer, _meaning(line.cells[column]): line.cells[column]}
        yield Record(
            kind, ref, values | own, {**cells, **dict.fromkeys(own, cell)}, extras, units, decimals,
        )  # fmt: skip


def _unit(header: Header, column: int, text: str, decimal: Decimal) -> str:
    """The unit and year that a heading says of a cell."""
    unit = header.units.get(column, "") or _said(text, header.said.get(column, ""), decimal)
    return with_year(unit, header.years.get(column, ""))


def _said(text: str, unit: str, decimal: Decimal) -> str:
    """What the name of a heading says of a cell: all of it where the figure is bare, else what the cell leaves open."""
    return unit if not unit or _is_bare(text) else said_of(text, unit, decimal)


def _is_bare(text: str) -> bool:
    """Whether a cell holds a figure and no word of its own."""
    return bool(text) and not any(sign.isalpha() for sign in text.rstrip().rstrip("kKM"))


def _from_columns(field: str, header: Header) -> bool:
    return bool(header.buyers) and field == "need_id"


def _meaning(text: str) -> str:
    """Under a buyer stands the id of the need, or else the volume it buys a year."""
    return "need_id" if _IDENTIFIER.fullmatch(text) else "annual_volume"


def with_identifier(record: Record) -> Record:
    """The record with an id; a missing one is made from the content, whatever the row order.

    Who may see the row is no content: what people said of a project stays with it when that changes.
    """
    if record.kind not in _PREFIX:
        return record
    field = tables.IDENTIFIERS[record.kind]
    if record.get(field):
        return record
    content = "\n".join(f"{name}={fold(text)}" for name, text in sorted(record.values.items()) if name != _LEVEL)
    made = f"{_PREFIX[record.kind]}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"
    return replace(record, values={**record.values, field: made}, cells={**record.cells, field: record.ref})
