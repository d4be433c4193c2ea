"""Trade files of three shapes -> one long table, with a problem for each line that is not used.

What a file counts twice is counted once: the line over all partners (transport modes, procedures) stands for the lines
it is the sum of, a line of six digits for the lines of its national codes, and sums over codes are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from integrator.errors import InputRefused, Problem
from integrator.text.numbers import parse_number
from integrator.valuation.reading.trade_shapes import (
    TOTALS,
    Flow,
    Shape,
    ValueColumn,
    country_code,
    find_shape,
    meaning,
)
from integrator.valuation.reading.trade_sums import HS6, KEY, counted_once
from integrator.workbooks import DEFAULT_LIMITS, CellValue, Limits, Sheet, cell_text, read_book

COLUMNS = ("year", "country", "hs6", "flow", "value", "currency", "file")
_KEY = list(KEY)


@dataclass(frozen=True)
class Told:
    """What the analyst says of a file where the file does not."""

    year: int | None = None
    flow: Flow | None = None
    country: str = "MA"
    """Of a national file that names none."""


@dataclass(frozen=True)
class TradeTable:
    """What was read."""

    frame: pd.DataFrame
    """`COLUMNS`, sorted: year, country (ISO alpha-2 where known), hs6 (six digits), flow (import or export), value (in
    whole units of the currency, imports as the file values them), currency, file."""
    problems: tuple[Problem, ...]
    rows: int
    """Lines below the header of every sheet that was read."""
    used: int
    """Lines that entered the table; the others each have a problem of severity `set_aside` or `note`."""


@dataclass
class _Line:
    """One line while it is read; address and cells."""

    file: str
    sheet: Sheet
    row: int
    shape: Shape
    problems: list[Problem]
    """Of the file, shared by its lines."""

    def __post_init__(self) -> None:
        self._first = len(self.problems)

    def cell(self, field: str) -> str:
        column = self.shape.columns.get(field)
        return cell_text(self.sheet.at(self.row, column)).strip() if column else ""

    def fault(self, field: str, code: str, message: str, action: str, raw: str = "") -> None:
        heading = self.shape.headings.get(field, field)
        where = (self.file, self.sheet.name, self.row, heading)
        self.problems.append(Problem(*where, code, "set_aside" if action else "note", message, action, raw[:200]))

    def is_used_anyway(self) -> None:
        """Other years of the line are read, so what was said of it sets no line aside: a warning."""
        for place in range(self._first, len(self.problems)):
            if self.problems[place].severity == "set_aside":
                self.problems[place] = replace(self.problems[place], severity="warning")


def read_trade(
    path: Path, shown_as: str, told: Told | None = None, limits: Limits = DEFAULT_LIMITS,
    *, encoding: str = "", delimiter: str = "", include_hidden: bool = False,
) -> TradeTable:  # fmt: skip
    """The trade of a workbook or delimited text.

    Sheets without a header of a known shape, and hidden ones, are passed over with a note.

    Raises `InputRefused` when no sheet has one, or when neither file nor `told` gives the flow or the year.
    """
    told = told or Told()
    book = read_book(path, shown_as, limits, encoding, delimiter)
    problems, lines, count = list(book.problems), [], 0
    lacking: tuple[str, ...] = ()
    any_header = False
    for sheet in book.sheets:
        if sheet.state != "visible" and not include_hidden:
            said = "hidden sheet, not read (--include-hidden reads it)"
            problems.append(Problem(shown_as, sheet.name, 0, "", "hidden_sheet", "note", said, ""))
            continue
        shape, missing = find_shape(sheet)
        if shape is None:
            lacking = lacking or missing
            said = "no header of a trade file; the sheet is not read"
            problems.append(Problem(shown_as, sheet.name, 0, "", "trade_sheet", "note", said, ""))
            continue
        any_header = True
        _check_told(shape, told, shown_as, sheet)
        count += len(sheet.rows) - shape.row
        for row in range(shape.row + 1, len(sheet.rows) + 1):
            lines += _facts(_Line(shown_as, sheet, row, shape, problems), told)
    if not any_header:
        what = f"the columns {', '.join(lacking)} are not found" if lacking else "no column of a trade file is found"
        action = "add its headings to trade_headings.csv, or export the file from Comtrade or BACI"
        raise InputRefused([Problem(shown_as, "", 0, "", "trade_header", "refused", what, action)])
    if not lines:
        return TradeTable(pd.DataFrame(columns=list(COLUMNS)), tuple(sorted(set(problems))), count, 0)
    kept = counted_once(pd.DataFrame(lines), problems, shown_as)
    frame = kept.groupby(_KEY, as_index=False, sort=True)["value"].sum().assign(file=shown_as)
    used = len(kept[["sheet", "row"]].drop_duplicates())
    return TradeTable(frame[list(COLUMNS)], tuple(sorted(set(problems))), count, used)


def merged(parts: Sequence[TradeTable]) -> TradeTable:
    """Several files as one table; amounts in two currencies stand side by side.

    What two files both say is never added up: the first file by name counts, with a warning where their values differ.
    """
    if not parts:
        return TradeTable(pd.DataFrame(columns=list(COLUMNS)), (), 0, 0)
    frame = pd.concat([part.frame for part in parts], ignore_index=True).sort_values([*_KEY, "file"], kind="stable")
    spread = frame.groupby(_KEY)["value"].agg(["min", "max"])
    first = frame.drop_duplicates(_KEY).reset_index(drop=True)
    problems = {problem for part in parts for problem in part.problems}
    for key in spread.index[spread["max"] > spread["min"]]:
        file = first.set_index(_KEY).loc[key, "file"]
        said = f"another file gives another value of {key[2]} {key[3]} for {key[1]} in {key[0]}"
        problems.add(Problem(str(file), "", 0, "", "trade_conflict", "warning", said, "keep one of the two files"))
    return TradeTable(
        first[list(COLUMNS)], tuple(sorted(problems)), sum(one.rows for one in parts), sum(one.used for one in parts)
    )


def _check_told(shape: Shape, told: Told, file: str, sheet: Sheet) -> None:
    has_year = "year" in shape.columns or told.year is not None or all(one.year is not None for one in shape.values)
    has_flow = "flow" in shape.columns or shape.name == "baci" or told.flow is not None
    for name, is_there in (("year", has_year), ("flow", has_flow)):
        if not is_there:
            message = f"neither a column nor the job says the {name}"
            action = f'say the {name} of this file in [trade] of the job: "FILE" = {{flow = "export", year = 2023}}'
            raise InputRefused([Problem(file, sheet.name, 0, "", "trade_header", "refused", message, action)])


def _facts(line: _Line, told: Told) -> list[dict[str, object]]:
    """The amounts that a line states, none when it is set aside."""
    if not _is_read(line):
        return []
    code, flows = _code(line), _flows(line, told)
    if not code or not flows:
        return []
    facts = []
    for column in line.shape.values:
        year, value = _year(line, column, told), _value(line, column)
        if year is None or value is None:
            continue
        for country, flow in flows:
            fact = {"year": year, "country": country, "flow": flow, "hs6": code[:HS6], "currency": column.currency}
            totals = {name: meaning("total", line.cell(name)) is not None for name in TOTALS}
            place = {"digits": len(code), "sheet": line.sheet.name, "row": line.row}
            facts.append({**fact, "value": value * column.factor, **totals, **place})
    if facts:
        line.is_used_anyway()
    return facts


def _is_read(line: _Line) -> bool:
    if all(cell_text(one).strip() == "" for one in line.sheet.rows[line.row - 1]):
        line.fault("", "blank_line", "a blank line between the rows", "")
        return False
    said = line.cell("classification")
    if said and meaning("hs", said) is None:
        what = "a classification other than the Harmonized System"
        line.fault("classification", "trade_classification", what, "export by HS codes", said)
        return False
    said = line.cell("frequency")
    if said and meaning("annual", said) is None:
        line.fault("frequency", "trade_frequency", "not the figure of a year", "export yearly figures", said)
        return False
    return True


def _code(line: _Line) -> str:
    """Digits of the code, six or more; zeros that a spreadsheet dropped at the front are put back."""
    said = line.cell("hs")
    digits = re.sub(r"[\s.]", "", said)
    if meaning("sum_of_codes", said) is not None:
        line.fault("hs", "trade_level", "a sum over codes, left out", "", said)
    elif not re.fullmatch(r"[0-9]{1,10}", digits):
        line.fault("hs", "trade_code", "no code of the Harmonized System", "correct the code", said)
    elif len(digits) < HS6 - 1:
        line.fault("hs", "trade_level", "a sum over codes of six digits, left out", "", said)
    else:
        return digits if len(digits) % 2 == 0 else f"0{digits}"
    return ""


def _flows(line: _Line, told: Told) -> list[tuple[str, str]]:
    """Country and flow that a line speaks of; a line of BACI speaks of both sides."""
    country = line.cell("country") or (told.country if line.shape.name == "national" else "")
    if not country:
        line.fault("country", "trade_country", "no country", "name the country that reports")
        return []
    if line.shape.name == "baci":
        importer = line.cell("importer")
        if not importer:
            line.fault("importer", "trade_country", "no country", "name the country that imports")
            return []
        return [(country_code(country), "export"), (country_code(importer), "import")]
    said = line.cell("flow")
    flow = meaning("flow", said) if said else told.flow
    if flow == "left_out":
        line.fault("flow", "trade_level", "a part of exports or imports, which are counted whole; left out", "", said)
    elif flow is None:
        line.fault("flow", "trade_flow", "neither imports nor exports", "say Import or Export", said)
    return [(country_code(country), flow)] if flow in ("import", "export") else []


def _year(line: _Line, column: ValueColumn, told: Told) -> int | None:
    said = line.cell("year")
    if column.year is not None or (not said and told.year is not None):
        return column.year if column.year is not None else told.year
    if re.fullmatch(r"(19|20)\d\d", said):
        return int(said)
    line.fault("year", "trade_year", "no year", "write a year such as 2022", said)
    return None


def _value(line: _Line, column: ValueColumn) -> float | None:
    cell = line.sheet.at(line.row, column.column)
    value = _number(cell, line.shape.name)
    if value is not None and value >= 0:
        return value
    said = cell_text(cell).strip()
    if not said and column.year is not None:
        return None  # years in columns: a blank is a year without a figure
    what = "a negative value" if value is not None else "no figure, or one with two readings" if said else "no value"
    where = (line.file, line.sheet.name, line.row, column.heading)
    action = "write the value as a plain number"
    line.problems.append(Problem(*where, "trade_value", "set_aside", what, action, said[:200]))
    return None


def _number(cell: CellValue, shape: str) -> float | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    return parse_number(cell_text(cell), "" if shape == "national" else ".")
