"""The list of participants an organizer keeps: who comes, on which side, when not, and how many meetings at most."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from integrator import tables
from integrator.errors import InputRefused, Problem
from integrator.meetings.lists import Fault, lines_of
from integrator.text.fold import fold
from integrator.wording import spoken
from integrator.workbooks import DEFAULT_LIMITS, Limits
from integrator.workbooks.lists import Line

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
    lines, warnings = lines_of(path, "meetings.col", _REQUIRED, "no_participants", limits)
    known = {"buyer": {fold(name): name for name in sorted(buyers)}, "supplier": {name: name for name in suppliers}}
    found: dict[tuple[str, str], tuple[str, int | None]] = {}
    problems: list[Problem] = []
    for line in lines:
        fault = _take(line, slots, known, found)
        if fault:
            problems.append(fault.of(line))
    refusals = [problem for problem in problems if problem.severity == "refused"]
    if refusals:
        raise InputRefused(refusals)
    rows = [(name, side, *given) for (side, name), given in found.items()]
    frame = tables.check(tables.PARTICIPANTS, pd.DataFrame(rows, columns=list(_COLUMNS)))
    return frame, tuple(sorted({*warnings, *problems}))


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


def _take(
    line: Line,
    slots: int,
    known: Mapping[str, Mapping[str, str]],
    found: dict[tuple[str, str], tuple[str, int | None]],
) -> Fault | None:
    """Put one row into `found`, or say what is wrong with it."""
    said, side = line.get("participant_id"), spoken("meetings.side").get(fold(line.get("side")), "")
    if not said:
        message = "a row without participant"
        return Fault("participant_id", "no_participant", "refused", message, "name the participant")
    if not side:
        message = f"unknown side {line.get('side')!r}"
        return Fault("side", "unknown_side", "refused", message, f"write {' or '.join(SIDES)}")
    name = known[side].get(fold(said) if side == "buyer" else said)
    busy = [part for part in re.split(r"[\s,;]+", line.get("unavailable_slots")) if part]
    if not all(re.fullmatch(r"[0-9]{1,4}", part) and 1 <= int(part) <= slots for part in busy):
        message = f"the slots {line.get('unavailable_slots')!r} are not all numbers from 1 to {slots}"
        return Fault("unavailable_slots", "wrong_slot", "refused", message, "write slot numbers separated by blanks")
    most = line.get("most_meetings")
    if most and not re.fullmatch(r"[0-9]{1,4}", most):
        message = f"{most!r} is no number of meetings"
        return Fault("most_meetings", "wrong_count", "refused", message, "write a whole number, or leave it blank")
    if name is None:
        where = "named buyer of the needs" if side == "buyer" else "id of a supplier"
        message = f"{said!r} is no {where}, so no meeting can be proposed"
        return Fault("participant_id", "unknown_participant", "warning", message, "check the spelling")
    if (side, name) in found:
        return Fault("participant_id", "participant_twice", "refused", f"{said!r} stands there twice", "keep one row")
    slots_away = " ".join(str(slot) for slot in sorted({int(part) for part in busy}))
    found[side, name] = (slots_away, int(most) if most else None)
    return None
