"""Text -> concepts: whole segments first, then the longest labels inside, then one-letter repairs.

A part named after a preposition only qualifies the head of the phrase ("tubes for shock absorbers"
are tubes), so it counts for less. What is not recognized gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from integrator.records import ConceptLink
from integrator.taxonomy.label_index import Key, LabelIndex
from integrator.taxonomy.repairs import Repairs
from integrator.taxonomy.speller import Speller
from integrator.taxonomy.words import Word, counts, forms, words
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
QUALIFIER = 0.45
"""Factor for a part that only qualifies another one."""
REPAIRED = 0.85
"""Factor for a label that is met only when a slip is repaired."""
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Match:
    key: Key
    concepts: tuple[str, ...]
    first: int
    last: int
    repaired: bool
    short: frozenset[str] = NONE
    """Those of the concepts that these words name as an abbreviation only."""


class Finder:
    """Finds the labels of a lexicon in texts."""

    def __init__(self, taxonomy: Entries) -> None:
        self._taxonomy = taxonomy
        spoken = [tuple(forms(label.text)) for label in taxonomy.labels]  # tuples: the collector soon skips them
        self._speller = Speller(chain.from_iterable(spoken))
        self._labels = LabelIndex(taxonomy, [self._counting(every) for every in spoken])
        self._index = self._labels.concepts
        self._repairs = Repairs(self._labels)
        self.find = lru_cache(maxsize=100_000)(self._find)

    def spans(self, forms: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
        """First word, last word and concepts of each label in a phrase given by the forms of its content words."""
        return [(match.first, match.last, match.concepts) for match in self._matches(list(forms))]

    def knows(self, form: str) -> bool:
        """Whether a word stands in a label."""
        return form in self._labels.words

    def _find(self, text: str, roles: tuple[str, ...]) -> tuple[ConceptLink, ...]:
        best: dict[str, ConceptLink] = {}
        for segment in [text] if self._is_label(text) else _SEGMENT.split(text):
            for link in self._segment(segment, roles):
                known = best.get(link.concept)
                if known is None or link.score > known.score:
                    best[link.concept] = link
        return tuple(best.values())

    def _segment(self, segment: str, roles: tuple[str, ...]) -> Iterator[ConceptLink]:
        every = self._words_of(segment)
        for phrase in [every] if self._is_label(segment) else self._phrases(every):
            yield from self._phrase(segment, phrase, roles)

    def named(self, text: str) -> tuple[str, ...]:
        """The concepts that the whole text is a label of; empty for none."""
        return self._index.get(self._key(text), ())

    def _is_label(self, text: str) -> bool:
        """Whether a whole text is one label, whatever signs and conjunctions it holds."""
        return self._key(text) in self._index

    def forms(self, text: str) -> list[str]:
        """The words of a text in comparable form, what is tied to an Arabic word apart."""
        return list(self._speller.untied_forms(forms(text)))

    def _words_of(self, text: str) -> list[Word]:
        return self._speller.untied(words(text))

    def _key(self, text: str) -> Key:
        """What counts of a label when it is looked for: its words without the small ones."""
        return self._counting(forms(text))

    def _counting(self, every: Sequence[str]) -> Key:
        fillers = self._taxonomy.fillers
        return tuple([one for one in self._speller.untied_forms(every) if counts(one, fillers)])

    @cached_property
    def _named(self) -> frozenset[str]:
        return frozenset(fold(label.text) for label in self._taxonomy.labels)

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
                step = ("abbreviation" if concept in match.short else "exact") if whole else "contained"
                if match.repaired:
                    step, score = "typo", score * REPAIRED
                said = segment[_start(segment, first) : last.end]
                name = (match.key, concept)
                yield ConceptLink(
                    concept, self._taxonomy.kind(concept), step, round(score, 4), said,
                    languages=tuple(sorted(self._labels.languages[name])), own=name in self._labels.own,
                )  # fmt: skip

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
        whole = self._whole_repaired(forms)
        if whole:
            return [whole]
        matches, position = [], 0
        while position < len(forms):
            match = self._at(forms, position) or self._repaired_at(forms, position)
            if match:
                matches.append(match)
            position = match.last + 1 if match else position + 1
        return matches

    def _whole_repaired(self, forms: list[str]) -> _Match | None:
        """The label that all the words are when one-letter slips are repaired; it goes before labels inside it."""
        if not 1 < len(forms) <= self._labels.longest or tuple(forms) in self._index:
            return None
        repaired = [self._repairs.of(form) for form in forms]
        match = self._at(repaired, 0) if repaired != forms else None
        if match is None or match.last + 1 < len(forms):
            return None
        return _Match(match.key, match.concepts, 0, match.last, repaired=True)

    def _at(self, forms: list[str], start: int) -> _Match | None:
        for length in self._labels.lengths.get(forms[start], ()):
            key = tuple(forms[start : start + length])
            concepts = self._index.get(key)
            if concepts and len(key) == length:
                return _Match(
                    key, concepts, start, start + length - 1, repaired=False, short=self._labels.short.get(key, NONE)
                )
        return None

    def _repaired_at(self, forms: list[str], start: int) -> _Match | None:
        repaired = [self._repairs.of(form) for form in forms[start : start + self._labels.longest]]
        if repaired[0] == forms[start] and len(repaired) == 1:
            return None
        match = self._at(repaired, 0)
        if match is None or repaired[match.first : match.last + 1] == forms[start : start + match.last + 1]:
            return None
        return _Match(match.key, match.concepts, start, start + match.last, repaired=True)

    def _filler(self, word: Word) -> bool:
        return not counts(word.form, self._taxonomy.fillers)

    def _qualifies(self, every: list[Word], first: Word) -> bool:
        """Whether a preposition stands between the head of the phrase and this word, or opens the phrase."""
        before = [word for word in every if word.start < first.start]
        return any(self._taxonomy.fillers.get(word.form) == "preposition" for word in before)

    def _is_head(self, every: list[Word], first: Word, last: Word) -> bool:
        """Whether the words are all there is before the first preposition that follows them."""
        before = any(not self._filler(word) for word in every if word.start < first.start)
        after = next((word for word in every if word.start > last.start), None)
        return not before and after is not None and self._taxonomy.fillers.get(after.form) == "preposition"


def _start(text: str, word: Word) -> int:
    """Where the word begins as written, with the small word tied to it."""
    start = word.start
    while start and text[start - 1].isalpha():
        start -= 1
    return start
