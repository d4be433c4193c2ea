"""Any file an analyst is sent -> sheets of plain cells in their true places."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import python_calamine

from integrator.errors import Problem
from integrator.workbooks.cells import CellValue, says_something
from integrator.workbooks.delimited import decode, parse
from integrator.workbooks.extent import Extent
from integrator.workbooks.guard import inspect
from integrator.workbooks.kinds import kind_of
from integrator.workbooks.limits import DEFAULT_LIMITS, MIB, Limits
from integrator.workbooks.parquet import read_parquet
from integrator.workbooks.refusing import RAISE_LIMITS, SAVE_AGAIN, damaged, note, protected, refused, warning
from integrator.workbooks.remarks import blank_tail, remarks

Cells = tuple[tuple[CellValue, ...], ...]
Merges = tuple[tuple[int, int, int, int], ...]
State = Literal["visible", "hidden", "very_hidden"]

_SUFFIXES = {
    "xlsx": {".xlsx", ".xltx"}, "xlsm": {".xlsm", ".xltm"}, "xlsb": {".xlsb"}, "ods": {".ods", ".ots"},
    "xls": {".xls", ".xlt"}, "parquet": {".parquet"}, "csv": {".csv", ".tsv", ".txt"},
}  # fmt: skip
_WITHOUT_MERGES = ("xlsb", "ods")  # the parser gives none; those of an .ods come from the guard


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[0][0]` is cell A1 wherever the used range begins; trailing blank rows are cut."""

    name: str
    state: State
    rows: Cells
    merges: Merges = ()
    """Merged ranges that hold rows of the sheet: first row, first column, last row, last column,
    1-based and inclusive; the last row is at most the last of `rows`."""

    def at(self, row: int, column: int) -> CellValue:
        """The value of a cell, 1-based; None beyond the last of its row."""
        cells = self.rows[row - 1]
        return cells[column - 1] if column <= len(cells) else None


@dataclass(frozen=True)
class Book:
    """One file as read."""

    file: str
    kind: str
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    """Empty for a workbook and for a text of one column."""


def read_book(
    path: Path, shown_as: str, limits: Limits = DEFAULT_LIMITS, encoding: str = "", delimiter: str = ""
) -> Book:
    """Read a workbook, a delimited text or a Parquet table; `shown_as` is its name in every message.

    `encoding` and `delimiter` are for delimited text and win over what is found. Raises `InputRefused`
    with one problem, and nothing else, whatever the file holds.
    """
    try:
        _check_file(path, shown_as, limits)
        kind = kind_of(path, shown_as)
        problems = _name_problems(path, kind, shown_as)
        if kind == "csv":
            return _read_text(path, shown_as, limits, encoding, delimiter, problems)
        if kind == "parquet":
            rows = _trimmed(read_parquet(path, shown_as, limits))
            return Book(shown_as, kind, (Sheet("", "visible", rows),), tuple(problems))
        return _read_workbook(path, shown_as, kind, limits, problems)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be opened"
        raise refused(
            shown_as,
            "unreadable_path",
            f"the file cannot be read ({reason})",
            "check the path and its rights",
        ) from error


def _check_file(path: Path, shown_as: str, limits: Limits) -> None:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise refused(shown_as, "unreadable_path", "this is a folder, not a file", "name a file")
    if not stat.S_ISREG(found.st_mode):
        raise refused(shown_as, "unreadable_path", "this is a device or a special file", "name a regular file")
    if found.st_size > limits.file_bytes:
        message = f"the file has {found.st_size // MIB} MiB, over the limit of {limits.file_bytes // MIB} MiB"
        raise refused(shown_as, "too_large", message, RAISE_LIMITS)


def _name_problems(path: Path, kind: str, shown_as: str) -> list[Problem]:
    problems = []
    if path.suffix.lower() not in _SUFFIXES[kind]:
        what = "delimited text" if kind == "csv" else f".{kind}"
        message = f"the name ends in {path.suffix!r} but the content is {what}; read as such"
        problems.append(warning(shown_as, "wrong_suffix", message, "rename the file"))
    if kind == "xlsm":
        message = "the workbook holds macros; its values are read, the macros are not"
        problems.append(warning(shown_as, "macros", message, "send an .xlsx"))
    return problems


