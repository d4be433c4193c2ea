"""How much each pair is worth judging: where the ranking is unsure, and where most is at stake."""

from __future__ import annotations

import numpy as np
import pandas as pd

from integrator import data

CONFLICT = 2.0
"""More than any other pair has."""


def uncertainty(matches: pd.DataFrame) -> pd.Series:
    """How unsure the ranking is of each match (0-1), aligned with `matches` (columns of `tables.MATCHES`).

    With a probability p of grade 2 or more: 1 - 2 |p - 1/2|. Without one: the mean of how near the nearest in score
    stands (1 / (1 + distance in points)) and of how far the order by score is from the order by grade (places between
    them, by the greatest that the need allows), weighed by the place as NDCG does, 1 / log2(rank + 1): the order of the
    last ones matters little. A pair in conflict comes before all others.
    """
    ordered = matches.sort_values(["need_id", "rank"])
    groups = ordered.groupby("need_id", sort=False)
    distances = pd.concat([groups["score"].diff().abs(), groups["score"].diff(-1).abs()], axis=1).min(axis=1)
    closeness = 1 / (1 + distances.fillna(np.inf).to_numpy(dtype=float))
    by_grade = ordered.sort_values(["need_id", "grade", "rank"], ascending=[True, False, True])
    place = by_grade.groupby("need_id", sort=False).cumcount() + 1
    rank = ordered["rank"].to_numpy(dtype=float)
    most = np.maximum(groups["rank"].transform("size").to_numpy(dtype=float) - 1, 1)
    apart = np.minimum(np.abs(place.reindex(ordered.index).to_numpy(dtype=float) - rank) / most, 1)
    unsure = pd.Series((closeness + apart) / 2 / np.log2(rank + 1), index=ordered.index)
    probability = matches["probability"].astype(float)
    learned = 1 - 2 * (probability - 0.5).abs()
    known = learned.where(probability.notna(), unsure.reindex(matches.index))
    return known.where(matches["conflict"] == "", CONFLICT)


def worth(matches: pd.DataFrame, opportunities: pd.DataFrame) -> pd.Series:
    """What is at stake in the need of each match (0-1), aligned with `matches`.

    The mean of the place of its gross value among the known ones of the same currency (0-1; an unknown value counts as
    the median, 1/2, not as nothing) and of its outlook (`data/review/outlooks.csv`).
    """
    values = opportunities.groupby("currency")["gross_value"]
    place = ((values.rank() - 0.5) / values.transform("count")).where(opportunities["gross_value"].notna(), 0.5)
    outlooks = {row["outlook"]: float(row["worth"]) for row in data.rows("review/outlooks.csv")}
    of_need = (place + opportunities["outlook"].map(outlooks)) / 2
    return matches["need_id"].map(dict(zip(opportunities["need_id"], of_need, strict=True))).astype(float)
