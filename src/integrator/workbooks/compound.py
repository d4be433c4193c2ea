"""Streams of an OLE compound file (.xls, and the envelope of password-protected workbooks).

Read before the parser for two reasons: the names tell what the file is, and a chain of sectors that
runs in a circle would keep a parser busy until the memory is full.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here up are marks, not sectors
_ENTRY = 128
_STREAM, _ROOT = 2, 5


class BrokenCompound(ValueError):
    """The tables of the compound file contradict themselves."""


class Compound:
    """A compound file held in memory; `streams` maps each stream to its first sector and size."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512 or not content.startswith(SIGNATURE):
            raise BrokenCompound
        self._content = content
        shift = struct.unpack_from("<H", content, 30)[0]
        if shift not in (9, 12):
            raise BrokenCompound
        self._size = 1 << shift
        self._per_sector = self._size // 4
        directory, self._cutoff, mini_table = struct.unpack_from("<I4xII", content, 48)
        self._table = self._numbers(self._table_sectors())
        entries = b"".join(map(self._sector, self._chain(directory, self._table)))
        self.streams: dict[str, tuple[int, int]] = {}
        root = self._read_directory(entries)
        self._mini_table = self._numbers(self._chain(mini_table, self._table))
        self._mini = b"".join(map(self._sector, self._chain(root, self._table)))

    def read(self, name: str) -> bytes:
        """The content of a stream of the root or of any storage below it."""
        first, size = self.streams[name]
        if size >= self._cutoff:
            content = b"".join(map(self._sector, self._chain(first, self._table)))
        else:
            minis = self._chain(first, self._mini_table)
            content = b"".join(self._mini[number * 64 : number * 64 + 64] for number in minis)
        if len(content) < size:
            raise BrokenCompound
        return content[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise BrokenCompound
        return self._content[start : start + self._size]

    def _numbers(self, sectors: Sequence[int]) -> list[int]:
        joined = b"".join(map(self._sector, sectors))
        return list(struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4]))

    def _chain(self, first: int, table: Sequence[int]) -> list[int]:
        chain: list[int] = []
        number = first
        while number < _END:
            if number >= len(table) or len(chain) > len(table):
                raise BrokenCompound
            chain.append(number)
            number = table[number]
        return chain

    def _table_sectors(self) -> list[int]:
        sectors = [n for n in struct.unpack_from("<109I", self._content, 76) if n < _END]
        more = struct.unpack_from("<I", self._content, 68)[0]
        visited = 0
        while more < _END:
            numbers = self._numbers([more])
            sectors += [n for n in numbers[: self._per_sector - 1] if n < _END]
            more = numbers[-1] if len(numbers) == self._per_sector else _END
            visited += 1
            if visited * self._size > len(self._content):
                raise BrokenCompound
        if len(sectors) * self._size > len(self._content):
            raise BrokenCompound
        return sectors

    def _read_directory(self, entries: bytes) -> int:
        root = _END
        for place in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", entries, place + 64)
            first, size = struct.unpack_from("<II", entries, place + 116)
            name = entries[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == _STREAM:
                self.streams.setdefault(name, (first, size))
            elif kind == _ROOT:
                root = first
        return root
