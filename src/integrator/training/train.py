"""Fit a linear correction to the scorecard and keep it only when needs held out say that it helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from integrator import metrics, pipeline
from integrator.config import Config
from integrator.errors import UsageError
from integrator.ranking import LinearRanker, Term, scorecard_points
from integrator.ranking.features import FEATURES, MEANING_FEATURES
from integrator.ranking.scorecard import scorecard

FEWEST_PAIRS = 20
FOLDS = 5
SHARES = (0.0, 0.25, 0.5, 1.0)
"""How much the correction may weigh beside the scorecard, in standard deviations; 0 = scorecard alone."""
REGULARIZATION = 0.01
GOOD = 2
"""Grade from which a pair counts as worth a contact."""


@dataclass(frozen=True)
class _Judged:
    """Judged candidate pairs: features, grades and needs, aligned."""

    frame: pd.DataFrame
    grade: np.ndarray
    need: np.ndarray
    base: np.ndarray
    """Scorecard score."""


def train(config: Config) -> LinearRanker:
    """Train on the judgements of the job, see `train_run`."""
    return train_run(pipeline.run(config))


def train_run(run: pipeline.Run) -> LinearRanker:
    """Train on the judgements of a finished run; split by need, scorecard always a candidate.

    Raises `UsageError` when there are fewer than 20 judged pairs among the candidates or fewer than 5 needs.
    """
    judged = _judged(run)
    needs = len(set(judged.need))
    if len(judged.grade) < FEWEST_PAIRS or needs < FOLDS:
        found = f"{len(judged.grade)} judged pairs over {needs} needs"
        raise UsageError(f"too few judgements to train ({found}): {FEWEST_PAIRS} pairs and {FOLDS} needs are needed.")
    held_out = {share: _cross_fit(judged, share) for share in SHARES}
    share, verdict = _choose(held_out)
    ranker = _fit(judged, share)
    report = {
        "pairs": len(judged.grade),
        "needs": needs,
        "share": share,
        "verdict": verdict,
        "held_out": {
            str(one): {"ndcg_at_10": round(metrics.mean_ndcg(s), 4), "first_fit": round(metrics.first_fit(s), 4)}
            for one, s in held_out.items()
        },
    }
    return LinearRanker(ranker.terms, ranker.factor, report)


def _choose(held_out: Mapping[float, Sequence[metrics.NeedScore]]) -> tuple[float, str]:
    """The share with the best mean NDCG, when its gain over the scorecard is above its standard error."""
    base = np.asarray([need.ndcg for need in held_out[0.0]])
    best = max(SHARES, key=lambda share: (metrics.mean_ndcg(held_out[share]), -share))
    gains = np.asarray([need.ndcg for need in held_out[best]]) - base
    gains = gains[~np.isnan(gains)]
    error = float(np.std(gains, ddof=1) / np.sqrt(len(gains))) if len(gains) > 1 else float("inf")
    gain = float(np.mean(gains)) if len(gains) else 0.0
    words = f"gain {gain:+.4f} NDCG@10 on needs held out, standard error {error:.4f}"
    if best > 0 and gain > error:
        return best, f"correction kept: {words}"
    return 0.0, f"scorecard alone: {words}"


def _cross_fit(judged: _Judged, share: float) -> list[metrics.NeedScore]:
    """Measures on needs that the fit has not seen."""
    score = judged.base.astype(float).copy()
    if share:
        for seen, held in GroupKFold(FOLDS).split(judged.frame, groups=judged.need):
            ranker = _fit(_take(judged, seen), share)
            part = judged.frame.iloc[held]
            score[held] += sum(ranker.added(name, part[name].to_numpy(dtype=float)) for name in _corrected())
    table = judged.frame[["need_id", "supplier_id"]].assign(score=np.round(score, 6), grade=judged.grade)
    table = table.sort_values(["need_id", "score", "supplier_id"], ascending=[True, False, True])
    rankings = {str(need): list(rows["supplier_id"]) for need, rows in table.groupby("need_id")}
    grades = {
        str(need): dict(zip(rows["supplier_id"], rows["grade"].astype(int), strict=True))
        for need, rows in table.groupby("need_id")
    }
    return metrics.score_needs(rankings, grades)


def _fit(judged: _Judged, share: float) -> LinearRanker:
    """Logistic regression on standardized features and on their being known."""
    worth = judged.grade >= GOOD
    columns, statistics = [], {}
    for name in _corrected():
        values = judged.frame[name].to_numpy(dtype=float)
        known = ~np.isnan(values)
        mean = float(np.mean(values[known])) if known.any() else 0.0
        scale = float(np.std(values[known])) if known.any() else 0.0
        statistics[name] = (mean, scale or 1.0)
        columns += [np.where(known, (np.nan_to_num(values) - mean) / (scale or 1.0), 0.0), known.astype(float)]
    if share == 0.0 or worth.all() or not worth.any():
        return LinearRanker({name: Term(*statistics[name], 0.0, 0.0) for name in _corrected()}, 0.0, {})
    features = np.column_stack(columns)
    model = LogisticRegression(C=REGULARIZATION, max_iter=1000).fit(features, worth)
    weights = model.coef_[0]
    spread = float(np.std(features @ weights)) or 1.0
    factor = share * float(np.std(judged.base)) / spread
    terms = {
        name: Term(*statistics[name], float(weights[2 * i]), float(weights[2 * i + 1]))
        for i, name in enumerate(_corrected())
    }
    return LinearRanker(terms, factor, {})


def _corrected() -> tuple[str, ...]:
    """The features that the linear correction weighs: those of the scorecard, whose points reasons can show."""
    return tuple(criterion.feature for criterion in scorecard())


def _judged(run: pipeline.Run) -> _Judged:
    """The candidate pairs that have a grade; the latest judgement of a pair counts."""
    grades: dict[tuple[str, str], int] = {}
    for one in sorted(run.judgements, key=lambda j: (j.judged_on, j.need_id, j.supplier_id, j.judged_by)):
        if one.grade is not None:
            grades[one.need_id, one.supplier_id] = one.grade
    candidates = run.tables["candidates"]
    pairs = list(zip(candidates["need_id"], candidates["supplier_id"], strict=True))
    judged = np.asarray([pair in grades for pair in pairs], dtype=bool)
    frame = candidates[judged].reset_index(drop=True)
    found: list[Any] = [grades[pair] for pair, keep in zip(pairs, judged, strict=True) if keep]
    known = [name for name in (*FEATURES, *MEANING_FEATURES) if name in frame]
    base = scorecard_points({name: frame[name].to_numpy(dtype=float) for name in known})
    return _Judged(frame, np.asarray(found, dtype=int), frame["need_id"].to_numpy(dtype=str), base)


def _take(judged: _Judged, rows: np.ndarray) -> _Judged:
    return _Judged(judged.frame.iloc[rows], judged.grade[rows], judged.need[rows], judged.base[rows])
