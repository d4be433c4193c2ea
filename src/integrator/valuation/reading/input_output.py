"""Rows of a user's input-output table -> an economy, or the problems that stand in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from integrator import data
from integrator.errors import Problem
from integrator.text.fold import fold
from integrator.text.numbers import Decimal, parse_number
from integrator.valuation.leontief import Economy, TableError

WORDS = "valuation/input_output_words.csv"
CHECKED = 1e-6
"""How far a stated value added may be from what the other rows leave."""


@lru_cache(maxsize=1)
def _words() -> Mapping[str, str]:
    for row in data.rows(WORDS):
        if row["row"] not in ("imported", "value_added", "output"):
            raise data.KnowledgeError(f"{WORDS}: word {row['word']!r}: unknown row {row['row']!r}")
    return {fold(row["word"]): row["row"] for row in data.rows(WORDS)}


def read_input_output_rows(
    rows: Sequence[Mapping[str, str]], file: str = "", sheet: str = "", first_row: int = 2, decimal: Decimal = ""
) -> tuple[Economy | None, tuple[Problem, ...]]:
    """A table with the supplying sector in the first column and one column a using sector -> an economy.

    Beside the sectors it has a row of imported inputs and may have rows of value added (checked) and output (the table
    is then in amounts). Rows stand in any order. A blank or unreadable cell is a problem: it is not taken for 0.
    `decimal`: the decimal sign of the file where it is known ("." in a workbook); without it 1,234 is refused.
    """
    reader = _Reader(rows, file, sheet, first_row, decimal)
    return reader.economy(), tuple(reader.problems)


class _Reader:
    def __init__(
        self, rows: Sequence[Mapping[str, str]], file: str, sheet: str, first_row: int, decimal: Decimal
    ) -> None:
        self._file, self._sheet, self._decimal = file, sheet, decimal
        self.problems: list[Problem] = []
        columns = list(rows[0]) if rows else []
        self._key = columns[0] if columns else ""
        self._sectors = columns[1:]
        self._found: dict[str, tuple[int, Mapping[str, str]]] = {}
        names = {fold(sector): sector for sector in self._sectors}
        for number, row in enumerate(rows, start=first_row):
            label = row.get(self._key, "")
            name = names.get(fold(label)) or f"\n{_words().get(fold(label), '')}"
            if not any(text.strip() for text in row.values()):
                continue
            if name == "\n" or name in self._found:
                what = "is no column of the table" if name == "\n" else "stands twice"
                self._refuse(number, self._key, f"the row {label!r} {what}", "name each sector once, as its column")
            else:
                self._found[name] = (number, row)

    def _refuse(self, row: int, column: str, message: str, action: str, raw: str = "") -> None:
        self.problems.append(
            Problem(self._file, self._sheet, row, column, "input_output_table", "refused", message, action, raw[:200])
        )

    def economy(self) -> Economy | None:
        lost = [sector for sector in (*self._sectors, "\nimported") if sector not in self._found]
        for sector in lost:
            what = "imported inputs" if sector == "\nimported" else repr(sector)
            self._refuse(0, "", f"the table has no row of {what}", "add it")
        if not self._sectors:
            self._refuse(0, "", "the table has no sector", "put supplying sectors in rows and using ones in columns")
        if self.problems:
            return None
        domestic = np.array([self._numbers(sector) for sector in self._sectors])
        imported, added, output = (
            np.array(self._numbers(f"\n{name}")) if f"\n{name}" in self._found else None
            for name in ("imported", "value_added", "output")
        )
        if self.problems or imported is None:
            return None
        if output is not None:
            if not (output > 0).all():
                self._refuse(self._found["\noutput"][0], "", "an output is not above 0", "leave the sector out")
                return None
            domestic, imported = domestic / output, imported / output
            added = None if added is None else added / output
        return self._made(domestic, imported, added)

    def _made(self, domestic: np.ndarray, imported: np.ndarray, added: np.ndarray | None) -> Economy | None:
        try:
            economy = Economy(tuple(self._sectors), domestic, imported)
        except TableError as error:
            self._refuse(0, "", str(error), "correct the table")
            return None
        wrong = [] if added is None else np.flatnonzero(np.abs(added - economy.value_added) > CHECKED).tolist()
        for column in wrong:
            message = f"inputs and value added of {self._sectors[column]!r} do not sum to its output"
            self._refuse(self._found["\nvalue_added"][0], self._sectors[column], message, "correct the column")
        return None if wrong else economy

    def _numbers(self, name: str) -> list[float]:
        number, row = self._found[name]
        values = []
        for sector in self._sectors:
            text = row.get(sector, "")
            value = parse_number(text, self._decimal)
            if value is None:
                what = (
                    f"{text!r} is no number, or may be two"
                    if text.strip()
                    else "the cell is blank, which is not taken for 0"
                )
                self._refuse(number, sector, what, "write a number, 0 where nothing is bought", text)
            values.append(float("nan") if value is None else value)
        return values
