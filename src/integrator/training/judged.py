"""Judgements -> graded candidate pairs; what cannot be learned from is counted by its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from integrator import judging, normalization
from integrator.parts import of_needs
from integrator.ranking import Scorecard
from integrator.ranking.experience import Experience, experience_of
from integrator.ranking.scoring import features_of, score_pairs
from integrator.store import Store
from integrator.training.matrix import PairMatrix, matrix_of

if TYPE_CHECKING:
    from integrator.pipeline import Run


@dataclass(frozen=True)
class JudgedPairs:
    """Every candidate pair of the judged needs of a run, by need and supplier."""

    matrix: PairMatrix
    grade: NDArray[np.float64]
    """Of each pair; NaN where nobody judged it."""
    read: int
    """Judgements given: each grades a pair here or is counted in `dropped`."""
    dropped: Mapping[str, int]
    """Why a judgement is not learned from (`normalization.LEFT_OUT`, then `no_candidate`) -> how many."""

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
    """The pairs to learn from: judgements of the job and of the store, of each pair the grade that counts.

    See `judging` for which that is. Of two grades that one judge gave a pair on one day the store's counts, the one
    added last: it was given later.
    """
    kept = Store(run.config.base / run.config.store.path).judgements()
    given = judging.together(run.judgements, kept)
    known = (set(run.tables["needs"]["need_id"]), set(run.tables["suppliers"]["supplier_id"]))
    latest, left_out = normalization.latest_grades(given, *known)
    grades = {(need, supplier): grade for need, row in latest.items() for supplier, grade in row.items()}
    candidates = of_needs(run.tables, "candidates", list(latest))
    pairs = list(zip(candidates["need_id"].astype(str), candidates["supplier_id"].astype(str), strict=True))
    grade = np.asarray([grades.get(pair, np.nan) for pair in pairs], dtype=np.float64)
    no_candidate = len(grades) - int((~np.isnan(grade)).sum())
    some = candidates["need_id"].isin(candidates["need_id"][~np.isnan(grade)]).to_numpy(dtype=bool)
    dropped = left_out | {"no_candidate": no_candidate}
    return JudgedPairs(matrix_of(run, candidates[some]), grade[some], len(given), dropped)
