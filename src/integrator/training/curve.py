"""How much more judgements would bring: the same measure with fewer of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from integrator.training.fitting import FOLDS, fit, held_out_folds
from integrator.training.measuring import gain, measure

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.training.judged import JudgedPairs

SIZES = (20, 50, 100, 200, 500, 1000)
"""Judged pairs to learn from; all of them come last."""


def learning_curve(judged: JudgedPairs, seed: int = 0) -> list[dict[str, Any]]:
    """NDCG@10 on needs held out by number of judged pairs that are learned from, drawn by whole needs."""
    lines: list[dict[str, Any]] = []
    for size in SIZES:
        scores, used, rungs = np.full(len(judged), np.nan), [], []
        for seen, held in held_out_folds(judged, seed):
            drawn = _drawn(judged, seen, size, seed)
            if drawn is None:
                return lines
            fitted, inside = fit(judged, drawn), judged.of(held)
            scores[inside] = fitted.scores(judged)[inside]
            used.append(int((judged.of(drawn) & judged.is_judged).sum()))
            rungs.append(str(fitted.ranker.rung_))
        lines.append(_line(judged, scores, round(float(np.mean(used)))) | {"rungs": rungs})
    return lines


def whole_line(judged: JudgedPairs, held_out: Numbers) -> dict[str, Any]:
    """The last line of the curve, all pairs of the other folds, from scores that are there already."""
    pairs = int(judged.is_judged.sum())
    return _line(judged, held_out, round(pairs * (FOLDS - 1) / FOLDS))


def _line(judged: JudgedPairs, scores: Numbers, pairs: int) -> dict[str, Any]:
    found = measure(judged, scores)
    return {"pairs": pairs, **found.mean(), "gain": gain(found, measure(judged, judged.scorecard))}


def _drawn(judged: JudgedPairs, seen: frozenset[str], size: int, seed: int) -> frozenset[str] | None:
    """Needs drawn until their judged pairs are `size` or more; None when there are not as many."""
    needs = np.random.default_rng(seed).permutation(sorted(seen))
    counts = np.cumsum([int((judged.of({need}) & judged.is_judged).sum()) for need in needs])
    enough = int(np.searchsorted(counts, size))
    return frozenset(needs[: enough + 1].tolist()) if enough < len(needs) else None
