"""What agreement on each field tells, worked out without a single judged pair.

The model of Fellegi and Sunter (1969, "A theory for record linkage"): pairs are of one company or of two, fields
agree independently of each other within either kind, and the shares are found by expectation and maximisation. The
assumed shares of `data/identity/duplicate_levels.csv` count as a number of pairs beside those of the job, so a short
list is judged by the assumptions and a long one by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from integrator.normalization.duplicates.settings import levels, settings

ROUNDS = 500
CLOSE = 1e-6
"""The search ends when no pattern's score moves by more."""
_LEAST = 1e-6


class Weighed(NamedTuple):
    """Pairs with what they add up to."""

    scores: np.ndarray
    """How likely each pair is one company, 0 to 1."""
    tells: dict[str, np.ndarray]
    """By field: the natural logarithm of the odds that each level adds; for `name` names x crowds."""


def weigh(fields: Mapping[str, np.ndarray]) -> Weighed:
    """`fields`: levels of each field by pair, -1 where one of the two rows does not say.

    The field `name` counts together with `crowd`.
    """
    seen, assumed = _joined(fields)
    patterns, of_pair, counts = _patterns(seen, assumed)
    limits = settings()
    strength, prior = limits["strength"], limits["prior"]
    shares = assumed
    score = np.zeros(0)
    odds = np.log(prior / (1 - prior))
    for _ in range(ROUNDS):
        tells = {name: np.log(one / two) for name, (one, two) in shares.items()}
        found = 1.0 / (1.0 + np.exp(-(odds + _sums(patterns, tells))))
        if len(score) and np.abs(found - score).max(initial=0.0) < CLOSE:
            break
        score = found
        one = float((score * counts).sum()) + strength * prior
        odds = np.log(one / (float(counts.sum()) + strength - one))
        shares = {
            name: _shares(patterns[name], score * counts, (1 - score) * counts, assumed[name], strength)
            for name in seen
        }
    if "crowd" in fields:
        tells["name"] = tells["name"].reshape(len(levels()["name"]), -1)
    return Weighed(found[of_pair], tells)


def _joined(
    fields: Mapping[str, np.ndarray],
) -> tuple[dict[str, np.ndarray], dict[str, tuple[np.ndarray, np.ndarray]]]:
    """Levels and assumed shares, those of the crowd multiplied into those of the name."""
    assumed = {name: _assumed(name) for name in (*fields, "crowd")}
    seen = dict(fields)
    crowd = assumed.pop("crowd")
    if "crowd" in seen:
        seen["name"] = seen["name"].astype(np.int16) * np.int16(len(crowd[0])) + seen.pop("crowd")
        one, two = (np.outer(mine, more).ravel() for mine, more in zip(assumed["name"], crowd, strict=True))
        assumed["name"] = one, two
    return seen, assumed


def _assumed(field: str) -> tuple[np.ndarray, np.ndarray]:
    one, two = (np.array([getattr(level, kind) for level in levels()[field]]) for kind in ("one", "two"))
    return one / one.sum(), two / two.sum()


def _patterns(
    seen: Mapping[str, np.ndarray], assumed: Mapping[str, tuple[np.ndarray, np.ndarray]]
) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """The different ways to agree, which of them each pair has, and how many pairs have it."""
    key = np.zeros(len(next(iter(seen.values()))), dtype=np.int64)
    for name, found in seen.items():
        key *= len(assumed[name][0]) + 1
        key += found
        key += 1
    unique, of_pair, counts = np.unique(key, return_inverse=True, return_counts=True)
    patterns = {}
    for name in reversed(list(seen)):
        unique, rest = np.divmod(unique, len(assumed[name][0]) + 1)
        patterns[name] = rest - 1
    return patterns, of_pair, counts


def _sums(patterns: Mapping[str, np.ndarray], tells: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.sum([_tell(levels, tells[name]) for name, levels in patterns.items()], axis=0)


def _tell(found: np.ndarray, tells: np.ndarray) -> np.ndarray:
    return np.where(found >= 0, tells[found], 0.0)


def _shares(
    found: np.ndarray, one: np.ndarray, two: np.ndarray, assumed: tuple[np.ndarray, np.ndarray], strength: float
) -> tuple[np.ndarray, np.ndarray]:
    """Shares of the levels among pairs of one and of two companies that state the field, the assumed ones included."""
    said = found >= 0
    sums = [
        np.bincount(found[said], weight[said], len(share)) + strength * share
        for weight, share in zip((one, two), assumed, strict=True)
    ]
    first, second = (np.maximum(total / total.sum(), _LEAST) for total in sums)
    return first, second
