"""The size of the supplier, and its capacity beside the volume asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs

LEAST, MOST = 1e-3, 1e3
"""Ratios beyond these say no more than these."""


def capacity_ratio(pairs: Pairs) -> Numbers:
    """Stated yearly capacity by yearly volume, in powers of ten; unknown where the units differ or are not stated.

    Between -3 (a thousandth of the volume) and 3.
    """
    volume = _positive(pairs.needs["volume"])
    yearly = pairs.needs["volume_period"].eq("year").to_numpy(dtype=bool)
    volume = np.where(yearly, volume, np.nan)[pairs.need]
    capacity, unit = pairs.offers.once(_capacity)
    asked = pairs.needs["volume_unit"].to_numpy(dtype=object)[pairs.need]
    same = (asked == unit[pairs.supplier]) & (unit[pairs.supplier] != "")
    with np.errstate(invalid="ignore"):
        ratio = np.log10(np.clip(capacity[pairs.supplier] / volume, LEAST, MOST))
    return np.where(same, ratio, np.nan)


def headcount(pairs: Pairs) -> Numbers:
    """Headcount of the supplier as stated or planned, in powers of ten."""
    return pairs.by_supplier(_headcount)


def _headcount(offers: Offers) -> Numbers:
    return np.asarray(np.log10(_largest(offers, "headcount")[0]))


def _capacity(offers: Offers) -> tuple[Numbers, np.ndarray]:
    return _largest(offers, "annual_capacity")


def _largest(offers: Offers, name: str) -> tuple[Numbers, np.ndarray]:
    """For each supplier the largest figure in use of a field, and its unit; NaN and blank where none is read."""
    facts = offers.facts
    used = facts[(facts["field"] == name) & (facts["chosen"] == "yes")]
    used = used.assign(low=_positive(used["low"])).dropna(subset=["low"])
    used = used.sort_values(["entity_id", "low", "unit"]).drop_duplicates("entity_id", keep="last")
    figures = used.set_index("entity_id").reindex(offers.suppliers["supplier_id"])
    return figures["low"].to_numpy(dtype=float), figures["unit"].fillna("").to_numpy(dtype=object)


def _positive(values: pd.Series) -> Numbers:
    numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float)
    return np.where(numbers > 0, numbers, np.nan)
