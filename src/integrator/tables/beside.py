"""Tables that no run holds: lists of the organizer of a buyer-supplier day, what a pack withholds."""

from __future__ import annotations

from integrator.tables.contract import table

PARTICIPANTS = table(
    "participants",
    key="side participant_id",
    columns="participant_id side unavailable_slots most_meetings:integer",
    about=(
        "side: buyer (the id is the buyer's name as in the needs) or supplier (a supplier id); slots count from 1; "
        "most_meetings: blank = no limit of its own. Given by the organizer of a buyer-supplier day; no table of a "
        "run"
    ),
)

WITHHELD = table(
    "withheld",
    key="need_id section",
    columns="need_id section",
    about=(
        "sections of a sheet (wording `section.<name>`) from which something known was taken out for a level. Beside "
        "the tables of a pack; no table of a run"
    ),
)

REQUESTS = table(
    "requests",
    key="buyer supplier_id asked_by",
    columns="buyer supplier_id asked_by priority:integer file sheet row:integer",
    about=(
        "asked_by: buyer or supplier (a row that says both becomes two); priority: 1 must, 2 wished, 3 if possible. "
        "Given by the organizer too"
    ),
)
