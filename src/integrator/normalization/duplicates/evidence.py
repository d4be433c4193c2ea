"""What the fields of two rows say of each other, as levels; what a row does not say is no evidence."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np

from integrator.normalization.duplicates.settings import code, levels, settings
from integrator.text.companies import company_words
from integrator.text.fold import fold

Levels = np.ndarray
"""The level of each pair, -1 while one of the two rows does not say."""
_MARKS = 64


def said_trades(text: str) -> frozenset[str]:
    """The trades that a field of the sector names; one that no list knows stands for itself."""
    words = fold(text).split()
    known = (company_words().get(word, ("", "")) for word in words)
    found = frozenset(meaning for kind, meaning in known if meaning and kind != "place")
    return found or frozenset({" ".join(words)} - {""})


def set_levels(field: str, sets: Sequence[frozenset[str]], one: np.ndarray, other: np.ndarray) -> Levels:
    """`same`, `share`, `other`, and `one` where only one of two rows says something; those that the field has."""
    numbers: dict[frozenset[str], int] = {}
    codes = np.array([numbers.setdefault(found, len(numbers)) for found in sets], dtype=np.int64)
    different = list(numbers)
    keys, at = np.unique(codes[one] * len(different) + codes[other], return_inverse=True)
    found = [_set_level(field, different[key // len(different)], different[key % len(different)]) for key in keys]
    return np.array(found, dtype=np.int8)[at]


def _set_level(field: str, one: frozenset[str], other: frozenset[str]) -> int:
    if not one and not other:
        return -1
    if not one or not other:
        return code(field, "one") if _has(field, "one") else -1
    if one == other and _has(field, "same"):
        return code(field, "same")
    return code(field, "share" if one & other and _has(field, "share") else "other")


def _has(field: str, level: str) -> bool:
    return any(one.name == level for one in levels()[field])


def text_levels(field: str, texts: Sequence[str], one: np.ndarray, other: np.ndarray) -> Levels:
    """`same` or `other`, by texts that are already comparable."""
    numbers: dict[str, int] = {"": -1}
    codes = np.array([numbers.setdefault(text, len(numbers)) for text in texts], dtype=np.int32)
    here, there = codes[one], codes[other]
    found = np.where(here == there, np.int8(code(field, "same")), np.int8(code(field, "other")))
    found[(here < 0) | (there < 0)] = -1
    return found


def product_levels(texts: Sequence[str], one: np.ndarray, other: np.ndarray) -> Levels:
    """`like`, `some` or `other`, by the share of common words; words stand for one of 64 marks, so some coincide."""
    marks = np.array([_marks(text) for text in texts], dtype=np.uint64)
    here, there = marks[one], marks[other]
    common = np.bitwise_count(here & there)
    like = common >= settings()["products_like"] * np.bitwise_count(here | there).astype(np.float32)
    found = np.where(common > 0, np.int8(code("products", "some")), np.int8(code("products", "other")))
    found[like] = code("products", "like")
    found[(here == 0) | (there == 0)] = -1
    return found


def _marks(text: str) -> int:
    letters = settings()["products_letters"]
    found = 0
    for word in set(fold(text).split()):
        if len(word) >= letters:
            found |= 1 << zlib.crc32(word.encode()) % _MARKS
    return found


def headings(codes: str) -> frozenset[str]:
    """The tariff headings (four digits) of a cell."""
    found = (part.replace(".", "") for part in codes.replace(";", " ").replace(",", " ").split())
    return frozenset(part[:4] for part in found if len(part) >= 4 and part[:4].isdigit())


def each(texts: Sequence[str], act: Callable[[str], frozenset[str]]) -> list[frozenset[str]]:
    """`act` of every text, once for equal ones."""
    known = {text: act(text) for text in set(texts)}
    return [known[text] for text in texts]