def _read_text(
    path: Path, shown_as: str, limits: Limits, encoding: str, delimiter: str, problems: list[Problem]
) -> Book:
    text, used_encoding = decode(path, shown_as, encoding)
    clean = text.replace("\0", "")
    if len(clean) < len(text):
        message = f"{len(text) - len(clean)} NUL characters were left out"
        problems.append(warning(shown_as, "control_characters", message, "check the export of this file"))
    lines = parse(clean, shown_as, limits, delimiter)
    if used_encoding not in ("utf-8", encoding):
        problems.append(note(shown_as, "encoding", f"the text is read as {used_encoding}"))
    if lines.tall:
        message = "a cell holds more than 50 lines, as between two stray quotation marks"
        action = "check the quotation marks of this row"
        problems.append(warning(shown_as, "tall_cell", message, action, row=lines.tall))
    last = len(lines.cells)
    problems += blank_tail(shown_as, "", last, last + lines.blank_tail)
    sheet = Sheet("", "visible", tuple(lines.cells))
    return Book(shown_as, "csv", (sheet,), tuple(problems), used_encoding, lines.delimiter)


def _read_workbook(path: Path, shown_as: str, kind: str, limits: Limits, problems: list[Problem]) -> Book:
    extents = inspect(path, shown_as, kind, limits)
    sheets: list[Sheet] = []
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as workbook:
            _refuse_equal_names(workbook.sheet_names, shown_as)
            for index, meta in enumerate(workbook.sheets_metadata):
                if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
                    extent = extents[index] if index < len(extents) else Extent(shown_as, meta.name, limits)
                    sheet = _read_sheet(workbook, index, meta, kind, extent)
                    problems += remarks(extent, len(sheet.rows))
                    sheets.append(sheet)
    except python_calamine.PasswordError as error:
        raise protected(shown_as) from error
    except (python_calamine.CalamineError, ValueError, IndexError, OverflowError) as error:
        raise damaged(shown_as) from error
    except BaseException as error:
        # A panic of the parser's compiled code derives from BaseException and has no importable name.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(shown_as) from error
    if not sheets:
        raise refused(shown_as, "no_sheet", "the workbook has no readable sheet", SAVE_AGAIN)
    return Book(shown_as, kind, tuple(sheets), tuple(problems))


def _read_sheet(
    workbook: python_calamine.CalamineWorkbook,
    index: int,
    meta: python_calamine.SheetMetadata,
    kind: str,
    extent: Extent,
) -> Sheet:
    sheet = workbook.get_sheet_by_index(index)
    height, width = (sheet.total_height, sheet.total_width) if sheet.end else (0, 0)
    if height * width > extent.limits.cells:  # the parser saw what the guard did not
        raise damaged(extent.file, meta.name)
    first_row, first_column = sheet.start or (0, 0)
    found = tuple(tuple([None if value == "" else value for value in row]) for row in sheet.to_python())
    rows = _trimmed(((),) * first_row + tuple((None,) * first_column + row for row in found))
    if kind in _WITHOUT_MERGES:
        merges: Sequence[tuple[int, int, int, int]] = extent.merges
    else:
        merges = [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
    return Sheet(meta.name, _state(meta), rows, _clipped(merges, len(rows), extent))


def _refuse_equal_names(names: Sequence[str], shown_as: str) -> None:
    """The parser finds sheets by name: of two equal names it would give the first sheet twice."""
    for index, name in enumerate(names):
        if name in names[:index]:
            message = f"two sheets are named {name!r}"
            raise refused(shown_as, "duplicate_sheet", message, "rename one of them", name)


def _state(meta: python_calamine.SheetMetadata) -> State:
    if meta.visible == python_calamine.SheetVisibleEnum.Hidden:
        return "hidden"
    return "very_hidden" if meta.visible == python_calamine.SheetVisibleEnum.VeryHidden else "visible"


def _trimmed(rows: Cells) -> Cells:
    last = next((i for i in range(len(rows), 0, -1) if any(map(says_something, rows[i - 1]))), 0)
    return rows[:last]


def _clipped(merges: Sequence[tuple[int, int, int, int]], last: int, extent: Extent) -> Merges:
    """Merged ranges cut at the last row, in order; a flood of overlapping ones is refused."""
    kept = sorted((a, b, min(c, last), d) for a, b, c, d in merges if a <= last and (a, b) != (c, d))
    if sum((c - a + 1) * (d - b + 1) for a, b, c, d in kept) > extent.limits.cells:
        raise damaged(extent.file, extent.sheet)
    return tuple(kept)
