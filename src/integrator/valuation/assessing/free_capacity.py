"""What each supplier has free in a year: stated for the valuation, else read in its tables."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from integrator.valuation.figures import Range
from integrator.valuation.stated import Stated

Free = Mapping[str, Range]
"""Unit, e.g. `part/year`, to the capacity that is free; the upper end is infinite where only a least one is said."""
_SPARE, _WHOLE = "spare_capacity", "annual_capacity"
_PERIODS = {_WHOLE: "year"}
"""What a figure without a period counts over, by the name of its field."""
_NO_LIMIT = frozenset("output total former change investment revenue capital export demand".split())
"""Codes of `data/reading/quantity_words.csv` of figures that limit nothing, e.g. what was made in a year."""


def free_capacities(facts: pd.DataFrame, stated: Stated) -> dict[str, Free]:
    """Supplier -> what it has free, by unit; a supplier that says nothing is left out.

    A stated `capacity` stands alone. A spare capacity is all free. Of a yearly capacity any part may be taken already:
    it is free between nothing and all. Figures in use of one supplier in one unit are added up (several products); a
    day's or a month's figure keeps its own unit, since nobody says how many days are worked.
    """
    found: dict[str, dict[str, Range]] = {}
    for field in (_WHOLE, _SPARE):
        for (supplier_id, unit), (low, high) in _read(facts, field).items():
            found.setdefault(supplier_id, {})[unit] = Range(low if field == _SPARE else 0.0, high)
    for supplier_id in stated.of_suppliers:
        given = stated.of_supplier(supplier_id).get("capacity")
        if given is not None:
            found[supplier_id] = {given.unit: given.value}
    return dict(found)


def _read(facts: pd.DataFrame, field: str) -> dict[tuple[str, str], tuple[float, float]]:
    """(supplier, unit) -> sums of the lower and of the upper ends of the figures in use."""
    used = facts[(facts["entity"] == "supplier") & (facts["field"] == field) & (facts["chosen"] == "yes")]
    columns = used[["entity_id", "low", "high", "unit", "period", "basis"]]
    ends: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for supplier_id, low, high, unit, period, basis in columns.itertuples(index=False, name=None):
        is_read = not (pd.isna(low) and pd.isna(high))
        period = period or _PERIODS.get(field, "")
        if is_read and unit and period and not _NO_LIMIT & set(str(basis).split()):
            least, most = 0.0 if pd.isna(low) else float(low), math.inf if pd.isna(high) else float(high)
            if least >= 0:
                ends.setdefault((supplier_id, f"{unit}/{period}"), []).append((least, most))
    return {key: (math.fsum(low for low, _ in ones), math.fsum(high for _, high in ones)) for key, ones in ends.items()}
