"""The file of an input-output table -> an economy."""

from __future__ import annotations

from integrator.errors import InputRefused, Problem
from integrator.records import SheetCount
from integrator.text.fold import fold
from integrator.text.numbers import Decimal
from integrator.valuation.leontief import Economy
from integrator.valuation.reading.input_output import read_input_output_rows
from integrator.workbooks import DEFAULT_LIMITS, InputFile, Limits, Sheet, cell_text, read_book
from integrator.workbooks.cells import says_something


def read_economy(
    file: InputFile, *, limits: Limits = DEFAULT_LIMITS, encoding: str = "", delimiter: str = ""
) -> tuple[Economy, tuple[Problem, ...], SheetCount]:
    """The table of the first visible sheet that is not blank: its first line beyond column A names the sectors.

    Lines with a text in column A alone may stand above, other sheets are a note. Raises `InputRefused` with everything
    that stands in the way.
    """
    book = read_book(file.path, file.shown_as, limits, encoding, delimiter)
    filled = [one for one in book.sheets if one.state == "visible" and any(map(_is_filled, _lines(one)))]
    if not filled:
        raise _refused(file, "", 0, "no visible sheet holds anything", "put the table on the first sheet")
    sheet = filled[0]
    lines = _lines(sheet)
    first = next((number for number, line in enumerate(lines, start=1) if _is_filled(line[1:])), 0)
    if not first:
        raise _refused(file, sheet.name, 0, "no line names sectors from its second column on", "name them there")
    headings = _headings(file, sheet, first, lines)
    rows = [dict(zip(headings, line, strict=False)) for line in lines[first:]]
    decimal: Decimal = "" if book.kind == "csv" else "."
    economy, problems = read_input_output_rows(rows, file.shown_as, sheet.name, first + 1, decimal)
    if economy is None:
        raise InputRefused(list(problems))
    message = "not read: an input-output table is the first sheet that holds anything"
    others = [
        Problem(file.shown_as, one.name, 0, "", "other_sheet", "note", message, "")
        for one in book.sheets
        if one is not sheet and any(map(_is_filled, _lines(one)))
    ]
    used = sum(map(_is_filled, lines[first:]))
    count = SheetCount(file.shown_as, sheet.name, "input_output", first, len(rows), used, len(rows) - used, used)
    return economy, (*book.problems, *problems, *others), count


def _lines(sheet: Sheet) -> list[list[str]]:
    """Texts of the cells, every line as long as the longest."""
    width = max(map(len, sheet.rows), default=0)
    return [[cell_text(value).strip() for value in row] + [""] * (width - len(row)) for row in sheet.rows]


def _is_filled(line: list[str]) -> bool:
    return any(says_something(text) for text in line)


def _headings(file: InputFile, sheet: Sheet, row: int, lines: list[list[str]]) -> list[str]:
    """The names of the columns; blank columns at the end are left out."""
    headings = lines[row - 1]
    while headings and not headings[-1] and not any(line[len(headings) - 1] for line in lines[row:]):
        headings = headings[:-1]
    names = [fold(text) for text in headings[1:]]
    if "" in names:
        raise _refused(file, sheet.name, row, "a column of the table has no sector", "name it")
    twice = sorted({text for text, name in zip(headings[1:], names, strict=True) if names.count(name) > 1})
    if twice:
        raise _refused(file, sheet.name, row, f"the sector {twice[0]!r} has two columns", "name each sector once")
    return headings


def _refused(file: InputFile, sheet: str, row: int, message: str, action: str) -> InputRefused:
    return InputRefused([Problem(file.shown_as, sheet, row, "", "input_output_table", "refused", message, action)])
