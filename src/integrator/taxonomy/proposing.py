"""Concepts that an unknown term may mean, for the analyst to accept or refuse; nothing here is applied.

By letters alone, the likeness of a label is the cosine of groups of letters. With the extra `semantic` it is the cosine
of meaning plus a fifth of the likeness by letters, over 1.2: the weight that put most right concepts among the first
five (`benchmarks/terms.py`). Synonyms in Arabic and further languages are left to the letters: as meanings they drew
terms to the wrong concept more often than to the right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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
        self.concepts = tuple(sorted({label.concept for label in taxonomy.labels}))
        """The concepts, in the order of the columns below."""
        self._roles = np.asarray([taxonomy.kind(concept) for concept in self.concepts], dtype=object)
        position = {concept: i for i, concept in enumerate(self.concepts)}
        labels = sorted(taxonomy.labels, key=lambda label: (label.concept, label.text))
        self._owners = np.asarray([position[label.concept] for label in labels], dtype=np.intp)
        self._vectors = TextVectors([fold(label.text) for label in labels], letter_groups)
        self._labels = self._vectors.fitted.T.tocsr()  # turned once, not at every question
        meant = [label.type == "pref" or label.lang in MEANT_LANGUAGES for label in labels]
        self._meant_owners = self._owners[meant]
        self._meant_texts = [label.text for label, counts in zip(labels, meant, strict=True) if counts]
        self._meanings: Vectors | None = None
        self._by_letters_alone = lru_cache(maxsize=100_000)(self._propose)

    def propose(
        self, text: str, limit: int, roles: Sequence[str] = (), meaning: Meaning | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The nearest concepts of the roles asked, best first, ties by id."""
        if meaning is None:  # linking and the list of unknown terms ask the same
            return self._by_letters_alone(text, limit, tuple(roles))
        return self._propose(text, limit, roles, meaning)

    def _propose(
        self, text: str, limit: int, roles: Sequence[str], meaning: Meaning | None = None
    ) -> tuple[tuple[str, float], ...]:
        likenesses, least = self.by_letters([text])[0], step("similar").least
        if meaning is not None:
            likenesses = mixed(likenesses, self.by_meaning([text], meaning)[0])
            least = step("semantic").least
        likenesses = np.round(likenesses, 4)
        worth = likenesses >= least
        if roles:
            worth &= np.isin(self._roles, list(roles))
        found = np.flatnonzero(worth)
        best = found[np.argsort(-likenesses[found], kind="stable")][:limit]
        return tuple((self.concepts[i], float(likenesses[i])) for i in best)

    def by_letters(self, texts: Sequence[str]) -> Likenesses:
        """Texts x concepts: the nearest label by groups of letters, 0 to 1."""
        values = self._vectors.of([fold(text) for text in texts]) @ self._labels
        return self._nearest(self._owners, values.toarray())

    def by_meaning(self, texts: Sequence[str], meaning: Meaning) -> Likenesses:
        """Texts x concepts: the nearest label by meaning, 0 to 1; what points away counts for nothing."""
        if self._meanings is None:
            self._meanings = meaning.of(self._meant_texts)
        return self._nearest(self._meant_owners, likeness(meaning.of(texts), self._meanings))

    def _nearest(self, owners: NDArray[np.intp], by_label: Likenesses) -> Likenesses:
        """The best label of each concept; `owners` is sorted."""
        best = np.zeros((len(by_label), len(self.concepts)))
        if len(owners):
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            best[:, owners[starts]] = np.maximum(np.maximum.reduceat(by_label, starts, axis=1), 0.0)
        return best


def mixed(letters: Likenesses, meant: Likenesses, weight: float = LETTERS) -> Likenesses:
    """The likeness by meaning with `weight` parts of that by letters, 0 to 1."""
    return np.asarray((meant + weight * letters) / (1 + weight))
