"""What an order of the judged pairs is worth, need by need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from integrator import metrics
from integrator.learning.choosing import paired_gain

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.training.judged import JudgedPairs

MEASURES = ("ndcg_at_10", "ndcg_at_5", "map", "recall_at_5", "first_fit")
TWO_SIDED = 0.975
"""Level of the bound: the lower end of an interval of 95 %."""


@dataclass(frozen=True)
class Measured:
    """Measures by need, in the order of the judged needs; NaN where a need does not define one."""

    by_need: Mapping[str, Numbers]

    def mean(self, inside: np.ndarray | None = None) -> dict[str, float | None]:
        """Means over the needs that define each measure, over some needs or all."""
        chosen = {name: values if inside is None else values[inside] for name, values in self.by_need.items()}
        return {name: _mean(values) for name, values in chosen.items()}


def measure(judged: JudgedPairs, scores: Numbers) -> Measured:
    """Measures of an order of the judged pairs: by falling score, ties by supplier id, as a run ranks."""
    rows: list[list[float]] = []
    for need in judged.needs:
        own = np.flatnonzero((judged.need == need) & judged.is_judged)
        order = own[np.lexsort((judged.supplier[own], -scores[own]))]
        listed = judged.grade[order].tolist()
        first = float(listed[0] >= metrics.GOOD) if listed and max(listed) >= metrics.GOOD else float("nan")
        rows.append([
            metrics.ndcg(listed, 10), metrics.ndcg(listed, 5), metrics.average_precision(listed),
            metrics.recall_at(listed, 5), first,
        ])  # fmt: skip
    table = np.asarray(rows, dtype=float).reshape(-1, len(MEASURES))
    return Measured({name: table[:, column] for column, name in enumerate(MEASURES)})


def mean_of(several: list[Measured]) -> Measured:
    """The mean of each need over several orders."""
    return Measured({name: np.mean([one.by_need[name] for one in several], axis=0) for name in MEASURES})


def gain(new: Measured, old: Measured) -> dict[str, Any]:
    """Paired gain in NDCG@10 over needs: mean, standard error and the lower bound of a bootstrap over needs."""
    found = paired_gain(new.by_need["ndcg_at_10"], old.by_need["ndcg_at_10"], TWO_SIDED)
    values = {"mean": found.mean, "standard_error": found.error, "lower_bound": found.low, "needs": found.groups}
    return {name: rounded(value) for name, value in values.items()}


def rounded(value: Any) -> Any:
    """A value as a card holds it: numbers with four decimals, None for one that is not finite, inside lists too."""
    if isinstance(value, Mapping):
        return {name: rounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(one) for one in value]
    if not isinstance(value, float):
        return value
    return round(float(value), 4) if np.isfinite(value) else None


def _mean(values: Numbers) -> float | None:
    known = values[~np.isnan(values)]
    return round(float(known.mean()), 4) if len(known) else None
