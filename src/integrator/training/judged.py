"""Judgements -> graded candidate pairs; what cannot be learned from is counted by its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from integrator.ranking import Scorecard
from integrator.ranking.experience import Experience, experience_of
from integrator.ranking.scoring import features_of, score_pairs
from integrator.store import Store
from integrator.training.matrix import PairMatrix, matrix_of

if TYPE_CHECKING:
    from integrator.pipeline import Run
    from integrator.records import Judgement

DROPPED = ("unsure", "unknown_need", "unknown_supplier", "judged_again_later", "no_candidate")
"""Why a judgement is not learned from, in the order in which it is asked."""


@dataclass(frozen=True)
class JudgedPairs:
    """Every candidate pair of the judged needs of a run, by need and supplier."""

    matrix: PairMatrix
    grade: NDArray[np.float64]
    """Of each pair; NaN where nobody judged it."""
    read: int
    """Judgements given: each grades a pair here or is counted in `dropped`."""
    dropped: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.grade)

    @cached_property
    def is_judged(self) -> NDArray[np.bool_]:
        """Which pairs have a grade."""
        return np.asarray(~np.isnan(self.grade))

    @cached_property
    def need(self) -> NDArray[np.str_]:
        """Need id of each pair."""
        return self.matrix.candidates["need_id"].to_numpy(dtype=str)

    @cached_property
    def supplier(self) -> NDArray[np.str_]:
        """Supplier id of each pair."""
        return self.matrix.candidates["supplier_id"].to_numpy(dtype=str)

    @cached_property
    def needs(self) -> NDArray[np.str_]:
        """The judged needs in order."""
        return np.unique(self.need)

    @cached_property
    def scorecard(self) -> NDArray[np.float64]:
        """Points of the expert scorecard."""
        return score_pairs(Scorecard(), features_of(self.matrix.candidates))[1]

    def of(self, needs: Collection[str]) -> NDArray[np.bool_]:
        """Which pairs belong to some needs."""
        return np.isin(self.need, list(needs))

    def experience(self, needs: Collection[str]) -> Experience:
        """What the judgements of some needs tell of the suppliers."""
        tables = self.matrix.run.tables
        grades: dict[str, dict[str, float]] = {}
        for row in np.flatnonzero(self.of(needs) & self.is_judged):
            grades.setdefault(str(self.need[row]), {})[str(self.supplier[row])] = float(self.grade[row])
        return experience_of(tables["requirements"], tables["suppliers"], grades, self.matrix.space)


def judged_pairs(run: Run) -> JudgedPairs:
    """The pairs to learn from: judgements of the job and of the store, the latest of each pair.

    Of two grades that one judge gave a pair on one day the store's counts, the one added last: it was given later.
    """
    kept = Store(run.config.base / run.config.store.path).judgements()
    given = sorted(
        dict.fromkeys((*run.judgements, *kept)), key=lambda j: (j.judged_on, j.need_id, j.supplier_id, j.judged_by)
    )
    grades, dropped = _latest(given, run)
    candidates = run.tables["candidates"]
    candidates = candidates[candidates["need_id"].isin({need for need, _ in grades})].reset_index(drop=True)
    pairs = list(zip(candidates["need_id"].astype(str), candidates["supplier_id"].astype(str), strict=True))
    grade = np.asarray([grades.get(pair, np.nan) for pair in pairs], dtype=np.float64)
    dropped["no_candidate"] = len(grades) - int((~np.isnan(grade)).sum())
    some = candidates["need_id"].isin(candidates["need_id"][~np.isnan(grade)]).to_numpy(dtype=bool)
    return JudgedPairs(
        matrix_of(run, candidates[some]), grade[some], len(given), {one: dropped[one] for one in DROPPED}
    )


def _latest(given: Sequence[Judgement], run: Run) -> tuple[dict[tuple[str, str], int], Counter[str]]:
    """The latest grade of each pair, and what was left out before."""
    needs, suppliers = set(run.tables["needs"]["need_id"]), set(run.tables["suppliers"]["supplier_id"])
    grades: dict[tuple[str, str], int] = {}
    dropped: Counter[str] = Counter()
    for one in given:
        pair = (one.need_id, one.supplier_id)
        if one.grade is None:
            dropped["unsure"] += 1
        elif one.need_id not in needs:
            dropped["unknown_need"] += 1
        elif one.supplier_id not in suppliers:
            dropped["unknown_supplier"] += 1
        else:
            dropped["judged_again_later"] += pair in grades
            grades[pair] = one.grade
    return grades, dropped
