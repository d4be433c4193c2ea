"""Where a project stands: what people say, kept in the store with all that was said before."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from integrator import data, tables
from integrator.errors import Problem, UsageError
from integrator.records import ProjectStatus
from integrator.store import Store
from integrator.text.fold import fold
from integrator.wording import meant


def set_status(store: Store, known: Collection[str], said: ProjectStatus) -> ProjectStatus:
    """Record where the project of a sheet stands; `status` is a code of `data/project_statuses.csv` or its wording.

    Any status may follow any other: projects come back. Raises `UsageError` for a sheet that is not `known`, an
    unknown status, a status that needs a reason and has none, or a day that is none.
    """
    if said.sheet_id not in known:
        raise UsageError(f"{said.sheet_id}: no sheet of this job has this id: see the portfolio page.")
    one = understood(said)
    store.add_statuses([one])
    return one


def understood(said: ProjectStatus) -> ProjectStatus:
    """What was said with the code of its status. Raises `UsageError` for what cannot be recorded."""
    row = _by_words().get(fold(said.status))
    if row is None:
        choices = ", ".join(line["status"] for line in data.rows("project_statuses.csv"))
        raise UsageError(f"{said.status!r} is no status: choose among {choices}.")
    reason = said.reason.strip()
    if row["needs_reason"] == "yes" and not reason:
        raise UsageError(f"{row['status']}: say why, with --reason.")
    for day in filter(None, (said.due, said.stated_on)):
        _check_day(day)
    return replace(
        said, status=row["status"], reason=reason, owner=said.owner.strip(), stated_by=said.stated_by.strip()
    )


@lru_cache(maxsize=1)
def _by_words() -> dict[str, dict[str, str]]:
    """The line of a status by its folded code and by its wording in every language."""
    lines = {row["status"]: dict(row) for row in data.rows("project_statuses.csv")}
    found = {fold(text): lines[code] for text, code in meant("status").items()}
    return found | {fold(code): line for code, line in lines.items()}


def _check_day(text: str) -> None:
    try:
        right = datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        right = False
    if not right:
        raise UsageError(f"{text!r} is no day: write it as 2026-12-31.")


def statuses_table(
    said: Iterable[ProjectStatus], opportunities: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """`tables.STATUSES` from all that was said, the latest last; a warning for each sheet that is there no more."""
    needs = dict(zip(opportunities["sheet_id"], opportunities["need_id"], strict=True))
    history: dict[str, list[ProjectStatus]] = {}
    for one in said:
        history.setdefault(one.sheet_id, []).append(one)
    rows = [_latest(told, needs.get(sheet_id, "")) for sheet_id, told in history.items()]
    lost = tuple(
        Problem(
            "tables/statuses.csv", "", 0, "", "status_without_sheet", "warning",
            f"a status ({told[-1].status}) is recorded of {sheet_id}, which is no sheet of this job",
            "give the need its former id, or record the status of the new sheet", sheet_id,
        )
        for sheet_id, told in sorted(history.items()) if sheet_id not in needs
    )  # fmt: skip
    return tables.frame(tables.STATUSES, rows), lost


def _latest(told: list[ProjectStatus], need_id: str) -> dict[str, object]:
    last, since = told[-1], told[-1].stated_on
    for one in reversed(told):
        if one.status != last.status:
            break
        since = one.stated_on
    values = {name: getattr(last, name) for name in tables.STATUSES.names if hasattr(last, name) and name != "count"}
    return values | {"need_id": need_id, "since": since, "count": len(told)}


def history_text(store: Store, sheet_id: str) -> str:
    """All that was said of a sheet, the latest last; a sentence when nothing was."""
    lines = [
        "  ".join(
            part
            for part in (one.stated_on, one.status, one.reason, one.owner, one.due and f"-> {one.due}", one.stated_by)
            if part
        )
        for one in store.statuses()
        if one.sheet_id == sheet_id
    ]
    return "\n".join(lines) or f"{sheet_id}: no status recorded"
