"""Candidate pairs of a run as rows of numbers, with any experience put in."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from integrator.ranking.features import experience_columns
from integrator.ranking.offers import offers_of
from integrator.ranking.pairs import build_pairs
from integrator.ranking.scoring import features_of
from integrator.taxonomy import load
from integrator.taxonomy.space import ConceptSpace

if TYPE_CHECKING:
    import pandas as pd

    from integrator.pipeline import Run
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.experience import Experience
    from integrator.ranking.pairs import Pairs


@dataclass(frozen=True)
class PairMatrix:
    """Some candidate pairs of a run."""

    run: Run
    candidates: pd.DataFrame
    """Rows of `tables.CANDIDATES` with their features."""
    space: ConceptSpace

    @property
    def features(self) -> tuple[str, ...]:
        """The columns of `rows`, in order."""
        return tuple(features_of(self.candidates))

    def rows(self, experience: Experience | None) -> Numbers:
        """Features of the pairs, (pairs, features), as a scorer with this experience sees them."""
        known = features_of(self.candidates)
        if self.run.config.matching.buyer_experience:
            # what was made of the pairs once is shared: nothing of it knows the experience
            known |= experience_columns(dataclasses.replace(self._pairs, experience=experience))
        return np.column_stack([known[name] for name in self.features])

    @cached_property
    def _pairs(self) -> Pairs:
        tables = self.run.tables
        offers = offers_of(tables["suppliers"], tables["capabilities"], tables["facts"], tables["needs"], self.space)
        return build_pairs(self.candidates, tables["needs"], tables["requirements"], offers)


def matrix_of(run: Run, candidates: pd.DataFrame) -> PairMatrix:
    """The matrix of some candidates of a run."""
    return PairMatrix(run, candidates.reset_index(drop=True), ConceptSpace(load(run.config.terms)))
