"""Any file an analyst is sent -> sheets of plain cells in their true places."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import python_calamine

from integrator.errors import Problem
from integrator.workbooks.delimited import decode, parse
from integrator.workbooks.guard import inspect
from integrator.workbooks.kinds import kind_of
from integrator.workbooks.limits import DEFAULT_LIMITS, MIB, Limits
from integrator.workbooks.refusing import note, refused, warning

CellValue = (
    str | float | int | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
)
Cells = tuple[tuple[CellValue, ...], ...]
State = Literal["visible", "hidden", "very_hidden"]

_STATES: tuple[tuple[python_calamine.SheetVisibleEnum, State], ...] = (
    (python_calamine.SheetVisibleEnum.Hidden, "hidden"),
    (python_calamine.SheetVisibleEnum.VeryHidden, "very_hidden"),
)
_SUFFIXES = {
    "xlsx": {".xlsx", ".xltx"}, "xlsm": {".xlsm"}, "xlsb": {".xlsb"}, "ods": {".ods"}, "xls": {".xls"},
    "parquet": {".parquet"}, "csv": {".csv", ".tsv", ".txt"},
}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[0][0]` is cell A1 wherever the used range begins; trailing blank rows are cut."""

    name: str
    state: State
    rows: Cells
    merges: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first row, first column, last row, last column, 1-based."""


@dataclass(frozen=True)
class Book:
    """One file as read."""

    file: str
    kind: str
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    delimiter: str = ""


def read_book(
    path: Path, shown_as: str, limits: Limits = DEFAULT_LIMITS, encoding: str = "", delimiter: str = ""
) -> Book:
    """Read a workbook or a delimited text. Raises `InputRefused`, and nothing else, on bad content."""
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            message = f"the file has {size // MIB} MiB, over the limit of {limits.file_bytes // MIB} MiB"
            raise refused(shown_as, "too_large", message, "split the file or raise [limits] in the job")
        kind = kind_of(path, shown_as)
        problems = _name_problems(path, kind, shown_as)
        if kind == "csv":
            return _read_text(path, shown_as, limits, encoding, delimiter, problems)
        if kind == "parquet":
            return _read_parquet(path, shown_as, limits, problems)
        return _read_workbook(path, shown_as, kind, limits, problems)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise refused(
            shown_as, "unreadable_path", f"the file cannot be read ({reason})", "check it"
        ) from error


def cell_text(value: CellValue) -> str:
    """The plain text of a cell: whole numbers without point, dates as ISO, blanks as "".

    >>> cell_text(312381.0), cell_text(0.1), cell_text(None), cell_text(datetime.date(2024, 3, 12))
    ('312381', '0.1', '', '2024-03-12')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _name_problems(path: Path, kind: str, shown_as: str) -> list[Problem]:
    problems = []
    if path.suffix.lower() not in _SUFFIXES[kind]:
        message = f"the name ends in {path.suffix!r} but the content is {kind}"
        problems.append(warning(shown_as, "wrong_suffix", message, "rename the file"))
    if kind == "xlsm":
        problems.append(
            warning(
                shown_as,
                "macros",
                "the workbook holds macros; values are read, macros ignored",
                "send an .xlsx",
            )
        )
    return problems


def _read_text(
    path: Path, shown_as: str, limits: Limits, encoding: str, delimiter: str, problems: list[Problem]
) -> Book:
    text, used_encoding = decode(path, shown_as, encoding)
    cells, used = parse(text.replace("\0", ""), shown_as, delimiter)
    if used_encoding not in ("utf-8", encoding):
        problems.append(note(shown_as, "encoding", f"read as {used_encoding}"))
    sheet = _sheet("", "visible", tuple(tuple(row) for row in cells), (0, 0), (), shown_as, limits, problems)
    return Book(shown_as, "csv", (sheet,), tuple(problems), used_encoding, used)


def _read_parquet(path: Path, shown_as: str, limits: Limits, problems: list[Problem]) -> Book:
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(path)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise refused(
            shown_as, "damaged_workbook", "the Parquet file is damaged", "export it again"
        ) from error
    columns = [[_plain(value) for value in column.to_pylist()] for column in table.columns]
    rows = (tuple(table.column_names), *zip(*columns, strict=True))
    sheet = _sheet("", "visible", tuple(rows), (0, 0), (), shown_as, limits, problems)
    return Book(shown_as, "parquet", (sheet,), tuple(problems))


def _plain(value: object) -> CellValue:
    if isinstance(value, list | tuple):
        return "; ".join(cell_text(_plain(item)) for item in value)
    if value is None or isinstance(value, str | float | int | bool | datetime.date | datetime.time):
        return value
    return str(value)


def _read_workbook(path: Path, shown_as: str, kind: str, limits: Limits, problems: list[Problem]) -> Book:
    if kind != "xls":
        inspect(path, shown_as, limits)
    damaged = "open and save it again in Excel"
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as workbook:
            sheets = tuple(
                _read_sheet(workbook, meta, kind, shown_as, limits, problems)
                for meta in workbook.sheets_metadata
                if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
            )
    except (python_calamine.CalamineError, ValueError, IndexError, OverflowError) as error:
        raise refused(
            shown_as, "damaged_workbook", "the workbook is damaged or incomplete", damaged
        ) from error
    if not sheets:
        raise refused(shown_as, "no_sheet", "the workbook has no readable sheet", damaged)
    return Book(shown_as, kind, sheets, tuple(problems))


def _read_sheet(
    workbook: python_calamine.CalamineWorkbook,
    meta: python_calamine.SheetMetadata,
    kind: str,
    shown_as: str,
    limits: Limits,
    problems: list[Problem],
) -> Sheet:
    sheet = workbook.get_sheet_by_name(meta.name)
    rows = tuple(
        tuple(None if value == "" else value for value in row)
        for row in sheet.to_python(skip_empty_area=True)
    )
    merges = () if kind in ("xlsb", "ods") else tuple(
        (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
        for first, last in sheet.merged_cell_ranges or ()
    )  # fmt: skip
    state: State = next((state for value, state in _STATES if meta.visible == value), "visible")
    return _sheet(meta.name, state, rows, sheet.start or (0, 0), merges, shown_as, limits, problems)


def _sheet(
    name: str, state: State, rows: Cells, start: tuple[int, int],
    merges: tuple[tuple[int, int, int, int], ...],
    shown_as: str, limits: Limits, problems: list[Problem],
) -> Sheet:  # fmt: skip
    """Rows put at their true place, trailing blanks cut, size checked."""
    last = max((i for i, row in enumerate(rows) if any(_filled(v) for v in row)), default=-1)
    width = max((len(row) for row in rows[: last + 1]), default=0) + start[1]
    if last + 1 + start[0] > limits.rows or width > limits.columns:
        message = f"{last + 1 + start[0]} rows x {width} columns, over {limits.rows} x {limits.columns}"
        raise refused(shown_as, "too_large", message, "split the sheet or raise [limits] in the job", name)
    if len(rows) - last > 1_000:
        extra = len(rows) - last - 1
        problems.append(
            note(shown_as, "blank_tail", f"{extra} blank rows below the table were left out", name)
        )
    placed = ((),) * start[0] + tuple((None,) * start[1] + row for row in rows[: last + 1])
    return Sheet(name, state, placed if last >= 0 else (), merges)


def _filled(value: CellValue) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))
