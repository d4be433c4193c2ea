"""What the best actors could cover of a need, as far as both sides state it."""

from __future__ import annotations

import re

import pandas as pd

from integrator import tables
from integrator.text.fold import fold
from integrator.text.numbers import parse_number
from integrator.valuation.gross import is_yearly_demand

_PLAIN_CAPACITY = re.compile(r"^\s*([\d\s.,]+)\s+([^\d/;(]+)/an\b[^;]*$")


def allocations_table(needs: pd.DataFrame, suppliers: pd.DataFrame, opportunities: pd.DataFrame) -> pd.DataFrame:
    """`tables.ALLOCATIONS`: the named actors of each need with a yearly demand.

    A capacity that is not stated covers between nothing and everything: unknown is an interval. A
    stated capacity is an upper bound, since part of it is taken. No capacity is shared out yet.
    """
    capacity = suppliers.set_index("supplier_id")["annual_capacity"]
    demand = needs.loc[[is_yearly_demand(need) for _, need in needs.iterrows()]].set_index("need_id")
    rows = []
    for _, opportunity in opportunities.iterrows():
        if opportunity["need_id"] not in demand.index:
            continue
        need = demand.loc[opportunity["need_id"]]
        for actor in (opportunity[f"actor_{i}"] for i in (1, 2, 3)):
            if actor:
                rows.append(_row(need, str(opportunity["need_id"]), str(actor), str(capacity[actor])))
    return tables.check(tables.ALLOCATIONS, pd.DataFrame(rows)) if rows else tables.empty(tables.ALLOCATIONS)


def _row(need: pd.Series, need_id: str, actor: str, stated: str) -> dict[str, object]:
    match = _PLAIN_CAPACITY.match(stated)
    number = parse_number(match[1].strip()) if match else None
    same_unit = match is not None and f" {fold(match[2])} " in f" {fold(str(need['unit']))} "
    known = number is not None and same_unit
    volume = float(need["volume"])
    return {
        "need_id": need_id,
        "supplier_id": actor,
        "volume": volume,
        "unit": need["volume_unit"],
        "capacity_low": 0.0,
        "capacity_high": number if known else None,
        "covered_low": 0.0,
        "covered_high": min(volume, number) if known and number is not None else volume,
        "note": "capacity stated, share in use unknown" if known else "capacity not stated in this unit",
    }
