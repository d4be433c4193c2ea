"""Of several values of one fact, the one that is used, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.records import Quantity

_NEVER = 0
CRITERIA = ("kind", "year", "evidence", "exact", "place")


@dataclass(frozen=True)
class Stated:
    """One value of a fact with what decides between several."""

    quantity: Quantity
    source_year: int | None
    evidence: str
    """Evidence class: E1 is the best."""
    cell: tuple[object, ...]
    """Where it stands: file, sheet, row, column."""
    part: int
    """Its order in the cell."""

    @property
    def subject(self) -> tuple[str, ...]:
        """What the figure is about: figures of different subjects do not compete."""
        measures = sorted(code for code in self.quantity.basis.split() if code in _measures())
        unit = self.quantity.unit
        return "money" if len(unit) == 3 and unit.isupper() else unit, *measures

    def merits(self) -> tuple[object, ...]:
        """One value a criterion of `CRITERIA`; the smaller is preferred."""
        quantity = self.quantity
        kind = max((_ranks().get(code, 0) for code in quantity.basis.split()), default=0)
        exact = not quantity.approximate and quantity.low == quantity.high
        return kind, -(quantity.year or self.source_year or _NEVER), self.evidence, not exact, (self.cell, self.part)


def choose(values: Sequence[Stated]) -> list[tuple[bool, str]]:
    """For each value whether it is in use and the criterion that decided: `only` without a rival.

    A chosen value names the criterion that set it before the next best, any other the one it lost by; `beside`
    = several figures of one cell that nothing tells apart, all in use. The rule is `data/reading/choice.csv`.
    """
    found: list[tuple[bool, str]] = [(True, "only")] * len(values)
    subjects: dict[tuple[str, ...], list[int]] = {}
    for index, value in enumerate(values):
        subjects.setdefault(value.subject, []).append(index)
    for indices in subjects.values():
        if len(indices) > 1:
            for index, verdict in zip(indices, _verdicts([values[i] for i in indices]), strict=True):
                found[index] = verdict
    return found


@lru_cache(maxsize=1)
def list_fields() -> frozenset[tuple[str, str]]:
    """Kind of record and field, where the texts of several rows add up."""
    return frozenset((row["entity"], row["field"]) for row in data.rows("reading/list_fields.csv"))


def _verdicts(rivals: Sequence[Stated]) -> list[tuple[bool, str]]:
    merits = [value.merits() for value in rivals]
    order = sorted(range(len(rivals)), key=lambda i: merits[i])
    best = rivals[order[0]]
    verdicts = []
    for index, value in enumerate(rivals):
        other = order[1] if index == order[0] else order[0]
        why = _differs(merits[index], merits[other])
        beside = (
            why == "place" and value.cell == rivals[other].cell and value.quantity.unit == rivals[other].quantity.unit
        )
        verdicts.append((True, "beside") if beside else (value is best, why))
    return verdicts


def _differs(one: tuple[object, ...], other: tuple[object, ...]) -> str:
    return next((name for name, a, b in zip(CRITERIA, one, other, strict=True) if a != b), CRITERIA[-1])


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    return {row["code"]: int(row["rank"]) for row in data.rows("reading/choice.csv")}


@lru_cache(maxsize=1)
def _measures() -> frozenset[str]:
    return frozenset(row["code"] for row in data.rows("reading/choice.csv") if row["measure"])
