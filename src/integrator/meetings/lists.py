"""The organizer's lists: rows below a header in any language, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from integrator.errors import Problem, Severity
from integrator.records import CellRef
from integrator.text.fold import fold
from integrator.wording import meant
from integrator.workbooks import DEFAULT_LIMITS, Limits, cell_text, read_book


@dataclass(frozen=True)
class Line:
    """One row that is not blank."""

    sheet: str
    number: int
    values: Mapping[str, str]
    """By published name of the column; "" when blank."""


class Listing:
    """A file whose columns are named by `wording` keys `part.name`, or by the published names."""

    def __init__(self, path: Path, part: str, required: Collection[str], limits: Limits = DEFAULT_LIMITS) -> None:
        self._book = read_book(path, path.name, limits)
        self._names = spoken(part)
        self._required = set(required)
        self.file = self._book.file
        self.problems: tuple[Problem, ...] = tuple(self._book.problems)
        self.headed = False
        """Whether any sheet had a header; known when all lines were taken."""

    def lines(self) -> Iterator[Line]:
        """Every row below a header."""
        for sheet in self._book.sheets:
            columns: dict[str, int] = {}
            for number, cells in enumerate(sheet.rows, start=1):
                texts = [cell_text(value).strip() for value in cells]
                if not columns:
                    columns = self._header(texts)
                    if columns:
                        self._name_unknown(sheet.name, number, texts, set(columns.values()))
                    self.headed = self.headed or bool(columns)
                    continue
                values = {name: texts[i] if i < len(texts) else "" for name, i in columns.items()}
                if any(values.values()):
                    yield Line(sheet.name, number, values)

    def problem(self, line: Line, column: str, code: str, severity: Severity, message: str, action: str) -> Problem:
        """What is wrong with a line, with its place and the text that stands there."""
        raw = line.values.get(column, "")[:200]
        return Problem(self.file, line.sheet, line.number, column, code, severity, message, action, raw)

    def _name_unknown(self, sheet: str, number: int, texts: list[str], read: Collection[int]) -> None:
        """A warning for each heading that names no column: what stands below it is not read."""
        for place, text in enumerate(texts):
            if text and place not in read:
                letters = CellRef(self.file, sheet, number, place + 1).cell.rstrip("0123456789")
                message = f"the heading {text[:40]!r} names no column of this list; it is not read"
                action = f"name it {', '.join(sorted(set(self._names.values())))}, or delete it"
                code = "unmapped_column"
                self.problems += (
                    Problem(self.file, sheet, number, letters, code, "warning", message, action, text[:200]),
                )

    def _header(self, texts: list[str]) -> dict[str, int]:
        found = {self._names[fold(text)]: i for i, text in enumerate(texts) if fold(text) in self._names}
        return found if set(found) >= self._required else {}


def spoken(part: str) -> dict[str, str]:
    """Folded wording in every language -> name, of the keys `part.name`; the names themselves too."""
    found = meant(part)
    return {fold(text): name for text, name in found.items()} | {fold(name): name for name in found.values()}
