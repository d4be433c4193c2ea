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
_ARABIC_WIDTHS = (
    ("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652", 0.0, 0.0),
    ("اأإآـ", 0.31, 0.31),
    ("،؛", 0.33, 0.33),
    ("دذرزوؤةهء؟", 0.55, 0.55),
    ("ل", 0.34, 0.76),
    ("نيئى", 0.31, 0.83),
    ("بتث", 0.31, 0.98),
    ("فقك", 0.56, 1.04),
    ("عغ", 0.60, 0.60),
    ("جحخم", 0.65, 0.68),
    ("طظ", 0.83, 0.95),
    ("سشصض", 0.89, 1.27),
)
"""Arabic letters: width within a word, and at its end (DejaVu Sans, which is wider than Arial)."""
_WITHIN = {letter: width for letters, width, _ in _ARABIC_WIDTHS for letter in letters}
_AT_END = {letter: width for letters, _, width in _ARABIC_WIDTHS for letter in letters}
_SAFETY = 1.06
"""Programs draw small letters a little wider than the font has them."""
_BOLD, _BOLD_ARABIC = 1.04, 1.18


@lru_cache(maxsize=1)
def _measured() -> Mapping[str, float]:
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
    wider = (_BOLD_ARABIC if is_arabic(text) else _BOLD) if bold else 1.0
    scale = size * 96 / 72 * _SAFETY * wider
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
    for letter, width in zip(word, _widths(word), strict=True):
        if pieces[-1] and used + width > fit:
            pieces.append("")
            used = 0.0
        pieces[-1] += letter
        used += width
    return pieces


@lru_cache(maxsize=50_000)
def _width(text: str) -> float:
    return sum(_widths(text))


def _widths(text: str) -> list[float]:
    """The width of each letter; an Arabic one is narrower where another follows."""
    return [
        _WITHIN[one] if one in _WITHIN and after in _WITHIN else _letter(one)
        for one, after in zip(text, text[1:] + " ", strict=False)
    ]


@lru_cache(maxsize=4096)
def _letter(letter: str) -> float:
    known = _measured().get(letter, _AT_END.get(letter))
    if known is not None:
        return known
    if ord(letter) > 0x2E7F:
        return _FULL
    return _CAPITAL if letter.isupper() else _SMALL
