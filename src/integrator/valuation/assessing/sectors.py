"""What one unit of each sector's output keeps in the country, by the input-output table of the job."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from integrator.valuation.assessing.context import Context
from integrator.valuation.leontief import multipliers, tiers
from integrator.valuation.rows import Row


def multiplier_rows(context: Context) -> Iterator[Row]:
    """`tables.MULTIPLIERS`; nothing without a table."""
    economy = context.economy
    if economy is None:
        return
    kept, imported = multipliers(economy)
    for at, sector in enumerate(economy.sectors):
        own, first, second, further = tiers(economy, np.eye(len(economy.sectors))[at])
        yield {
            "sector": sector, "domestic_share": float(kept[at]), "import_content": float(imported[at]),
            "own": float(own), "tier_1": float(first), "tier_2": float(second), "further": float(further),
        }  # fmt: skip
