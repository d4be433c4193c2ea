"""The stage of the job that values its opportunities."""

from __future__ import annotations

import pandas as pd

from integrator import tables

TABLES = (
    tables.VALUES, tables.VALUE_INPUTS, tables.RATES, tables.ORIGINS, tables.SENSITIVITIES, tables.POOLS,
    tables.ALLOCATIONS, tables.COVERS, tables.CAPACITIES, tables.TEAMS, tables.UPSTREAM, tables.TRADES, tables.SKILLS,
    tables.SUPPORTS, tables.AXES,
)  # fmt: skip


def valued() -> dict[str, pd.DataFrame]:
    """Every table of a valuation."""
    return {table.name: tables.empty(table) for table in TABLES}
