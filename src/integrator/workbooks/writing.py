"""The one gate through which cells leave: input text stays inert, bytes are the same twice."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.utility import xl_rowcol_to_cell

from integrator.errors import OutputError
from integrator.workbooks.direction import MirroredSheet, mirror_chart, mirrored

if TYPE_CHECKING:
    pass

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
_SEEN_WHEN_BLANK = frozenset(("bg_color", "top", "bottom", "left", "right"))
_NOTHING = {"NAType", "NaTType"}
"""Unknown values of pandas, by name: the gate needs no pandas to write a workbook."""

Format = Any
Worksheet = Any


def clean(text: str) -> str:
    """Text fit for a cell: no control or direction characters, cut with a visible mark when too long."""
    if text.isprintable() and len(text) <= LONGEST_CELL // 2 and not text.startswith("<r>"):
        return text  # nothing of what is looked for below is printable
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


def cell_name(row: int, column: int, *, is_fixed: bool = False) -> str:
    """`B3` for row 2 and column 1, `$B$3` when fixed."""
    return str(xl_rowcol_to_cell(row, column, row_abs=is_fixed, col_abs=is_fixed))


class WorkbookWriter:
    """A new workbook whose every text is written as text.

    `created` is the document date; without one a fixed date is used, so that two runs give one file. `notice` is a
    sentence that every page bears in its header. `rtl`: every sheet runs from the right, and looks given as for the
    left are mirrored (`workbooks.direction`).
    The file appears under its name when it is complete; nothing is left behind by a failure.
    """

    def __init__(
        self, path: Path, title: str, created: datetime.date | None = None, notice: str = "", *, rtl: bool = False
    ) -> None:
        self.rtl = rtl
        self.notice = " ".join(notice.split())
        self._path = path
        self._unfinished = path.with_name(f".{path.name}.part")
        self._temporary = tempfile.TemporaryDirectory(prefix="integrator-", ignore_cleanup_errors=True)
        # of its own: what the library left of a workbook that failed would hold text of inputs
        self._workbook = xlsxwriter.Workbook(
            str(self._unfinished),
            {
                "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
                "tmpdir": self._temporary.name,
            },
        )  # fmt: skip
        moment = datetime.datetime.combine(created, datetime.time()) if created else _NOT_A_DATE
        self._properties: dict[str, Any] = {"title": clean(title)[:255], "author": "", "created": moment}
        self._workbook.set_properties(dict(self._properties))
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names: set[str] = set()
        self._mirrored: list[Any] = []

    def __enter__(self) -> WorkbookWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._temporary:
            if kind is None:
                self._close()

    def _close(self) -> None:
        for chart in self._mirrored if self.rtl else ():
            mirror_chart(chart)
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
        sheet = self._workbook.add_worksheet(sheet_name(name, self._names), MirroredSheet if self.rtl else None)
        if self.notice:
            sheet.set_header(f"&C&8 {footer_text(self.notice, _LONGEST_HEADER)}", {"margin": 0.15})
        return sheet

    def chart(self, kind: str, subtype: str = "", *, keeps_sides: bool = False) -> Any:
        """A new chart of this workbook, to be filled by `workbooks.charts`.

        One that `keeps_sides` is not mirrored where sheets run from the right: a map has east on the right everywhere.
        """
        options = {"type": kind, "subtype": subtype} if subtype else {"type": kind}
        made = self._workbook.add_chart(options)
        if not keeps_sides:
            self._mirrored.append(made)
        return made

    def style(self, properties: Mapping[str, Any]) -> Format:
        """A cell format, shared by all cells of the same look; mirrored on sheets that run from the right."""
        return self._format(mirrored(properties) if self.rtl else properties)

    def _look(self, properties: Mapping[str, Any], text: str) -> Format:
        """The format of a cell that shows this text, or a number with the words of its format."""
        return self._format(mirrored(properties, text) if self.rtl else properties)

    def _format(self, properties: Mapping[str, Any]) -> Format:
        key = tuple(properties.items())
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(dict(properties))
        return self._formats[key]

    def put(self, sheet: Worksheet, row: int, column: int, value: object, style: Mapping[str, Any]) -> None:
        """Write one cell (0-based): numbers as numbers, everything else as inert text, nothing as blank."""
        number = None if isinstance(value, bool) or not isinstance(value, Real) else float(value)
        if number is not None and math.isfinite(number):
            sheet.write_number(row, column, number, self._look(style, str(style.get("num_format", ""))))
            return
        value = None if number is not None else value
        text = "" if value is None or type(value).__name__ in _NOTHING else clean(str(value))
        if text.startswith(_WAKES_UP):
            style = {**style, "quote_prefix": True}
        if text:
            sheet.write_string(row, column, text, self._look(style, text))
        else:
            sheet.write_blank(row, column, None, self.style(style))

    def formula(
        self, sheet: Worksheet, row: int, column: int, formula: str, value: float | str, style: Mapping[str, Any]
    ) -> None:
        """A formula of ours with the value it has, so that a reader who does not recalculate sees it.

        A value that is infinite or no number is blank: no spreadsheet opens a workbook that holds one.
        `formula` holds cells, numbers and functions only, never a text of the inputs.
        """
        value = "" if isinstance(value, float) and not math.isfinite(value) else value
        sheet.write_formula(row, column, formula, self._look(style, str(style.get("num_format", ""))), value)

    def name_cell(self, sheet: Worksheet, row: int, column: int, name: str) -> None:
        """Name a cell within its sheet; `name` is a word of ours."""
        place = sheet.get_name()
        self._workbook.define_name(f"'{place}'!{name}", f"='{place}'!{cell_name(row, column, is_fixed=True)}")

    def describe(self, **properties: str) -> None:
        """Further document properties, e.g. `subject`, `category`, `keywords`, `comments`."""
        self._properties |= {name: clean(text)[:255] for name, text in properties.items()}
        self._workbook.set_properties(dict(self._properties))

    def put_across(
        self, sheet: Worksheet, row: int, first: int, last: int, value: object, style: Mapping[str, Any]
    ) -> None:
        """Write one value over several columns."""
        self.merge(sheet, row, first, last, style)
        self.put(sheet, row, first, value, style)

    def merge(self, sheet: Worksheet, row: int, first: int, last: int, style: Mapping[str, Any]) -> None:
        """Make one cell of several of a row; the caller writes the first.

        The library's own way keeps every merged cell in a dictionary and writes a blank into each: a third of the
        memory of 500 sheets. Blanks are needed only where a look has a ground or lines. Ranges must not overlap.
        """
        if last > first:
            sheet.merge.append([row, first, row, last])
            if not _SEEN_WHEN_BLANK.isdisjoint(style):
                for column in range(first + 1, last + 1):
                    sheet.write_blank(row, column, None, self.style(style))

    def link(self, sheet: Worksheet, row: int, column: int, address: str, text: str, style: Mapping[str, Any]) -> None:
        """A web address as a link; anything but a plain http or https address stays text."""
        room = _LONGEST_LINK - 2 * len(_ESCAPED_IN_LINKS.findall(address))
        if re.fullmatch(r"https?://[^\s\"<>\\]+", address) and _units(address) <= room:
            sheet.write_url(row, column, address, self._look(style, text), clean(text))
        else:
            self.put(sheet, row, column, text, style)

    def link_sheet(
        self, sheet: Worksheet, row: int, column: int, name: str, text: str, style: Mapping[str, Any], line: int = 0
    ) -> None:
        """A link to a line (0-based) of another sheet of this workbook, by its real name (see `sheet_names`)."""
        sheet.write_url(row, column, f"internal:'{name}'!A{line + 1}", self._look(style, text), clean(text))


def delimited_text(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Rows as delimited text that a spreadsheet opens safely, by the rule of `csv_tables.write_csv`."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return stream.getvalue()


def inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it opens a CSV file."""
    plain = clean(text)
    if plain.startswith(_WAKES_UP) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
        return f"'{plain}"
    return plain
