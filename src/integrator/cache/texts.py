"""Texts as arrays and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]


def packed(texts: Iterable[str], name: str = "texts") -> dict[str, NDArray[Any]]:
    """Texts as two arrays, `NAME` with their letters and `NAME_ends` with where each ends."""
    listed = texts if isinstance(texts, list | tuple) else list(texts)
    letters = "".join(listed).encode("utf-8", "surrogatepass")
    lengths = np.fromiter(map(len, listed), dtype=np.int64, count=len(listed))
    return {name: np.frombuffer(letters, dtype=np.uint8), f"{name}_ends": np.cumsum(lengths, dtype=np.int64)}


def unpacked(arrays: Arrays, name: str = "texts") -> list[str]:
    """The texts of `packed`. Raises `ValueError` or `KeyError` for arrays that are none."""
    letters, ends = arrays[name].tobytes().decode("utf-8", "surrogatepass"), arrays[f"{name}_ends"].tolist()
    if ends and (ends[-1] != len(letters) or min(ends) < 0):
        raise ValueError("the ends of the texts do not fit them")
    return [letters[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)] if ends else []
