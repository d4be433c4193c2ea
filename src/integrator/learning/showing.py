"""How many candidates to show so that an able one is among them: split conformal prediction over groups.

A group's depth is the rank of its first able row. With n calibration groups drawn like the new one, the new group's
depth is at most the k-th smallest of theirs with probability k / (n + 1) or more, so k = ceil((n + 1)(1 - alpha)),
the quantile of level ceil((n + 1)(1 - alpha)) / n. Nothing is assumed of the scores, only that groups are
exchangeable. Sources: Vovk, Gammerman, Shafer 2005, "Algorithmic Learning in a Random World"; Angelopoulos and Bates
2021, "A Gentle Introduction to Conformal Prediction", section 1. The promise holds on average over calibration sets,
for groups that have an able row at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from integrator.learning.grouping import group_codes
from integrator.learning.lambdas import Floats

FEWEST_GROUPS = 50


@dataclass(frozen=True)
class Showing:
    """The number to show, or the reason why none is claimed."""

    alpha: float
    """Share of groups that may miss."""
    groups: int
    """Groups with an able row, that the number rests on."""
    show: int | None
    """Rows to show; None: no claim."""
    why: str

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"alpha": self.alpha, "groups": self.groups, "show": self.show, "why": self.why}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Showing:
        """What `to_dict` wrote. ValueError when it is something else."""
        try:
            show = None if data["show"] is None else int(data["show"])
            found = cls(float(data["alpha"]), int(data["groups"]), show, str(data["why"]))
        except (KeyError, TypeError, ValueError, OverflowError):
            raise ValueError("A number to show has alpha, groups, show and why.") from None
        if not 0.0 < found.alpha < 1.0 or (show is not None and (show < 1 or found.groups < FEWEST_GROUPS)):
            raise ValueError("A number to show lies above 0 and rests on 50 groups or more, alpha between 0 and 1.")
        return found


@dataclass(frozen=True)
class Coverage:
    """How often the number shown, found on one half of the groups, was enough for the other half."""

    mean: float
    error: float
    """Standard deviation over the splits: what one split scatters by. Splits share groups, so dividing by the root
    of their number would promise too much; this is about the standard error of one split's coverage."""
    shown: float
    """Mean number shown."""
    splits: int


def depths(scores: ArrayLike, able: ArrayLike, groups: ArrayLike) -> Floats:
    """Rank, from 1, of the first able row of each group, (groups,) in the order of the labels; NaN without one.

    Rows of equal score are ranked against us: the able one last among them.
    """
    score, wanted = np.asarray(scores, dtype=np.float64), np.asarray(able, dtype=bool)
    codes = group_codes(groups, len(score))
    order = np.lexsort((wanted, -score, codes))
    sizes = np.bincount(codes)
    rank = np.empty(len(score))
    rank[order] = np.arange(1, len(score) + 1) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    first = np.full(len(sizes), np.inf)
    np.minimum.at(first, codes[wanted], rank[wanted])
    return np.where(np.isinf(first), np.nan, first)


def how_many(depth: ArrayLike, alpha: float = 0.1, fewest: int = FEWEST_GROUPS) -> Showing:
    """The number to show from the depths of calibration groups (n,), NaN for a group without an able row.

    The order must not have been learned from these groups. No claim is made below `fewest` groups, nor when alpha
    asks for more groups than there are. ValueError when alpha is not between 0 and 1.
    """
    if not 0.0 < alpha < 1.0:
        raise ValueError(f"alpha must lie between 0 and 1, not {alpha!r}.")
    known = np.asarray(depth, dtype=np.float64)
    known = np.sort(known[~np.isnan(known)])
    count = len(known)
    if count < fewest:
        return Showing(alpha, count, None, f"{count} groups with an able row: {fewest} are needed for a claim.")
    place = math.ceil(round((count + 1) * (1.0 - alpha), 9))
    if place > count:
        return Showing(alpha, count, None, f"{count} groups are too few for alpha {alpha:g}.")
    show = int(known[place - 1])
    return Showing(alpha, count, show, f"The first {show} hold an able one in {1 - alpha:.0%} of groups like these.")


def coverage(depth: ArrayLike, alpha: float = 0.1, splits: int = 200, seed: int = 0) -> Coverage:
    """Share of held-out groups for which the number found on the other half was enough, over repeated splits.

    Measures the rule as it works on half of the groups; the limit of 50 groups is for claims, not for measuring.
    ValueError with fewer than 4 groups that have an able row.
    """
    known = np.asarray(depth, dtype=np.float64)
    known = known[~np.isnan(known)]
    if len(known) < 4:
        raise ValueError("Coverage by halves needs 4 groups with an able row.")
    draw = np.random.default_rng(seed)
    half, covered, shown = len(known) // 2, [], []
    for _ in range(splits):
        mixed = draw.permutation(known)
        found = how_many(mixed[:half], alpha, fewest=1).show
        shown.append(float(known.max()) if found is None else float(found))
        covered.append(float((mixed[half:] <= shown[-1]).mean()))
    return Coverage(float(np.mean(covered)), float(np.std(covered, ddof=1)), float(np.mean(shown)), splits)
