"""How landed cost, local cost and break-even move when one input changes: `data/valuation/sensitivity_steps.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from integrator import data
from integrator.valuation.corners import corners
from integrator.valuation.figures import Figure, Given, exact
from integrator.valuation.make_or_buy import Inputs, make_or_buy
from integrator.valuation.sourced import fault, number

FILE = "valuation/sensitivity_steps.csv"
DRIVERS = {
    "volume": ("volume",),
    "price": ("cif_price", "fob_price"),
    "exchange": ("exchange_rate",),
    "material": ("variable_cost",),
}
"""Driver -> the inputs it changes, the first that is known."""
SHOWN = ("landed_cost", "local_unit_cost", "cost_gap", "break_even_volume", "break_even_share")


@dataclass(frozen=True)
class Step:
    """One change of one driver, as a share."""

    driver: str
    change: float


@dataclass(frozen=True)
class Sensitivity:
    """The figures after one change, everything else as it was."""

    step: Step
    figures: Mapping[str, Figure]
    """Of `SHOWN`; empty when the driver itself is not known."""
    is_marked: bool = False
    """Whether the step itself rests on a default or an assumption: the share of the material."""
    missing: tuple[str, ...] = ()
    """Inputs without which the change cannot be tried."""


def read_steps(rows: Iterable[Mapping[str, str]]) -> tuple[Step, ...]:
    """Checked steps. Raises `KnowledgeError` naming file, line and fault."""
    steps = []
    for line, row in enumerate(rows, start=1):
        change = number(row, "change", FILE, line)
        if row["driver"] not in DRIVERS:
            fault(FILE, line, f"unknown driver {row['driver']!r}, not one of {', '.join(DRIVERS)}")
        if change <= -1:
            fault(FILE, line, f"a change must be a share above -1, not {row['change']!r}")
        steps.append(Step(row["driver"], change))
    return tuple(steps)


@lru_cache(maxsize=1)
def shipped_steps() -> tuple[Step, ...]:
    """The steps of the shipped file."""
    return read_steps(data.rows(FILE))


def sensitivities(given: Inputs, steps: Iterable[Step] | None = None) -> tuple[Sensitivity, ...]:
    """The table of sensitivities, in the order of the steps (the shipped ones unless others are given).

    `given` as `make_or_buy` takes it, with `material_share` (material in the variable cost) for the driver material.
    """
    return tuple(_tried(given, step) for step in (shipped_steps() if steps is None else steps))


def _tried(given: Inputs, step: Step) -> Sensitivity:
    names = DRIVERS[step.driver]
    name = next((one for one in names if one in given), None)
    missing = () if name else (names[0],)
    if step.driver == "material" and "material_share" not in given:
        missing = (*missing, "material_share")
    if missing or name is None:
        return Sensitivity(step, {}, missing=missing)
    figures = make_or_buy({**given, name: _changed(given, name, step)})
    is_marked = step.driver == "material" and given["material_share"].kind in ("default", "assumption")
    return Sensitivity(step, {one: figures[one] for one in SHOWN}, is_marked)


def _changed(given: Inputs, name: str, step: Step) -> Given:
    share = given["material_share"].value if step.driver == "material" else exact(1)
    value = corners(lambda one, part: one * (1 + part * step.change), given[name].value, share)
    return replace(given[name], value=value)
