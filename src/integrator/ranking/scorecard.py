"""The expert scorecard: a score that is a sum of stated weights times features."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from integrator import data
from integrator.ranking.features import FEATURES
from integrator.ranking.pairs import Numbers
from integrator.records import State


@dataclass(frozen=True)
class Criterion:
    """One line of the scorecard."""

    feature: str
    weight: float
    neutral: float
    """The value that an unknown feature takes in the score."""
    met_from: float
    failed_below: float | None

    def states(self, values: Numbers) -> list[State]:
        """Met, failed or unknown, as shown to people, for each value."""
        failed = np.full(len(values), False) if self.failed_below is None else values < self.failed_below
        found: list[State] = np.select([values >= self.met_from, failed], ["met", "failed"], "unknown").tolist()
        return found


@lru_cache(maxsize=1)
def scorecard() -> tuple[Criterion, ...]:
    """The shipped weights. Raises `KnowledgeError` when a line names no feature of ours."""
    criteria = tuple(
        Criterion(
            row["feature"],
            float(row["weight"]),
            float(row["neutral"]),
            float(row["met_from"]),
            float(row["failed_below"]) if row["failed_below"] else None,
        )
        for row in data.rows("ranking/scorecard.csv")
    )
    strange = [criterion.feature for criterion in criteria if criterion.feature not in FEATURES]
    if strange:
        raise data.KnowledgeError(f"ranking/scorecard.csv: unknown feature {', '.join(strange)}")
    return criteria


def contributions(features: dict[str, Numbers]) -> dict[str, Numbers]:
    """Points of every criterion, one array a feature; their sum is the score (0-100)."""
    return {
        criterion.feature: criterion.weight
        * np.where(np.isnan(features[criterion.feature]), criterion.neutral, features[criterion.feature])
        for criterion in scorecard()
    }


def scorecard_points(features: dict[str, Numbers]) -> Numbers:
    """The score of every pair (0-100)."""
    return np.asarray(sum(contributions(features).values()))
