"""Coefficients that come with a source: reading one line of `data/valuation`, and finding the family it speaks of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn, cast

from integrator import data
from integrator.valuation.figures import Given, Range

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy

EVERY = "all"
"""Family of a line that holds where no nearer family has one."""
KINDS = ("default", "assumption")


@dataclass(frozen=True)
class Sourced:
    """One coefficient with its interval and where it was read."""

    value: Range
    unit: str
    kind: Literal["default", "assumption"]
    source: str
    date: str
    is_verified: bool

    def given(self, name: str) -> Given:
        """It as an input of a figure."""
        return Given(name, self.value, self.unit, self.kind, self.source, self.date, is_verified=self.is_verified)


def sourced(row: Mapping[str, str], file: str, line: int) -> Sourced:
    """The columns `low, point, high, unit, kind, source, date, verified` of a line.

    `line` counts below the header. Raises `KnowledgeError` naming file, line and fault: no number, ends out of order,
    an unknown kind, a default without a source.
    """
    low, point, high = (number(row, name, file, line) for name in ("low", "point", "high"))
    if not 0 <= low <= point <= high:
        fault(file, line, f"low, point and high must be in order and not negative, not {low}, {point}, {high}")
    if row["kind"] not in KINDS:
        fault(file, line, f"unknown kind {row['kind']!r}, not one of {', '.join(KINDS)}")
    if row["kind"] == "default" and not row["source"]:
        fault(file, line, "a default needs a source; without one it is an assumption")
    kind = cast('Literal["default", "assumption"]', row["kind"])
    verified = flag(row, "verified", file, line)
    return Sourced(Range(low, high, point), row["unit"], kind, row["source"], row["date"], verified)


def number(row: Mapping[str, str], name: str, file: str, line: int) -> float:
    """A cell that must be a finite number."""
    try:
        value = float(row[name])
    except ValueError:
        fault(file, line, f"column {name}: {row[name]!r} is no number")
    if not math.isfinite(value):
        fault(file, line, f"column {name}: {row[name]!r} is no finite number")
    return value


def flag(row: Mapping[str, str], name: str, file: str, line: int) -> bool:
    """A cell that must be `yes` or `no`."""
    if row[name] not in ("yes", "no"):
        fault(file, line, f"column {name}: {row[name]!r} is neither yes nor no")
    return row[name] == "yes"


def fault(file: str, line: int, what: str) -> NoReturn:
    """Refuse a line. Raises `KnowledgeError`."""
    raise data.KnowledgeError(f"{file}: line {line} below the header: {what}")


def families_of(concepts: Sequence[str], known: Iterable[str], lexicon: Taxonomy) -> tuple[str, ...]:
    """The families with a line that the concepts of one part belong to, sorted; (`all`,) when there is none.

    A concept takes the nearest of itself and its wider families. A family of parts tells more than the processes of a
    part, among which stand cutting and testing: so processes are asked only when no part has a line, and those without
    a line are passed over. A concept that the lexicon does not have says nothing.
    """
    lines = set(known)
    for kind in ("component", "process"):
        found = {
            next((one for one in (concept, *lexicon.ancestors(concept)) if one in lines), "")
            for concept in concepts
            if concept in lexicon.concepts and lexicon.concepts[concept].kind == kind
        } - {""}
        if found:
            return tuple(sorted(found))
    return (EVERY,)
