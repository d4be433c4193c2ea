"""Coefficients that come with a source: reading one line of `data/valuation`, and finding the family that it is of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn, cast

from integrator import data
from integrator.valuation.figures import Given, Kind, Range

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


def sourced(
    row: Mapping[str, str], file: str, line: int, *, unit: str = "", most: float = math.inf, has_point: bool = True,
    is_dated: bool = False,
) -> Sourced:  # fmt: skip
    """The columns `low, point, high, unit, kind, source, date, verified` of a line.

    `line` counts below the header. `unit`: the only one allowed; `most`: the highest value; `has_point`: whether the
    point must be said; `is_dated`: whether a default needs a date too. Raises `KnowledgeError` naming file, line and
    fault: no number, ends out of order, below 0 or above `most`, an unknown unit or kind, a default without a source.
    """
    low, high = number(row, "low", file, line), number(row, "high", file, line)
    point = number(row, "point", file, line) if has_point or row["point"] else None
    if not 0 <= low <= (low if point is None else point) <= high <= most:
        limit = "" if most == math.inf else f" nor above {most:g}"
        fault(file, line, f"low, point and high must be in order, not below 0{limit}: {low}, {point}, {high}")
    if unit and row["unit"] != unit:
        fault(file, line, f"the unit must be {unit}, not {row['unit']!r}")
    if row["kind"] not in KINDS:
        fault(file, line, f"unknown kind {row['kind']!r}, not one of {', '.join(KINDS)}")
    if row["kind"] == "default" and not (row["source"] and (row["date"] or not is_dated)):
        fault(
            file, line, f"a default needs a source{' and a date' if is_dated else ''}; without one it is an assumption"
        )
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


def lineage(lexicon: Taxonomy, concept: str) -> tuple[str, ...]:
    """A concept and its wider families, nearest first; nothing for one that the lexicon does not have."""
    return (concept, *lexicon.ancestors(concept)) if concept in lexicon.concepts else ()


def is_usable(kind: Kind, assumptions: bool) -> bool:
    """Whether a value counts: an assumption only when they are switched on."""
    return assumptions or kind != "assumption"


def nearest(families: Sequence[str], known: Iterable[tuple[str, Given]], *, assumptions: bool) -> Given | None:
    """The value of the nearest of `families` (a `lineage`) that has one, else that of `all`; None when there is none.

    In one family a default comes before an assumption, and assumptions count only when switched on. Of equal ones the
    first of `known` (family, value) is taken.
    """
    usable = [(family, one) for family, one in known if is_usable(one.kind, assumptions)]
    for family in (*families, EVERY):
        found = [one for of, one in usable if of == family]
        if found:
            return min(found, key=lambda one: one.kind != "default")
    return None


def families_of(concepts: Sequence[str], known: Iterable[str], lexicon: Taxonomy) -> tuple[str, ...]:
    """The families with a line that the concepts of one part belong to, sorted; (`all`,) when there is none.

    A concept takes the nearest of itself and its wider families. A family of parts tells more than the processes of a
    part, among which stand cutting and testing: so processes are asked only when no part has a line, and those without
    a line are passed over. A concept that the lexicon does not have says nothing.
    """
    lines = known if isinstance(known, Mapping) else set(known)
    for kind in ("component", "process"):
        found = {
            next((one for one in lineage(lexicon, concept) if one in lines), "")
            for concept in concepts
            if concept in lexicon.concepts and lexicon.concepts[concept].kind == kind
        } - {""}
        if found:
            return tuple(sorted(found))
    return (EVERY,)
