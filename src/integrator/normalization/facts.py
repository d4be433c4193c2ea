"""Every filled cell as a fact with its place and its source; a cell with several figures is several facts.

The table is built a field at a time, column by column, texts by number: a file of 100,000 rows holds two million facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from integrator import tables
from integrator.normalization.choosing import Stated, choose, list_fields
from integrator.normalization.pools import Numbers, Pool
from integrator.normalization.values import FieldReading, ValueField, read_record_field, value_fields
from integrator.records import CellRef, EntityKind, Quantity, Record
from integrator.text.dates import read_date

if TYPE_CHECKING:
    import pandas as pd

PRESS, RECEIVED = "E4", "E3"
"""Evidence classes: public press or web with an address; a file received without one."""
_ABOUT = {"source_title", "source_url", "source_date", "confidence", "confidentiality"}
_SOURCES = ("source_title", "source_url", "source_date", "confidence")
_NAN, _NO_YEAR = float("nan"), -(10**9)
_UNREAD = FieldReading(ValueField("", "", "", False, None, None))
_READ: dict[str, type[np.generic] | None] = {
    "low": np.float64, "high": np.float64, "unit": None, "period": None, "basis": None, "year": np.int64,
    "approximate": None, "start": None, "end": None,
}  # fmt: skip
"""Columns of what a cell was read as: the type of numbers, None for texts."""
_Columns = dict[str, NDArray[Any]]
"""Columns of facts: numbers, or the numbers of texts in `_Pools`."""
_Pools = dict[str, Pool]
_CELL = ("file", "sheet", "letters", "row")
_PLACE = ("entity", "entity_id", "field", *_CELL)
"""What orders facts, and then their part; a cell is in order by its letters, then by its row as text."""


def facts_table(suppliers: Sequence[Record], needs: Sequence[Record]) -> pd.DataFrame:
    """One row a filled field, or a figure of it (`tables.FACTS`); `chosen` marks the value in use and says why."""
    pools: _Pools = {name: Pool() for name, kind in tables.FACTS.columns if kind in ("text", "flag")}
    pools |= {"letters": Pool(), "row": Pool()}
    sides: tuple[tuple[EntityKind, Sequence[Record]], ...] = (("need", needs), ("supplier", suppliers))
    blocks = []
    for kind, records in sides:
        of_records = _of_records(kind, records, pools)
        blocks += [_block(kind, field, records, of_records, pools) for field in _fields(kind, records)]
    if not blocks:
        return tables.empty(tables.FACTS)
    return _table({name: np.concatenate([block.pop(name) for block in blocks]) for name in list(blocks[0])}, pools)


def _table(columns: _Columns, pools: _Pools) -> pd.DataFrame:
    """The facts in order; a column of texts exists once it is asked for, and what is written twice once."""
    import pandas as pd

    order = np.lexsort([columns["part"], *(pools[name].ranks()[columns[name]] for name in reversed(_PLACE))])
    found: dict[str, Any] = {}
    for name in tables.FACTS.names:
        if name == "raw":
            found[name] = found["value"]
        elif name == "cell":
            letters, rows = (tables.spread(pools[one].texts, columns[one][order]) for one in ("letters", "row"))
            found[name] = letters + rows
        elif name == "year":
            years = columns[name][order]
            found[name] = pd.arrays.IntegerArray(years, years == _NO_YEAR)
        else:
            values = columns[name][order]
            found[name] = tables.spread(pools[name].texts, values) if name in pools else values
    return tables.check(tables.FACTS, pd.DataFrame(found, copy=False))


def _of_records(kind: EntityKind, records: Sequence[Record], pools: _Pools) -> dict[str, Numbers]:
    """What all facts of a record share, by record."""
    own = tables.IDENTIFIERS[kind]
    texts = {name: [record.get(name) for record in records] for name in _SOURCES}
    texts["entity_id"] = [record.get(own) for record in records]
    texts["evidence_class"] = [_evidence(record) for record in records]
    return {name: pools[name].of(some) for name, some in texts.items()}


def _fields(kind: str, records: Sequence[Record]) -> list[str]:
    present = {field for record in records for field in record.values}
    return [field for field in tables.FIELDS[kind] if field in present - _ABOUT]


def _block(
    kind: EntityKind, field: str, records: Sequence[Record], of_records: Mapping[str, Numbers], pools: _Pools
) -> _Columns:
    """The facts of one field."""
    shared = field == tables.IDENTIFIERS[kind]
    held = [i for i, one in enumerate(records) if one.values.get(field) and not (shared and one.continues)]
    filled = [records[i] for i in held]
    if field in value_fields(kind):
        readings = [read_record_field(record, field) for record in filled]
    else:
        readings = [_UNREAD] * len(filled)
    cell, part = _parts(readings)
    place = np.array(held, dtype=np.int64)[cell]
    columns: _Columns = {name: numbers[place] for name, numbers in of_records.items()}
    columns |= {name: numbers[cell] for name, numbers in _cells(field, filled, pools).items()}
    columns |= {
        name: np.full(len(cell), pools[name](text), np.int32) for name, text in (("entity", kind), ("field", field))
    }
    columns |= {"part": part + 1} | _read_columns(readings, cell, part, pools)
    return columns | _choice(field, filled, readings, columns, cell, pools)


def _parts(readings: Sequence[FieldReading]) -> tuple[Numbers, Numbers]:
    """Of each fact its cell, and its place among those of the cell: each figure is one, or what is no figure."""
    counts = np.array([len(reading.quantities) or 1 for reading in readings], dtype=np.int64)
    cell = np.repeat(np.arange(len(counts)), counts)
    return cell, np.arange(len(cell)) - (np.cumsum(counts) - counts)[cell]


def _cells(field: str, records: Sequence[Record], pools: _Pools) -> dict[str, Numbers]:
    """What a field says in each record, and where."""
    files, sheets, letters, rows = (pools[name] for name in _CELL)
    known: dict[int, str] = {}
    places: list[int] = []
    for record in records:  # no list of cells: a million small things would be looked through again and again
        file, sheet, row, column = record.cells[field]
        if column not in known:
            known[column] = CellRef("", "", 0, column).letters
        places += (files(file), sheets(sheet), letters(known[column]), rows(str(row)))
    found = dict(zip(_CELL, np.array(places, dtype=np.int32).reshape(-1, len(_CELL)).T, strict=True))
    return found | {"value": pools["value"].of([record.values[field] for record in records])}


def _read_columns(readings: Sequence[FieldReading], cell: Numbers, part: Numbers, pools: _Pools) -> _Columns:
    """What the cells were read as; a reading that many cells share is taken apart once."""
    once = {id(reading): reading for reading in readings}
    numbers = {key: i for i, key in enumerate(once)}
    lines = [_said(reading) for reading in once.values()]
    starts = np.cumsum([0, *(len(some) for some in lines)])
    of = np.array([numbers[id(reading)] for reading in readings], dtype=np.int64)
    place = starts[of[cell]] + part
    flat = [line for some in lines for line in some]
    columns = zip(*flat, strict=True) if flat else ((),) * len(_READ)
    return {
        name: (np.array(values, dtype=dtype) if dtype else pools[name].of(values))[place]
        for (name, dtype), values in zip(_READ.items(), columns, strict=True)
    }


def _said(reading: FieldReading) -> list[tuple[Any, ...]]:
    """The columns of `_READ`, a line for each figure of a cell, or one for the period or the nothing that it says."""
    period = reading.period
    if reading.quantities:
        return [
            (
                _NAN if one.low is None else one.low, _NAN if one.high is None else one.high, one.unit, one.period,
                one.basis, _NO_YEAR if one.year is None else one.year, "yes" if one.approximate else "no", "", "",
            )
            for one in reading.quantities
        ]  # fmt: skip
    if period:
        start, end = period.start, period.end
        return [(_NAN, _NAN, "", period.precision, period.open, start.year, "", start.isoformat(), end.isoformat())]
    return [(_NAN, _NAN, "", "", "", _NO_YEAR, "", "", "")]


def _choice(
    field: str, records: Sequence[Record], readings: Sequence[FieldReading], columns: _Columns, cell: Numbers,
    pools: _Pools,
) -> _Columns:  # fmt: skip
    """Which value of each entity is in use; only where there are several is there a choice."""
    used = np.full(len(cell), pools["chosen"]("yes"), np.int32)
    why = np.full(len(cell), pools["choice"]("only"), np.int32)
    owner = columns["entity_id"]
    rivals = np.flatnonzero(np.bincount(owner)[owner] > 1)
    if len(rivals) and (records[0].kind, field) in list_fields():
        why[rivals] = pools["choice"]("list")
        return {"chosen": used, "choice": why}
    groups: dict[int, list[int]] = {}
    for index in rivals.tolist():
        groups.setdefault(int(owner[index]), []).append(index)
    for indices in groups.values():
        values = []
        for index in indices:
            of, number = int(cell[index]), int(columns["part"][index])
            figures = readings[of].quantities
            values.append(stated(records[of], field, figures[number - 1] if figures else Quantity(None, None), number))
        for index, (in_use, reason) in zip(indices, choose(values), strict=True):
            used[index], why[index] = pools["chosen"]("yes" if in_use else "no"), pools["choice"](reason)
    return {"chosen": used, "choice": why}


def stated(record: Record, field: str, quantity: Quantity, number: int) -> Stated:
    """A value with what decides between it and others; `number` is its order in the cell."""
    cell = record.cells[field]
    said = read_date(record.get("source_date"), serial=True)
    place = (cell.file, cell.sheet, cell.row, cell.column)
    return Stated(quantity, said.start.year if said else None, _evidence(record), place, number)


def _evidence(record: Record) -> str:
    return PRESS if record.get("source_url") else RECEIVED
