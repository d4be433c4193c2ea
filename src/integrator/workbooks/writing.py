"""The one gate through which cells leave: input text stays inert, bytes are the same twice."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    import pandas as pd

LONGEST_CELL = 32_767
_CUT = " […]"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BIDI = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WAKES_UP = ("=", "+", "-", "@", "\t", "\r")
_NOT_A_DATE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed document date, read by nobody)
_RESERVED = {"history"}

Format = Any
Worksheet = Any


def clean(text: str) -> str:
    """Text fit for a cell: no control or direction characters, cut with a visible mark when too long."""
    plain = _BIDI.sub("", _UNWRITABLE.sub("", text))
    return plain if len(plain) <= LONGEST_CELL else plain[: LONGEST_CELL - len(_CUT)] + _CUT


def sheet_name(name: str, taken: set[str]) -> str:
    """A valid and unique name for a sheet, made of an identifier; adds it to `taken` (folded case)."""
    plain = re.sub(r"[\[\]:*?/\\']", "-", clean(name)).strip() or "-"
    if plain.casefold() in _RESERVED:
        plain += "-"
    candidate, number = plain[:31], 1
    while candidate.casefold() in taken:
        number += 1
        tail = f"~{number}"
        candidate = plain[: 31 - len(tail)] + tail
    taken.add(candidate.casefold())
    return candidate


class WorkbookWriter:
    """A new workbook whose every text is written as text.

    `created` is the document date; without one a fixed date is used, so that two runs give one file.
    """

    def __init__(self, path: Path, title: str, created: datetime.date | None = None) -> None:
        self._workbook = xlsxwriter.Workbook(
            str(path),
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "in_memory": False,
                "max_url_length": 2079,
            },
        )
        moment = datetime.datetime.combine(created, datetime.time()) if created else _NOT_A_DATE
        self._workbook.set_properties({"title": clean(title), "author": "", "created": moment})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names: set[str] = set()

    def __enter__(self) -> WorkbookWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workbook.close()

    def sheet(self, name: str) -> Worksheet:
        """A new sheet; its real name may differ from the one wished for: see `sheet_name`."""
        return self._workbook.add_worksheet(sheet_name(name, self._names))

    def style(self, properties: Mapping[str, Any]) -> Format:
        """A cell format, shared by all cells of the same look."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(dict(properties))
        return self._formats[key]

    def define_name(self, name: str, reference: str) -> None:
        """A named range of our own making."""
        self._workbook.define_name(name, reference)

    def put(self, sheet: Worksheet, row: int, column: int, value: object, style: Mapping[str, Any]) -> None:
        """Write one cell (0-based): numbers as numbers, everything else as inert text, nothing as blank."""
        if isinstance(value, str) and value.startswith(_WAKES_UP):
            style = {**style, "quote_prefix": True}
        look = self.style(style)
        if isinstance(value, bool) or not isinstance(value, int | float):
            text = clean("" if value is None else str(value))
            if text:
                sheet.write_string(row, column, text, look)
            else:
                sheet.write_blank(row, column, None, look)
        elif math.isfinite(value):
            sheet.write_number(row, column, value, look)
        else:
            sheet.write_blank(row, column, None, look)

    def put_across(
        self, sheet: Worksheet, row: int, first: int, last: int, value: object, style: Mapping[str, Any]
    ) -> None:
        """Write one value over several columns."""
        if last > first:
            sheet.merge_range(row, first, row, last, "", self.style(style))
        self.put(sheet, row, first, value, style)

    def link(self, sheet: Worksheet, row: int, column: int, target: str, text: str, style: Mapping[str, Any]) -> None:
        """A link to a sheet of this workbook (`internal:...`) or to a web address; anything else is plain text."""
        web = re.fullmatch(r"https?://[^\s\"<>]{1,2000}", target)
        if web or target.startswith("internal:"):
            sheet.write_url(row, column, target, self.style(style), clean(text)[:LONGEST_CELL])
        else:
            self.put(sheet, row, column, text, style)


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """A table as UTF-8 CSV that a spreadsheet opens safely.

    A text that begins with = + - @ tab or return, and is no number, gets a leading apostrophe
    (the rule of OWASP); numbers have at most ten significant digits, so that equal runs are equal bytes.
    """
    safe = frame.copy()
    for name in safe.columns:
        if safe[name].dtype.kind == "f":
            safe[name] = [None if math.isnan(value) else f"{value:.10g}" for value in safe[name]]
        elif safe[name].dtype.kind in "OTU" or str(safe[name].dtype) in ("str", "string"):
            safe[name] = [_inert(str(value)) for value in safe[name]]
    safe.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def _inert(text: str) -> str:
    plain = clean(text)
    if plain.startswith(_WAKES_UP) and not re.fullmatch(r"[+-]?\d+(\.\d+)?", plain):
        return f"'{plain}"
    return plain
