"""Texts -> tokens: the concepts a text names, with their wider families, and the words that name none.

A word stands in its comparable form (`taxonomy.words`); small words are left out, slips of the hand mended (`repairs`).
Where a label is found its words are replaced by its concept, so that "emboutissage" and "stamping" are one token. Every
word and every phrase is read once, however often it is met.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from integrator.retrieval.repairs import Repairs
    from integrator.taxonomy import Taxonomy

_SIGN = re.compile(r"[;\n,()\[\]:|•]+")
_DASHES = frozenset("-–—")
_BREAK = -1
TEXTS = 10_000
"""Texts split at a time; bounds the memory."""
CONCEPT = "@"
"""Stands before a concept among the tokens; no word holds this sign."""


class Numbering:
    """Names numbered in the order they are met."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of a name, a new one when it was never met."""
        number = self._numbers.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number


class _Pieces(dict[str, int]):
    """What stands between two blanks, numbered and read when it is first asked for."""

    def __init__(self, read: Callable[[str], tuple[int, ...]]) -> None:
        super().__init__()
        self.words: list[tuple[int, ...]] = []
        self._read = read

    def __missing__(self, piece: str) -> int:
        number = self[piece] = len(self)
        self.words.append(self._read(piece))
        return number


class Reader:
    """Reads texts with one lexicon and numbers the tokens it meets."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.tokens = Numbering()
        self._taxonomy = taxonomy
        self._links = bool(taxonomy.labels)
        self._words = Numbering()
        self._pieces = _Pieces(self._read)
        self._concepts: dict[str, tuple[int, ...]] = {}

    @property
    def words(self) -> list[str]:
        """The words met so far, as they were read, by number."""
        return self._words.names

    def read(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """For each word its text (position, ascending) and its number in `words`; negative where a phrase ends."""
        parts = [self._pieces_of(texts[start : start + TEXTS]) for start in range(0, len(texts), TEXTS)]
        empty = np.zeros(0, dtype=np.int64)
        lengths = np.concatenate([empty, *(length for length, _ in parts)])
        at, met = unfolded(np.concatenate([empty, *(pieces for _, pieces in parts)]), self._pieces.words)
        return np.repeat(np.arange(len(texts)), lengths)[at], met

    def link(self, rows: np.ndarray, met: np.ndarray, repairs: Repairs) -> tuple[np.ndarray, np.ndarray]:
        """What `read` gave -> for each token its text and its number in `tokens`, in reading order."""
        mended = [self._words.number(repairs.of(word)) for word in tuple(self.words)]
        boundary = met == _BREAK
        boundary[1:] |= rows[1:] != rows[:-1]
        phrase = np.cumsum(boundary)[met != _BREAK]
        rows = rows[met != _BREAK]
        met = np.asarray(mended, dtype=np.int64)[met[met != _BREAK]]
        if not self._links:
            numbers = np.fromiter(map(self.tokens.number, self.words), np.int64, len(self.words))
            return rows, numbers[met]
        starts = np.flatnonzero(np.diff(phrase, prepend=-1))
        ends = np.append(starts, len(met))
        first, number = alike(met, ends)
        flat = met.tolist()
        phrases = (flat[a:b] for a, b in zip(ends[first].tolist(), ends[first + 1].tolist(), strict=True))
        at, tokens = unfolded(number, [self._tokens(phrase) for phrase in phrases])
        return rows[starts][at], tokens

    def _pieces_of(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Pieces a text, and the number of each piece."""
        flat: list[str] = []
        ends = [0]
        for text in texts:  # thousands of lists at once would keep the collector busy
            flat += text.split()
            ends.append(len(flat))
        return np.diff(ends), np.fromiter(map(self._pieces.__getitem__, flat), np.int64, len(flat))

    def _read(self, piece: str) -> tuple[int, ...]:
        """The words of what stands between two blanks; a sign or a conjunction ends a phrase."""
        if piece in _DASHES:
            return (_BREAK,)
        found: list[int] = []
        for number, part in enumerate(_SIGN.split(piece)):
            if number:
                found.append(_BREAK)
            for form in self._taxonomy.forms(part):
                kind = self._taxonomy.fillers.get(form, "neutral")
                if kind == "conjunction":
                    found.append(_BREAK)
                elif kind == "neutral":
                    found.append(self._words.number(form))
        return tuple(found)

    def _tokens(self, phrase: list[int]) -> tuple[int, ...]:
        forms = [self._words.names[word] for word in phrase]
        tokens: list[int] = []
        position = 0
        for first, last, concepts in self._taxonomy.spans(forms):
            tokens += map(self.tokens.number, forms[position:first])
            for concept in concepts:
                tokens += self._tokens_of(concept)
            position = last + 1
        tokens += map(self.tokens.number, forms[position:])
        return tuple(tokens)

    def _tokens_of(self, concept: str) -> tuple[int, ...]:
        """The concept and its wider families."""
        known = self._concepts.get(concept)
        if known is None:
            families = (concept, *self._taxonomy.ancestors(concept))
            known = self._concepts[concept] = tuple(self.tokens.number(CONCEPT + one) for one in families)
        return known


def alike(values: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which runs of rows are the first of their like, in order; and for each run which of these it is.

    >>> alike(np.array([7, 8, 9, 7, 8]), np.array([0, 2, 3, 5]))
    (array([0, 1]), array([0, 1, 0]))
    """
    content, places = values.tobytes(), (ends.astype(np.int64) * values[:1].nbytes).tolist()
    numbers: dict[bytes, int] = {}
    every = (numbers.setdefault(content[a:b], len(numbers)) for a, b in pairwise(places))
    number = np.fromiter(every, np.int64, len(places) - 1)
    return np.flatnonzero(np.diff(np.maximum.accumulate(number), prepend=-1)), number


def unfolded(met: np.ndarray, parts: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Each thing of `met` replaced by its parts: the place in `met` and the part.

    >>> unfolded(np.array([1, 0, 1]), [(7, 8), (9,)])
    (array([0, 1, 1, 2]), array([9, 7, 8, 9]))
    """
    sizes = np.fromiter(map(len, parts), np.int64, len(parts))
    flat = np.fromiter(chain.from_iterable(parts), np.int64, int(sizes.sum()))
    counts = sizes[met]
    return np.repeat(np.arange(len(met)), counts), flat[runs((np.cumsum(sizes) - sizes)[met], counts)]


def runs(starts: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """`counts[i]` numbers upward from `starts[i]`, one run after the other.

    >>> runs(np.array([5, 0]), np.array([2, 3]))
    array([5, 6, 0, 1, 2])
    """
    ends = np.cumsum(counts)
    return np.repeat(starts - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)
