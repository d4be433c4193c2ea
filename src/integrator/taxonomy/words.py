"""Words as the lexicon compares them: number, gender and the Arabic article do not count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from integrator.text.fold import fold

_UNSEEN = (
    "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
)
"""Accents that stand apart from their letter, Arabic vowel marks, soft hyphens, controls: they end no word."""
_WORD = re.compile(rf"[\w+][\w+{_UNSEEN}]*")
_ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)+(?=\w{3})")
"""More than once: a word that itself begins with these letters must lose them with and without its article."""
SHORTEST_PLURAL = 4
SHORTEST_FEMININE = 6


@dataclass(frozen=True)
class Word:
    """One word of a text and the place it stands."""

    form: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def form(word: str) -> str:
    """The comparable form of one folded word.

    >>> form("embouties"), form("embouti"), form("joints"), form("porte"), form("الاسلاك")
    ('embouti', 'embouti', 'joint', 'porte', 'اسلاك')
    """
    word = _ARTICLE.sub("", word)
    if len(word) >= SHORTEST_PLURAL and word.isascii() and word.isalpha():
        if word.endswith("aux") and not word.endswith("eaux") and len(word) >= SHORTEST_FEMININE:
            word = word[:-2] + "l"
        elif word.endswith("ies"):
            word = word[:-3] + "ie"
        elif word[-1] in "sx" and word[-2] != "s":
            word = word[:-1]
        if len(word) >= SHORTEST_FEMININE:
            word = word.rstrip("e")
    return word


def key(text: str, fillers: Mapping[str, str]) -> tuple[str, ...]:
    """The form of a label that counts when it is looked for: its words without the small ones.

    >>> key("Câbles de frein", {"de": "preposition"})
    ('cable', 'frein')
    """
    return tuple(word.form for word in words(text) if counts(word, fillers))


def counts(word: Word, fillers: Mapping[str, str]) -> bool:
    """Whether a word is none of the small ones; `neutral` words count."""
    return fillers.get(word.form, "neutral") == "neutral"


def words(text: str) -> list[Word]:
    """The words of a text in order, in comparable form, with their places in the original."""
    found = []
    for match in _WORD.finditer(text):
        for part in fold(match.group()).split():
            found.append(Word(form(part), match.start(), match.end()))
    return found
