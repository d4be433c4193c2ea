"""How many lines a text takes in a cell: a spreadsheet grows no merged row by itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from integrator import data
from integrator.workbooks.direction import is_arabic

CELL_PADDING = 8
"""Pixels of a cell that hold no text."""
_LINE = 1.3
"""Height of a line in multiples of the font size."""
_SMALL, _CAPITAL, _FULL = 0.53, 0.64, 1.05
_SAFETY = 1.06
"""Programs draw small letters a little wider than the font has them."""
_BOLD, _BOLD_ARABIC = 1.04, 1.18
"""What bold letters are wider by; Arabic ones: the median of DejaVu Sans Bold over DejaVu Sans."""


@lru_cache(maxsize=1)
def _widths() -> Mapping[str, float]:
    """Width of each letter in multiples of the font size."""
    return {
        chr(int(code, 16)): float(row["width"])
        for row in data.rows("workbooks/letter_widths.csv")
        for code in row["letters"].split()
    }


@lru_cache(maxsize=1)
def _arabic() -> Mapping[str, tuple[float, float]]:
    """Width of each Arabic letter within a word, and at its end."""
    return {
        chr(int(code, 16)): (float(row["within"]), float(row["at_end"]))
        for row in data.rows("workbooks/arabic_widths.csv")
        for code in row["letters"].split()
    }


def pixels(width: float, columns: int = 1) -> float:
    """Pixels of `columns` columns of one `width` in the unit of spreadsheets (a digit of 11 points)."""
    return columns * (round(width * 7) + 5)


def lines_of(text: str, room: float, size: float = 9.0, bold: bool = False) -> list[str]:
    """The lines that `text` takes in `room` pixels at a font size in points, cut as a reader would see them."""
    wider = (_BOLD_ARABIC if is_arabic(text) else _BOLD) if bold else 1.0
    scale = size * 96 / 72 * _SAFETY * wider
    fit = max((room - CELL_PADDING) / scale, 1.0)
    found: list[str] = []
    for paragraph in text.split("\n"):
        found += _fill(paragraph, fit)
    return found


def height(lines: int, size: float = 9.0) -> float:
    """Points that a row of so many lines needs."""
    return lines * size * _LINE + 0.8


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
    for letter, width in zip(word, _letter_widths(word), strict=True):
        if pieces[-1] and used + width > fit:
            pieces.append("")
            used = 0.0
        pieces[-1] += letter
        used += width
    return pieces


@lru_cache(maxsize=50_000)
def _width(text: str) -> float:
    return sum(_letter_widths(text))


def _letter_widths(text: str) -> list[float]:
    """The width of each letter; an Arabic one is narrower where another follows."""
    if text.isascii() or not is_arabic(text):
        return [_letter(letter) for letter in text]
    known = _arabic()
    return [
        known[one][after not in known] if one in known else _letter(one)
        for one, after in zip(text, text[1:] + " ", strict=False)
    ]


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    known = _widths().get(letter)
    if known is not None:
        return known
    if ord(letter) > 0x2E7F:
        return _FULL
    return _CAPITAL if letter.isupper() else _SMALL
