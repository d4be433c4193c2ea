"""Who the supplier serves already. It can give the answer away: these features can be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator.text.fold import fold

if TYPE_CHECKING:
    from integrator.ranking.pairs import Numbers, Pairs


def knows_buyer(pairs: Pairs) -> Numbers:
    """The supplier names the buyer among its customers; not naming it says nothing."""
    buyers = [fold(str(buyer)) for buyer in pairs.needs["buyer"]]
    known = (pairs.needs["named_buyer"] == "yes").to_numpy(dtype=bool)
    customers = _customers(pairs)
    found: dict[tuple[int, int], bool] = {}
    values = np.full(len(pairs), np.nan)
    for i in np.flatnonzero(known[pairs.need]):
        need, supplier = int(pairs.need[i]), int(pairs.supplier[i])
        if (need, supplier) not in found:
            found[need, supplier] = bool(buyers[need]) and f" {buyers[need]} " in customers[supplier]
        if found[need, supplier]:
            values[i] = 1.0
    return values


def serves_buyers(pairs: Pairs) -> Numbers:
    """How many of the buyers named in the needs the supplier names among its customers; unknown when it names none."""
    buyers = sorted({fold(str(b)) for b in pairs.needs["buyer"][pairs.needs["named_buyer"] == "yes"]} - {""})
    counts = [sum(f" {buyer} " in text for buyer in buyers) if text.strip() else np.nan for text in _customers(pairs)]
    return np.asarray(np.asarray(counts, dtype=float)[pairs.supplier])


def _customers(pairs: Pairs) -> list[str]:
    return [f" {fold(str(text))} " for text in pairs.suppliers["customers"]]
