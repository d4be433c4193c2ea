"""Every label by what counts of its words: which concepts it names, in which languages, by whose word."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from integrator.taxonomy.entries import OVERLAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from integrator.taxonomy.entries import Entries

Key = tuple[str, ...]
"""The words of a label in comparable form, small ones left out."""
UNREPAIRED = ("es", "de")
"""Languages of few files here: a slip is taken for one in the others."""


class LabelIndex:
    """What is looked up of the labels; nothing here looks at a text."""

    concepts: Mapping[Key, tuple[str, ...]]
    """Label -> what it names, in the order of the file; without those that say too little to be found alone."""
    short: Mapping[Key, frozenset[str]]
    """Label -> those of its concepts that it names as an abbreviation only."""
    lengths: Mapping[str, tuple[int, ...]]
    """First word -> how many words the labels have that begin with it, most first."""

    def __init__(self, taxonomy: Entries, keys: Sequence[Key]) -> None:
        """Take the keys of `taxonomy.labels`, in their order; a label whose words are all small ones has ()."""
        index: dict[Key, tuple[str, ...]] = {}
        self.languages: dict[tuple[Key, str], tuple[str, ...]] = {}
        """Label and concept -> languages in which it is said so."""
        self.own: set[tuple[Key, str]] = set()
        """Labels and concepts that only a word of the project brings together."""
        self.repairable: set[str] = set()
        """Words that a slip may be meant for."""
        spelled: set[tuple[Key, str]] = set()
        for label, key in zip(taxonomy.labels, keys, strict=True):
            name = (key, label.concept)
            found = index.get(key, ())
            if key and label.concept not in found:
                index[key] = (*found, label.concept)
                if label.source == OVERLAY:  # the labels of the project come last
                    self.own.add(name)
            if label.type != "abbr":
                spelled.add(name)
            languages = self.languages.get(name, ())
            if label.lang not in languages:
                self.languages[name] = (*languages, label.lang)
            if label.lang not in UNREPAIRED:
                self.repairable.update(key)
        self.words = {word for key in index for word in key}
        """Words of all labels."""
        self.concepts = {key: found for key, found in index.items() if " ".join(key) not in taxonomy.withheld}
        self.short = {
            key: frozenset(short)
            for key, found in self.concepts.items()
            if (short := [one for one in found if (key, one) not in spelled])
        }
        self.lengths = _lengths(self.concepts)
        self.longest = max(map(len, self.concepts), default=0)
        """Words of the longest label."""


def _lengths(keys: Iterable[Key]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        lengths[key[0]].add(len(key))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}
