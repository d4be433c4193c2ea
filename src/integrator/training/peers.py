"""The same folds and features given to LightGBM, where it is installed: a known learner to compare with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from integrator.training.fitting import TREES, held_out_folds
from integrator.training.measuring import gain, mean_of, measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.ranking.arrays import Numbers
    from integrator.training.judged import JudgedPairs


def lightgbm_report(judged: JudgedPairs, seeds: Sequence[int]) -> dict[str, Any] | None:
    """LightGBM lambdarank started from the scorecard on needs held out, the mean over the deals of these seeds.

    None when it is not installed.
    """
    try:
        import lightgbm  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return None
    found = mean_of([measure(judged, _scores(judged, seed, lightgbm)) for seed in seeds])
    return {
        "version": lightgbm.__version__, "seeds": list(seeds), **found.mean(),
        "gain": gain(found, measure(judged, judged.scorecard)),
    }  # fmt: skip


def _scores(judged: JudgedPairs, seed: int, lightgbm: Any) -> Numbers:
    """Score of each pair (n,) by a model that has not seen its need."""
    scores = np.full(len(judged), np.nan)
    for seen, held in held_out_folds(judged, seed):
        rows = judged.matrix.rows(judged.experience(seen))
        train = np.flatnonzero(judged.of(seen) & judged.is_judged)
        train = train[np.argsort(judged.need[train], kind="stable")]
        start = judged.scorecard / judged.scorecard[train].std()
        model = lightgbm.LGBMRanker(
            n_estimators=TREES["n_estimators"], learning_rate=0.05, num_leaves=TREES["max_leaf_nodes"],
            min_child_samples=TREES["min_samples_leaf"], colsample_bytree=TREES["max_features"],
            lambdarank_truncation_level=12, random_state=seed, n_jobs=1, verbose=-1, deterministic=True,
        )  # fmt: skip
        sizes = np.unique(judged.need[train], return_counts=True)[1]
        model.fit(rows[train], judged.grade[train].astype(int), group=sizes, init_score=start[train])
        inside = judged.of(held)
        scores[inside] = start[inside] + model.predict(rows[inside])
    return scores
