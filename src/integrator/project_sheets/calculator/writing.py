"""The calculator on a sheet: yellow cells to change, formulas that follow, each with the value it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.calculator.arithmetic import End, cell_formula
from integrator.project_sheets.calculator.lines import Line, lines_of
from integrator.project_sheets.page import Cell, Formula
from integrator.project_sheets.valued.amounts import MARK, unit_text
from integrator.project_sheets.valued.lines import head
from integrator.workbooks.writing import cell_name

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.wording import Wording

_SPANS = (4, 2, 2, 2, 2)
_COLUMNS = {"low": 4, "high": 6}
"""First column of each end."""


@dataclass(frozen=True)
class Calculated:
    """What was written: the cell of each end, and the lines by name."""

    cells: Mapping[End, str]
    lines: Mapping[str, Line]

    def formula(self, formula: str, value: float) -> Formula:
        """A further formula over these cells, with its value."""
        return Formula(cell_formula(formula, self.cells), value)


def write_calculator(page: Page, content: SheetContent, words: Wording) -> Calculated:
    """One row a line; every cell of an end is named within the sheet, e.g. `volume_low`."""
    lines = lines_of(content.valued)
    cells: dict[End, str] = {}
    if lines:
        page.note(words("calculator.note"))
        head(page, _SPANS, ("quantity", "low", "high", "unit", "kind"), words, numbers=("low", "high"))
    for line in lines:
        page.keep(13.0)
        for side, column in _COLUMNS.items():
            cells[End(line.name, side)] = cell_name(page.row, column)
        row = page.row
        page.line(_row(line, cells, words), least=13.0)
        for side, column in _COLUMNS.items():
            page.book.name_cell(page.sheet, row, column, f"{line.name}_{side}")
    return Calculated(cells, {line.name: line for line in lines})


def _row(line: Line, cells: Mapping[End, str], words: Wording) -> list[Cell]:
    look = theme.FILL_CELL if line.is_input else theme.FORMULA_CELL
    look = {**look, "num_format": _format(line, words), "italic": line.is_estimated}
    ends = [Cell(2, value, look) for value in _values(line, cells)]
    label = theme.FACT_LABEL if line.is_input else {**theme.FACT, "bold": True}
    unit = unit_text(line.unit, words)
    return [
        Cell(4, words(f"calculator.{line.name}"), label),
        *ends,
        Cell(2, unit, {**theme.FACT_LABEL, "indent": 1}),
        Cell(2, words(f"calculator.kind.{line.kind or 'asked'}" if line.is_input else "calculator.kind.formula"),
             theme.FACT_LABEL),
    ]  # fmt: skip


def _values(line: Line, cells: Mapping[End, str]) -> list[object]:
    """Numbers to change; the high end of one number follows the low one, so that one cell is to be changed."""
    if not line.is_input:
        return [
            Formula(cell_formula(formula, cells, line.above_zero), "" if end is None else end)
            for formula, end in zip(line.formulas, (line.low, line.high), strict=True)
        ]
    if line.low == line.high:
        low = cells[End(line.name, "low")]
        return [line.low, Formula(f'=IF(COUNT({low})=1,{low},"")', "" if line.low is None else line.low)]
    return [line.low, line.high]


def _format(line: Line, words: Wording) -> str:
    mark = MARK if line.is_estimated else ""
    if line.unit.split("/")[0] == "share":
        return (f'"{mark}"' if mark else "") + words.percent_format.replace("0", "0.0", 1)
    return words.live_format(mark)
