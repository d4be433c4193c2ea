"""Texts -> rounded vectors, each text through the model once, and how near two meanings are."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from integrator.meaning import model
from integrator.meaning.kept import KeptVectors, key_of

Vectors = NDArray[np.int16]
"""Texts x 512 whole numbers: the unit vector times `SCALE`, rounded."""

SCALE = 10_000
"""Vectors are rounded to four decimals and kept as whole numbers, so that a product of two is exact in any order."""
DECIMALS = 3
"""Likenesses are rounded to three decimals: two machines differ by less than a thousandth of that."""
LONGEST = 1_000
"""Characters of a text that are read: what follows would only blur the meaning of a term."""


class Meaning:
    """The model and the vectors it gave before."""

    def __init__(self, cache: Path | None = None) -> None:
        """`cache` is a folder for vectors kept between runs. Raises `MissingExtra` without the extra."""
        self.version = f"{model.model_version()}, rounded to 1/{SCALE}"
        self._kept = KeptVectors(cache, self.version, model.SIZE)

    def of(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, in order; a text without a letter or digit is all zeros, near to nothing."""
        forms = [_form(text) for text in texts]
        wanted = {key_of(self.version, form): form for form in forms if any(char.isalnum() for char in form)}
        missing = {key: form for key, form in wanted.items() if key not in self._kept}
        if missing:
            fresh = np.rint(model.encode(list(missing.values())).astype(float) * SCALE).astype(np.int16)
            self._kept.add(dict(zip(missing, fresh, strict=True)))
        found = np.zeros((len(forms), model.SIZE), dtype=np.int16)
        for row, form in enumerate(forms):
            key = key_of(self.version, form)
            if key in wanted:
                found[row] = self._kept[key]
        return found

    def save(self) -> None:
        """Keep the vectors made so far for later runs; a cache that cannot be written is no fault."""
        self._kept.save()


def likeness(one: Vectors, other: Vectors) -> NDArray[np.float64]:
    """Cosines of every row of `one` with every row of `other`, -1 to 1, rounded to `DECIMALS`.

    The products are whole numbers below 2^53, so the sums are exact whatever their order.
    """
    return np.asarray(np.round(one.astype(float) @ other.astype(float).T / SCALE**2, DECIMALS))


def _form(text: str) -> str:
    """The text as the model reads it: lower case, one blank between words, no broken or control character."""
    plain = unicodedata.normalize("NFKC", text).lower()
    visible = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in plain)
    return " ".join(visible.split())[:LONGEST]
