"""Where a project stands: what people say, kept in the store with all that was said before."""

from __future__ import annotations

from collections.abc import Collection

from integrator import data
from integrator.errors import UsageError
from integrator.records import ProjectStatus
from integrator.store import Store
from integrator.text.fold import fold


def set_status(
    store: Store, known: Collection[str], sheet_id: str, status: str, reason: str = "", stated_on: str = ""
) -> ProjectStatus:
    """Record where the project of a sheet stands; `status` is a code of `data/project_statuses.csv` or its wording.

    Any status may follow any other: projects come back. Raises `UsageError` for a sheet that is not `known`, an
    unknown status, or a status that needs a reason and has none.
    """
    if sheet_id not in known:
        raise UsageError(f"{sheet_id}: no sheet of this job has this id: see the portfolio page.")
    codes = {
        fold(text): row
        for row in data.rows("project_statuses.csv")
        for text in (row["status"], row["fr"], row["en"], row["ar"])
    }
    row = codes.get(fold(status))
    if row is None:
        choices = ", ".join(line["status"] for line in data.rows("project_statuses.csv"))
        raise UsageError(f"{status!r} is no status: choose among {choices}.")
    if row["needs_reason"] == "yes" and not reason.strip():
        raise UsageError(f"{row['status']}: say why, with --reason.")
    one = ProjectStatus(sheet_id, row["status"], reason.strip(), stated_on)
    store.add_status(one)
    return one


def history_text(store: Store, sheet_id: str) -> str:
    """All that was said of a sheet, the latest last; a sentence when nothing was."""
    lines = [
        "  ".join(part for part in (one.stated_on, one.status, one.reason) if part)
        for one in store.statuses()
        if one.sheet_id == sheet_id
    ]
    return "\n".join(lines) or f"{sheet_id}: no status recorded"
