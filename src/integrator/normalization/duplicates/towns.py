"""Where rows are: one code for every spelling of a place, and whether two places may be one address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from integrator import data, places
from integrator.normalization.duplicates.settings import code, settings
from integrator.normalization.duplicates.words import one_letter_away
from integrator.text.fold import fold


class Towns:
    """The places of some rows, from the zone and the city they state."""

    def __init__(self, zones: Sequence[str], cities: Sequence[str]) -> None:
        said = [(fold(zone), fold(city)) for zone, city in zip(zones, cities, strict=True)]
        meant = _spellings([city for _, city in said])
        found = {pair: places.locate(pair[0], meant.get(pair[1], pair[1])) for pair in sorted(set(said))}
        known = {place.id: place for place in found.values() if place}
        self._places = [known[name] for name in sorted(known)]
        self.names = [
            place.id if place else meant.get(city, city) or zone
            for place, (zone, city) in ((found[pair], pair) for pair in said)
        ]
        """A comparable name of each row's place, "" where none is stated."""
        located = {place.id: number for number, place in enumerate(self._places)}
        others = sorted({name for name in self.names if name} - set(located))
        numbers = located | {name: len(located) + number for number, name in enumerate(others)}
        self._codes = np.array([numbers.get(name, -1) for name in self.names], dtype=np.int32)
        self._near = self._nearness()

    def level(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Levels of the field `town` of pairs of rows, -1 while one of the two does not say."""
        here, there = self._codes[one], self._codes[other]
        same = here == there
        located = self._located(here, there)
        same[located] |= self._near[here[located], there[located]]
        found = np.where(same, np.int8(code("town", "same")), np.int8(code("town", "other")))
        found[(here < 0) | (there < 0)] = -1
        return found

    def apart(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """Whether two rows surely are two sites: both places are known and too far apart to be one address."""
        here, there = self._codes[one], self._codes[other]
        located = self._located(here, there)
        far = np.zeros(len(here), dtype=bool)
        far[located] = ~self._near[here[located], there[located]]
        return far

    def _located(self, here: np.ndarray, there: np.ndarray) -> np.ndarray:
        known = len(self._places)
        return (here >= 0) & (here < known) & (there >= 0) & (there < known)

    def _nearness(self) -> np.ndarray:
        limits = settings()
        near = np.eye(len(self._places), dtype=bool)
        for at, here in enumerate(self._places):
            for beside, there in enumerate(self._places[:at]):
                most = limits["near_town_km" if "city" in (here.kind, there.kind) else "near_zone_km"]
                away = places.distance_km(here.latitude, here.longitude, there.latitude, there.longitude)
                near[at, beside] = near[beside, at] = away <= most
        return near


def _spellings(cities: Sequence[str]) -> dict[str, str]:
    """Slips of a town that many rows or the gazetteer name -> that town."""
    counts = Counter(city for city in cities if city)
    most = max(3.0, settings()["town_share"] * sum(counts.values()))
    listed = {fold(name) for row in data.rows("places.csv") for name in row["names"].split(";")}
    frequent = sorted(city for city, count in counts.items() if count >= most)
    rare = [city for city, count in counts.items() if count < most and len(city) >= 3 and city not in listed]
    return one_letter_away(rare, sorted(listed)) | one_letter_away(rare, frequent)
