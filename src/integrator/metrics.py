"""Measures of a ranking and of its probabilities, on judged pairs only.

An unjudged pair is unknown, not wrong: it is skipped. A judged pair that the run did not return
comes last, ties by supplier id.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

GOOD = 3
"""The grade from which an actor counts as able: makes the part or a close sibling."""


@dataclass(frozen=True)
class NeedScore:
    """The measures of one need."""

    need_id: str
    judged: int
    best_possible: int
    """Highest grade among the judged suppliers of this need."""
    ndcg: float
    """NDCG@k; NaN when no judged supplier has a grade above 0."""
    first_grade: int
    """Grade of the first judged supplier in the ranking."""


def ndcg(grades: Sequence[float], k: int = 10) -> float:
    """NDCG@k of grades listed in ranked order: gain 2**grade - 1, discount 1/log2(rank + 1).

    Source of the formula: Burges et al. 2005, "Learning to rank using gradient descent".
    NaN when every gain is 0.

    >>> round(ndcg([3, 2, 3, 0, 1, 2]), 4), ndcg([4, 1]), ndcg([0, 0])
    (0.9488, 1.0, nan)
    """
    gains = np.exp2(np.asarray(grades, dtype=float)) - 1.0
    discounts = 1.0 / np.log2(np.arange(2, min(k, len(gains)) + 2))
    ideal = float(np.sort(gains)[::-1][: len(discounts)] @ discounts)
    if ideal == 0.0:
        return float("nan")
    return float(gains[: len(discounts)] @ discounts) / ideal


def judged_order(ranking: Sequence[str], grades: Mapping[str, int]) -> list[str]:
    """The judged suppliers of one need in ranked order, those not returned last by id."""
    returned = [supplier for supplier in ranking if supplier in grades]
    seen = set(returned)
    return returned + sorted(supplier for supplier in grades if supplier not in seen)


def score_needs(
    rankings: Mapping[str, Sequence[str]], judged: Mapping[str, Mapping[str, int]], k: int = 10
) -> list[NeedScore]:
    """Measures of every judged need, in need order. A need without a ranking has all its pairs last."""
    scores = []
    for need_id in sorted(judged):
        grades = judged[need_id]
        order = judged_order(rankings.get(need_id, ()), grades)
        listed = [grades[supplier] for supplier in order]
        scores.append(NeedScore(need_id, len(listed), max(listed), ndcg(listed, k), listed[0]))
    return scores


def mean_ndcg(scores: Sequence[NeedScore]) -> float:
    """Mean NDCG over needs that have a positive ideal; NaN when there is none."""
    values = [score.ndcg for score in scores if not np.isnan(score.ndcg)]
    return float(np.mean(values)) if values else float("nan")


def first_fit(scores: Sequence[NeedScore]) -> float:
    """Of the needs with a judged actor of grade >= 3, the share whose first judged actor has one."""
    able = [score.first_grade >= GOOD for score in scores if score.best_possible >= GOOD]
    return float(np.mean(able)) if able else float("nan")


def candidate_recall(ranked: Mapping[str, Collection[str]], judged: Mapping[str, Mapping[str, int]]) -> tuple[int, int]:
    """Judged pairs of grade >= 3 whose supplier is among the ranked ones of its need, and all such pairs.

    >>> candidate_recall({"X": ["a", "b"]}, {"X": {"a": 3, "b": 1, "c": 4}, "Y": {"a": 3}})
    (1, 3)
    """
    able = [(need, one) for need, grades in judged.items() for one, grade in grades.items() if grade >= GOOD]
    return sum(one in ranked.get(need, ()) for need, one in able), len(able)


def average_precision(grades: Sequence[float]) -> float:
    """Average precision of grades listed in ranked order, grade >= 3 being a hit; its mean over needs is MAP.

    Mean over the hits of the share of hits among the rows down to it (Manning, Raghavan, Schuetze 2008, section 8.4).
    NaN without a hit.

    >>> round(average_precision([4, 0, 3]), 4), average_precision([1, 2])
    (0.8333, nan)
    """
    places = np.flatnonzero(np.asarray(grades, dtype=float) >= GOOD) + 1
    return float(np.mean(np.arange(1, len(places) + 1) / places)) if len(places) else float("nan")


def recall_at(grades: Sequence[float], k: int) -> float:
    """Share of the grades >= 3 that stand among the first k of a ranked list; NaN without any.

    >>> recall_at([4, 0, 3], 2), recall_at([1], 2)
    (0.5, nan)
    """
    able = np.asarray(grades, dtype=float) >= GOOD
    return float(able[:k].sum() / able.sum()) if able.any() else float("nan")


def quadratic_kappa(first: Sequence[int], second: Sequence[int], grades: int = 5) -> float:
    """Agreement of two judges on the same pairs: Cohen's kappa with quadratic weights.

    1 - sum(w * observed) / sum(w * expected), w = (i - j)**2 for grades i and j (0 to `grades` - 1), expected from what
    each judge gives alone (Cohen 1968, "Weighted kappa", Psychological Bulletin 70(4)). 1 = always the same grade,
    0 = no more alike than chance makes them. NaN when it is not defined: no common pair, or both gave one and the same
    grade to all.

    >>> quadratic_kappa([0, 2, 4], [0, 2, 4]), round(quadratic_kappa([0, 2, 4, 4], [1, 2, 2, 4]), 4)
    (1.0, 0.7222)
    >>> quadratic_kappa([3, 3], [3, 3]), quadratic_kappa([], [])
    (nan, nan)
    """
    observed = np.zeros((grades, grades))
    np.add.at(observed, (np.asarray(first, dtype=int), np.asarray(second, dtype=int)), 1.0)
    apart = np.subtract.outer(np.arange(grades), np.arange(grades)) ** 2
    by_chance = float((apart * np.outer(observed.sum(axis=1), observed.sum(axis=0))).sum())
    if by_chance == 0.0:
        return float("nan")
    return 1.0 - float((apart * observed).sum()) * float(observed.sum()) / by_chance
