"""Direct jobs of an opportunity by three estimators that are never merged into one number.

By revenue: jobs = revenue x jobs per MDH of revenue. By capex: jobs = investment x jobs per MDH of investment. By
station: jobs = operators of the stations that the volume needs (`stations.py`). Coefficients with their sources:
`data/valuation/job_coefficients.csv`. The process family decides: one national coefficient does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from integrator import data
from integrator.valuation.bounds import hull, scaled, times
from integrator.valuation.figures import Figure, Given, unknown
from integrator.valuation.sourced import EVERY, Sourced, families_of, fault, is_usable, sourced

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy

FILE = "valuation/job_coefficients.csv"
UNIT = "jobs"
Basis = Literal["revenue", "capex"]
BASES: tuple[Basis, ...] = ("revenue", "capex")
_PER_MDH = {"MDH": 1.0, "MDH/year": 1.0, "MAD": 1e-6, "MAD/year": 1e-6}


@dataclass(frozen=True)
class JobCoefficient:
    """Jobs per MDH of one basis in one family."""

    family: str
    basis: Basis
    rate: Sourced
    note: str
    """Which published figures low, point and high are."""


@lru_cache(maxsize=1)
def job_coefficients() -> tuple[JobCoefficient, ...]:
    """The shipped coefficients in file order. Raises `KnowledgeError` naming file, line and fault."""
    return coefficients_of(data.rows(FILE))


def coefficients_of(rows: Sequence[Mapping[str, str]]) -> tuple[JobCoefficient, ...]:
    """Coefficients of the lines of a file like the shipped one; every basis needs a line of the family `all`."""
    made: dict[tuple[str, str], JobCoefficient] = {}
    for line, row in enumerate(rows, start=1):
        if row["basis"] not in BASES:
            fault(FILE, line, f"unknown basis {row['basis']!r}, not one of {', '.join(BASES)}")
        rate = sourced(row, FILE, line, unit=f"{UNIT}/MDH")
        for family in row["families"].split(";"):
            if not family or (family, row["basis"]) in made:
                fault(FILE, line, f"family {family!r} is blank or has this basis twice")
            made[family, row["basis"]] = JobCoefficient(family, row["basis"], rate, row["note"])
    for basis in BASES:
        if (EVERY, basis) not in made:
            raise data.KnowledgeError(f"{FILE}: basis {basis} has no line of the family {EVERY!r}")
    return tuple(made.values())


def jobs_by(
    basis: Basis, amount: Given | None, concepts: Sequence[str], lexicon: Taxonomy, *, assumptions: bool = False
) -> Figure:
    """Jobs = amount x jobs per MDH; `jobs_by_revenue` or `jobs_by_capex`.

    `amount` is a yearly revenue or an investment in MDH or MAD (another unit is missing as `<basis>_in_mad`),
    `concepts` the part and its processes. Of several families the whole span is given, without a point: which one
    weighs more is not known. Raises ValueError for a negative amount.
    """
    name = f"jobs_by_{basis}"
    if amount is None:
        return unknown(name, UNIT, (basis,))
    if amount.unit not in _PER_MDH:
        return unknown(name, UNIT, (f"{basis}_in_mad",), (amount,))
    if amount.value.low < 0:
        raise ValueError(f"a {basis} cannot be negative: {amount.value.low}")
    usable = {
        one.family: one for one in job_coefficients() if one.basis == basis and is_usable(one.rate.kind, assumptions)
    }
    families = families_of(concepts, usable, lexicon)
    rates = [usable[family] for family in families if family in usable]
    if not rates:
        return unknown(name, UNIT, (f"jobs_per_mdh_of_{basis}",), (amount,))
    factor = _PER_MDH[amount.unit]
    value = hull(scaled(times(amount.value, one.rate.value), factor) for one in rates)
    inputs = (amount, *(one.rate.given(f"jobs_per_mdh_of_{basis}[{one.family}]") for one in rates))
    return Figure(name, value, UNIT, inputs, note=f"family {', '.join(families)}")


def jobs_overall(figures: Sequence[Figure]) -> Figure:
    """From the lowest to the highest of the estimators that are known, named in the note; `jobs`.

    It has a point only when one estimator alone is known. With none it is missing, with what all of them miss.
    """
    known = [(one, one.value) for one in figures if one.value is not None]
    missing = tuple(dict.fromkeys(name for one in figures for name in one.missing))
    if not known:
        return unknown("jobs", UNIT, missing)
    inputs = tuple(dict.fromkeys(given for one, _ in known for given in one.inputs))
    value = hull(value for _, value in known)
    return Figure("jobs", value, UNIT, inputs, missing, f"from {', '.join(one.name for one, _ in known)}")


def in_mdh(given: Given | None) -> Given | None:
    """An amount in million dirhams; None when it is in other money."""
    factor = None if given is None else _PER_MDH.get(given.unit)
    if given is None or factor is None:
        return None
    tail = given.unit.removeprefix("MDH").removeprefix("MAD")
    return replace(given, value=scaled(given.value, factor), unit=f"MDH{tail}")
