"""The size of the supplier, and its capacity beside the volume asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from integrator.ranking.pairs import Numbers, Pairs

LEAST, MOST = 1e-3, 1e3
"""Ratios beyond these say no more than these."""


def capacity_ratio(pairs: Pairs) -> Numbers:
    """Stated yearly capacity by yearly volume, in powers of ten; unknown where the units differ or are not stated.

    Between -3 (a thousandth of the volume) and 3.
    """
    volume = _positive(pairs.needs["volume"])
    yearly = pairs.needs["volume_period"].eq("year").to_numpy(dtype=bool)
    volume = np.where(yearly, volume, np.nan)[pairs.need]
    capacity, unit = _largest(pairs, "annual_capacity")
    same = (pairs.of_needs("volume_unit") == unit[pairs.supplier]) & (unit[pairs.supplier] != "")
    with np.errstate(invalid="ignore"):
        ratio = np.log10(np.clip(capacity[pairs.supplier] / volume, LEAST, MOST))
    return np.where(same, ratio, np.nan)


def headcount(pairs: Pairs) -> Numbers:
    """Headcount of the supplier as stated or planned, in powers of ten."""
    people, _ = _largest(pairs, "headcount")
    return np.asarray(np.log10(people)[pairs.supplier])


def _largest(pairs: Pairs, name: str) -> tuple[Numbers, np.ndarray]:
    """For each supplier the largest figure in use of a field, and its unit; NaN and blank where none is read."""
    facts = pairs.facts
    used = facts[(facts["entity"] == "supplier") & (facts["field"] == name) & (facts["chosen"] == "yes")]
    used = used.assign(low=_positive(used["low"])).dropna(subset=["low"])
    used = used.sort_values(["entity_id", "low", "unit"]).drop_duplicates("entity_id", keep="last")
    figures = used.set_index("entity_id").reindex(pairs.suppliers["supplier_id"])
    return figures["low"].to_numpy(dtype=float), figures["unit"].fillna("").to_numpy(dtype=object)


def _positive(values: pd.Series) -> Numbers:
    numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float)
    return np.where(numbers > 0, numbers, np.nan)
