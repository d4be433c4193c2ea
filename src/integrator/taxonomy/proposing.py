"""Concepts that an unknown term may mean, for the analyst to accept or refuse; nothing here is applied.

By letters alone, the likeness of a label is the cosine of groups of letters. With the extra `semantic` it is the cosine
of meaning plus a fifth of the likeness by letters, over 1.2: the weight that put most right concepts among the first
five (`benchmarks/terms.py`). Synonyms in Arabic and further languages are left to the letters: as meanings they drew
terms to the wrong concept more often than to the right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from integrator.meaning import likeness
from integrator.taxonomy.steps import step
from integrator.text.fold import fold
from integrator.vectors import TextVectors, letter_groups

if TYPE_CHECKING:
    from integrator.meaning import Meaning, Vectors
    from integrator.taxonomy.entries import Entries

LETTERS = 0.2
"""Weight of the likeness by letters beside that by meaning."""
MEANT_LANGUAGES = ("fr", "en")
"""Languages of which every label is compared by meaning; of the others the preferred one."""
Likenesses = NDArray[np.float64]


class Proposer:
    """The labels as vectors: of letters, and of meaning once that is asked for."""

    def __init__(self, taxonomy: Entries) -> None:
        self._names = tuple(sorted({label.concept for label in taxonomy.labels}))
        self._roles = np.asarray([taxonomy.kind(concept) for concept in self._names], dtype=object)
        position = {concept: i for i, concept in enumerate(self._names)}
        self._labels = sorted(taxonomy.labels, key=lambda label: (position[label.concept], label.text))
        self._owners = np.asarray([position[label.concept] for label in self._labels], dtype=np.intp)
        self._vectors = TextVectors([fold(label.text) for label in self._labels], letter_groups)
        meant = [label.type == "pref" or label.lang in MEANT_LANGUAGES for label in self._labels]
        self._meant = np.flatnonzero(meant)
        self._meanings: Vectors | None = None

    def propose(
        self, text: str, limit: int, roles: Sequence[str] = (), meaning: Meaning | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The nearest concepts of the roles asked, best first, ties by id."""
        likenesses = self._by_letters(text)
        least = step("similar").least
        if meaning is not None:
            likenesses = (self._by_meaning(text, meaning) + LETTERS * likenesses) / (1 + LETTERS)
            least = step("semantic").least
        likenesses = np.round(likenesses, 4)
        worth = likenesses >= least
        if roles:
            worth &= np.isin(self._roles, list(roles))
        found = np.flatnonzero(worth)
        best = found[np.argsort(-likenesses[found], kind="stable")][:limit]
        return tuple((self._names[i], float(likenesses[i])) for i in best)

    def _by_letters(self, text: str) -> Likenesses:
        """Of each concept: the nearest label by groups of letters."""
        values = (self._vectors.of([fold(text)]) @ self._vectors.fitted.T).toarray().ravel()
        return self._nearest(self._owners, values)

    def _by_meaning(self, text: str, meaning: Meaning) -> Likenesses:
        """Of each concept: the nearest label by meaning; what points away counts for nothing."""
        if self._meanings is None:
            self._meanings = meaning.of([self._labels[i].text for i in self._meant])
        return self._nearest(self._owners[self._meant], likeness(meaning.of([text]), self._meanings)[0])

    def _nearest(self, owners: NDArray[np.intp], values: Likenesses) -> Likenesses:
        best = np.zeros(len(self._names))
        np.maximum.at(best, owners, values)
        return best
