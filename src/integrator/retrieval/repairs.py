"""Rare words that are one slip of the hand away from a word that is frequent in the same table."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np

    from integrator.taxonomy import Taxonomy

SHORTEST = 4
"""Letters of a word that may be repaired; in a shorter one another letter is another word."""
FREQUENT = 10
"""Times a word must be met before another is taken for a slip of it."""
TIMES = 20
"""How much rarer the slip must be."""


class Repairs:
    """The frequent words of a table, found by what is left of them when one letter goes."""

    def __init__(self, words: Sequence[str], times: np.ndarray, taxonomy: Taxonomy) -> None:
        """`times`: how often each of the words is met; words of the lexicon are never slips."""
        self._times: dict[str, int] = dict(zip(words, times.tolist(), strict=True))
        self._taxonomy = taxonomy
        self._shorter: dict[str, list[str]] = defaultdict(list)
        for word, met in self._times.items():
            if met >= FREQUENT and _can_be_repaired(word):
                for one in shortened(word):
                    self._shorter[one].append(word)

    def of(self, word: str) -> str:
        """The most frequent word one edit away (of two as frequent, the first by alphabet), or the word itself."""
        if not _can_be_repaired(word) or self._taxonomy.knows(word):
            return word
        least = max(FREQUENT, TIMES * self._times.get(word, 0))
        near = {
            other
            for shorter in shortened(word)
            for other in self._shorter.get(shorter, ())
            if self._times[other] >= least and OSA.distance(word, other, score_cutoff=1) <= 1
        }
        return min(near, key=lambda other: (-self._times[other], other), default=word)


def shortened(word: str) -> Iterable[str]:
    """The word, and the word without each of its letters."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _can_be_repaired(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()
