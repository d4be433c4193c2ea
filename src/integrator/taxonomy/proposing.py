"""Labels that look like an unknown term, for the analyst to accept or refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator.text.fold import fold
from integrator.vectors import TextVectors, letter_groups

if TYPE_CHECKING:
    from integrator.taxonomy.entries import Entries

LEAST = 0.3
"""Likenesses below this are not worth a question."""


class Proposer:
    """Character n-gram likeness to every label."""

    def __init__(self, taxonomy: Entries) -> None:
        self._taxonomy = taxonomy
        self._concepts = np.asarray([label.concept for label in taxonomy.labels])
        self._vectors = TextVectors([fold(label.text) for label in taxonomy.labels], letter_groups)
        self._labels = self._vectors.fitted.T.tocsr()  # turned once, not at every question

    def propose(self, text: str, limit: int, roles: tuple[str, ...] = ()) -> tuple[tuple[str, float], ...]:
        """The nearest concepts of the kinds of `roles` (none = any), best first, ties by id."""
        likeness = (self._vectors.of([fold(text)]) @ self._labels).toarray().ravel()
        best: dict[str, float] = {}
        for position in np.flatnonzero(likeness >= LEAST):
            concept = str(self._concepts[position])
            if roles and self._taxonomy.kind(concept) not in roles:
                continue
            best[concept] = max(best.get(concept, 0.0), round(float(likeness[position]), 4))
        return tuple(sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit])
