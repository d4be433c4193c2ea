"""Which trade the supplier is of, by the families its products belong to (`data/ranking/trades.csv`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator import data
from integrator.ranking.features.overlaps import ones, ratio, row_sums, says
from integrator.ranking.features.parts import part_lines

if TYPE_CHECKING:
    from integrator.ranking.pairs import Numbers, Pairs


def trade_materials(pairs: Pairs) -> Numbers:
    """Share of the product lines of the supplier that are raw materials or semi-finished products: it sells inputs."""
    return _share(pairs, "materials")


def trade_tools(pairs: Pairs) -> Numbers:
    """Share of the product lines of the supplier that are tools, machines or equipment: it sells means."""
    return _share(pairs, "tools")


def trade_elsewhere(pairs: Pairs) -> Numbers:
    """Share of the product lines of the supplier that are of another industry, or whole vehicles."""
    return _share(pairs, "elsewhere")


def _share(pairs: Pairs, trade: str) -> Numbers:
    lines, owner = pairs.once(part_lines)
    wanted = np.zeros(len(pairs.space.concepts))
    for row in data.rows("ranking/trades.csv"):
        if row["trade"] == trade:
            wanted[pairs.space.position[row["family"]]] = 1.0
    inside = np.asarray(ones(lines) @ (pairs.space.families @ wanted)) > 0
    share = ratio(np.asarray(owner @ inside.astype(float)), row_sums(sparse.csr_matrix(owner)))
    return np.asarray(np.where(says(owner), share, np.nan)[pairs.supplier])
