"""Places of the trade: which place or region a text names, and the distance between two places."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.text.fold import fold, tokens

EARTH_RADIUS_KM = 6371.0
_KINDS = ("plant", "zone", "city")


@dataclass(frozen=True)
class Place:
    """A city, an industrial zone or a plant."""

    id: str
    kind: str
    region: str
    """One of the 12 regions of 2015."""
    latitude: float
    """Decimal degrees, WGS 84."""
    longitude: float
    source: str
    """Where the position was copied from."""
    verified: bool
    """False when the position is general knowledge that no source backs."""


@lru_cache(maxsize=1)
def _gazetteer() -> dict[str, list[tuple[list[str], Place]]]:
    """Names as folded words with their places, by the first word."""
    index: dict[str, list[tuple[list[str], Place]]] = {}
    for row in data.rows("places.csv"):
        place = Place(
            row["place"],
            row["kind"],
            row["region"],
            float(row["latitude"]),
            float(row["longitude"]),
            row["source"],
            row["verified"] == "yes",
        )
        for name in row["names"].split(";"):
            words = tokens(name)
            index.setdefault(words[0], []).append((words, place))
    return index


@lru_cache(maxsize=10_000)
def locate(*texts: str) -> Place | None:
    """The most precise place that the texts name, the first text first; None when none is known.

    Of two places of one kind in one text, the longer name wins, then the alphabet.
    """
    found = []
    for number, text in enumerate(texts):
        words = tokens(text)
        for at, word in enumerate(words):
            for name, place in _gazetteer().get(word, ()):
                if words[at : at + len(name)] == name:
                    joined = " ".join(name)
                    found.append(((_KINDS.index(place.kind), number, -len(joined), joined), place))
    return min(found, key=lambda entry: entry[0])[1] if found else None


@lru_cache(maxsize=1)
def _names() -> dict[tuple[float, float], tuple[str, ...]]:
    """Every name of the city at a position; of several cities the first by its id."""
    found: dict[tuple[float, float], tuple[str, ...]] = {}
    for row in sorted(data.rows("places.csv"), key=lambda row: row["place"]):
        if row["kind"] == "city":
            found.setdefault((float(row["latitude"]), float(row["longitude"])), tuple(row["names"].split(";")))
    return found


def city_at(latitude: float, longitude: float, language: str) -> str:
    """The name of the city at exactly this position, in Arabic where it is known and asked for; "" when none is.

    >>> city_at(35.77, -5.80, "fr"), city_at(35.77, -5.80, "ar"), city_at(0.0, 0.0, "fr")
    ('Tanger', 'طنجة', '')
    """
    names = _names().get((latitude, longitude), ())
    arabic = [name for name in names if any("\u0600" <= letter <= "\u06ff" for letter in name)]
    return (arabic or names or ("",))[0] if language == "ar" else (names or ("",))[0]


@lru_cache(maxsize=1)
def _regions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Folded names of the present and the old regions with the present ones they mean, longer names first."""
    names = {
        fold(name): tuple(row["present"].split(";"))
        for row in data.rows("regions.csv")
        for name in (row["name"], *row["names"].split(";"))
        if name
    }
    return tuple(sorted(names.items(), key=lambda entry: (-len(entry[0]), entry)))


@lru_cache(maxsize=1)
def _arabic_regions() -> dict[str, str]:
    """The Arabic name of each present region by the name that tables use."""
    return {row["name"]: row["name_ar"] for row in data.rows("regions.csv") if row["name_ar"]}


def region_name(region: str, language: str) -> str:
    """A region as a reader sees it: in Arabic by its Arabic name, else as tables spell it; others as given."""
    return _arabic_regions().get(region, region) if language == "ar" else region


@lru_cache(maxsize=10_000)
def region_of(text: str) -> tuple[str, ...]:
    """The present regions that a text names; an old region may lie in several. A place named beside it decides.

    >>> region_of("Doukkala-Abda"), region_of("Safi, Doukkala-Abda"), region_of("Bretagne")
    (('Casablanca-Settat', 'Marrakech-Safi'), ('Marrakech-Safi',), ())
    """
    left = f" {fold(text)} "
    named: list[str] = []
    for name, present in _regions():
        if f" {name} " in left:
            named += present
            left = left.replace(f" {name} ", " | ")
    place = locate(left)
    return (place.region,) if place else tuple(dict.fromkeys(named))


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
