"""Where sites and plants are, made without a workbook: sites by their best grade, plants by need, sites by region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from integrator import places
from integrator.project_sheets.valuations import Row, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from integrator.project_sheets.content import SheetContent

CONVERTIBLE, ABLE = 2, 3
"""Least grade of a site that can convert, and of an able one."""
RELATED, OTHER = 1, 0
GRADES = (4, 3, CONVERTIBLE, RELATED, OTHER)
"""Groups of sites; `OTHER` are those that no sheet names with a grade of 1 or better."""
ALL = "*"
"""Name of the sum of all regions."""
MOST_CITIES = 10
_ROOM = (0.14, 0.04)
"""Part of the width and height of the map that a label takes."""


class Mark(NamedTuple):
    """One site or one need's plant: its name, decimal degrees (WGS 84), whether a source backs them."""

    name: str
    longitude: float
    latitude: float
    is_verified: bool


class City(NamedTuple):
    """The name of a city, its position, how many sites are there, and on which side of it the name has more room."""

    name: str
    longitude: float
    latitude: float
    sites: int
    is_left: bool


class Region(NamedTuple):
    """Sites of a region ("" = not known), those able and convertible at best, needs that an able one serves."""

    name: str
    sites: int
    able: int
    convertible: int
    served: int


class Bounds(NamedTuple):
    """Corners of a map in decimal degrees."""

    west: float
    east: float
    south: float
    north: float


@dataclass(frozen=True)
class Positions:
    """What a map of a job holds; every site and every need is in a group or among the absent."""

    sites: Mapping[int, tuple[Mark, ...]]
    """By group, see `GRADES`, in the order of ids."""
    plants: tuple[Mark, ...]
    """One a need of which the plant has a position."""
    absent_sites: int
    absent_needs: int

    @property
    def placed(self) -> list[Mark]:
        """Every site that has a position."""
        return [one for group in self.sites.values() for one in group]


def has_positions(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether the position of any site is known."""
    return bool(tables["suppliers"]["latitude"].notna().any())


def positions(tables: Mapping[str, pd.DataFrame], contents: Sequence[SheetContent]) -> Positions:
    """Where the sites and plants of a job are."""
    best = best_grades(tables, contents)
    suppliers = sorted(rows_of(tables["suppliers"]), key=lambda row: str(row["supplier_id"]))
    needs = sorted((one.need for one in contents), key=lambda row: str(row["need_id"]))
    sites: dict[int, list[Mark]] = {grade: [] for grade in GRADES}
    for row in suppliers:
        if _has_position(row):
            sites[best.get(row["supplier_id"], OTHER)].append(_mark(row, str(row["name"])))
    plants = tuple(_mark(row, str(row["need_id"])) for row in needs if _has_position(row))
    found = {grade: tuple(group) for grade, group in sites.items()}
    absent = len(suppliers) - sum(map(len, found.values()))
    return Positions(found, plants, absent, len(needs) - len(plants))


def best_grades(tables: Mapping[str, pd.DataFrame], contents: Sequence[SheetContent]) -> dict[str, int]:
    """Site -> its best grade: of all pairs where that is 2 or better, as the overview counts them.

    A merely related site (1) counts when a sheet shows it among its actors: nearly every site is related to something.
    """
    best: dict[str, int] = {}
    own = {one.need["need_id"] for one in contents}
    for need, site, grade in _graded(tables["matches"]):
        if need in own and grade >= CONVERTIBLE:
            best[site] = max(grade, best.get(site, OTHER))
    for one in contents:
        for actor in one.actors:
            if actor.match["grade"] == RELATED:
                best.setdefault(actor.supplier["supplier_id"], RELATED)
    return best


def by_region(tables: Mapping[str, pd.DataFrame], contents: Sequence[SheetContent]) -> list[Region]:
    """Regions by able sites, then all sites, then name; sites of unknown region last; then the sum, named `ALL`.

    A need that several regions serve counts in each of them, and once in the sum.
    """
    best = best_grades(tables, contents)
    region = dict(zip(tables["suppliers"]["supplier_id"], tables["suppliers"]["region"], strict=True))
    own = {one.need["need_id"] for one in contents}
    served: dict[str, set[str]] = {}
    for need, site, grade in _graded(tables["matches"]):
        if need in own and grade >= ABLE:
            served.setdefault(region[site], set()).add(need)

    def row(name: str, sites: Sequence[str], needs: Iterable[str]) -> Region:
        grades = [best.get(site, OTHER) for site in sites]
        able = sum(grade >= ABLE for grade in grades)
        return Region(name, len(sites), able, grades.count(CONVERTIBLE), len(set(needs)))

    groups: dict[str, list[str]] = {}
    for site, name in region.items():
        groups.setdefault(name, []).append(site)
    found = [row(name, sites, served.get(name, ())) for name, sites in groups.items()]
    found.sort(key=lambda one: (not one.name, -one.able, -one.sites, one.name))
    return [*found, row(ALL, list(region), (need for needs in served.values() for need in needs))]


def cities(placed: Sequence[Mark], bounds: Bounds, language: str) -> list[City]:
    """Names of the cities where most sites are, as far as they are known and do not lie over one another."""
    counts: dict[tuple[float, float], int] = {}
    for one in placed:
        counts[one.longitude, one.latitude] = counts.get((one.longitude, one.latitude), 0) + 1
    wide, high = (bounds.east - bounds.west) * _ROOM[0], (bounds.north - bounds.south) * _ROOM[1]
    found: list[City] = []
    for (longitude, latitude), sites in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        name = places.city_at(latitude, longitude, language)
        is_free = all(abs(longitude - o.longitude) > wide or abs(latitude - o.latitude) > high for o in found)
        if name and is_free and len(found) < MOST_CITIES:
            beside = [o[0] - longitude for o in counts if o[0] != longitude and abs(o[1] - latitude) <= high / 2]
            right, left = (sum(0 < side * far <= wide for far in beside) for side in (1, -1))
            found.append(City(name, longitude, latitude, sites, left < right))
    return found


def _graded(matches: pd.DataFrame) -> Iterable[tuple[str, str, int]]:
    found = matches.loc[matches["supplier_id"].ne("") & matches["grade"].notna(), ["need_id", "supplier_id", "grade"]]
    return ((need, site, int(grade)) for need, site, grade in found.itertuples(index=False, name=None))


def _has_position(row: Row) -> bool:
    return row["latitude"] is not None and row["longitude"] is not None


def _mark(row: Row, name: str) -> Mark:
    return Mark(name, row["longitude"], row["latitude"], row["place_verified"] == "yes")
