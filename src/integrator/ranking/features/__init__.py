"""The features of a pair: one function each, whose docstring is its published explanation.

NaN means unknown: one of the two sides does not say. To add one, write a function in the module of its family and
add a line to `data/ranking/features.csv`. Only what stands in `data/ranking/scorecard.csv` counts in the expert
scorecard; the others are there for a trained ranker.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from integrator import data
from integrator.ranking.arrays import Numbers
from integrator.ranking.features import (
    breadth,
    buyers,
    capacity,
    certificates,
    evidence,
    experience,
    lines,
    materials,
    parts,
    processes,
    sites,
    standing,
    tariff_codes,
    trades,
    wording,
)
from integrator.ranking.features.table import FILE, FeatureRow, feature_rows
from integrator.ranking.pairs import Pairs

Feature = Callable[[Pairs], Numbers]
DECIMALS = 9
"""Values are rounded, so that the order of a sum cannot decide a rank."""
_FAMILIES = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        breadth, buyers, capacity, certificates, evidence, experience, lines, materials, parts, processes, sites,
        standing, tariff_codes, trades, wording,
    )
}  # fmt: skip


def _function(row: FeatureRow) -> Feature:
    found: Feature | None = getattr(_FAMILIES.get(row.family), row.name, None)
    if found is None:
        raise data.KnowledgeError(f"{FILE}: no function {row.name} in the family {row.family!r}")
    return found


FEATURES: dict[str, Feature] = {row.name: _function(row) for row in feature_rows() if not row.extra}
MEANING_FEATURES: dict[str, Feature] = {row.name: _function(row) for row in feature_rows() if row.extra == "semantic"}
"""Features that are there only when matching by meaning is on."""


def feature_table(pairs: Pairs, *, buyer_experience: bool = True) -> dict[str, Numbers]:
    """Every feature of every pair, by name; without experience, those that can give the answer away are unknown."""
    wanted = FEATURES | (MEANING_FEATURES if "channel_meaning" in pairs.candidates else {})
    shut = set() if buyer_experience else {row.name for row in feature_rows() if row.leaks}
    return {
        name: np.full(len(pairs), np.nan) if name in shut else np.round(function(pairs), DECIMALS)
        for name, function in wanted.items()
    }


def experience_columns(pairs: Pairs) -> dict[str, Numbers]:
    """The features that know what people judged, by name: what alone changes with `pairs.experience`."""
    known = (row.name for row in feature_rows() if row.family == "experience")
    return {name: np.round(FEATURES[name](pairs), DECIMALS) for name in known}
