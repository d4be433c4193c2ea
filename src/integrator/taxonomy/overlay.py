"""The file of a project's own words: read with the place of every row, and added to, whole or not at all.

One row a label, a link or a term to leave alone. A row that says a `kind` also makes a concept of the project's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from integrator.errors import InputRefused, OutputError, Problem
from integrator.workbooks import cell_text, read_book
from integrator.workbooks.writing import delimited_text

NEEDED = ("concept", "lang", "type", "text")
COLUMNS = (*NEEDED, "kind", "broader", "added_by", "added_on", "note")
IGNORED = "ignored"
LINKS = ("made_by", "made_of")
_HEAD = (
    "# Words of this project beside the shipped lexicon. Columns: concept (an id of the lexicon or one of your own,"
    " X-...), lang (fr en ar es de), type (pref alt abbr hidden = a name in the column text, made_by made_of = text is"
    " the id of a process or material, ignored = the term in text is left without a concept), text, kind and broader"
    " (only where a concept of your own is named first: component process material certification, and its wider"
    " family), added_by, added_on, note."
)


@dataclass(frozen=True)
class Place:
    """Where a row was read, and what its columns are called there."""

    file: str
    sheet: str
    row: int
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column of the overlay -> what a message calls it, where that differs."""

    def fault(self, column: str, code: str, message: str, action: str) -> Problem:
        """A refusal of the row."""
        return Problem(
            self.file, self.sheet, self.row, self.columns.get(column, column), code, "refused", message, action
        )


@dataclass(frozen=True)
class OverlayRow:
    """One row of the file, as typed."""

    concept: str
    lang: str
    type: str
    text: str
    kind: str = ""
    broader: str = ""
    added_by: str = ""
    added_on: str = ""
    note: str = ""
    place: Place = field(default=Place("", "", 0), compare=False)


def read_overlay(path: Path) -> tuple[OverlayRow, ...]:
    """The rows of a file, nothing judged but its shape; none when it does not exist.

    Raises `InputRefused` when it cannot be read, lacks a column, has an unknown one or a row with too many cells.
    """
    if not path.exists():
        return ()
    lines, header, _ = _table(path)
    names = lines[header] if header >= 0 else []
    faults = _shape_faults(path.name, names, header)
    if faults:
        raise InputRefused(faults)
    rows = []
    for number, cells in enumerate(lines[header + 1 :], start=header + 2):
        if not any(cells) or _is_comment(cells):
            continue
        place = Place(path.name, "", number)
        if any(cells[len(names) :]):
            message = f"the row has {len(cells)} cells, not {len(names)}"
            faults.append(place.fault("", "too_many_cells", message, "put a text that holds the delimiter in quotes"))
        values = dict(zip(names, cells, strict=False))
        rows.append(OverlayRow(**{name: values.get(name, "") for name in COLUMNS}, place=place))
    if faults:
        raise InputRefused(faults)
    return tuple(rows)


def append(path: Path, rows: Sequence[OverlayRow]) -> None:
    """Add rows to the file; the new file takes the place of the old one when it is complete.

    What is there stays as typed, comments too; columns that it lacks are added. Raises `OutputError` when it cannot
    be written, `InputRefused` when it cannot be read.
    """
    lines, header, delimiter = _table(path) if path.exists() else ([[_HEAD], list(COLUMNS)], 1, ",")
    lines[header] += [name for name in COLUMNS if name not in lines[header]]
    names = lines[header]
    for row in rows:
        values = {name: getattr(row, name) for name in COLUMNS}
        lines.append([values.get(name, "") for name in names])
    unfinished = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # with a mark in front, by which spreadsheets know UTF-8
        unfinished.write_text(_text(lines, delimiter), encoding="utf-8-sig", newline="")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path}: cannot be written ({reason}): close it where it is open and check rights."
        ) from error


def _table(path: Path) -> tuple[list[list[str]], int, str]:
    """The cells of a file, the position of its header row (-1 = none) and its delimiter."""
    book = read_book(path, path.name)
    lines = [[cell_text(value).strip() for value in row] for row in book.sheets[0].rows]
    header = next((i for i, cells in enumerate(lines) if any(cells) and not _is_comment(cells)), -1)
    if header >= 0:
        while lines[header] and not lines[header][-1]:
            lines[header].pop()
    return lines, header, book.delimiter or ","


def _is_comment(cells: Sequence[str]) -> bool:
    return next((cell for cell in cells if cell), "").startswith("#")


def _shape_faults(file: str, names: Sequence[str], header: int) -> list[Problem]:
    place = Place(file, "", header + 1)
    listed = ", ".join(COLUMNS)
    faults = [
        place.fault(name, "missing_column", f"there is no column {name!r}", f"the columns are: {listed}")
        for name in NEEDED
        if name not in names
    ]
    faults += [
        place.fault(name, "unknown_column", f"{name!r} is no column of this file", f"the columns are: {listed}")
        for name in names
        if name not in COLUMNS
    ]
    faults += [
        place.fault(name, "two_columns", f"the column {name!r} stands twice", "delete one")
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    return faults


def _text(lines: Sequence[Sequence[str]], delimiter: str) -> str:
    """Comments as they are, rows as delimited text."""
    return "".join(
        delimiter.join(cells).rstrip(delimiter) + "\n" if _is_comment(cells) else delimited_text([cells], delimiter)
        for cells in lines
    )
