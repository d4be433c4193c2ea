"""The file of requests: who asks to meet whom, and how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from integrator import tables
from integrator.errors import Problem
from integrator.meetings.lists import Fault, lines_of
from integrator.text.companies import fold_company
from integrator.text.fold import fold
from integrator.wording import spoken
from integrator.workbooks import DEFAULT_LIMITS, Limits
from integrator.workbooks.lists import Line

_REQUIRED = ("buyer", "supplier_id", "asked_by")
_SIDES = {"buyer": ("buyer",), "supplier": ("supplier",), "both": ("buyer", "supplier")}
USUAL = 2
"""Priority of a request that names none."""


@dataclass(frozen=True)
class Known:
    """Who can be asked for: names as people write them -> what the job calls them."""

    buyers: Mapping[str, str]
    ids: frozenset[str]
    names: Mapping[str, tuple[str, ...]]
    """Folded name of a supplier -> ids that bear it."""

    @classmethod
    def of(cls, needs: pd.DataFrame, suppliers: pd.DataFrame) -> Known:
        """The named buyers of the needs, and the suppliers."""
        buyers = sorted(set(needs.loc[needs["named_buyer"] == "yes", "buyer"]))
        names: dict[str, list[str]] = {}
        for supplier, name in sorted(zip(suppliers["supplier_id"], suppliers["name"], strict=True)):
            names.setdefault(fold_company(str(name)), []).append(str(supplier))
        return cls(
            {fold(name): name for name in buyers},
            frozenset(map(str, suppliers["supplier_id"])),
            {name: tuple(ids) for name, ids in names.items()},
        )


def read_requests(
    path: Path, known: Known, limits: Limits = DEFAULT_LIMITS
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The requests as `tables.REQUESTS`, and what was set aside or doubtful, each with its cell.

    A buyer is given by name, a supplier by id or by its name where one supplier alone bears it; `asked_by` is buyer,
    supplier or both; priority 1 (must), 2 (wished, also when blank) or 3 (if possible), as number or word, in any
    language. The same request twice counts once, with its highest priority. Raises `InputRefused` without a header,
    and when two columns mean the same.
    """
    lines, warnings = lines_of(path, "agenda.col", _REQUIRED, "no_requests", limits)
    found: dict[tuple[str, str, str], tuple[int, str, str, int]] = {}
    problems: list[Problem] = []
    for line in lines:
        problems += [fault.of(line) for fault in _take(line, known, found)]
    rows = [(*key, *given) for key, given in found.items()]
    frame = tables.check(tables.REQUESTS, pd.DataFrame(rows, columns=tables.REQUESTS.names))
    return frame, tuple(sorted({*warnings, *problems}))


def _take(line: Line, known: Known, found: dict[tuple[str, str, str], tuple[int, str, str, int]]) -> list[Fault]:
    """Put one row into `found`; what is wrong with it."""
    buyer, fault = _buyer(line.get("buyer"), known)
    supplier, other = _supplier(line.get("supplier_id"), known)
    said = line.get("asked_by")
    sides = _SIDES.get(spoken("agenda.asked").get(fold(said), ""), ())
    faults = [each for each in (fault, other) if each]
    if not sides:
        message = f"{said!r} does not say who asks" if said else "nothing says who asks"
        faults.append(Fault("asked_by", "request_side", "set_aside", message, "write buyer, supplier or both"))
    if faults:
        return faults
    written = line.get("priority")
    priority = _priority(written)
    if priority is None:
        message = f"{written!r} is no priority; the request counts as {USUAL}"
        faults.append(Fault("priority", "request_priority", "warning", message, "write 1, 2 or 3"))
    asked = priority or USUAL
    for side in sides:
        before = found.get((buyer, supplier, side))
        if before:
            message = f"the same request stands in row {before[3]}; the higher priority counts"
            faults.append(Fault("buyer", "request_twice", "set_aside", message, "keep one row"))
        if before is None or asked < before[0]:
            place = (line.file, line.sheet, line.number) if before is None else before[1:]
            found[buyer, supplier, side] = (asked, *place)
    return list(dict.fromkeys(faults))


def _buyer(said: str, known: Known) -> tuple[str, Fault | None]:
    name = known.buyers.get(fold(said), "")
    if name:
        return name, None
    message = f"{said!r} is no named buyer of the needs" if said else "a request without buyer"
    return "", Fault("buyer", "request_unknown", "set_aside", message, "check the spelling")


def _supplier(said: str, known: Known) -> tuple[str, Fault | None]:
    if said in known.ids:
        return said, None
    ids = known.names.get(fold_company(said), ()) if said else ()
    if len(ids) == 1:
        return ids[0], None
    if ids:
        message = f"{said!r} is the name of several suppliers ({', '.join(ids[:5])})"
        return "", Fault("supplier_id", "request_unknown", "set_aside", message, "write the id")
    message = f"{said!r} is no id or name of a supplier" if said else "a request without supplier"
    return "", Fault("supplier_id", "request_unknown", "set_aside", message, "check the spelling")


def _priority(said: str) -> int | None:
    if not said:
        return USUAL
    if said in ("1", "2", "3"):
        return int(said)
    word = spoken("agenda.priority").get(fold(said), "")
    return int(word) if word else None
