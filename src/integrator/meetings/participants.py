"""The list of participants an organizer keeps: who comes, on which side, when not, and how many meetings at most."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from integrator import tables
from integrator.errors import InputRefused, Problem, Severity
from integrator.meetings.lists import Listing, spoken
from integrator.text.fold import fold
from integrator.workbooks import DEFAULT_LIMITS, Limits

SIDES = ("buyer", "supplier")
_COLUMNS = tuple(tables.PARTICIPANTS.names)
_REQUIRED = ("participant_id", "side")


def read_participants(
    path: Path, slots: int, buyers: Collection[str], suppliers: Collection[str], limits: Limits = DEFAULT_LIMITS
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The participants as `tables.PARTICIPANTS`, and warnings.

    A buyer is given by name, equal after folding to one of `buyers`; a supplier by an id of `suppliers`; one
    who is neither can meet nobody, gives a warning and is left out. Slots count from 1. Raises `InputRefused`
    with every row that has an unknown side, an impossible slot or number, or says the same participant again.
    """
    listing = Listing(path, "meetings.col", _REQUIRED, limits)
    known = {"buyer": {fold(name): name for name in sorted(buyers)}, "supplier": {name: name for name in suppliers}}
    found: dict[tuple[str, str], tuple[str, int | None]] = {}
    problems: list[Problem] = []
    for line in listing.lines():
        fault = _take(line.values, slots, known, found)
        if fault:
            problems.append(listing.problem(line, *fault))
    if not listing.headed:
        message = f"no header row with {' and '.join(sorted(_REQUIRED))}"
        action = "head the columns with these names"
        problems.append(Problem(listing.file, "", 0, "", "no_participants", "refused", message, action))
    refusals = [problem for problem in problems if problem.severity == "refused"]
    if refusals:
        raise InputRefused(refusals)
    rows = [(name, side, *given) for (side, name), given in found.items()]
    frame = tables.check(tables.PARTICIPANTS, pd.DataFrame(rows, columns=list(_COLUMNS)))
    return frame, tuple(sorted({*listing.problems, *problems}))


def unavailable(participants: pd.DataFrame) -> frozenset[tuple[str, int]]:
    """(participant, slot) that cannot be; slots count from 0, as `Rules` takes them."""
    return frozenset(
        (str(name), int(slot) - 1)
        for name, slots in zip(participants["participant_id"], participants["unavailable_slots"], strict=True)
        for slot in str(slots).split()
    )


def caps(participants: pd.DataFrame) -> dict[tuple[str, str], int]:
    """(side, participant) -> most meetings, where the list says so, as `Rules` takes them."""
    limited = participants[participants["most_meetings"].notna()]
    columns = (limited["side"], limited["participant_id"], limited["most_meetings"])
    return {(str(side), str(name)): int(most) for side, name, most in zip(*columns, strict=True)}


def attending(weights: Mapping[tuple[str, str], float], participants: pd.DataFrame) -> dict[tuple[str, str], float]:
    """The weights of the pairs of which both come."""
    coming = set(zip(participants["side"], participants["participant_id"], strict=True))
    return {
        (buyer, supplier): weight
        for (buyer, supplier), weight in weights.items()
        if ("buyer", buyer) in coming and ("supplier", supplier) in coming
    }


Fault = tuple[str, str, Severity, str, str]


def _take(
    values: Mapping[str, str],
    slots: int,
    known: Mapping[str, Mapping[str, str]],
    found: dict[tuple[str, str], tuple[str, int | None]],
) -> Fault | None:
    """Put one row into `found`, or say what is wrong: column, code, severity, message, action."""
    said, side = values["participant_id"], spoken("meetings.side").get(fold(values["side"]), "")
    if not said:
        return "participant_id", "no_participant", "refused", "a row without participant", "name the participant"
    if not side:
        return "side", "unknown_side", "refused", f"unknown side {values['side']!r}", f"write {' or '.join(SIDES)}"
    name = known[side].get(fold(said) if side == "buyer" else said)
    busy = [part for part in re.split(r"[\s,;]+", values.get("unavailable_slots", "")) if part]
    if not all(re.fullmatch(r"[0-9]{1,4}", part) and 1 <= int(part) <= slots for part in busy):
        message = f"the slots {values['unavailable_slots']!r} are not all numbers from 1 to {slots}"
        return "unavailable_slots", "wrong_slot", "refused", message, "write slot numbers separated by blanks"
    most = values.get("most_meetings", "")
    if most and not re.fullmatch(r"[0-9]{1,4}", most):
        message = f"{most!r} is no number of meetings"
        return "most_meetings", "wrong_count", "refused", message, "write a whole number, or leave it blank"
    if name is None:
        where = "named buyer of the needs" if side == "buyer" else "id of a supplier"
        message = f"{said!r} is no {where}, so no meeting can be proposed"
        return "participant_id", "unknown_participant", "warning", message, "check the spelling"
    if (side, name) in found:
        return "participant_id", "participant_twice", "refused", f"{said!r} stands there twice", "keep one row"
    slots_away = " ".join(str(slot) for slot in sorted({int(part) for part in busy}))
    found[side, name] = (slots_away, int(most) if most else None)
    return None
