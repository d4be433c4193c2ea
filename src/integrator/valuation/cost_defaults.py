"""Inputs of make or buy that nobody stated: `data/valuation/cost_defaults.csv`, by process family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.valuation.figures import Given
from integrator.valuation.sourced import fault, nearest, sourced

FILE = "valuation/cost_defaults.csv"
UNITS = {
    "duty_rate": "share",
    "levy_rate": "share",
    "handling": "of_cif",
    "transit_days": "day",
    "wacc": "share/year",
    "discount_rate": "share/year",
    "lifetime": "year",
    "variable_cost": "of_landed",
    "capex": "of_sales",
    "fixed_cost": "of_sales",
    "material_share": "share",
    "capex_exponent": "exponent",
    "fixed_exponent": "exponent",
}
"""Input -> the unit its rows have."""


@dataclass(frozen=True)
class Default:
    """One row of the file."""

    family: str
    given: Given
    origin: str
    """`EU` when it holds only for goods from there, "" for any."""


def read_defaults(rows: Iterable[Mapping[str, str]]) -> tuple[Default, ...]:
    """Checked rows of the file. Raises `KnowledgeError` naming file, line and fault."""
    found: dict[tuple[str, str, str, str], Default] = {}
    for line, row in enumerate(rows, start=1):
        one = _read(row, line)
        key = (one.family, one.given.name, one.origin, one.given.kind)
        if key in found:
            fault(FILE, line, f"a second {one.given.kind} of {one.given.name} for {one.family}")
        found[key] = one
    return tuple(found.values())


def _read(row: Mapping[str, str], line: int) -> Default:
    name = row["input"]
    if name not in UNITS:
        fault(FILE, line, f"unknown input {name!r}, not one of {', '.join(UNITS)}")
    if row["origin"] not in ("", "EU"):
        fault(FILE, line, f"unknown origin {row['origin']!r}, neither EU nor blank")
    found = sourced(row, FILE, line, unit=UNITS[name], has_point=False, is_dated=True)
    return Default(row["family"], found.given(name), row["origin"])


@lru_cache(maxsize=1)
def shipped_defaults() -> tuple[Default, ...]:
    """The rows of the shipped file."""
    return read_defaults(data.rows(FILE))


def cost_default(
    name: str, lineage: Sequence[str] = (), *, is_from_eu: bool = False, assumptions: bool = False
) -> Given | None:
    """The shipped value of an input for a process (`sourced.lineage`), by the rule of `sourced.nearest`.

    A row for goods from the European Union counts only when they are known to come from there, and then before a row
    of the same family and kind for any. None = nobody knows.
    """
    return _nearest(name, tuple(lineage), is_from_eu, assumptions)


@lru_cache(maxsize=20_000)
def _nearest(name: str, lineage: tuple[str, ...], is_from_eu: bool, assumptions: bool) -> Given | None:
    rows = [one for one in shipped_defaults() if one.given.name == name and (not one.origin or is_from_eu)]
    rows.sort(key=lambda one: not one.origin)
    return nearest(lineage, ((one.family, one.given) for one in rows), assumptions=assumptions)
