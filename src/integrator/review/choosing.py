"""Which pairs are worth a reviewer's time."""

from __future__ import annotations

import pandas as pd

HEAD = 3
"""The first actors of every need are asked about first: they are named on the sheet."""


def pairs_to_judge(matches: pd.DataFrame, limit: int) -> pd.DataFrame:
    """At most `limit` match rows to send out, in order of need and rank.

    The first actor of each need, then the second, then the third (`HEAD`); then, as far as `limit` allows,
    the pairs whose grade sits on the border between naming an actor and not (grade 2), by score.
    Ties by need and supplier, so the order of the input rows does not count.
    """
    real = matches[matches["supplier_id"] != ""]
    head = real[real["rank"] <= HEAD].sort_values(["rank", "need_id"])
    border = real[(real["rank"] > HEAD) & (real["grade"] == 2)]
    border = border.sort_values(["score", "need_id", "supplier_id"], ascending=[False, True, True])
    return pd.concat([head, border]).head(limit).sort_values(["need_id", "rank"], ignore_index=True)
