"""Two folders of `integrator run`, file by file: what differs between versions of libraries."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

_VERSIONS = "manifest.json"
"""Says the versions of the libraries, so it differs where they do."""
_HEIGHT = re.compile(rb' ht="[0-9.]+"| customHeight="1"')
"""XlsxWriter 3.3.1 rounds the height of a row to whole pixels, 3.2 does not."""


def differences(ours: Path, theirs: Path) -> list[str]:
    """One line a file that is on one side only or differs; of a table also the columns that differ."""
    files = [{file.relative_to(top) for file in top.rglob("*") if file.is_file()} for top in (ours, theirs)]
    lines = [f"{name}: on one side only" for name in sorted(files[0] ^ files[1])]
    for name in sorted(files[0] & files[1]):
        if name.name != _VERSIONS:
            lines += [f"{name}: {what}" for what in _of_file(ours / name, theirs / name)]
    return lines


def _of_file(ours: Path, theirs: Path) -> list[str]:
    if ours.read_bytes() == theirs.read_bytes():
        return []
    if ours.suffix == ".csv":
        return [_of_table(ours, theirs)]
    if ours.suffix == ".xlsx":
        return _of_workbook(ours, theirs)
    return ["other bytes"]


def _of_table(ours: Path, theirs: Path) -> str:
    tables = [list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))) for file in (ours, theirs)]
    if len(tables[0]) != len(tables[1]):
        return f"{len(tables[0])} and {len(tables[1])} rows"
    cells = [
        (column, row[column], other.get(column))
        for row, other in zip(*tables, strict=True)
        for column in row
        if row[column] != other.get(column)
    ]
    said = ", ".join(sorted({column for column, _, _ in cells}))
    return f"{len(cells)} cells of {said or 'no column'} differ" + (f", as {cells[0][1:]}" if cells else "")


def _of_workbook(ours: Path, theirs: Path) -> list[str]:
    with zipfile.ZipFile(ours) as one, zipfile.ZipFile(theirs) as other:
        if sorted(one.namelist()) != sorted(other.namelist()):
            return ["other parts"]
        parts = [name for name in one.namelist() if _part(one, name) != _part(other, name)]
    return [f"{name} differs" for name in parts]


def _part(book: zipfile.ZipFile, name: str) -> bytes:
    return _HEIGHT.sub(b"", book.read(name))
