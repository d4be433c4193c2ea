"""Names of a whole list taken apart; words that are a slip of a company word are told by how rare they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from integrator.normalization.duplicates.settings import settings
from integrator.text.companies import NameWords, company_words, split_name
from integrator.text.fold import fold

_BLOCK = 4000
_LEGAL_LETTERS = 4


def split_names(names: Sequence[str]) -> list[NameWords]:
    """Every name taken apart: slips in company words repaired, words that very many names hold taken for trades."""
    counts = Counter(word for name in names for word in set(fold(name).split()))
    usual = _usual(counts, len(names))
    slips = _slips(counts, len(names), usual)
    known: dict[str, NameWords] = {}
    return [known[name] if name in known else known.setdefault(name, split_name(name, slips, usual)) for name in names]


def _usual(counts: Mapping[str, int], rows: int) -> dict[str, str]:
    """Words that so many names hold that they tell no company, though no list knows them -> what they say.

    A word says what the shorter one says that it begins with: plast, plastics.
    """
    limits = settings()
    least = max(limits["usual_rows"], limits["usual_share"] * rows)
    found: dict[str, str] = {}
    for word in sorted(word for word, count in counts.items() if count >= least and word not in company_words()):
        stem = word[: int(limits["usual_stem"])]
        found[word] = next((meaning for other, meaning in found.items() if other.startswith(stem)), word)
    return found


def _slips(counts: Mapping[str, int], rows: int, usual: Mapping[str, str]) -> dict[str, str]:
    """Rare words that are one letter away from a company word -> that word, the first by the alphabet."""
    letters, words = settings()["word_letters"], company_words()
    meant = {w for w, (kind, _) in words.items() if len(w) >= (_LEGAL_LETTERS if kind == "legal" else letters)}
    meant |= {word for word in usual if len(word) >= letters}
    most = max(2.0, settings()["rare"] * rows)
    rare = [word for word, count in counts.items() if count <= most and len(word) >= 3 and word not in words]
    return one_letter_away(rare, sorted(meant))


def one_letter_away(words: Iterable[str], known: Sequence[str]) -> dict[str, str]:
    """Words that one slip (a letter wrong, missing, too many, or two swapped) makes a known one -> the first such."""
    found: dict[str, str] = {}
    asked = sorted(words)
    for start in range(0, len(asked) if known else 0, _BLOCK):
        block = asked[start : start + _BLOCK]
        apart = process.cdist(block, known, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
        for row, column in zip(*np.nonzero(apart == 1), strict=True):
            found.setdefault(block[row], known[column])
    return found
