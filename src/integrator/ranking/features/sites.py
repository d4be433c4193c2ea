"""How far the supplier is from the plant that needs the part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from integrator import places

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs


def distance(pairs: Pairs) -> Numbers:
    """Kilometres from the plant to the supplier, as the crow flies; unknown when one of them is not located."""
    ends = []
    for frame, rows in ((pairs.needs, pairs.need), (pairs.suppliers, pairs.supplier)):
        ends += [np.radians(frame[name].to_numpy(dtype=float)[rows]) for name in ("latitude", "longitude")]
    one, turn_from, other, turn_to = ends
    half = np.sin((other - one) / 2) ** 2 + np.cos(one) * np.cos(other) * np.sin((turn_to - turn_from) / 2) ** 2
    return np.asarray(2 * places.EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))


def same_region(pairs: Pairs) -> Numbers:
    """The supplier lies in the region of a plant that needs the part."""
    plants = [frozenset(places.region_of(str(text))) for text in pairs.needs["plant"]]
    offered, names = pairs.offers.once(_regions)
    asked = _flags(plants, names)
    located = np.asarray([bool(own) for own in plants], dtype=bool)
    known = located[pairs.need] & np.any(offered, axis=1)[pairs.supplier]
    shared = np.logical_and(asked[pairs.need], offered[pairs.supplier]).any(axis=1)
    return np.where(known, shared.astype(float), np.nan)


def _regions(offers: Offers) -> tuple[np.ndarray, dict[str, int]]:
    """Suppliers x regions, true where the supplier lies, and the column of each region."""
    columns = zip(*(offers.suppliers[name].astype(str).tolist() for name in ("region", "city")), strict=True)
    sites = [frozenset(places.region_of(f"{region}, {city}")) for region, city in columns]
    names = {name: i for i, name in enumerate(sorted(frozenset().union(*sites)))}
    return _flags(sites, names), names


def _flags(rows: list[frozenset[str]], names: dict[str, int]) -> np.ndarray:
    flags = np.zeros((len(rows), max(len(names), 1)), dtype=bool)
    for row, own in enumerate(rows):
        flags[row, [names[name] for name in own if name in names]] = True
    return flags
