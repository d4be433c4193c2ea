"""Arabic small words written onto a word without its article: parted where the lexicon knows the rest."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from integrator.taxonomy.words import TIED, Word, form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST_REST = 3


class Speller:
    """Knows the words of the labels and how often they stand there.

    Many words begin with a letter that can also be such a small word; a word is parted only where what is left is
    commoner in the lexicon than the word itself.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        self._counts = Counter(forms)
        self._parted = lru_cache(maxsize=100_000)(self._part)

    def untied(self, words: list[Word]) -> list[Word]:
        """The same words in order, those that hold a small word in two."""
        found: list[Word] = []
        for word in words:
            rest = self._parted(word.form) if word.form[0] in TIED else ""
            if rest:
                found.append(Word(TIED[word.form[0]], word.start, word.start + 1))
                found.append(Word(rest, word.start + 1, word.end))
            else:
                found.append(word)
        return found

    def untied_forms(self, forms: Iterable[str]) -> Iterator[str]:
        """The same for words without their places."""
        for one in forms:
            rest = self._parted(one) if one[0] in TIED else ""
            if rest:
                yield TIED[one[0]]
            yield rest or one

    def _part(self, whole: str) -> str:
        """What is left of a word without its first letter; "" when it is one word."""
        rest = form(whole[1:])
        return rest if len(rest) >= SHORTEST_REST and self._counts[rest] > self._counts[whole] else ""
