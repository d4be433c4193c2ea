"""The expert scorecard: a score that is a sum of stated weights times features."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from integrator import data
from integrator.ranking.arrays import Numbers
from integrator.ranking.features import FEATURES, MEANING_FEATURES
from integrator.records import State

if TYPE_CHECKING:
    from integrator.ranking.experience import Experience


STATES: tuple[State, ...] = ("unknown", "met", "failed")


@dataclass(frozen=True)
class Criterion:
    """One line of the scorecard."""

    feature: str
    weight: float
    neutral: float
    """The value that an unknown feature takes in the score."""
    met_from: float
    failed_below: float | None

    def places(self, values: Numbers) -> NDArray[np.intp]:
        """Unknown, met or failed, as shown to people, for each value: places in `STATES`."""
        failed = np.full(len(values), False) if self.failed_below is None else values < self.failed_below
        return np.select([values >= self.met_from, failed], [STATES.index("met"), STATES.index("failed")], 0)


@lru_cache(maxsize=2)
def scorecard(*, with_meaning: bool = False) -> tuple[Criterion, ...]:
    """The shipped weights. Raises `KnowledgeError` when a line names no feature of ours.

    With meaning, the lines of `scorecard_meaning.csv` join in and the other weights shrink, so that the sum stays.
    """
    plain = _criteria("ranking/scorecard.csv", FEATURES)
    if not with_meaning:
        return plain
    added = _criteria("ranking/scorecard_meaning.csv", MEANING_FEATURES)
    total = sum(criterion.weight for criterion in plain)
    left = 1 - sum(criterion.weight for criterion in added) / total
    return *(dataclasses.replace(one, weight=round(one.weight * left, 6)) for one in plain), *added


def scorecard_of(features: Collection[str]) -> tuple[Criterion, ...]:
    """The scorecard for the features at hand."""
    return scorecard(with_meaning=not MEANING_FEATURES.keys().isdisjoint(features))


def _criteria(name: str, known: Collection[str]) -> tuple[Criterion, ...]:
    criteria = tuple(
        Criterion(
            row["feature"],
            float(row["weight"]),
            float(row["neutral"]),
            float(row["met_from"]),
            float(row["failed_below"]) if row["failed_below"] else None,
        )
        for row in data.rows(name)
    )
    strange = [criterion.feature for criterion in criteria if criterion.feature not in known]
    if strange:
        raise data.KnowledgeError(f"{name}: unknown feature {', '.join(strange)}")
    return criteria


def contributions(features: Mapping[str, Numbers]) -> dict[str, Numbers]:
    """Points of every criterion, one array a feature: weight x value, `neutral` where unknown; their sum is 0-100."""
    return {
        criterion.feature: criterion.weight
        * np.where(np.isnan(features[criterion.feature]), criterion.neutral, features[criterion.feature])
        for criterion in scorecard_of(features)
    }


@dataclass(frozen=True)
class Scorecard:
    """The expert scorecard as a scorer, see `ranking.scoring.Scorer`."""

    name: str = "scorecard"
    experience: Experience | None = None

    def points(self, features: Mapping[str, Numbers]) -> dict[str, Numbers]:
        """Points of every criterion for every pair."""
        return contributions(features)

    def probability(self, score: Numbers) -> Numbers:
        """Nothing is learned, so none is known: NaN."""
        return np.full(len(score), np.nan)

    def about(self) -> dict[str, Any]:
        """Its name."""
        return {"name": self.name}
