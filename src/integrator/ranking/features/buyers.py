"""Who the supplier serves already. It can give the answer away: these features can be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator.text.fold import fold

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs


def knows_buyer(pairs: Pairs) -> Numbers:
    """The supplier names the buyer among its customers; not naming it says nothing."""
    buyers = [fold(str(buyer)) for buyer in pairs.needs["buyer"]]
    known = (pairs.needs["named_buyer"] == "yes").to_numpy(dtype=bool)
    customers = pairs.offers.once(_customers)
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
    return pairs.by_supplier(_buyers_served)


def _buyers_served(offers: Offers) -> Numbers:
    texts = offers.once(_customers)
    buyers = [f" {buyer} " for buyer in offers.buyers]
    served = {text: sum(buyer in text for buyer in buyers) if text.strip() else np.nan for text in set(texts)}
    return np.asarray([served[text] for text in texts], dtype=float)


def _customers(offers: Offers) -> list[str]:
    return [f" {fold(str(text))} " for text in offers.suppliers["customers"].tolist()]
