"""How much is known of the supplier at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator.ranking.features.line_texts import product_lines
from integrator.ranking.features.overlaps import ratio
from integrator.text.fold import fold

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs

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
    return pairs.by_supplier(_fields_known)


def _fields_known(offers: Offers) -> Numbers:
    texts = offers.suppliers
    filled = np.stack([texts[name].astype(str).str.strip().ne("").to_numpy(dtype=float) for name in FIELDS])
    return np.asarray(filled.mean(axis=0))


def lines_told(pairs: Pairs) -> Numbers:
    """How many product lines the supplier lists."""
    return pairs.by_supplier(_lines_told)


def _lines_told(offers: Offers) -> Numbers:
    return np.asarray(np.bincount(offers.once(product_lines).owner, minlength=len(offers.suppliers)), dtype=float)


def lines_understood(pairs: Pairs) -> Numbers:
    """Share of the product lines of the supplier in which a part is known."""
    return pairs.by_supplier(_lines_understood)


def _lines_understood(offers: Offers) -> Numbers:
    links = offers.capabilities
    said = links[(links["role"] == "component") & (links["field"] == "products")]
    counts = said.drop_duplicates(["supplier_id", "line"])["supplier_id"].value_counts()
    known = np.asarray(counts.reindex(offers.suppliers["supplier_id"]).fillna(0), dtype=float)
    every: Numbers = offers.once(_lines_told)
    return np.where(every > 0, np.minimum(ratio(known, every), 1.0), np.nan)


def words_told(pairs: Pairs) -> Numbers:
    """How many different words the supplier uses of its products, processes and materials."""
    return pairs.by_supplier(_words_told)


def _words_told(offers: Offers) -> Numbers:
    cells = (offers.suppliers[name].astype(str).tolist() for name in ("products", "processes", "materials"))
    counts = [len(set(fold(" ".join(texts)).split())) for texts in zip(*cells, strict=True)]
    return np.asarray(counts, dtype=float)
