"""The one gate through which cells leave: input text stays inert, bytes are the same twice."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError

from integrator.errors import OutputError

if TYPE_CHECKING:
    import pandas as pd

LONGEST_CELL = 32_767
"""What one cell holds, in UTF-16 units: a sign outside the basic plane counts twice."""
LAST_ROW = 1_048_576
_LONGEST_LINK = 2_000
_LONGEST_FOOTER = 60
_LONGEST_HEADER = 120
_CUT = " […]"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BIDI = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WAKES_UP = ("=", "+", "-", "@", "\t", "\r")
_ESCAPED_IN_LINKS = re.compile(r"[\[\]^`{}%\"<>]")
_NOT_A_DATE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed document date, read by nobody)
_RESERVED = {"history"}
_NOTHING = {"NAType", "NaTType"}
"""Unknown values of pandas, by name: the gate needs no pandas to write a workbook."""

Format = Any
Worksheet = Any


def clean(text: str) -> str:
    """Text fit for a cell: no control or direction characters, cut with a visible mark when too long."""
    plain = _BIDI.sub("", _UNWRITABLE.sub("", text))
    if plain.startswith("<r>") and plain.endswith("</r>"):
        plain += " "  # the library would take the text for the XML of a rich string and write it raw
    return plain if _units(plain) <= LONGEST_CELL else _cut(plain)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _cut(text: str) -> str:
    kept = text.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(_CUT))]
    return kept.decode("utf-16-le", errors="ignore") + _CUT


def footer_text(text: str, longest: int = _LONGEST_FOOTER) -> str:
    """Text that a page footer or header shows as it is: no codes, one line, short."""
    return " ".join(clean(text).split())[:longest].replace("&", "&&")


def sheet_name(name: str, taken: set[str]) -> str:
    """A valid and unique name for a sheet, made of an identifier; adds it to `taken` (folded case)."""
    plain = re.sub(r"[\[\]:*?/\\'\t\r\n]", "-", clean(name).strip()) or "-"
    if plain.casefold() in _RESERVED:
        plain += "-"
    candidate, number = plain[:31], 1
    while candidate.casefold() in taken:
        number += 1
        tail = f"~{number}"
        candidate = plain[: 31 - len(tail)] + tail
    taken.add(candidate.casefold())
    return candidate


def sheet_names(names: Sequence[str]) -> list[str]:
    """The names that sheets asked for in this order will get, so that links can be written before the sheets."""
    taken: set[str] = set()
    return [sheet_name(name, taken) for name in names]


class WorkbookWriter:
    """A new workbook whose every text is written as text.

    `created` is the document date; without one a fixed date is used, so that two runs give one file. `notice` is a
    sentence that every page bears in its header.
    The file appears under its name when it is complete; nothing is left behind by a failure.
    """

    def __init__(self, path: Path, title: str, created: datetime.date | None = None, notice: str = "") -> None:
        self.notice = " ".join(notice.split())
        self._path = path
        self._unfinished = path.with_name(f".{path.name}.part")
        self._workbook = xlsxwriter.Workbook(
            str(self._unfinished),
            {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        moment = datetime.datetime.combine(created, datetime.time()) if created else _NOT_A_DATE
        self._workbook.set_properties({"title": clean(title)[:255], "author": "", "created": moment})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names: set[str] = set()

    def __enter__(self) -> WorkbookWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            return
        try:
            self._workbook.close()
            self._unfinished.replace(self._path)
        except (OSError, XlsxFileError) as failure:
            self._unfinished.unlink(missing_ok=True)
            raise OutputError(
                f"{self._path}: cannot be written: close it where it is open and check the folder, space and rights."
            ) from failure

    def sheet(self, name: str) -> Worksheet:
        """A new sheet; its real name may differ from the one wished for: see `sheet_name`."""
        sheet = self._workbook.add_worksheet(sheet_name(name, self._names))
        if self.notice:
            sheet.set_header(f"&C&8 {footer_text(self.notice, _LONGEST_HEADER)}", {"margin": 0.15})
        return sheet

    def chart(self, kind: str) -> Any:
        """A new chart of this workbook, to be filled by `workbooks.charts`."""
        return self._workbook.add_chart({"type": kind})

    def style(self, properties: Mapping[str, Any]) -> Format:
        """A cell format, shared by all cells of the same look."""
        key = tuple(properties.items())
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(dict(properties))
        return self._formats[key]

    def put(self, sheet: Worksheet, row: int, column: int, value: object, style: Mapping[str, Any]) -> None:
        """Write one cell (0-based): numbers as numbers, everything else as inert text, nothing as blank."""
        number = None if isinstance(value, bool) or not isinstance(value, Real) else float(value)
        if number is not None and math.isfinite(number):
            sheet.write_number(row, column, number, self.style(style))
            return
        value = None if number is not None else value
        text = "" if value is None or type(value).__name__ in _NOTHING else clean(str(value))
        if text.startswith(_WAKES_UP):
            style = {**style, "quote_prefix": True}
        if text:
            sheet.write_string(row, column, text, self.style(style))
        else:
            sheet.write_blank(row, column, None, self.style(style))

    def put_across(
        self, sheet: Worksheet, row: int, first: int, last: int, value: object, style: Mapping[str, Any]
    ) -> None:
        """Write one value over several columns."""
        if last > first:
            sheet.merge_range(row, first, row, last, "", self.style(style))
        self.put(sheet, row, first, value, style)

    def link(self, sheet: Worksheet, row: int, column: int, address: str, text: str, style: Mapping[str, Any]) -> None:
        """A web address as a link; anything but a plain http or https address stays text."""
        room = _LONGEST_LINK - 2 * len(_ESCAPED_IN_LINKS.findall(address))
        if re.fullmatch(r"https?://[^\s\"<>\\]+", address) and _units(address) <= room:
            sheet.write_url(row, column, address, self.style(style), clean(text))
        else:
            self.put(sheet, row, column, text, style)

    def link_sheet(
        self, sheet: Worksheet, row: int, column: int, name: str, text: str, style: Mapping[str, Any], line: int = 0
    ) -> None:
        """A link to a line (0-based) of another sheet of this workbook, by its real name (see `sheet_names`)."""
        sheet.write_url(row, column, f"internal:'{name}'!A{line + 1}", self.style(style), clean(text))


def delimited_text(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Rows as delimited text that a spreadsheet opens safely, by the rule of `write_csv`."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return stream.getvalue()


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """A table as UTF-8 CSV that a spreadsheet opens safely.

    A text that begins with = + - @ tab or return, and is no number, gets a leading apostrophe
    (the rule of OWASP); numbers have at most ten significant digits, so that equal runs are equal bytes.
    """
    columns = {str(name): _csv_values(frame[name]) for name in frame.columns}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _csv_values(column: pd.Series) -> list[str]:
    """The cells of a column as text; a text is made inert once, however often it stands there."""
    if column.dtype.kind == "f":
        return ["" if math.isnan(value) else f"{value:.10g}" for value in column.tolist()]
    if column.dtype.kind in "iub":
        unknown = column.isna().tolist()
        return ["" if blank else str(value) for value, blank in zip(column.tolist(), unknown, strict=True)]
    known: dict[object, str] = {}
    values = column.astype(object).where(column.notna(), "").tolist()
    return [known[value] if value in known else known.setdefault(value, _inert(str(value))) for value in values]


def _inert(text: str) -> str:
    plain = clean(text)
    if plain.startswith(_WAKES_UP) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
        return f"'{plain}"
    return plain
