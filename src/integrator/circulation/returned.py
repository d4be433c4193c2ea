"""A portfolio or list edited by hand -> statuses; a row that cannot be placed refuses the whole file, with its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from integrator.circulation.statuses import understood
from integrator.errors import InputRefused, Problem, UsageError
from integrator.records import CellRef, ProjectStatus
from integrator.text.dates import read_date
from integrator.text.fold import fold
from integrator.wording import meant
from integrator.workbooks import DEFAULT_LIMITS, Limits, cell_text, read_book

COLUMNS = ("sheet_id", "status", "reason", "owner", "due", "stated_on", "stated_by")
_SAID = ("status", "reason", "owner", "due")
"""What makes a row say something new."""
_DAYS = ("due", "stated_on")
_OF_PORTFOLIO = {"sheet": "sheet_id"}
"""Columns of the portfolio under another name."""
_ADDED = {"stated_on", "stated_by"}
_BLANKS = frozenset(text for text, name in meant("overview").items() if name == "status.unknown")


@dataclass(frozen=True)
class _Row:
    """One row of a list: the text of each column that the file has, and the place of the row."""

    file: str
    sheet: str
    number: int
    columns: Mapping[str, int]
    texts: tuple[str, ...]

    def has(self, name: str) -> bool:
        return name in self.columns

    def get(self, name: str) -> str:
        place = self.columns.get(name)
        return self.texts[place] if place is not None and place < len(self.texts) else ""

    def problem(self, name: str, code: str, message: str, action: str) -> Problem:
        letters = CellRef(self.file, self.sheet, 1, self.columns.get(name, 0) + 1).cell[:-1]
        raw = self.get(name)[:200]
        return Problem(self.file, self.sheet, self.number, letters, code, "refused", message, action, raw)


def read_statuses(
    path: Path, latest: Mapping[str, ProjectStatus], known: set[str], stated_on: str, stated_by: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[ProjectStatus, ...]:  # fmt: skip
    """What a list says of projects by the id of their sheet, whatever the order of its rows and columns.

    Rows that say what stands already (`latest`, by sheet) give nothing, and so do rows without a status of projects
    that have none; a column that the file lacks leaves what stands there. Raises `InputRefused` with every row that
    cannot be taken: nothing is taken then.
    """
    rows, file = _rows(path, limits)
    problems: list[Problem] = []
    found: dict[str, ProjectStatus] = {}
    places: dict[str, int] = {}
    for row in rows:
        sheet_id = row.get("sheet_id")
        before = latest.get(sheet_id)
        if not sheet_id:
            if any(row.get(name) for name in _SAID):
                problems.append(row.problem("sheet_id", "no_sheet_id", "a status without a sheet", "name the sheet"))
        elif sheet_id not in known:
            if row.get("status"):
                message = f"no sheet of this job has the id {sheet_id!r}"
                problems.append(row.problem("sheet_id", "unknown_sheet", message, "copy the id from the portfolio"))
        elif sheet_id in places:
            message = f"{sheet_id} stands in row {places[sheet_id]} too"
            problems.append(row.problem("sheet_id", "sheet_twice", message, "keep one row of a sheet"))
        else:
            places[sheet_id] = row.number
            _take(row, before, (stated_on, stated_by), found, problems)
    if not rows and not places:
        message = "no header row with the id of the sheet and its status"
        problems.append(
            Problem(file, "", 0, "", "no_statuses", "refused", message, "head the columns sheet_id and status")
        )
    if problems:
        raise InputRefused(problems)
    return tuple(found.values())


def _take(
    row: _Row, before: ProjectStatus | None, said: tuple[str, str], found: dict[str, ProjectStatus],
    problems: list[Problem],
) -> None:  # fmt: skip
    """Put what a row says into `found` when it is new, or say what is wrong with it."""
    if not row.get("status"):
        if before or any(row.get(name) for name in _SAID[1:]):
            message = f"{row.get('sheet_id')} has no status"
            problems.append(row.problem("status", "no_status", message, "write one; what was recorded stays"))
        return
    values = {name: row.get(name) for name in COLUMNS if row.has(name)}
    for name in _DAYS:
        if values.get(name):
            day = read_date(values[name])
            if day is None or day.precision != "day" or day.open:
                message = f"{values[name]!r} cannot be read as one day"
                problems.append(row.problem(name, "unread_day", message, "write it as 2026-12-31"))
                return
            values[name] = day.start.isoformat()
    try:
        one = understood(_merged(values, before))
    except UsageError as error:
        problems.append(row.problem("status", "unusable_status", str(error).rstrip("."), "correct the row"))
        return
    if before is None or any(getattr(one, name) != getattr(before, name) for name in _SAID):
        on, who = (values.get(name) or given for name, given in zip(("stated_on", "stated_by"), said, strict=True))
        found[one.sheet_id] = replace(one, stated_on=on, stated_by=who)


def _merged(values: Mapping[str, str], before: ProjectStatus | None) -> ProjectStatus:
    """The values of a row over what stood there; a reason does not outlive its status."""
    base = before or ProjectStatus("", "", "", "")
    kept = replace(base, reason="") if fold(values["status"]) not in _words_of(base.status) else base
    return replace(kept, **{name: text for name, text in values.items() if name not in _ADDED})


def _words_of(code: str) -> set[str]:
    return {fold(text) for text, name in meant("status").items() if name == code} | {fold(code)}


def _rows(path: Path, limits: Limits) -> tuple[list[_Row], str]:
    """The rows below a header in each sheet of a file, and its name."""
    book = read_book(path, path.name, limits)
    found: list[_Row] = []
    lists = {fold(text) for text, name in meant("portfolio").items() if name == "sheet"}
    of_portfolio = [sheet for sheet in book.sheets if fold(sheet.name) in lists]
    for sheet in of_portfolio or book.sheets:  # other pages of a portfolio show statuses too
        columns: dict[str, int] = {}
        for number, cells in enumerate(sheet.rows, start=1):
            texts = tuple(_plain(cell_text(value)) for value in cells)
            header = _header(texts)
            if header:
                columns = header
            elif columns and any(texts):
                found.append(_Row(book.file, sheet.name, number, columns, texts))
    return found, book.file


def _plain(text: str) -> str:
    """A cell as it was meant: without the apostrophe of our own CSV, and blank where the portfolio says so in words."""
    said = text.strip()
    if re.match(r"'[=+\-@]", said):
        said = said[1:]
    return "" if said in _BLANKS else said


def _header(texts: tuple[str, ...]) -> dict[str, int]:
    """Column positions when the row is the header, in any language or by the published names; else nothing."""
    shown = {text: _OF_PORTFOLIO.get(name, name) for text, name in meant("portfolio.col").items()}
    named = {text: name for text, name in shown.items() if name in COLUMNS} | meant("statuses.col")
    names = {fold(text): name for text, name in named.items()} | {fold(name): name for name in COLUMNS}
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        name = names.get(fold(text), "")
        if name:
            found.setdefault(name, place)
    return found if {"sheet_id", "status"} <= set(found) else {}
