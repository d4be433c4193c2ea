"""A trained ranker measured on the judgements it learned from: every need is ranked by one that has not seen it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator.errors import UsageError
from integrator.parts import of_needs
from integrator.ranking import TrainedRanker
from integrator.training.fitting import FOLDS, RUNGS, fit, held_out_folds
from integrator.training.judged import judged_pairs
from integrator.training.matrix import matrix_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from integrator import pipeline
    from integrator.training.fitting import Highest

_HIGHEST: Mapping[str, Highest] = {rung: rung for rung in RUNGS}


def knows(run: pipeline.Run, graded: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether the ranker of the run learned from some of these graded pairs (need id -> supplier id -> grade)."""
    if run.scorer.experience is None:
        return False
    judged = run.scorer.experience.of(run.tables["suppliers"]).judged
    return any(not graded[need].keys().isdisjoint(row) for need, row in judged.items() if need in graded)


def held_out_rankings(run: pipeline.Run, plain: pipeline.Run) -> dict[str, list[str]]:
    """Need id -> the suppliers that a run keeps of each judged need, by a ranker fitted on the needs of other folds.

    `run` asks the needs in any way, `plain` asks them as they are, by whatever scorer (the same run, when `run` does so
    too): what the ranker is fitted on. Raises `UsageError` when fewer than 5 needs are judged.
    """
    ranker = run.scorer
    rung = str(ranker.card.get("rung", "")) if isinstance(ranker, TrainedRanker) else ""
    judged = judged_pairs(plain)
    if len(judged.needs) < FOLDS:
        found = f"{len(judged.needs)} needs are judged, {FOLDS} are needed"
        raise UsageError(f"the ranker cannot be measured on the judgements that it learned from: {found}.")
    asked = matrix_of(run, of_needs(run.tables, "candidates", judged.needs))
    need, supplier = (asked.candidates[name].to_numpy(dtype=str) for name in ("need_id", "supplier_id"))
    rankings: dict[str, list[str]] = {}
    for seen, held in held_out_folds(judged):
        fitted = fit(judged, seen, _HIGHEST.get(rung, "trees"))
        score = fitted.scores_of(asked.rows(fitted.experience))
        for one in sorted(held):
            rows = np.flatnonzero(need == one)
            ranked = supplier[rows[np.lexsort((supplier[rows], -score[rows]))]].tolist()
            rankings[one] = ranked[: run.config.matching.candidates]
    return rankings
