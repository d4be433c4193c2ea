"""Rows under one merged id or name: one supplier over several lines, or needs that share an id.

A supplier's further rows keep only what they say themselves; they are joined with the first later, so that every
fact keeps its own cell. Rows in other towns or zones are other sites, unless one id is merged over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from integrator.errors import Problem
from integrator.records import Record
from integrator.sources.header import Header
from integrator.sources.lines import Line
from integrator.text.fold import fold

_SITE = ("city", "zone")


class MergedRows:
    """The records of one sheet, row by row: which of them go on with one above."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._heads: list[Record] = []
        """The supplier of the latest row, and those before it that share a merged cell with it."""
        self.notes: list[Problem] = []
        """One for each need whose id was numbered."""

    def settle(self, record: Record, line: Line) -> Record:
        """The record as it stands, as a further row of a supplier above, or with an id of its own."""
        if not line.down:
            self._heads = [record]
            return record
        down = {self._header.fields[c]: row for c, row in line.down.items() if c in self._header.fields}
        heads = reversed(self._heads) if record.kind == "supplier" else ()
        head = next((head for head in heads if _goes_on(record, head, down)), None)
        if head:
            return _further(record, head, down)
        self._heads = [*(self._heads if "name" in down else ()), record]
        if record.kind == "need" and "need_id" in down and not self._header.buyers:
            return self._numbered(record, down)
        return _with_origins(record, down) if down else record

    def _numbered(self, record: Record, down: Mapping[str, int]) -> Record:
        ref, identifier = record.ref, record.get("need_id")
        numbered = f"{identifier}.{ref.row - down['need_id'] + 1}"
        message = f"the id {identifier} is merged over several needs; this one is {numbered}"
        self.notes.append(
            Problem(ref.file, ref.sheet, ref.row, "need_id", "merged_id", "note", message, "", identifier)
        )
        record = _with_origins(record, down)
        return replace(record, values={**record.values, "need_id": numbered})


def _goes_on(record: Record, head: Record, down: Mapping[str, int]) -> bool:
    if "supplier_id" in down:
        return record.get("supplier_id") == head.get("supplier_id")
    if "name" not in down or record.cells["supplier_id"].column or record.get("name") != head.get("name"):
        return False  # the id of a made one has the address of the whole row
    return not any(record.get(field) and fold(record.get(field)) != fold(head.get(field)) for field in _SITE)


def _further(record: Record, head: Record, down: Mapping[str, int]) -> Record:
    own = {field: text for field, text in record.values.items() if field not in {*down, "supplier_id"}}
    cells = {field: record.cells[field] for field in own} | {"supplier_id": head.cells["supplier_id"]}
    values = {"supplier_id": head.values["supplier_id"], **own}
    return replace(record, values=values, cells=cells, continues=head.ref.row)


def _with_origins(record: Record, down: Mapping[str, int]) -> Record:
    """Filled values have the address of the merged cell."""
    cells = dict(record.cells)
    for field in down.keys() & cells.keys():
        cells[field] = cells[field]._replace(row=down[field])
    return replace(record, cells=cells)
