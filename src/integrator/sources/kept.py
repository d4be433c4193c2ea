"""What a file gave, kept for the next run under its bytes and all that decides how they are read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from typing import Any, NamedTuple, cast

import numpy as np

from integrator.cache import Arrays, Cache, Kind, mark, packed, unpacked
from integrator.errors import Problem
from integrator.records import CellRef, ColumnMapping, EntityKind, Record, SheetCount
from integrator.sources.building import RowCells
from integrator.sources.one_file import FileResult, Options, read_file
from integrator.workbooks import InputFile

KIND = Kind("file", 64)
WORTH_KEEPING = 200_000
"""Bytes from which a file is kept: a smaller one is read nearly as soon as looked up."""


def read_or_kept(file: InputFile, kind: EntityKind, options: Options, cache: Cache) -> tuple[FileResult, bool]:
    """What `read_file` gives, and whether it was found in the cache. Raises `InputRefused` as `read_file` does."""
    name = _mark(file, kind, options) if cache else ""
    if not name:
        return read_file(file, kind, options), False
    kept = cache.get(KIND, name, lambda arrays: _unpacked(arrays, file.shown_as, kind))
    if kept is not None:
        return kept, True
    fresh = read_file(file, kind, options)
    refused = any(problem.severity == "refused" for problem in fresh.problems)
    if not refused and _mark(file, kind, options) == name:  # else it was written to while it was read
        arrays = _packed(fresh)
        if arrays is not None:
            cache.put(KIND, name, arrays)
    return fresh, False


def _mark(file: InputFile, kind: EntityKind, options: Options) -> str:
    """The name of the entry of a file; "" for one that is small or cannot be read."""
    try:
        with file.path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size < WORTH_KEEPING:
                return ""
            content = hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
    own = sorted(item for item in options.header_rows.items() if item[0].startswith(file.shown_as))
    how = (options.include_hidden, options.limits, options.encoding, options.delimiter, own)
    return mark(content, kind, file.shown_as, file.path.name, repr(how), options.mappings.told(kind))


class _Shape(NamedTuple):
    """What rows have in common: where their values stand and what is said of them beside the texts."""

    fields: tuple[str, ...]
    """Of the values, in their order."""
    celled: tuple[str, ...]
    """Of the cells, in their order; () = as the values."""
    columns: tuple[int, ...]
    above: tuple[int, ...]
    """Rows from a value up to its cell, where one is merged over several; () = all stand in the row itself."""
    extras: tuple[str, ...]
    units: tuple[tuple[str, str], ...]
    decimals: tuple[tuple[str, str], ...]


def _packed(result: FileResult) -> Arrays | None:
    """None for what cannot be told exactly in this form."""
    shapes: dict[_Shape, int] = {}
    texts: dict[str, int] = {}
    rows: list[tuple[int, int, int, int]] = []
    said: list[int] = []
    place: dict[tuple[object, ...], tuple[int, ...]] = {}
    for record in result.records:
        shape = _shape(record, place)
        if shape is None:
            return None
        sheet = texts.setdefault(record.ref.sheet, len(texts))
        rows.append((shapes.setdefault(shape, len(shapes)), sheet, record.ref.row, record.continues))
        said += [texts.setdefault(text, len(texts)) for text in record.values.values()]
        said += [texts.setdefault(text, len(texts)) for text in record.extras.values()]
    if any(Problem(*astuple(one)) != one for one in result.problems):
        return None  # a text that is masked once more would change
    beside = {
        "shapes": list(shapes),
        "problems": [astuple(one) for one in result.problems],
        "counts": [astuple(one) for one in result.counts],
        "mapped": [astuple(one) for one in result.mapped],
    }
    return packed(texts) | {
        "rows": np.asarray(rows, dtype=np.int64).reshape(-1, 4),
        "said": np.asarray(said, dtype=np.int32),
        "beside": np.frombuffer(json.dumps(beside).encode(), dtype=np.uint8),
    }


def _shape(record: Record, place: dict[tuple[object, ...], tuple[int, ...]]) -> _Shape | None:
    """`place` remembers the columns of the fields of rows met before."""
    ref, fields, cells = record.ref, tuple(record.values), record.cells
    celled = tuple(cells)
    above: tuple[int, ...] = ()
    if ref.column:
        return None
    if isinstance(cells, RowCells) and celled == fields:
        key = (id(cells.columns), fields)
        columns = place.get(key) or place.setdefault(key, tuple(cells.columns[field] for field in fields))
    else:
        found = list(cells.values())
        if any((cell.file, cell.sheet) != (ref.file, ref.sheet) for cell in found):
            return None
        columns = tuple(cell.column for cell in found)
        above = tuple(ref.row - cell.row for cell in found)
    return _Shape(
        fields, celled if celled != fields else (), columns, above if any(above) else (), tuple(record.extras),
        tuple(record.units.items()), tuple(record.decimals.items()),
    )  # fmt: skip


def _unpacked(arrays: Arrays, file: str, kind: EntityKind) -> FileResult:
    beside = json.loads(arrays["beside"].tobytes())
    texts = unpacked(arrays)
    said = list(map(texts.__getitem__, arrays["said"].tolist()))
    shapes = [_Laid(*shape) for shape in beside["shapes"]]
    records, start = [], 0
    for number, sheet, row, continues in arrays["rows"].tolist():
        shape = shapes[number]
        middle = start + shape.width
        end = middle + len(shape.extras)
        values = dict(zip(shape.fields, said[start:middle], strict=True))
        extras = dict(zip(shape.extras, said[middle:end], strict=True)) if middle < end else {}
        ref = CellRef(file, texts[sheet], row)
        cells = shape.cells(ref, values)
        records.append(Record(kind, ref, values, cells, extras, shape.units, shape.decimals, continues))
        start = end
    return FileResult(
        tuple(records),
        tuple(_made(Problem, beside["problems"])),
        tuple(_made(SheetCount, beside["counts"])),
        tuple(_made(ColumnMapping, beside["mapped"])),
    )


class _Laid:
    """A shape in the form that its rows take things from."""

    def __init__(self, *given: Any) -> None:
        shape = _Shape(*given)
        self.fields, self.extras, self.width = tuple(shape.fields), tuple(shape.extras), len(shape.fields)
        self.units, self.decimals = dict(shape.units), dict(shape.decimals)
        self._columns = dict(zip(shape.celled or shape.fields, shape.columns, strict=True))
        self._above = shape.above or [0] * len(shape.columns)
        self._plain = not (shape.celled or shape.above)

    def cells(self, ref: CellRef, values: Mapping[str, str]) -> Mapping[str, CellRef]:
        """The cell of each value of a row."""
        if self._plain:
            return RowCells(ref, values, self._columns)
        return {
            field: CellRef(ref.file, ref.sheet, ref.row - up, column)
            for (field, column), up in zip(self._columns.items(), self._above, strict=True)
        }


def _made(of: type, rows: Iterable[Any]) -> list[Any]:
    return [cast("Any", of)(*row) for row in rows]
