"""Words as the lexicon compares them: number, gender and the Arabic article do not count."""

from __future__ import annotations

import re
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


@lru_cache(maxsize=100_000)
def _forms(word: str) -> tuple[str, ...]:
    return tuple(form(part) for part in fold(word).split())


def forms(text: str) -> list[str]:
    """The words of a text in order, in comparable form: `words` without their places."""
    return [one for word in _WORD.findall(text) for one in _forms(word)]


def words(text: str) -> list[Word]:
    """The words of a text in order, in comparable form, with their places in the original."""
    found = []
    for match in _WORD.finditer(text):
        found += [Word(one, match.start(), match.end()) for one in _forms(match.group())]
    return found
