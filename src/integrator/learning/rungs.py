"""The ladder: which rung the judged rows are good for, from the scorecard alone to trees."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import clone

from integrator.learning.choosing import Gain, group_folds, paired_gain
from integrator.learning.ensemble import TreeEnsemble
from integrator.learning.grouping import Rows
from integrator.learning.lambdas import Floats, ndcg_by_group
from integrator.learning.linear import NOTHING, fit_linear
from integrator.learning.terms import LinearTerms

if TYPE_CHECKING:
    from integrator.learning.trees import LambdaRanker


@dataclass(frozen=True)
class Rules:
    """When the ladder is climbed; the documentation of each stands with `SafeRanker`."""

    blend_from: int
    choose_from: int
    trees_from: int
    blend_ramp: float
    blend_share: float
    blend_c: float
    shares: tuple[float, ...]
    regularizations: tuple[float, ...]
    fewest_groups: int
    n_folds: int
    confidence: float
    truncation: int
    top_grade: float | None
    monotonic_cst: ArrayLike | None
    trees: LambdaRanker
    """What is cloned."""
    seed: int


@dataclass
class Climbed:
    """The rung reached, what it adds to the scorecard, and what was measured on the way."""

    rung: str
    why: str
    share: float = 0.0
    regularization: float = 0.0
    linear: LinearTerms | None = None
    trees: TreeEnsemble | None = None
    unit: float = 1.0
    """Points of the scorecard in one unit of the trees' scores."""
    candidates: list[dict[str, Any]] = field(default_factory=list)


def climb(rows: Rows, points: Floats, rules: Rules) -> Climbed:
    """The highest rung that the judged rows allow; `points` (n,) are the scorecard's."""
    n_rows, n_groups = len(rows.y), len(rows.bounds) - 1
    judged = f"{n_rows} judged rows in {n_groups} groups"
    if n_rows < rules.blend_from:
        return Climbed("scorecard", f"{judged}: nothing is learned below {rules.blend_from} rows.")
    for stop in (
        "one group only" if n_groups < 2 else "",
        "every row has one grade" if np.ptp(rows.y) == 0 else "",
        "the scorecard gives every row the same points" if np.std(points) <= NOTHING else "",
    ):
        if stop:
            return Climbed("scorecard", f"{judged}: {stop}, so there is nothing to learn from.")
    share = min(n_rows / rules.blend_ramp, 1.0) * rules.blend_share
    terms = correction(rows, points, share, rules.blend_c, rules)
    if terms is None:
        return Climbed("scorecard", f"{judged}: no feature tells good rows from others.")
    climbed = Climbed("blend", f"{judged}: scorecard with a correction of weight {share:.3g}.")
    climbed.share, climbed.regularization, climbed.linear = share, rules.blend_c, terms
    if n_rows >= rules.choose_from:
        climbed = _chosen(rows, points, climbed, judged, rules)
        if n_rows >= rules.trees_from:
            climbed = _with_trees(rows, points, climbed, judged, rules)
    return climbed


def correction(rows: Rows, points: Floats, share: float, c: float, rules: Rules) -> LinearTerms | None:
    """Terms in points: their spread over the rows is `share` times that of the scorecard. None when they are flat."""
    top = float(rows.y.max()) if rules.top_grade is None else rules.top_grade
    target = np.minimum(rows.y / top, 1.0) if top > 0 else rows.y
    terms = fit_linear(rows.X, target, c, rules.monotonic_cst, rows.weight)
    spread = float(np.std(terms.predict(rows.X)))
    return None if spread <= 1e-9 else terms.times(share * float(np.std(points)) / spread)


def _chosen(rows: Rows, points: Floats, blend: Climbed, judged: str, rules: Rules) -> Climbed:
    """Weight and regularization by cross-validation over groups; the scorecard and the blend are candidates."""
    settings = [(0.0, rules.blend_c), (blend.share, rules.blend_c)]
    settings += [(share, c) for share in rules.shares for c in rules.regularizations]
    settings = list(dict.fromkeys(settings))
    held_out = _cross_fitted(rows, points, settings, rules)
    measured = {one: measure(score, rows, rules.truncation) for one, score in held_out.items()}
    scorecard, start = settings[:2]
    best = max(settings[1:], key=lambda one: (round(float(np.nanmean(measured[one])), 9), -one[0], -one[1]))

    def gain(one: tuple[float, float], over: tuple[float, float]) -> Gain:
        return paired_gain(measured[one], measured[over], rules.confidence, seed=rules.seed)

    table = [
        _line(("scorecard", "blend")[one == start] if one in (scorecard, start) else "logistic", one,
              measured[one], gain(one, scorecard), gain(one, start))
        for one in settings
    ]  # fmt: skip
    climbed = replace(blend, candidates=table)
    first, bolder = gain(start, scorecard), gain(best, start)
    if first.groups < rules.fewest_groups:
        climbed.why = f"{judged}, of which {first.groups} can be ordered wrongly: too few to choose a weight."
    elif best != start and bolder.low > 0.0:
        climbed.rung, (climbed.share, climbed.regularization) = "logistic", best
        climbed.linear = correction(rows, points, best[0], best[1], rules)
        climbed.why = (f"{judged}: weight {best[0]:g} (C {best[1]:g}) orders held-out groups better than the blend "
                       f"by {bolder.mean:.4f} NDCG, surely above {bolder.low:.4f}.")  # fmt: skip
    elif first.mean + first.error < 0.0:
        climbed = Climbed("scorecard", f"{judged}: held-out groups are ordered worse with a correction "
                          f"({first.mean:+.4f} NDCG, standard error {first.error:.4f}).", candidates=table)  # fmt: skip
    else:
        climbed.why = f"{blend.why} No bolder weight is surely better on held-out groups."
    return climbed


