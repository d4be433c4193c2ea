"""Lists that people keep or send back: the rows below a header, in any order and language, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from integrator.errors import Problem, Severity
from integrator.records import CellRef
from integrator.text.fold import fold
from integrator.workbooks.cells import cell_text
from integrator.workbooks.reading import Book, Sheet


class Headings:
    """How the columns of a list may be headed, and which a header has."""

    def __init__(
        self, names: Mapping[str, str], needed: Sequence[Collection[str]], others: Collection[str] = ()
    ) -> None:
        """Take `names` (heading as written -> column), of which a header has one of each group of `needed`.

        `others` are headings that are known and not read.
        """
        self.names = {fold(text): name for text, name in names.items()}
        self.needed = tuple(frozenset(group) for group in needed)
        self._others = frozenset(map(fold, others))

    def header(self, texts: Sequence[str]) -> dict[str, list[int]]:
        """Places of each column when a row is a header, else nothing."""
        found: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            if name := self.names.get(fold(text)):
                found.setdefault(name, []).append(place)
        return found if all(group & found.keys() for group in self.needed) else {}

    def is_unknown(self, text: str) -> bool:
        """Whether a heading names nothing that is known."""
        folded = fold(text)
        return bool(folded) and folded not in self.names and folded not in self._others


@dataclass(frozen=True)
class Line:
    """One row below a header that is not blank."""

    file: str
    sheet: str
    number: int
    places: Mapping[str, int]
    """Column -> its place in the row, from 0."""
    headings: Sequence[str]
    texts: Sequence[str]

    def has(self, name: str) -> bool:
        """Whether the list has a column."""
        return name in self.places

    def get(self, name: str) -> str:
        """What stands in a column; "" when it is blank or the list has no such column."""
        place = self.places.get(name, len(self.texts))
        return self.texts[place] if place < len(self.texts) else ""

    def cell(self, name: str, otherwise: str = "") -> CellRef:
        """The cell of a column; where the list lacks it, that of another, or the first of the row."""
        place = self.places.get(name, self.places.get(otherwise, 0))
        return CellRef(self.file, self.sheet, self.number, place + 1)

    def problem(self, name: str, code: str, severity: Severity, message: str, action: str) -> Problem:
        """What is wrong with a cell, with its column's letters and what stands there."""
        return _problem(self.cell(name), code, severity, message, action, self.get(name))


@dataclass(frozen=True)
class Listing:
    """What a file holds below its headers."""

    lines: tuple[Line, ...]
    is_headed: bool
    """Whether any sheet has a header."""
    unread: tuple[Problem, ...]
    """A warning for each heading that names no column: what stands below it is not read."""
    repeated: Mapping[str, Problem]
    """Columns that are headed twice, and why that is refused: a caller decides for which it matters."""


def read_list(
    book: Book, headings: Headings, sheets: Sequence[Sheet] | None = None, plain: Callable[[str], str] = str.strip
) -> Listing:
    """The lines below the headers of the sheets of a book (of all when left out).

    A sheet may have titles above its header, and further headers below; `plain` says what the text of a cell means.
    """
    lines: list[Line] = []
    unread: list[Problem] = []
    repeated: dict[str, Problem] = {}
    is_headed = False
    for sheet in book.sheets if sheets is None else sheets:
        places: dict[str, int] = {}
        heads: tuple[str, ...] = ()
        for number, cells in enumerate(sheet.rows, start=1):
            texts = tuple(plain(cell_text(value)) for value in cells)
            header = headings.header(texts)
            if header:
                is_headed, heads = True, texts
                places = {name: found[0] for name, found in header.items()}
                row = CellRef(book.file, sheet.name, number)
                unread += _unread(row, texts, headings)
                repeated |= _repeated(row, texts, header)
            elif any(place < len(texts) and texts[place] for place in places.values()):
                lines.append(Line(book.file, sheet.name, number, places, heads, texts))
    return Listing(tuple(lines), is_headed, tuple(dict.fromkeys(unread)), repeated)


def _unread(row: CellRef, texts: Sequence[str], headings: Headings) -> list[Problem]:
    return [
        _problem(
            row._replace(column=place), "unread_heading", "warning",
            f"the heading {text[:40]!r} names no column of this list; it is not read",
            f"name it {', '.join(dict.fromkeys(headings.names.values()))}, or leave it as your own", text,
        )
        for place, text in enumerate(texts, start=1)
        if headings.is_unknown(text)
    ]  # fmt: skip


def _repeated(row: CellRef, texts: Sequence[str], header: Mapping[str, Sequence[int]]) -> dict[str, Problem]:
    return {
        name: _problem(
            row._replace(column=places[1] + 1), "repeated_column", "refused",
            f"the heading {texts[places[1]]!r} means what column {row._replace(column=places[0] + 1).letters} means",
            "keep one of them", texts[places[1]],
        )
        for name, places in header.items()
        if len(places) > 1
    }  # fmt: skip


def _problem(cell: CellRef, code: str, severity: Severity, message: str, action: str, raw: str) -> Problem:
    return Problem(cell.file, cell.sheet, cell.row, cell.letters, code, severity, message, action, raw[:200])
