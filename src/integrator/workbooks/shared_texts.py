"""The bytes of each shared text of a workbook, by its index: one long text can stand in a million cells."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from integrator.workbooks.limits import Limits
from integrator.workbooks.markup import Attributes, MalformedMarkupError, local
from integrator.workbooks.refusing import RAISE_LIMITS, refused

_XLS_HEAD = 8
_XLS_TEXT = struct.Struct("<HB")
_WIDE, _EXTENDED, _RICH = 1, 4, 8
_RUN = 4


def width(text: str) -> int:
    """The bytes that each letter of a text takes once it is read: as many as its widest letter needs.

    >>> [width(text) for text in ("Fes", "Fès", "فاس", "Fes 😀")]
    [1, 1, 2, 4]
    """
    if text.isascii():
        return 1
    try:  # much faster than looking for the widest letter
        text.encode("latin-1")
    except UnicodeEncodeError:
        return 2 if len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text) else 4
    return 1


class StringLengths:
    """Collects the lengths in bytes, from the XML of an .xlsx through `start`, `text` and `end`."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.lengths: list[int] = []
        self._file, self._most = file, limits.cells
        self._letters, self._width, self._open = 0, 1, False

    def add(self, lengths: Sequence[int]) -> None:
        """Note more texts. Raises `InputRefused` when there are more of them than there may be cells."""
        self.lengths += lengths
        if len(self.lengths) > self._most:
            message = f"the workbook holds more than {self._most} different texts"
            raise refused(self._file, "too_large", message, RAISE_LIMITS)

    def length(self, index: int) -> int:
        """The length of one text. Raises `MalformedMarkupError` when there is none of this index."""
        if index < len(self.lengths):
            return self.lengths[index]
        raise MalformedMarkupError(f"the shared text {index}")

    def start(self, name: str, attributes: Attributes) -> None:
        """An element of the shared texts begins."""
        if local(name) == "si":
            self.add([0])
            self._letters, self._width, self._open = 0, 1, True

    def text(self, text: str) -> None:
        """A piece of a shared text."""
        if self._open:
            self._letters += len(text)
            self._width = max(self._width, width(text))
            self.lengths[-1] = self._letters * self._width

    def end(self, name: str) -> None:
        """An element of the shared texts ends."""
        if local(name) == "si":
            self._open = False

    def add_xls(self, blocks: Sequence[bytes]) -> None:
        """The texts of an .xls: the content of the record that holds them and of those that continue it.

        A text cut by the end of a record goes on in the next one, which says anew how wide its letters are.
        What the last record cuts counts whole.
        """
        content, ends, end = b"".join(blocks), [], 0
        for block in blocks:
            end += len(block)
            ends.append(end)
        place, at = _XLS_HEAD, 0
        while place + _XLS_TEXT.size <= len(content):
            while ends[at] <= place:
                at += 1
            left, flags = _XLS_TEXT.unpack_from(content, place)
            self.add([left << (flags & _WIDE)])
            place += _XLS_TEXT.size
            after = 0
            if flags & _RICH:
                after += _RUN * int.from_bytes(content[place : place + 2], "little")
                place += 2
            if flags & _EXTENDED:
                after += int.from_bytes(content[place : place + 4], "little")
                place += 4
            wide = flags & _WIDE
            while left and place < len(content):
                if ends[at] <= place:
                    at += 1
                    wide = content[place] & _WIDE
                    place += 1
                    continue
                here = min(left, ends[at] - place >> wide)
                place = place + (here << wide) if here else ends[at]
                left -= here
            place += after
