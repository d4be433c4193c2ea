"""How much is known of the supplier at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator.ranking.features.lines import product_lines
from integrator.ranking.features.overlaps import ratio
from integrator.text.fold import fold

if TYPE_CHECKING:
    from integrator.ranking.pairs import Numbers, Pairs

FIELDS = (
    "products",
    "processes",
    "materials",
    "machines",
    "certifications",
    "headcount",
    "annual_capacity",
    "customers",
    "hs_codes",
)


def fields_known(pairs: Pairs) -> Numbers:
    """Share of the fields that describe what a supplier can do which are filled in."""
    filled = np.stack([pairs.suppliers[name].astype(str).str.strip().ne("").to_numpy(dtype=float) for name in FIELDS])
    return np.asarray(filled.mean(axis=0)[pairs.supplier])


def lines_told(pairs: Pairs) -> Numbers:
    """How many product lines the supplier lists."""
    return np.asarray(
        np.bincount(pairs.once(product_lines).owner, minlength=len(pairs.suppliers))[pairs.supplier], dtype=float
    )


def lines_understood(pairs: Pairs) -> Numbers:
    """Share of the product lines of the supplier in which a part is known."""
    lines = pairs.once(product_lines)
    said = pairs.capabilities[(pairs.capabilities["role"] == "component") & (pairs.capabilities["field"] == "products")]
    position = {identifier: i for i, identifier in enumerate(pairs.suppliers["supplier_id"])}
    known = np.zeros(len(pairs.suppliers))
    for identifier, count in said.groupby("supplier_id")["line"].nunique().items():
        known[position[identifier]] = count
    every = np.bincount(lines.owner, minlength=len(pairs.suppliers)).astype(float)
    share = np.where(every > 0, np.minimum(ratio(known, every), 1.0), np.nan)
    return np.asarray(share[pairs.supplier])


def words_told(pairs: Pairs) -> Numbers:
    """How many different words the supplier uses of its products, processes and materials."""
    cells = (pairs.suppliers[name].astype(str) for name in ("products", "processes", "materials"))
    counts = [len(set(fold(" ".join(texts)).split())) for texts in zip(*cells, strict=True)]
    return np.asarray(np.asarray(counts, dtype=float)[pairs.supplier])
