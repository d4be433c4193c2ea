"""Numbers of a saved model: lists are believed only when every entry is a number of the kind and size that fits."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_FEATURES, MOST_ENTRIES = 100_000, 5_000_000
LARGEST = 1e100
"""Largest number that is added or multiplied: sums and products of a few stay finite."""


def integers(name: str, given: Any, lowest: int, highest: int, size: int | None = None) -> NDArray[np.intp]:
    """The whole numbers (size,) of a list. ValueError with one sentence that begins with `name`."""
    _check_list(name, given, size)
    for place, entry in enumerate(given):
        if type(entry) is not int or not lowest <= entry <= highest:
            raise ValueError(f"{name}, entry {place}, must be a whole number {lowest} to {highest}.")
    return np.array(given, dtype=np.intp)


def floats(name: str, given: Any, largest: float = LARGEST, size: int | None = None) -> NDArray[np.float64]:
    """The numbers (size,) of a list, none beyond `largest`. ValueError with one sentence that begins with `name`."""
    _check_list(name, given, size)
    for place, entry in enumerate(given):
        if type(entry) not in (int, float) or not -largest <= entry <= largest:
            raise ValueError(f"{name}, entry {place}, must be a number of at most {largest:g}.")
    return np.array(given, dtype=np.float64)


def above_nothing(name: str, given: NDArray[np.float64]) -> NDArray[np.float64]:
    """Numbers that something is divided by, or multiplied with: ValueError unless all lie clearly above 0."""
    if not (given >= 1.0 / LARGEST).all():
        raise ValueError(f"{name} must be above 0.")
    return given


def _check_list(name: str, given: Any, size: int | None) -> None:
    if not isinstance(given, list):
        raise ValueError(f"{name} must be a list.")
    if len(given) > MOST_ENTRIES or (size is not None and len(given) != size):
        raise ValueError(f"{name} has {len(given)} entries; {MOST_ENTRIES if size is None else size} fit.")
