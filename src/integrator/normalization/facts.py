"""Every filled cell as a fact with its place and its source; a cell with several figures is several facts.

The table is built a field at a time, column by column: a file of 100,000 rows holds two million facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from integrator import tables
from integrator.normalization.choosing import Stated, choose, list_fields
from integrator.normalization.values import FieldReading, read_record_field, value_fields
from integrator.records import EntityKind, Quantity, Record
from integrator.text.dates import read_date

if TYPE_CHECKING:
    import pandas as pd

PRESS, RECEIVED = "E4", "E3"
"""Evidence classes: public press or web with an address; a file received without one."""
_ABOUT = {"source_title", "source_url", "source_date", "confidence", "confidentiality"}
_NAN = float("nan")
_Columns = dict[str, list[Any]]


def facts_table(suppliers: Sequence[Record], needs: Sequence[Record]) -> pd.DataFrame:
    """One row a filled field, or a figure of it (`tables.FACTS`); `chosen` marks the value in use and says why."""
    sides: tuple[tuple[EntityKind, Sequence[Record]], ...] = (("need", needs), ("supplier", suppliers))
    blocks = [_block(kind, field, records) for kind, records in sides for field in _fields(kind, records)]
    return tables.frame(
        tables.FACTS, {name: [value for block in blocks for value in block[name]] for name in tables.FACTS.names}
    )


def _fields(kind: str, records: Sequence[Record]) -> list[str]:
    present = {field for record in records for field in record.values}
    return [field for field in tables.FIELDS[kind] if field in present - _ABOUT]


def _block(kind: EntityKind, field: str, records: Sequence[Record]) -> _Columns:
    """The facts of one field."""
    shared = field == tables.IDENTIFIERS[kind]
    filled = [record for record in records if record.get(field) and not (shared and record.continues)]
    grammar = value_fields(kind).get(field)
    read = [read_record_field(record, field) for record in filled] if grammar else [None] * len(filled)
    parts: list[tuple[Record, FieldReading | None, Quantity | None, int]] = []
    for record, reading in zip(filled, read, strict=True):
        figures: tuple[Quantity | None, ...] = reading.quantities if reading else ()
        parts += [(record, reading, figure, i) for i, figure in enumerate(figures or (None,), start=1)]
    return _plain_columns(kind, field, [part[0] for part in parts]) | _read_columns(parts) | _choice(parts, field)


def _plain_columns(kind: EntityKind, field: str, records: Sequence[Record]) -> _Columns:
    cells = [record.cells[field] for record in records]
    texts = [record.values[field] for record in records]
    size = len(records)
    return {
        "entity": [kind] * size,
        "entity_id": [record.get(tables.IDENTIFIERS[kind]) for record in records],
        "field": [field] * size,
        "value": texts,
        "raw": texts,
        "file": [cell.file for cell in cells],
        "sheet": [cell.sheet for cell in cells],
        "cell": [cell.cell for cell in cells],
        "source_title": [record.get("source_title") for record in records],
        "source_url": [record.get("source_url") for record in records],
        "source_date": [record.get("source_date") for record in records],
        "confidence": [record.get("confidence") for record in records],
        "evidence_class": [_evidence(record) for record in records],
    }


def _read_columns(parts: Sequence[tuple[Record, FieldReading | None, Quantity | None, int]]) -> _Columns:
    figures = [figure for _, _, figure, _ in parts]
    periods = [reading.period if reading else None for _, reading, _, _ in parts]
    return {
        "part": [number for *_, number in parts],
        "low": [_NAN if f is None or f.low is None else f.low for f in figures],
        "high": [_NAN if f is None or f.high is None else f.high for f in figures],
        "unit": [f.unit if f else "" for f in figures],
        "period": [f.period if f else p.precision if p else "" for f, p in zip(figures, periods, strict=True)],
        "basis": [f.basis if f else p.open if p else "" for f, p in zip(figures, periods, strict=True)],
        "year": [f.year if f else p.start.year if p else None for f, p in zip(figures, periods, strict=True)],
        "approximate": ["" if f is None else "yes" if f.approximate else "no" for f in figures],
        "start": [p.start.isoformat() if p else "" for p in periods],
        "end": [p.end.isoformat() if p else "" for p in periods],
    }


def _choice(parts: Sequence[tuple[Record, FieldReading | None, Quantity | None, int]], field: str) -> _Columns:
    """Which value of each entity is in use; the values of one field stand in `parts`."""
    used, why = ["yes"] * len(parts), ["only"] * len(parts)
    groups: dict[str, list[int]] = {}
    for index, (record, *_) in enumerate(parts):
        groups.setdefault(record.get(tables.IDENTIFIERS[record.kind]), []).append(index)
    for indices in groups.values():
        if len(indices) > 1 and (parts[indices[0]][0].kind, field) in list_fields():
            for index in indices:
                why[index] = "list"
        elif len(indices) > 1:
            values = [stated(parts[i][0], field, parts[i][2] or Quantity(None, None), parts[i][3]) for i in indices]
            for index, (in_use, reason) in zip(indices, choose(values), strict=True):
                used[index], why[index] = "yes" if in_use else "no", reason
    return {"chosen": used, "choice": why}


def stated(record: Record, field: str, quantity: Quantity, number: int) -> Stated:
    """A value with what decides between it and others; `number` is its order in the cell."""
    cell = record.cells[field]
    said = read_date(record.get("source_date"), serial=True)
    place = (cell.file, cell.sheet, cell.row, cell.column)
    return Stated(quantity, said.start.year if said else None, _evidence(record), place, number)


def _evidence(record: Record) -> str:
    return PRESS if record.get("source_url") else RECEIVED
