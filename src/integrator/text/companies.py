"""Company names in one comparable form: legal forms dropped, alternatives apart, scripts brought together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from integrator import data
from integrator.text.fold import fold

_ALTERNATIVE = re.compile(r"[()\[\]/]|\bex[- ]|,|;| - ")
_LATIN = str.maketrans({"p": "b", "v": "f", "q": "k", "x": "k", "z": "s", "g": "k", "w": None, "h": None})
_VOWELS = re.compile(r"[aeiouy]")


@lru_cache(maxsize=1)
def company_words() -> dict[str, tuple[str, str]]:
    """Folded word -> its kind (`legal`, `common`, `trade`, `place`) and what it says, one word for every language."""
    return {fold(row["word"]): (row["kind"], row["means"]) for row in data.rows("identity/company_words.csv")}


class NameWords(NamedTuple):
    """The words of a company's name by what they tell."""

    core: tuple[str, ...]
    """The words that are its own, by the alphabet; of a name without any, all words but legal forms."""
    trades: frozenset[str]
    places: frozenset[str]
    """Towns; a country or a part of the world only where no town is named."""
    numbers: frozenset[str]
    """Words with a digit: the second plant is not the first."""


def split_name(name: str, slips: Mapping[str, str] | None = None, usual: Mapping[str, str] | None = None) -> NameWords:
    """What a name tells of the company.

    `slips`: words that may be misspelt -> the company word meant; `usual`: further words that tell a trade -> which.

    A slip is believed only while another word of the name's own is left.

    >>> split_name("Sté ATLAS Plastics Morocco 2 SARL AU")[:3]
    (('atlas',), frozenset({'plastics'}), frozenset({'maroc'}))
    >>> split_name("Maroc Fer").core
    ('fer', 'maroc')
    """
    words = [word for word in fold_company(name).split() if company_words().get(word, ("",))[0] != "legal"]
    slips, usual = slips or {}, usual or {}
    numbers = frozenset(word for word in words if not word.isalpha() and any(map(str.isdigit, word)))
    own = [word for word in words if word not in company_words() and word not in usual and word not in numbers]
    core = [word for word in own if word not in slips]
    doubtful = [word for word in own if word in slips]
    if not core and doubtful:
        core, doubtful = doubtful[:1], doubtful[1:]
    said = [word for word in words if word not in core and word not in doubtful] + [slips[word] for word in doubtful]
    meant = [(word, *company_words().get(word, ("trade", usual.get(word, "")))) for word in said]
    trades = frozenset(meaning for _, kind, meaning in meant if kind in ("trade", "common")) - {""}
    places = frozenset(meaning or word for word, kind, meaning in meant if kind == "place")
    telling = tuple(sorted(core or words or fold_company(name).split()))
    return NameWords(telling, trades, places - _wide() or places, numbers)


@lru_cache(maxsize=1)
def _wide() -> frozenset[str]:
    return frozenset(row["word"] for row in data.rows("identity/wide_places.csv"))


@lru_cache(maxsize=1)
def _legal() -> re.Pattern[str]:
    forms = sorted(
        (word for word, (kind, _) in company_words().items() if kind == "legal"), key=lambda word: (-len(word), word)
    )
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, forms))})(?!\S)")


@lru_cache(maxsize=50_000)
def fold_company(name: str) -> str:
    """The folded name without its legal forms; the folded name itself when nothing else is left.

    >>> fold_company("Sté AFRIQUE Câbles S.A.R.L. AU"), fold_company("شركة أفريقيا ش.م.م"), fold_company("SA")
    ('afrique cables', 'افريقيا', 'sa')
    """
    folded = fold(name)
    return " ".join(_legal().sub(" ", folded).split()) or folded


@lru_cache(maxsize=50_000)
def name_parts(name: str) -> tuple[str, ...]:
    """The folded name and the names given beside it, in brackets or after "ex-" or "/", longest first said.

    >>> name_parts("Afrique Câbles (Electra)")
    ('afrique cables electra', 'afrique cables', 'electra')
    """
    whole = fold_company(re.sub(r"[()\[\]]", " ", name))
    pieces = [fold_company(piece) for piece in _ALTERNATIVE.split(name) if fold(piece)]
    return tuple(dict.fromkeys(part for part in (whole, *pieces) if len(part) > 1))


def word_kind(word: str) -> str:
    """`common` or `place` for a word that hardly tells companies apart, else ""; a trade does tell."""
    kind, _ = company_words().get(word, ("", ""))
    return kind if kind in ("common", "place") else ""


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """The consonants of a folded word in classes that Latin and Arabic spelling share.

    >>> skeleton("denso"), skeleton(fold("دينسو"))
    ('dns', 'dns')
    """
    letters = {row["letter"]: row["class"] for row in data.rows("identity/arabic_letters.csv")}
    latin = "".join(letters.get(char, char) for char in word).replace("ph", "f")
    classes = _VOWELS.sub("", latin.replace("c", "k").translate(_LATIN))
    return re.sub(r"(.)\1+", r"\1", classes)


@lru_cache(maxsize=50_000)
def initials(folded: str) -> str:
    """The first letters of the words of a folded name, small words left out."""
    return "".join(word[0] for word in folded.split() if len(word) > 2)
