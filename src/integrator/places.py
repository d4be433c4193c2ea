"""Places of the trade: which place a text names, and the distance between two."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.text.fold import fold

EARTH_RADIUS_KM = 6371.0
_KINDS = ("plant", "zone", "city")


@dataclass(frozen=True)
class Place:
    """A city, an industrial zone or a plant."""

    id: str
    kind: str
    region: str
    latitude: float
    """Decimal degrees, WGS 84."""
    longitude: float


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[tuple[str, Place], ...]:
    """Folded names with their places: plants before zones before cities, longer names first."""
    entries = []
    for row in data.rows("places.csv"):
        place = Place(row["place"], row["kind"], row["region"], float(row["latitude"]), float(row["longitude"]))
        entries += [(fold(name), place) for name in row["names"].split(";")]
    return tuple(sorted(entries, key=lambda e: (_KINDS.index(e[1].kind), -len(e[0]), e[0])))


@lru_cache(maxsize=10_000)
def locate(*texts: str) -> Place | None:
    """The most precise place that the texts name, the first text first; None when none is known."""
    padded = [f" {fold(text)} " for text in texts if text]
    for kind in _KINDS:
        for text in padded:
            for name, place in _gazetteer():
                if place.kind == kind and f" {name} " in text:
                    return place
    return None


@lru_cache(maxsize=1)
def _countries() -> tuple[tuple[str, str], ...]:
    """Longer names first: North Korea is not Korea."""
    names = [(fold(name), row["code"]) for row in data.rows("countries.csv") for name in row["names"].split(";")]
    return tuple(sorted(names, key=lambda entry: (-len(entry[0]), entry)))


def countries(text: str) -> tuple[str, ...]:
    """ISO codes of the countries that a text names, in the order they stand; a company is no country."""
    left = f" {fold(text)} "
    found = []
    for name, code in _countries():
        while (at := left.find(f" {name} ")) >= 0:
            found.append((at, code))
            left = f"{left[: at + 1]}{'#' * len(name)}{left[at + 1 + len(name) :]}"
    return tuple(dict.fromkeys(code for _, code in sorted(found)))


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance in kilometres (haversine formula), not a road distance."""
    one, other = math.radians(latitude), math.radians(other_latitude)
    turn = math.radians(other_longitude - longitude)
    half = math.sin((other - one) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
