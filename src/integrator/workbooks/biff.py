"""Positions of the cells in binary sheets: the records of .xls (BIFF) and of .xlsb (BIFF12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from integrator.workbooks.extent import Extent
from integrator.workbooks.refusing import protected

_U16_PAIR = struct.Struct("<HH")
_U32 = struct.Struct("<I")

# Record numbers, from the published [MS-XLS] and [MS-XLSB] specifications.
_BOF = {0x0009, 0x0209, 0x0409, 0x0809}
_FILEPASS = 0x002F
_CELLS = {
    0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0007, 0x0203, 0x0204, 0x0205, 0x0206, 0x0406, 0x00FD, 0x00D6,
    0x027E,
}  # fmt: skip
_SEVERAL_CELLS = {0x00BD}
_XLSB_ROW = 0
_XLSB_CELLS = range(2, 12)


class BrokenRecords(ValueError):
    """A record runs over the end of its stream."""


def scan_xls(stream: bytes, extent: Extent) -> None:
    """Hold every cell of every sheet of a workbook stream in one extent per sheet, checked on the way.

    Raises `BrokenRecords`, or `InputRefused` for an encrypted workbook or a far cell.
    """
    sheet = extent
    for kind, start, size in _xls_records(stream):
        if kind in _BOF:
            sheet = Extent(extent.file, "", extent.limits)
        elif kind == _FILEPASS:
            raise protected(extent.file)
        elif kind in _CELLS or kind in _SEVERAL_CELLS:
            if size < _U16_PAIR.size:
                raise BrokenRecords
            row, column = _U16_PAIR.unpack_from(stream, start)
            sheet.hold(row + 1, column + 1)
            if kind in _SEVERAL_CELLS and size >= 6:
                last = int.from_bytes(stream[start + size - 2 : start + size], "little")
                sheet.hold(row + 1, max(last, column) + 1)


def _xls_records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    place = 0
    while place + 4 <= len(stream):
        kind, size = _U16_PAIR.unpack_from(stream, place)
        place += 4
        if place + size > len(stream):
            raise BrokenRecords
        yield kind, place, size
        place += size


def scan_xlsb(stream: bytes, extent: Extent) -> None:
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
        else:
            extent.hold(row + 1, number + 1)


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
