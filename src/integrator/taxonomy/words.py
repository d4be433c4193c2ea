"""Words as the lexicon compares them: number, gender, spelling and the Arabic article do not count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.text.fold import fold

_UNSEEN = (
    "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
)
"""Accents that stand apart from their letter, Arabic vowel marks, soft hyphens, controls: they end no word."""
_WORD = re.compile(rf"[\w+][\w+{_UNSEEN}]*")
_ARTICLE = re.compile(r"^([وفبكل]?)(?:ال)+(?=\w{3}|[^\Wاي]\w$)|^()لل(?:ال)*(?=\w{3}|[^\Wاي]\w$)")
"""More than once: a word that itself begins with these letters must lose them with and without its article."""
_FIRST_ARTICLE = re.compile(r"^(?:[وفبكل]?ال|لل)")
TIED = {"و": "و", "ف": "و", "ب": "ب", "ك": "ك", "ل": "ل"}
"""Arabic small words written onto the next one, and the word each is read as."""
_ARABIC = re.compile(r"[\u0621-\u064a]+")
_FEMININE = re.compile(r"(?<=\w{3})(?:ات|ه)$")
_HISSING = ("shes", "ches", "xes", "sses")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
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

    >>> form("embouties"), form("embouti"), form("joints"), form("porte"), form("assemblies"), form("assembly")
    ('embouti', 'embouti', 'joint', 'porte', 'assembli', 'assembli')
    >>> form("الاسلاك"), form("سلك"), form("كهرباييه"), form("محركات")
    ('سلك', 'سلك', 'كهربايي', 'محرك')
    """
    if not word.isascii():
        word = _without_article(word)
    word = _read_as().get(word, word)
    if word.isascii():
        return _singular(word) if len(word) >= SHORTEST_PLURAL and word.isalpha() else word
    return _FEMININE.sub("", word) if _ARABIC.fullmatch(word) else word


def _without_article(word: str) -> str:
    """The word alone; one of the table that itself begins like an article keeps its beginning."""
    if word in _read_as():
        return word
    first = _FIRST_ARTICLE.sub("", word)
    return first if first in _read_as() else _ARTICLE.sub("", word)


def _singular(word: str) -> str:
    if word.endswith("aux") and not word.endswith("eaux") and len(word) >= SHORTEST_FEMININE:
        word = word[:-2] + "l"
    elif word.endswith("ies"):
        word = word[:-1]
    elif word.endswith(_HISSING):
        word = word[:-2]
    elif word[-1] in "sx" and word[-2] != "s":
        word = word[:-1]
    word = _read_as().get(word, word)
    if word[-1:] == "y" and word[-2:-1] in _CONSONANTS:
        word = f"{word[:-1]}i"
    return word.rstrip("e") if len(word) >= SHORTEST_FEMININE else word


@lru_cache(maxsize=1)
def _read_as() -> dict[str, str]:
    return {row["word"]: row["read_as"] for row in data.rows("taxonomy/word_forms.csv")}


def key(text: str, fillers: Mapping[str, str]) -> tuple[str, ...]:
    """The form of a label that counts when it is looked for: its words without the small ones.

    >>> key("Câbles de frein", {"de": "preposition"})
    ('cable', 'frein')
    """
    return tuple(one for one in forms(text) if counts(one, fillers))


def counts(word: str, fillers: Mapping[str, str]) -> bool:
    """Whether a word in comparable form is none of the small ones; `neutral` words count."""
    return fillers.get(word, "neutral") == "neutral"


def forms(text: str) -> list[str]:
    """The words of a text in order, in comparable form: `words` without their places."""
    return [one for word in _WORD.findall(text) for parts in _parts(word) for one in parts if one]


def words(text: str) -> list[Word]:
    """The words of a text in order, in comparable form, with their places in the original.

    An Arabic preposition or conjunction written onto an article is a word of its own, one letter long.
    """
    found = []
    for match in _WORD.finditer(text):
        for tied, own in _parts(match.group()):
            start = match.start()
            if tied:
                found.append(Word(tied, start, start + 1))
                start += 1
            found.append(Word(own, start, match.end()))
    return found


@lru_cache(maxsize=100_000)
def _parts(word: str) -> tuple[tuple[str, str], ...]:
    """What a word as written holds: the small word tied to each folded part ("" = none), and the part itself."""
    return tuple((_tied(part), form(part)) for part in fold(word).split())


def _tied(word: str) -> str:
    """The small word before the article of an Arabic word; "" when there is none."""
    if word[0] not in TIED or not (match := _ARTICLE.match(word)):
        return ""
    return TIED[match.group(1) or "ل"]
