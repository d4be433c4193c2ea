"""Names of regions for a reader of Arabic; other readers have the name that tables use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from integrator import data

_ARABIC = range(0x0600, 0x0700)


def region_name(name: str, language: str) -> str:
    """A region as it is called in a language; one that the shipped list does not hold is called as it stands."""
    return _arabic().get(name, name) if language == "ar" else name


@lru_cache(maxsize=1)
def _arabic() -> Mapping[str, str]:
    """The first spelling in Arabic letters of each region of today."""
    found: dict[str, str] = {}
    for row in data.rows("regions.csv"):
        spellings = [one for one in row["names"].split(";") if one and ord(one[0]) in _ARABIC]
        if row["era"] == "2015" and spellings:
            found[row["name"]] = spellings[0]
    return found
