"""The published table of features, `data/ranking/features.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from integrator import data

Direction = Literal["+", "-", ""]
FILE = "ranking/features.csv"


@dataclass(frozen=True)
class FeatureRow:
    """One feature as published."""

    name: str
    family: str
    """Module of `integrator.ranking.features` that holds its function."""
    direction: Direction
    """+ higher is better, - lower is better, "" neither by itself."""
    unit: str
    fields: str
    leaks: bool
    """Experience with the buyer or with judgements: can be switched off."""
    extra: str
    """The extra that it needs, or ""."""
    explanation_fr: str
    explanation_en: str


@lru_cache(maxsize=1)
def feature_rows() -> tuple[FeatureRow, ...]:
    """The shipped table, in its order. Raises `KnowledgeError` for a name given twice or a strange direction."""
    rows = tuple(
        FeatureRow(
            row["name"], row["family"], cast(Direction, row["direction"]), row["unit"], row["fields"],
            row["leaks"] == "yes", row["extra"], row["explanation_fr"], row["explanation_en"],
        )
        for row in data.rows(FILE)
    )  # fmt: skip
    names = [row.name for row in rows]
    wrong = sorted(
        {name for name in names if names.count(name) > 1} | {r.name for r in rows if r.direction not in "+-"}
    )
    if wrong:
        raise data.KnowledgeError(f"{FILE}: named twice or of no known direction: {', '.join(wrong)}")
    return rows


def monotone() -> dict[str, int]:
    """Feature -> 1 where higher is better, -1 where lower is, 0 where neither: what a ranker keeps to."""
    return {row.name: {"+": 1, "-": -1}.get(row.direction, 0) for row in feature_rows()}
