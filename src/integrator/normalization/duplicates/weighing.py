"""What agreement on each field tells, worked out without a single judged pair.

The model of Fellegi and Sunter (1969, "A theory for record linkage"): pairs are of one company or of two, and fields
agree independently of each other within either kind. How two rows of one company agree is assumed
(`data/identity/duplicate_levels.csv`); how two companies agree by chance, and how many pairs are of one, is found in
the list itself by expectation and maximisation. Were the first found too, a list without duplicates would name any
two rows of one trade a match. Duplicates strike names alike, so of those the crowd is that of the rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from integrator.normalization.duplicates.settings import levels, settings

ROUNDS = 500
CLOSE = 1e-6
"""The search ends when no pattern's score moves by more."""

Shares = dict[str, np.ndarray]
"""By field: the share of each level."""


class Weighed(NamedTuple):
    """Pairs with what they add up to."""

    scores: np.ndarray
    """How likely each pair is one company, 0 to 1."""
    tells: dict[str, np.ndarray]
    """By field: the natural logarithm of the odds that each level adds; for `name` names x crowds."""


def weigh(fields: Mapping[str, np.ndarray], rows: np.ndarray) -> Weighed:
    """The odds of pairs, from the levels of each field by pair, -1 where one of the two rows does not say.

    The field `name` counts together with `crowd`; `rows` as in `NamePairs`. The assumed shares of two companies count
    as `strength` pairs, or as the share `strength_share` of the pairs of a long list.
    """
    seen, one, assumed = _joined(fields, rows)
    patterns, of_pair, counts = _patterns(seen, {name: len(share) for name, share in one.items()})
    limits = settings()
    strength, prior = limits["strength"], limits["prior"]
    beside = max(strength, limits["strength_share"] * float(counts.sum()))
    odds, two = np.log(prior / (1 - prior)), assumed
    score = np.zeros(len(counts))
    for number in range(ROUNDS):
        tells = {name: np.log(one[name] / two[name]) for name in seen}
        found = 1.0 / (1.0 + np.exp(-(odds + _sums(patterns, tells))))
        if number and np.abs(found - score).max(initial=0.0) < CLOSE:
            break
        score = found
        ones = float((score * counts).sum()) + strength * prior
        odds = np.log(ones / (float(counts.sum()) + strength - ones))
        two = {name: _shares(patterns[name], (1 - score) * counts, beside * assumed[name]) for name in seen}
    tells["name"] = tells["name"].reshape(rows.shape)
    return Weighed(found[of_pair], tells)


def _joined(fields: Mapping[str, np.ndarray], rows: np.ndarray) -> tuple[dict[str, np.ndarray], Shares, Shares]:
    """Levels, and assumed shares among pairs of one and of two companies; the crowd is joined to the name."""
    seen = {name: found.astype(np.int16) for name, found in fields.items()}
    seen["name"] = seen["name"] * np.int16(rows.shape[1]) + seen.pop("crowd")
    one, two = ({name: _assumed(name, kind) for name in (*seen, "crowd")} for kind in ("one", "two"))
    spread = rows + settings()["strength"] * one.pop("crowd")
    one["name"] = (one["name"][:, None] * spread / spread.sum(axis=1, keepdims=True)).ravel()
    two["name"] = np.outer(two["name"], two.pop("crowd")).ravel()
    return seen, one, two


def _assumed(field: str, kind: str) -> np.ndarray:
    shares = np.array([getattr(level, kind) for level in levels()[field]])
    return np.asarray(shares / shares.sum())


def _patterns(
    seen: Mapping[str, np.ndarray], sizes: Mapping[str, int]
) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """The different ways to agree, which of them each pair has, and how many pairs have it."""
    key = np.zeros(len(seen["name"]), dtype=np.int64)
    for name, found in seen.items():
        key *= sizes[name] + 1
        key += found
        key += 1
    unique, of_pair, counts = np.unique(key, return_inverse=True, return_counts=True)
    patterns = {}
    for name in reversed(list(seen)):
        unique, rest = np.divmod(unique, sizes[name] + 1)
        patterns[name] = rest - 1
    return patterns, of_pair, counts


def _sums(patterns: Mapping[str, np.ndarray], tells: Mapping[str, np.ndarray]) -> np.ndarray:
    sums = [np.where(found >= 0, tells[name][found], 0.0) for name, found in patterns.items()]
    return np.asarray(np.sum(sums, axis=0))


def _shares(found: np.ndarray, counts: np.ndarray, beside: np.ndarray) -> np.ndarray:
    """Shares of the levels among the pairs that state the field, the assumed ones beside them."""
    said = found >= 0
    sums = np.bincount(found[said], counts[said], len(beside)) + beside
    return np.asarray(sums / sums.sum())
