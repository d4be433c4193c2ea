"""Which trade the supplier is of, by the families its products belong to (`data/ranking/trades.csv`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator import data
from integrator.ranking.features.overlaps import ones, ratio, says
from integrator.ranking.features.parts import line_counts, part_lines

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs

TRADES = ("materials", "tools", "elsewhere")


def trade_materials(pairs: Pairs) -> Numbers:
    """Share of the product lines of the supplier that are raw materials or semi-finished products: it sells inputs."""
    return pairs.by_supplier(_shares)[:, TRADES.index("materials")]


def trade_tools(pairs: Pairs) -> Numbers:
    """Share of the product lines of the supplier that are tools, machines or equipment: it sells means."""
    return pairs.by_supplier(_shares)[:, TRADES.index("tools")]


def trade_elsewhere(pairs: Pairs) -> Numbers:
    """Share of the product lines of the supplier that are of another industry, or whole vehicles."""
    return pairs.by_supplier(_shares)[:, TRADES.index("elsewhere")]


def _shares(offers: Offers) -> Numbers:
    """Suppliers x trades: share of the product lines that belong to the trade."""
    lines, owner = offers.once(part_lines)
    named, told, shares = ones(lines), offers.once(line_counts), []
    for trade in TRADES:
        wanted = np.zeros(len(offers.space.concepts))
        for row in data.rows("ranking/trades.csv"):
            if row["trade"] == trade:
                wanted[offers.space.position[row["family"]]] = 1.0
        inside = np.asarray(named @ (offers.space.families @ wanted)) > 0
        shares.append(np.where(says(owner), ratio(np.asarray(owner @ inside.astype(float)), told), np.nan))
    return np.stack(shares, axis=1)
