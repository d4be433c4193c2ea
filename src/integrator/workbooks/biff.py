"""Positions and texts of the cells in binary sheets: the records of .xls (BIFF) and of .xlsb (BIFF12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from integrator.workbooks.extent import Extent
from integrator.workbooks.refusing import protected
from integrator.workbooks.shared_texts import StringLengths, width

_U16_PAIR = struct.Struct("<HH")
_U16 = struct.Struct("<H")
_U32 = struct.Struct("<I")

# Record numbers, from the published [MS-XLS] and [MS-XLSB] specifications.
_BOF = {0x0009, 0x0209, 0x0409, 0x0809}
_EOF = 0x000A
_FILEPASS = 0x002F
_CONTINUE = 0x003C
_BOUNDSHEET = 0x0085
_SHARED_TEXTS = 0x00FC
_MERGES = 0x00E5
_DIMENSIONS = 0x0200
_SEVERAL_CELLS = 0x00BD
_CELLS = {
    0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0007, 0x0203, 0x0204, 0x0205, 0x0206, 0x0406, 0x00FD, 0x00D6,
    0x027E, _SEVERAL_CELLS,
}  # fmt: skip
_LABEL, _SHARED_LABEL = 0x0204, 0x00FD
_FORMULA_TEXT = 0x0207
_MOST_CELLS = 65_536 * 256
"""What a sheet of this format can hold; the parser makes room for all that the sheet declares."""
_MOST_SHEETS = 10_000
_XLSB_ROW = 0
_XLSB_CELLS = range(2, 12)
_XLSB_SHARED_LABEL = 7
_XLSB_TEXT = 19
_XLSB_SHEET = 156


class BrokenRecords(ValueError):
    """A record runs over the end of its stream, or says what no spreadsheet program writes."""


def scan_xls(stream: bytes, extent: Extent, strings: StringLengths) -> None:
    """Hold every cell of every sheet of a workbook stream in one extent per sheet, checked on the way.

    Raises `BrokenRecords`, or `InputRefused` for an encrypted workbook or a far cell.
    """
    scan = _XlsScan(stream, extent, strings)
    for kind, start, size in _xls_records(stream):
        scan.see(kind, start, size)
    scan.close()


class _XlsScan:
    """Follows the records in their order, as the parser reads each listed sheet from its place to the next end."""

    def __init__(self, stream: bytes, extent: Extent, strings: StringLengths) -> None:
        self._stream, self._sheet, self._strings = stream, extent, strings
        self._texts: list[bytes] = []
        self._ends = 0
        self._begins: dict[int, int] = {}
        self._listed: list[int] = []

    def see(self, kind: int, start: int, size: int) -> None:
        """One record."""
        if self._texts and kind != _CONTINUE:
            self._strings.add_xls(self._texts)
            self._texts = []
        if kind in _CELLS:
            self._hold(kind, start, size)
        elif kind in _BOF:
            self._begin(start)
        elif kind == _EOF:
            self._ends += 1
        elif kind == _FILEPASS:
            raise protected(self._sheet.file)
        elif kind == _BOUNDSHEET:
            self._listed.append(self._number(_U32, start, size))
        elif kind == _FORMULA_TEXT:
            self._sheet.hold(0, 0, self._number(_U16, start, size), 0)
        elif kind == _MERGES:
            self._sheet.merge(self._number(_U16, start, size))
        elif kind == _DIMENSIONS:
            self._check_room(start, size)
        elif kind == _SHARED_TEXTS or self._texts:
            self._add_texts(kind, start, size)

    def close(self) -> None:
        """The end of the stream. Raises `BrokenRecords` when two sheets share cells, or one is no sheet."""
        ends = [self._begins.get(place) for place in self._listed]
        if None in ends or len(set(ends)) < len(ends):
            raise BrokenRecords

    def _hold(self, kind: int, start: int, size: int) -> None:
        stream, sheet = self._stream, self._sheet
        if size < _U16_PAIR.size:
            raise BrokenRecords
        row, column = _U16_PAIR.unpack_from(stream, start)
        text = 0
        if kind == _SHARED_LABEL:
            text = self._strings.length(self._number(_U32, start + 6, size - 6))
        elif kind == _LABEL:
            text = self._number(_U16, start + 6, size - 6)
        elif kind == _SEVERAL_CELLS and size >= 6:
            column = max(column, _U16.unpack_from(stream, start + size - 2)[0])
        sheet.hold(row + 1, column + 1, text)

    def _begin(self, start: int) -> None:
        self._sheet = self._sheet.next("")
        self._begins[start - _U16_PAIR.size] = self._ends
        if len(self._begins) > _MOST_SHEETS:
            raise BrokenRecords

    def _check_room(self, start: int, size: int) -> None:
        """The parser makes room for what the sheet declares, counting round in 32 bits, before it sees a cell."""
        numbers = struct.Struct("<IIHH" if size == 14 else "<HHHH")
        if size < numbers.size:
            raise BrokenRecords
        first, last, left, right = numbers.unpack_from(self._stream, start)
        if last and right and (last - first) % 2**32 * ((right - left) % 2**32) > _MOST_CELLS:
            raise BrokenRecords

    def _add_texts(self, kind: int, start: int, size: int) -> None:
        if kind == _SHARED_TEXTS and self._strings.lengths:
            raise BrokenRecords
        self._texts.append(self._stream[start : start + size])

    def _number(self, form: struct.Struct, start: int, size: int) -> int:
        if size < form.size:
            raise BrokenRecords
        number: int = form.unpack_from(self._stream, start)[0]
        return number


def _xls_records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    place = 0
    while place + 4 <= len(stream):
        kind, size = _U16_PAIR.unpack_from(stream, place)
        place += 4
        if place + size > len(stream):
            raise BrokenRecords
        yield kind, place, size
        place += size


def scan_xlsb(stream: bytes, extent: Extent, strings: StringLengths) -> None:
    """Hold every cell of one binary sheet. Raises `BrokenRecords` or `InputRefused`."""
    row = 0
    for kind, start, size in _xlsb_records(stream):
        if kind != _XLSB_ROW and kind not in _XLSB_CELLS:
            continue
        if size < _U32.size:  # a parser would take the bytes of the record before
            raise BrokenRecords
        number = _U32.unpack_from(stream, start)[0]
        if kind == _XLSB_ROW:
            row = number
        elif kind == _XLSB_SHARED_LABEL and size >= 12:
            extent.hold(row + 1, number + 1, strings.length(_U32.unpack_from(stream, start + 8)[0]))
        else:
            extent.hold(row + 1, number + 1)


def scan_xlsb_texts(stream: bytes, strings: StringLengths) -> None:
    """Collect the lengths of the shared texts of an .xlsb. Raises `BrokenRecords` or `InputRefused`."""
    for kind, start, size in _xlsb_records(stream):
        if kind == _XLSB_TEXT:
            if size < 1 + _U32.size:
                raise BrokenRecords
            end = start + 5 + 2 * _U32.unpack_from(stream, start + 1)[0]
            text = stream[start + 5 : min(end, start + size)].decode("utf-16-le", "replace")
            strings.add([len(text) * width(text)])


def xlsb_sheets(stream: bytes) -> Iterator[str]:
    """The relation of each sheet that a binary workbook lists. Raises `BrokenRecords`."""
    for kind, start, size in _xlsb_records(stream):
        if kind == _XLSB_SHEET:
            if size < 12:
                raise BrokenRecords
            end = start + 12 + 2 * _U32.unpack_from(stream, start + 8)[0]
            yield stream[start + 12 : min(end, start + size)].decode("utf-16-le", "replace")


def _xlsb_records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    place = 0
    while place < len(stream):
        kind, place = _packed(stream, place, 2)
        size, place = _packed(stream, place, 4)
        if place + size > len(stream):
            raise BrokenRecords
        yield kind, place, size
        place += size


def _packed(stream: bytes, place: int, most: int) -> tuple[int, int]:
    """A little-endian number, 7 bits a byte; the high bit says that another byte follows."""
    number = 0
    for index in range(most):
        if place >= len(stream):
            raise BrokenRecords
        byte = stream[place]
        place += 1
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return number, place
