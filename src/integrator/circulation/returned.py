"""A portfolio or list edited by hand -> statuses; a row that cannot be placed refuses the whole file, with its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from integrator.circulation.statuses import understood
from integrator.errors import InputRefused, Problem, UsageError
from integrator.records import ProjectStatus
from integrator.text.dates import read_date
from integrator.text.fold import fold
from integrator.wording import meant, spoken
from integrator.workbooks import DEFAULT_LIMITS, Limits, read_book
from integrator.workbooks.lists import Headings, Line, Listing, read_list

COLUMNS = ("sheet_id", "status", "reason", "owner", "due", "stated_on", "stated_by")
_SAID = ("status", "reason", "owner", "due")
"""What makes a row say something new."""
_DAYS = ("due", "stated_on")
_OF_PORTFOLIO = {"sheet": "sheet_id"}
"""Columns of the portfolio under another name."""
_ADDED = {"stated_on", "stated_by"}
_BLANKS = frozenset(text for text, name in meant("overview").items() if name == "status.unknown")


def read_statuses(
    path: Path, latest: Mapping[str, ProjectStatus], known: set[str], stated_on: str, stated_by: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[ProjectStatus, ...]:  # fmt: skip
    """What a list says of projects by the id of their sheet, whatever the order of its rows and columns.

    Rows that say what stands already (`latest`, by sheet) give nothing, and so do rows without a status of projects
    that have none; a column that the file lacks leaves what stands there. Raises `InputRefused` with every row that
    cannot be taken: nothing is taken then.
    """
    listing = _listing(path, limits)
    problems = list(listing.repeated.values())
    found: dict[str, ProjectStatus] = {}
    places: dict[str, int] = {}
    for row in listing.lines:
        sheet_id = row.get("sheet_id")
        before = latest.get(sheet_id)
        if not sheet_id:
            if any(row.get(name) for name in _SAID):
                problems.append(_refused(row, "sheet_id", "no_sheet_id", "a status without a sheet", "name the sheet"))
        elif sheet_id not in known:
            if row.get("status"):
                message = f"no sheet of this job has the id {sheet_id!r}"
                problems.append(_refused(row, "sheet_id", "unknown_sheet", message, "copy the id from the portfolio"))
        elif sheet_id in places:
            message = f"{sheet_id} stands in row {places[sheet_id]} too"
            problems.append(_refused(row, "sheet_id", "sheet_twice", message, "keep one row of a sheet"))
        else:
            places[sheet_id] = row.number
            _take(row, before, (stated_on, stated_by), found, problems)
    if problems:
        raise InputRefused(problems)
    return tuple(found.values())


def _take(
    row: Line, before: ProjectStatus | None, said: tuple[str, str], found: dict[str, ProjectStatus],
    problems: list[Problem],
) -> None:  # fmt: skip
    """Put what a row says into `found` when it is new, or say what is wrong with it."""
    if not row.get("status"):
        if before or any(row.get(name) for name in _SAID[1:]):
            message = f"{row.get('sheet_id')} has no status"
            problems.append(_refused(row, "status", "no_status", message, "write one; what was recorded stays"))
        return
    values = {name: row.get(name) for name in COLUMNS if row.has(name)}
    for name in _DAYS:
        if values.get(name):
            day = read_date(values[name])
            if day is None or day.precision != "day" or day.open:
                message = f"{values[name]!r} cannot be read as one day"
                problems.append(_refused(row, name, "unread_day", message, "write it as 2026-12-31"))
                return
            values[name] = day.start.isoformat()
    try:
        one = understood(_merged(values, before))
    except UsageError as error:
        problems.append(_refused(row, "status", "unusable_status", str(error).rstrip("."), "correct the row"))
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
    return {text for text, name in spoken("status").items() if name == code} | {fold(code)}


def _refused(row: Line, name: str, code: str, message: str, action: str) -> Problem:
    return row.problem(name, code, "refused", message, action)


def _listing(path: Path, limits: Limits) -> Listing:
    """The rows of a list of statuses. Raises `InputRefused` when the file has no header of one."""
    book = read_book(path, path.name, limits)
    lists = {fold(text) for text, name in meant("portfolio").items() if name == "sheet"}
    of_portfolio = [sheet for sheet in book.sheets if fold(sheet.name) in lists]
    sheets = of_portfolio or book.sheets  # other pages of a portfolio show statuses too
    listing = read_list(book, _headings(), sheets, _plain)
    if not listing.is_headed:
        message = "no header row with the id of the sheet and its status"
        action = "head the columns sheet_id and status"
        raise InputRefused([Problem(book.file, "", 0, "", "no_statuses", "refused", message, action)])
    return listing


def _headings() -> Headings:
    """Those of a list in any language, the published names, and those of a portfolio."""
    shown = {text: _OF_PORTFOLIO.get(name, name) for text, name in meant("portfolio.col").items()}
    names = {text: name for text, name in shown.items() if name in COLUMNS} | meant("statuses.col")
    return Headings(names | {name: name for name in COLUMNS}, (["sheet_id"], ["status"]), others=shown)


def _plain(text: str) -> str:
    """A cell as it was meant: without the apostrophe of our own CSV, and blank where the portfolio says so in words."""
    said = text.strip()
    if re.match(r"'[=+\-@]", said):
        said = said[1:]
    return "" if said in _BLANKS else said
