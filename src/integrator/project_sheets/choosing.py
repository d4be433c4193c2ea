"""Which opportunities get a sheet of their own when a job has more than it writes sheets for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def best_needs(tables: Mapping[str, pd.DataFrame], sheets: int | None = None) -> frozenset[str]:
    """Ids of the needs of the best `sheets` opportunities; of all when there are no more, or with None.

    The order is that of the opportunities to look at first: by rank on the axes; then those without a rank, the better
    grade first; statistics over many parts after all others. Ties by need id, so the order of rows does not count.
    """
    opportunities = tables["opportunities"][["need_id", "best_grade"]]
    if sheets is None or len(opportunities) <= sheets:
        return frozenset(opportunities["need_id"])
    aggregates = set(tables["needs"].loc[tables["needs"]["aggregate"] == "yes", "need_id"])
    ranks = tables["axes"].set_index("need_id")["rank"]
    placed = opportunities.assign(
        last=opportunities["need_id"].isin(aggregates),
        place=opportunities["need_id"].map(ranks).astype("Float64"),
        grade=-opportunities["best_grade"].astype("Float64").fillna(-1),
    )
    order = ["last", "place", "grade", "need_id"]
    return frozenset(placed.sort_values(order, na_position="last")["need_id"].head(sheets))
