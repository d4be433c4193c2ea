"""Which pairs are worth a reviewer's time."""

from __future__ import annotations

import pandas as pd

HEAD = 3
"""The first actors of every need are always asked about: they are named on the sheet."""


def pairs_to_judge(matches: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Match rows to send out, in order of need and rank.

    The first `HEAD` actors of each need; then, as far as `limit` allows, the pairs whose grade sits on the
    border between naming an actor and not (grade 2), by score. Ties by need and supplier.
    """
    real = matches[matches["supplier_id"] != ""]
    head = real[real["rank"] <= HEAD]
    border = real[(real["rank"] > HEAD) & (real["grade"] == 2)]
    border = border.sort_values(["score", "need_id", "supplier_id"], ascending=[False, True, True])
    chosen = pd.concat([head, border.head(max(limit - len(head), 0))])
    return chosen.sort_values(["need_id", "rank"], ignore_index=True)
