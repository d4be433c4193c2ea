"""The lines below a header, and what each of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import NoneType
from typing import Literal

from integrator.sources.header import Header
from integrator.sources.headings import KINDS, digits, headings
from integrator.sources.words import note_words, says_nothing, total_labels
from integrator.text.fold import fold
from integrator.workbooks import CellValue, Sheet, cell_text

LineKind = Literal["data", "blank_line", "repeated_header", "other_table", "total_line", "note_line"]

COMPARED = 200
"""Rows of a table that a line after a blank one is compared with."""
_NO_MERGES: Mapping[int, int] = {}
WHAT_IT_IS: Mapping[LineKind, str] = {
    "blank_line": "blank line",
    "repeated_header": "the header again",
    "other_table": "row of another table below the first, not read",
    "total_line": "total line",
    "note_line": "remark, not a row of the table",
}


@dataclass(frozen=True)
class Line:
    """One line: its row and its filled cells by column (1-based)."""

    row: int
    cells: Mapping[int, str]
    kind: LineKind
    down: Mapping[int, int]
    """Columns whose value comes from a merged cell that begins above, with the row where it begins."""


def read_lines(sheet: Sheet, header: Header) -> Iterator[Line]:
    """Every line below the header, down to the last one with a value; merged cells filled downwards."""
    down = _merged_down(sheet, header.row)
    other = blank = False
    for row in range(header.row + 1, len(sheet.rows) + 1):
        values: list[CellValue] = list(sheet.rows[row - 1])
        origins = down.get(row, _NO_MERGES)
        for column, origin in origins.items():
            values += [None] * (column - len(values))
            values[column - 1] = sheet.at(origin, column)
        filled = {
            column: text
            for column, value in enumerate(values, start=1)
            if value is not None and (text := (value if type(value) is str else cell_text(value)).strip())
        }
        kind = _kind(filled, values, header)
        if kind == "data" and blank and not other and _names_figures(filled, values, header, sheet, row):
            kind = "other_table"
        blank = kind == "blank_line"
        other = kind == "other_table" or (other and kind != "repeated_header")
        yield Line(row, filled, "other_table" if other and kind == "data" else kind, origins)


def _merged_down(sheet: Sheet, header_row: int) -> dict[int, dict[int, int]]:
    """By row the columns that a merged cell above fills, with the row where it begins."""
    filled: dict[int, dict[int, int]] = {}
    for first_row, first_column, last_row, last_column in sheet.merges:
        if first_row > header_row and last_row > first_row and first_column == last_column:
            for row in range(first_row + 1, min(last_row, len(sheet.rows)) + 1):
                filled.setdefault(row, {})[first_column] = first_row
    return filled


def _kind(filled: Mapping[int, str], values: list[CellValue], header: Header) -> LineKind:
    if all(map(says_nothing, filled.values())):
        return "blank_line"
    if header.may_be_another(filled.values()):
        if _most(filled, lambda column, text: _same(text, header.texts.get(column, ""))):
            return "repeated_header"
        if _most(filled, lambda _, text: _is_heading(text)):
            return "other_table"
    column, first = next(iter(filled.items()))
    others = [c for c in filled if c != column]
    if all(_is_number(values[c - 1], filled[c]) for c in others) and fold(first) in total_labels():
        return "total_line"
    if not others and (
        header.fields.get(column) not in ("name", "component")
        or fold(first).startswith(tuple(f"{word} " for word in note_words()))
        or first.startswith("*")
    ):
        return "note_line"
    return "data"


def _names_figures(filled: Mapping[int, str], values: list[CellValue], header: Header, sheet: Sheet, row: int) -> bool:
    """Whether a line after a blank one has words where all lines above have figures: the unknown header of a table."""
    own = [column for column in filled if column in header.figures and not says_nothing(filled[column])]
    if not own or any(type(value) not in (str, NoneType) for value in values) or any(map(_has_digit, filled.values())):
        return False
    above = range(max(header.row + 1, row - COMPARED), row)
    texts = [cell_text(sheet.at(r, column)) for column in own for r in above]
    figures = [text for text in texts if not says_nothing(text)]
    return bool(figures) and all(map(_has_digit, figures))


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _most(filled: Mapping[int, str], holds: Callable[[int, str], bool]) -> bool:
    """Whether at least two cells and more than half of them hold."""
    return 2 <= len(filled) < 2 * sum(holds(column, text) for column, text in filled.items())


def _same(text: str, heading: str) -> bool:
    if text == heading:
        return True
    return abs(len(text) - len(heading)) < 10 and digits(text) == digits(heading) and fold(text) == fold(heading)


@lru_cache(maxsize=100_000)
def _is_heading(text: str) -> bool:
    return any(headings(kind).may_be(text) and headings(kind).field(text) for kind in KINDS)


def _is_number(value: CellValue, text: str) -> bool:
    return isinstance(value, int | float) or text[:1].isdigit() or text[:1] in "-+("
