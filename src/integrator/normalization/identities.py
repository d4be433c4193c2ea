"""Which company a name means: the alias table first, then scored proposals with their evidence.

A score is the share of the weighty words that two names have in common, one or two letters apart allowed. A
proposal is never applied by itself: a person confirms it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from integrator import data
from integrator.text.companies import fold_company, initials, name_parts, skeleton, word_kind

_SAME_WORD = 0.9


@dataclass(frozen=True)
class Proposal:
    """One candidate for a name."""

    name: str
    score: float
    """0 to 1."""
    evidence: str
    """What agrees: `alias` (with its source), `same_name`, `acronym`, `words`, `letters`."""


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["name"]: float(row["weight"]) for row in data.rows("identity/weights.csv")}


@lru_cache(maxsize=1)
def aliases() -> Mapping[str, tuple[str, str]]:
    """Folded alias -> canonical name and address of the source, from `data/identity/aliases.csv`."""
    return {
        fold_company(row["alias"]): (row["canonical_name"], row["source_url"])
        for row in data.rows("identity/aliases.csv")
    }


class Names:
    """The names that can be meant, with the weight of their words: a word that many names hold tells little.

    `groups`: the group of a name, a second and weaker name of it.
    """

    def __init__(self, names: Iterable[str], groups: Mapping[str, str] | None = None) -> None:
        self._names = tuple(dict.fromkeys(names))
        groups = groups or {}
        self._parts = {name: name_parts(name) for name in self._names}
        self._groups = {name: name_parts(groups[name]) for name in self._names if groups.get(name)}
        counts = Counter(word for parts in self._parts.values() for word in {w for part in parts for w in part.split()})
        self._weights = {word: 1.0 / (1.0 + math.log(count)) for word, count in counts.items()}

    def weight(self, word: str) -> float:
        """How much a word tells, 0 to 1."""
        return self._weights.get(word, 1.0) * _weights().get(word_kind(word), 1.0)

    def resolve(self, name: str, known: Mapping[str, tuple[str, str]] | None = None) -> list[Proposal]:
        """Every candidate with a score, best first, ties by name; `known` = the alias table."""
        listed = (known or {}).get(fold_company(name))
        found = [self._compare(name, candidate) for candidate in self._names]
        if listed:
            found = [proposal for proposal in found if proposal.name != listed[0]]
            found.append(Proposal(listed[0], 1.0, f"alias {listed[1]}"))
        return sorted(found, key=lambda p: (-p.score, not p.evidence.startswith("alias"), p.name))

    def _compare(self, name: str, candidate: str) -> Proposal:
        if fold_company(name) == fold_company(candidate):
            return Proposal(candidate, 1.0, "same_name")
        parts, others = name_parts(name), self._parts[candidate]
        pairs = [(one, other, 1.0) for one in parts for other in others]
        pairs += [(one, other, _weights()["group"]) for one in parts for other in self._groups.get(candidate, ())]
        best = max((self._similar(one, other, factor) for one, other, factor in pairs), default=(0.0, "words"))
        return Proposal(candidate, round(best[0], 6), best[1])

    def _similar(self, one: str, other: str, factor: float) -> tuple[float, str]:
        weights = _weights()
        if _acronym(one, other) or _acronym(other, one):
            return weights["acronym"] * factor, "acronym"
        words = weights["asked"] * self.overlap(one, other) + weights["offered"] * self.overlap(other, one)
        letters = fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")) / 100
        blend = weights["words"] * words + weights["letters"] * letters
        return blend * factor, "words" if words >= letters else "letters"

    def overlap(self, one: str, other: str) -> float:
        """The weighted share of the words of `one` that `other` has too."""
        words, others = one.split(), other.split()
        total = sum(self.weight(word) for word in words)
        if not total:
            return 0.0
        likeness = [max((_word_likeness(word, other) for other in others), default=0.0) for word in words]
        return sum(self.weight(word) * like for word, like in zip(words, likeness, strict=True)) / total


def _acronym(short: str, long: str) -> bool:
    letters = short.replace(" ", "")
    return len(letters) >= 3 and " " not in short and letters == initials(long)


@lru_cache(maxsize=500_000)
def _word_likeness(one: str, other: str) -> float:
    """1 for the same word, less for one a few letters apart, 0 for another word."""
    if one == other:
        return 1.0
    if one.isascii() != other.isascii():
        return _across_scripts(skeleton(one), skeleton(other))
    if min(len(one), len(other)) < 3:
        return 0.0
    near = JaroWinkler.similarity(one, other)
    if near >= _SAME_WORD:
        return near
    if min(len(one), len(other)) >= 4 and (one.startswith(other) or other.startswith(one)):
        return 0.85
    return near * 0.5 if near >= 0.8 else 0.0


def _across_scripts(one: str, other: str) -> float:
    if one == other:
        return 0.9 if len(one) >= 2 else 0.0
    near = JaroWinkler.similarity(one, other)
    return 0.8 * near if len(one) >= 3 and near >= 0.85 else 0.0
