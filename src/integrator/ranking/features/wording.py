"""Likeness of the whole text of a need to the best line of the supplier, as the search measured it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.pairs import Pairs


def wording_characters(pairs: Pairs) -> Numbers:
    """Likeness of the two texts by groups of letters: tolerates inflexion and misspelling."""
    return _channel(pairs, "characters")


def wording_words(pairs: Pairs) -> Numbers:
    """Likeness of the two texts by whole words."""
    return _channel(pairs, "words")


def wording_lines(pairs: Pairs) -> Numbers:
    """Share of the words and concepts of the need found in one line of the supplier, rare ones weighing more."""
    return _channel(pairs, "lines")


def wording_meaning(pairs: Pairs) -> Numbers:
    """Likeness of what the need is called to the nearest line of the supplier, by a model of meaning across languages.

    Only with the extra `semantic`.
    """
    return _channel(pairs, "meaning")


def _channel(pairs: Pairs, name: str) -> Numbers:
    return np.asarray(pairs.candidates[f"channel_{name}"], dtype=float)
