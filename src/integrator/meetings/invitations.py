"""Who should meet whom: buyers that are named, actors that could serve them."""

from __future__ import annotations

import pandas as pd

WORTH = 2
"""Least grade for an invitation."""


def weights(needs: pd.DataFrame, matches: pd.DataFrame) -> dict[tuple[str, str], float]:
    """(buyer, supplier id) -> the best score over the needs of the buyer; grade 2 or more only.

    A need of the whole sector invites nobody: there is no buyer to sit at the table.
    """
    named = needs[needs["named_buyer"] == "yes"].set_index("need_id")["buyer"]
    able = matches[(matches["supplier_id"] != "") & (matches["grade"] >= WORTH).fillna(False)]
    found: dict[tuple[str, str], float] = {}
    for need_id, supplier, score in zip(able["need_id"], able["supplier_id"], able["score"], strict=True):
        if need_id in named.index:
            pair = (str(named[need_id]), str(supplier))
            found[pair] = max(found.get(pair, 0.0), float(score))
    return found
