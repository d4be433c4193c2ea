"""Who may see a row, from the words of its cell; what is not understood is for nobody outside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from integrator import data
from integrator.records import Record
from integrator.text.fold import fold

FIELD = "confidentiality"
_DOUBT = frozenset("?؟")
UNREAD = "restricted"
"""What a word that is not understood is taken for."""


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {fold(row["word"]): row["level"] for row in data.rows("reading/confidentiality_words.csv")}


def read_levels(text: str) -> str:
    """The levels that a cell names, each once with a blank between, strictest to be taken; "" for a blank cell.

    >>> read_levels("Membres"), read_levels("public; par défaut"), read_levels("voir avec la direction")
    ('members', 'default public', 'restricted')
    """
    return " ".join(sorted({_level(part) or UNREAD for part in text.split(";") if part.strip()}))


def is_understood(text: str) -> bool:
    """Whether every level that a cell names is known."""
    return all(_level(part) for part in text.split(";") if part.strip())


def _level(text: str) -> str:
    """The level of one word, "" for one that is not known or asked about."""
    return "" if _DOUBT & set(text) else _words().get(fold(text), "")


def together(records: Sequence[Record]) -> str:
    """What rows that are one say together: each of their words, and the default where a row says nothing."""
    said = [record.get(FIELD) for record in records if record.get(FIELD) or not record.continues]
    return "; ".join(dict.fromkeys(text or "default" for text in said)) if any(said) else ""
