"""Words one slip away from a word of the labels: what was meant, when only one thing can be."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from integrator.taxonomy.label_index import LabelIndex

SHORTEST_REPAIR = 5
"""Letters."""


class Repairs:
    """Finds a word by its letters with one left out (symmetric deletes), so that none is compared with all."""

    def __init__(self, labels: LabelIndex) -> None:
        self._labels = labels
        self._deletes: dict[str, list[str]] = defaultdict(list)
        for word in sorted(filter(_is_long, labels.repairable)):
            for shorter in _deletes(word):
                self._deletes[shorter].append(word)
        self.of = lru_cache(maxsize=100_000)(self._of)

    def _of(self, form: str) -> str:
        """The label word that is one edit away, or several that mean the same, else the word itself.

        A word that is a label by itself goes before one that is only part of labels; hands seldom slip on a first
        letter.
        """
        if not _is_long(form) or form in self._labels.words:
            return form
        near = {word for shorter in _deletes(form) for word in self._deletes.get(shorter, ())}
        near = {word for word in near if word[0] == form[0] and OSA.distance(form, word, score_cutoff=1) <= 1}
        alone = {word for word in near if (word,) in self._labels.concepts} or near
        meant = {self._labels.concepts.get((word,)) for word in alone}
        return min(alone) if len(alone) == 1 or (len(meant) == 1 and None not in meant) else form


def _is_long(form: str) -> bool:
    return len(form) >= SHORTEST_REPAIR and form.isalpha()


def _deletes(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
