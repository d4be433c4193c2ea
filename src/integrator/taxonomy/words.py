"""Words as the lexicon compares them: number, gender and the Arabic article do not count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from integrator.text.fold import fold

_WORD = re.compile(r"[\w+]+")
_ARTICLE = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")
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


def words(text: str) -> list[Word]:
    """The words of a text in order, in comparable form, with their places in the original."""
    found = []
    for match in _WORD.finditer(text):
        for part in fold(match.group()).split():
            found.append(Word(form(part), match.start(), match.end()))
    return found