def _cross_fitted(
    rows: Rows, points: Floats, settings: list[tuple[float, float]], rules: Rules
) -> dict[tuple[float, float], Floats]:
    """Scores (n,) of each setting, every group scored by a fit that has not seen it."""
    found = {one: points.copy() for one in settings}
    for held in _folds(rows, rules):
        seen, seen_points = rows.only(~held), points[~held]
        for c in {c for _, c in settings}:
            terms = correction(seen, seen_points, 1.0, c, rules)
            if terms is not None:
                added = terms.predict(rows.X[held])
                for share, _ in (one for one in settings if one[1] == c):
                    found[share, c][held] += share * added
    return found


def _folds(rows: Rows, rules: Rules) -> list[NDArray[np.bool_]]:
    """Masks (n,) of the rows held out, whole groups."""
    n_groups = len(rows.bounds) - 1
    n_folds = min(rules.n_folds, n_groups)
    fold = np.repeat(group_folds(n_groups, n_folds, rules.seed), np.diff(rows.bounds))
    return [fold == number for number in range(n_folds)]


def _with_trees(rows: Rows, points: Floats, linear: Climbed, judged: str, rules: Rules) -> Climbed:
    """Trees on top of the linear score, kept only when they order held-out groups surely better than the scorecard.

    Of the rung below they must only be better on the mean. To be surely better than that one too asks for many times
    the groups, as most of what is learned is learned there already; and what must not happen is an order worse than
    the scorecard's. The bound is that of one candidate, so it is not flattered by a choice among several.
    """
    unit = float(np.std(points))
    before, after = points.copy(), points.copy()
    for held in _folds(rows, rules):
        seen, terms = rows.only(~held), None
        if linear.linear is not None:
            terms = correction(seen, points[~held], linear.share, linear.regularization, rules)
        start = points if terms is None else points + terms.predict(rows.X)
        before[held] = start[held]
        trees = _grown(seen, start[~held] / unit, rules)
        after[held] = start[held] + unit * trees.predict(rows.X[held])
    old, new = measure(before, rows, rules.truncation), measure(after, rows, rules.truncation)
    step = paired_gain(new, old, rules.confidence, seed=rules.seed)
    gain = paired_gain(new, measure(points, rows, rules.truncation), rules.confidence, seed=rules.seed)
    linear.candidates.append(_line("trees", (linear.share, linear.regularization), new, gain, step))
    said = (
        f"{gain.mean:+.4f} NDCG over the scorecard, lower bound {gain.low:+.4f}, {step.mean:+.4f} over the rung below"
    )
    if gain.groups < rules.fewest_groups or not gain.low > 0.0 or not step.mean > 0.0:
        linear.why += f" Trees are not kept ({said})."
        return linear
    start = points if linear.linear is None else points + linear.linear.predict(rows.X)
    why = f"{judged}: trees order held-out groups surely better than the scorecard ({said})."
    grown = _grown(rows, start / unit, rules)
    return replace(linear, rung="trees", why=why, trees=grown, unit=unit)


def _grown(rows: Rows, start: Floats, rules: Rules) -> TreeEnsemble:
    groups = np.repeat(np.arange(len(rows.bounds) - 1), np.diff(rows.bounds))
    model = clone(rules.trees).fit(rows.X, rows.y, groups, sample_weight=rows.weight, init_score=start)
    grown: TreeEnsemble = model.ensemble_
    return grown


def measure(scores: Floats, rows: Rows, k: int) -> Floats:
    """NDCG@k of each group, NaN where every order is as good: all rows of the group have one grade."""
    ndcg = ndcg_by_group(np.round(scores, 9), rows.y, rows.bounds, k)
    starts = rows.bounds[:-1]
    mixed = np.maximum.reduceat(rows.y, starts) > np.minimum.reduceat(rows.y, starts)
    return np.where(mixed, ndcg, np.nan)


def _line(name: str, setting: tuple[float, float], measured: Floats, over: Gain, step: Gain) -> dict[str, Any]:
    """What a candidate measured; standard error and lower bound are those of its gain over the rung below."""
    known = measured[~np.isnan(measured)]
    return {
        "rung": name,
        "share": setting[0],
        "C": setting[1],
        "groups": over.groups,
        "ndcg": float(known.mean()) if len(known) else float("nan"),
        "gain_over_scorecard": over.mean,
        "lower_bound_over_scorecard": over.low,
        "gain_over_rung_below": step.mean,
        "standard_error": step.error,
        "lower_bound": step.low,
    }
