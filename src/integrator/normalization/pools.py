"""Texts that many rows share, by number: a column of a large table holds numbers until it is a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer[Any]]


class Pool:
    """Texts by number, in the order they came."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.numbers: dict[str, int] = {}
        self.of(texts)

    def __call__(self, text: str) -> int:
        """The number of a text, a new one for a new text."""
        return self.numbers.setdefault(text, len(self.numbers))

    def of(self, texts: Iterable[str]) -> Numbers:
        """The number of each text."""
        known = self.numbers
        return np.array([known.setdefault(text, len(known)) for text in texts], dtype=np.int32)

    @property
    def texts(self) -> list[str]:
        """Every text, by its number."""
        return list(self.numbers)

    def ranks(self) -> Numbers:
        """The place of each text among all in order, by its number."""
        return ranks(self.texts)


def ranks(texts: Sequence[str]) -> Numbers:
    """The place of each text among all in order; they differ."""
    found = np.empty(len(texts), dtype=np.int64)
    found[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    return found
