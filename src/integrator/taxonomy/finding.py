"""Text -> concepts: whole segments first, then the longest labels inside, then one-letter repairs.

A part named after a preposition only qualifies the head of the phrase ("tubes for shock absorbers"
are tubes), so it counts for less. What is not recognized gives nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from integrator.records import ConceptLink
from integrator.taxonomy.words import Word, forms, words
from integrator.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from integrator.taxonomy.entries import Entries

_SEGMENT = re.compile(r"[;\n,()\[\]/:|•]+")
CONTAINED_FLOOR = 0.6
"""Score of a label that is a vanishing part of its phrase; it rises to 0.95 with its share."""
CONTAINED_RISE = 0.35
HEAD = 0.85
"""Score of a label that is the whole head of its phrase, what follows only saying what it is for."""
QUALIFIER = 0.6
"""Factor for a part that only qualifies another one."""
REPAIRED = 0.85
SHORTEST_REPAIR = 5
UNREPAIRED = ("es", "de")
"""Languages of few files here: a slip is taken for one in the others."""
Key = tuple[str, ...]


@dataclass(frozen=True)
class _Match:
    concepts: tuple[str, ...]
    first: int
    last: int
    repaired: bool


class Finder:
    """The label index of a taxonomy."""

    def __init__(self, taxonomy: Entries) -> None:
        self._taxonomy = taxonomy
        index: dict[Key, list[str]] = defaultdict(list)
        repairable: set[str] = set()
        for label in taxonomy.labels:
            key = tuple(one for one in forms(label.text) if taxonomy.fillers.get(one, "neutral") == "neutral")
            if key and label.concept not in index[key]:
                index[key].append(label.concept)
            if label.lang not in UNREPAIRED:
                repairable.update(key)
        self._index = {key: tuple(concepts) for key, concepts in index.items()}
        self._longest = max((len(key) for key in self._index), default=0)
        self._named = {fold(label.text) for label in taxonomy.labels}
        self._vocabulary = {word for word in repairable if len(word) >= SHORTEST_REPAIR}
        self._words = {word for key in self._index for word in key}
        self._deletes: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._vocabulary):
            if word.isalpha():
                for shorter in _deletes(word):
                    self._deletes[shorter].append(word)
        self.find = lru_cache(maxsize=100_000)(self._find)

    def spans(self, forms: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
        """First word, last word and concepts of each label in a phrase given by the forms of its content words."""
        return [(match.first, match.last, match.concepts) for match in self._matches(list(forms))]

    def knows(self, form: str) -> bool:
        """Whether a word stands in a label."""
        return form in self._words

    def _find(self, text: str, roles: tuple[str, ...]) -> tuple[ConceptLink, ...]:
        best: dict[str, ConceptLink] = {}
        for segment in [text] if self._is_label(text) else _SEGMENT.split(text):
            for link in self._segment(segment, roles):
                known = best.get(link.concept)
                if known is None or link.score > known.score:
                    best[link.concept] = link
        return tuple(best.values())

    def _segment(self, segment: str, roles: tuple[str, ...]) -> Iterator[ConceptLink]:
        every = words(segment)
        for phrase in [every] if self._is_label(segment) else self._phrases(every):
            yield from self._phrase(segment, phrase, roles)

    def _is_label(self, text: str) -> bool:
        """Whether a whole text is one label, whatever signs and conjunctions it holds."""
        return tuple(word.form for word in words(text) if not self._filler(word)) in self._index

    def _phrases(self, every: list[Word]) -> Iterator[list[Word]]:
        """The parts of a segment that conjunctions separate."""
        phrase: list[Word] = []
        for word in every:
            if self._taxonomy.fillers.get(word.form) == "conjunction":
                yield phrase
                phrase = []
            else:
                phrase.append(word)
        yield phrase

    def _phrase(self, segment: str, every: list[Word], roles: tuple[str, ...]) -> Iterator[ConceptLink]:
        content = [word for word in every if not self._filler(word)]
        matches = self._matches([word.form for word in content])
        telling = [self._taxonomy.fillers.get(word.form) != "neutral" for word in content]
        whole = len(matches) == 1 and sum(telling[matches[0].first : matches[0].last + 1]) == sum(telling)
        named = whole and fold(segment) in self._named  # "A/C pipe" is a label, its "a" no preposition
        for match in matches:
            first, last = content[match.first], content[match.last]
            share = sum(telling[match.first : match.last + 1]) / max(sum(telling), 1)
            for concept in self._kinds(match.concepts, roles):
                score = 1.0 if whole else CONTAINED_FLOOR + CONTAINED_RISE * share
                if not whole and self._is_head(every, first, last):
                    score = max(score, HEAD)
                if self._taxonomy.kind(concept) == "component" and not named and self._qualifies(every, first):
                    score *= QUALIFIER
                step = "exact" if whole else "contained"
                if match.repaired:
                    step, score = "typo", score * REPAIRED
                said = segment[first.start : last.end]
                yield ConceptLink(concept, self._taxonomy.kind(concept), step, round(score, 4), said)

    def _kinds(self, concepts: tuple[str, ...], roles: tuple[str, ...]) -> tuple[str, ...]:
        """Of the concepts that share a label, those of the first role asked that any of them has."""
        if not roles:
            return concepts
        for role in roles:
            of_role = tuple(c for c in concepts if self._taxonomy.kind(c) == role)
            if of_role:
                return of_role
        return ()

    def _matches(self, forms: list[str]) -> list[_Match]:
        matches, position = [], 0
        while position < len(forms):
            match = self._at(forms, position) or self._repaired_at(forms, position)
            if match:
                matches.append(match)
            position = match.last + 1 if match else position + 1
        return matches

    def _at(self, forms: list[str], start: int) -> _Match | None:
        for length in range(min(self._longest, len(forms) - start), 0, -1):
            concepts = self._index.get(tuple(forms[start : start + length]))
            if concepts:
                return _Match(concepts, start, start + length - 1, repaired=False)
        return None

    def _repaired_at(self, forms: list[str], start: int) -> _Match | None:
        repaired = [self._repair(form) for form in forms[start : start + self._longest]]
        if repaired[0] == forms[start] and len(repaired) == 1:
            return None
        match = self._at(repaired, 0)
        if match is None or repaired[match.first : match.last + 1] == forms[start : start + match.last + 1]:
            return None
        return _Match(match.concepts, start, start + match.last, repaired=True)

    @lru_cache(maxsize=100_000)  # noqa: B019 (a Finder lives as long as the program)
    def _repair(self, form: str) -> str:
        """The label word that is one edit away, or several that mean the same, else the word itself.

        A word that is a label by itself goes before one that is only part of labels; hands seldom slip on a first
        letter.
        """
        if len(form) < SHORTEST_REPAIR or not form.isalpha() or form in self._words:
            return form
        near = {word for shorter in _deletes(form) for word in self._deletes.get(shorter, ())}
        near = {word for word in near if word[0] == form[0] and OSA.distance(form, word, score_cutoff=1) <= 1}
        alone = {word for word in near if (word,) in self._index} or near
        meant = {self._index.get((word,)) for word in alone}
        return min(alone) if len(alone) == 1 or (len(meant) == 1 and None not in meant) else form

    def _filler(self, word: Word) -> bool:
        return self._taxonomy.fillers.get(word.form, "neutral") != "neutral"

    def _qualifies(self, every: list[Word], first: Word) -> bool:
        """Whether a preposition stands between the head of the phrase and this word, or opens the phrase."""
        before = [word for word in every if word.start < first.start]
        return any(self._taxonomy.fillers.get(word.form) == "preposition" for word in before)

    def _is_head(self, every: list[Word], first: Word, last: Word) -> bool:
        """Whether the words are all there is before the first preposition that follows them."""
        before = any(not self._filler(word) for word in every if word.start < first.start)
        after = next((word for word in every if word.start > last.start), None)
        return not before and after is not None and self._taxonomy.fillers.get(after.form) == "preposition"


def _deletes(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}
