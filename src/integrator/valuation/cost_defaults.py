"""Inputs of make or buy that nobody stated: `data/valuation/cost_defaults.csv`, by process family."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn, cast

from integrator import data
from integrator.valuation.figures import Given, Kind, Range

FILE = "valuation/cost_defaults.csv"
ALL = "all"
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
    found = tuple(_read(row, number) for number, row in enumerate(rows, start=1))
    keys = [(one.family, one.given.name, one.origin, one.given.kind) for one in found]
    for number, key in enumerate(keys, start=1):
        if key in keys[: number - 1]:
            _refuse(number, f"a second {key[3]} of {key[1]} for {key[0]}")
    return found


def _read(row: Mapping[str, str], number: int) -> Default:
    name = row["input"]
    if UNITS.get(name) != row["unit"]:
        _refuse(number, f"input {name!r} in unit {row['unit']!r} is not known")
    if row["kind"] not in ("default", "assumption") or row["verified"] not in ("yes", "no"):
        _refuse(number, "kind must be default or assumption, verified yes or no")
    if row["kind"] == "default" and not (row["source"] and row["date"]):
        _refuse(number, "a default needs a source and a date; without a source it is an assumption")
    if row["origin"] not in ("", "EU"):
        _refuse(number, f"unknown origin {row['origin']!r}")
    try:
        value = Range(float(row["low"]), float(row["high"]), float(row["point"]) if row["point"] else None)
    except ValueError as error:
        _refuse(number, str(error))
    if value.low < 0 or value.high == math.inf:
        _refuse(number, f"{name} must not be negative or endless")
    kind = cast(Kind, row["kind"])
    given = Given(name, value, row["unit"], kind, row["source"], row["date"], is_verified=row["verified"] == "yes")
    return Default(row["family"], given, row["origin"])


def _refuse(number: int, fault: str) -> NoReturn:
    raise data.KnowledgeError(f"{FILE}: line {number} below the header: {fault}")


@lru_cache(maxsize=1)
def shipped_defaults() -> tuple[Default, ...]:
    """The rows of the shipped file."""
    return read_defaults(data.rows(FILE))


def cost_default(
    name: str, lineage: Sequence[str] = (), *, is_from_eu: bool = False, assumptions: bool = False
) -> Given | None:
    """The shipped value of an input for a process (`lineage`: the process and its wider families, nearest first).

    The nearest family that has one, there a default before an assumption; assumptions only when switched on; a row
    for goods from the European Union only when they are known to come from there. None = nobody knows.
    """
    for family in (*lineage, ALL):
        rows = [one for one in shipped_defaults() if one.family == family and one.given.name == name]
        usable = [
            one.given for one in rows if (not one.origin or is_from_eu) and (assumptions or one.given.kind == "default")
        ]
        if usable:
            return min(usable, key=lambda given: given.kind != "default")
    return None
