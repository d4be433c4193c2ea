"""How many lines a text takes in a cell: a spreadsheet grows no merged row by itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from integrator import data

CELL_PADDING = 8
"""Pixels of a cell that hold no text."""
_LINE = 1.3
"""Height of a line in multiples of the font size."""
_SMALL, _CAPITAL, _FULL = 0.53, 0.64, 1.05
_SAFETY = 1.06
"""Programs draw small letters a little wider than the font has them."""


@lru_cache(maxsize=1)
def _widths() -> Mapping[str, float]:
    """Width of each letter in multiples of the font size."""
    return {
        chr(int(code, 16)): float(row["width"])
        for row in data.rows("workbooks/letter_widths.csv")
        for code in row["letters"].split()
    }


def pixels(width: float, columns: int = 1) -> float:
    """Pixels of `columns` columns of one `width` in the unit of spreadsheets (a digit of 11 points)."""
    return columns * (round(width * 7) + 5)


def lines_of(text: str, room: float, size: float = 9.0, bold: bool = False) -> list[str]:
    """The lines that `text` takes in `room` pixels at a font size in points, cut as a reader would see them."""
    scale = size * 96 / 72 * _SAFETY * (1.04 if bold else 1.0)
    fit = max((room - CELL_PADDING) / scale, 1.0)
    found: list[str] = []
    for paragraph in text.split("\n"):
        found += _fill(paragraph, fit)
    return found


def height(lines: int, size: float = 9.0) -> float:
    """Points that a row of so many lines needs."""
    return lines * size * _LINE + 2.5


def _fill(paragraph: str, fit: float) -> list[str]:
    """Greedy filling by words; a word longer than the line is broken where it no longer fits."""
    done: list[str] = []
    line, used = "", 0.0
    for word in _words(paragraph):
        if line and used + _width(word.rstrip()) > fit:
            done.append(line)
            line, used = "", 0.0
        for piece in _pieces(word, fit):
            if line and used + _width(piece.rstrip()) > fit:
                done.append(line)
                line, used = "", 0.0
            line += piece
            used += _width(piece)
    return [*done, line]


def _words(paragraph: str) -> list[str]:
    words = [f"{word} " for word in paragraph.split(" ")]
    return [*words[:-1], words[-1][:-1]]


def _pieces(word: str, fit: float) -> list[str]:
    if _width(word) <= fit:
        return [word]
    pieces, used = [""], 0.0
    for letter in word:
        if pieces[-1] and used + _letter(letter) > fit:
            pieces.append("")
            used = 0.0
        pieces[-1] += letter
        used += _letter(letter)
    return pieces


@lru_cache(maxsize=50_000)
def _width(text: str) -> float:
    return sum(map(_letter, text))


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    known = _widths().get(letter)
    if known is not None:
        return known
    if ord(letter) > 0x2E7F:
        return _FULL
    return _CAPITAL if letter.isupper() else _SMALL
