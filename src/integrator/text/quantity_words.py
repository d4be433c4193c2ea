"""The words of value cells, from `data/reading`: what each says of a figure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from integrator import data
from integrator.text.fold import fold
from integrator.text.scanning import Token


class Phrase(NamedTuple):
    """What some tokens say together."""

    length: int
    meaning: str
    value: str


class Unit(NamedTuple):
    """A unit read from some tokens."""

    length: int
    name: str
    factor: float


NOTHING = Phrase(0, "", "")
NO_UNIT = Unit(0, "", 1.0)
_Entries = dict[str, list[tuple[tuple[str, ...], str, str]]]


def _entries(file: str, word: str, first: str, second: str) -> _Entries:
    """By first word, the longest phrases first."""
    found: _Entries = defaultdict(list)
    for row in data.rows(file):
        typed = row[word]
        words = (typed,) if typed != typed.lower() else tuple(w for p in typed.split() for w in (fold(p) or p).split())
        found[words[0]].append((words, row[first], row[second]))
        if "-" in typed and len(words) > 1:
            found[fold(typed)].append(((fold(typed),), row[first], row[second]))
    for entries in found.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry))
    return dict(found)


@lru_cache(maxsize=1)
def _phrases() -> _Entries:
    return _entries("reading/quantity_words.csv", "word", "meaning", "value")


@lru_cache(maxsize=1)
def _units() -> _Entries:
    return _entries("reading/units.csv", "word", "unit", "factor")


@lru_cache(maxsize=1)
def _currencies() -> tuple[dict[str, tuple[str, float]], re.Pattern[str]]:
    rows = data.rows("reading/currencies.csv")
    words = {fold(row["word"]) or row["word"]: (row["currency"], float(row["factor"])) for row in rows}
    short = [re.escape(row["word"]) for row in rows if row["short"]]
    return words, re.compile(rf"({'|'.join(_prefixes())})({'|'.join(short)})")


@lru_cache(maxsize=1)
def listed_units() -> frozenset[str]:
    """Every unit and currency of the project lists."""
    units = {row["unit"] for row in data.rows("reading/units.csv")}
    return frozenset(units | {row["currency"] for row in data.rows("reading/currencies.csv")} | {"", "person"})


@lru_cache(maxsize=1)
def _prefixes() -> dict[str, float]:
    rows = data.rows("reading/quantity_words.csv")
    return {row["word"]: float(row["value"]) for row in rows if row["meaning"] == "prefix"}


def _longest(entries: _Entries, tokens: Sequence[Token], at: int, meaning: str = "") -> Phrase:
    if not 0 <= at < len(tokens):
        return NOTHING
    token = tokens[at]
    for first in dict.fromkeys((token.text, token.folded)):
        for words, one, two in entries.get(first, ()):
            rest = tokens[at + 1 : at + len(words)]
            if meaning and one != meaning:
                continue
            if len(rest) == len(words) - 1 and all(t.folded == w for t, w in zip(rest, words[1:], strict=True)):
                return Phrase(len(words), one, two)
    return NOTHING


def phrase(tokens: Sequence[Token], at: int, meaning: str = "") -> Phrase:
    """The longest phrase of `quantity_words.csv` that begins at a token, of one meaning if one is given."""
    return _longest(_phrases(), tokens, at, meaning)


def unit(tokens: Sequence[Token], at: int) -> Unit:
    """The longest listed unit that begins at a token."""
    found = _longest(_units(), tokens, at)
    return Unit(found.length, found.meaning, float(found.value)) if found.length else NO_UNIT


def currency(tokens: Sequence[Token], at: int) -> Unit:
    """The currency that begins at a token, with its multiplier: `MDH`, `M €`, `Mds USD`, `$`."""
    if not 0 <= at < len(tokens):
        return NO_UNIT
    words, prefixed = _currencies()
    token = tokens[at]
    plain = token.folded or token.text
    if plain in words:
        code, factor = words[plain]
        behind = phrase(tokens, at + 1, "suffix")
        return Unit(1 + behind.length, code, factor * float(behind.value or 1))
    match = prefixed.fullmatch(token.text.lower())
    if match:
        return Unit(1, words[match[2]][0], _prefixes()[match[1]])
    if plain in _prefixes() and at + 1 < len(tokens) and (tokens[at + 1].folded or tokens[at + 1].text) in words:
        code, factor = words[tokens[at + 1].folded or tokens[at + 1].text]
        return Unit(2, code, factor * _prefixes()[plain])
    if plain == "us" and at + 1 < len(tokens) and tokens[at + 1].text == "$":
        return Unit(2, "USD", 1.0)
    return NO_UNIT
