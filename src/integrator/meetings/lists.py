"""The organizer's lists: what all of them ask of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from integrator.errors import InputRefused, Problem, Severity
from integrator.wording import meant
from integrator.workbooks import Limits, read_book
from integrator.workbooks.lists import Headings, Line, read_list


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line."""

    column: str
    code: str
    severity: Severity
    message: str
    action: str

    def of(self, line: Line) -> Problem:
        """With the place of the line, and the published name of the column."""
        raw = line.get(self.column)[:200]
        place = (line.file, line.sheet, line.number, self.column)
        return Problem(*place, self.code, self.severity, self.message, self.action, raw)


def lines_of(
    path: Path, part: str, needed: Sequence[str], code: str, limits: Limits
) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The lines of a file whose columns are named by the texts `part.name` or by their published names; warnings.

    Raises `InputRefused` (`code`) without a header, and when two columns mean the same.
    """
    book = read_book(path, path.name, limits)
    said = meant(part)
    listing = read_list(book, Headings({**said, **{name: name for name in said.values()}}, [{name} for name in needed]))
    if not listing.is_headed:
        message, action = f"no header row with {', '.join(needed)}", "head the columns with these names"
        raise InputRefused([Problem(book.file, "", 0, "", code, "refused", message, action)])
    if listing.repeated:
        raise InputRefused(listing.repeated.values())
    return listing.lines, (*book.problems, *listing.unread)
