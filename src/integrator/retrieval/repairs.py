"""Rare words that are one slip of a hand away from a frequent one.

The lexicon knows the words of the trade; these are the words of the table itself.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHORTEST = 4
"""Letters of a word that may be repaired; in a shorter one another letter is another word."""
FREQUENT = 10
"""Lines a word stands in before another is taken for a slip of it."""
TIMES = 20
"""How much rarer the slip must be."""


class Repairs:
    """The frequent words of a table, found by what is left of them when one letter goes."""

    def __init__(self, frequency: Mapping[str, int]) -> None:
        """`frequency`: word -> number of lines it stands in."""
        self._frequency = frequency
        self._shorter: dict[str, list[str]] = defaultdict(list)
        for word, lines in frequency.items():
            if lines >= FREQUENT and _can_be_repaired(word):
                for one in shortened(word):
                    self._shorter[one].append(word)

    def of(self, word: str) -> str:
        """The most frequent word one edit away (of two as frequent, the first by alphabet), or the word itself."""
        least = max(FREQUENT, TIMES * self._frequency.get(word, 0))
        if not _can_be_repaired(word):
            return word
        near = {
            other
            for shorter in shortened(word)
            for other in self._shorter.get(shorter, ())
            if self._frequency[other] >= least and OSA.distance(word, other, score_cutoff=1) <= 1
        }
        return min(near, key=lambda other: (-self._frequency[other], other), default=word)


def shortened(word: str) -> Iterable[str]:
    """The word, and the word without each of its letters."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _can_be_repaired(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()
