"""Process words that mean another process in another material, by `data/linking/contexts.csv`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from integrator import data

if TYPE_CHECKING:
    from collections.abc import Collection

    from integrator.taxonomy import Taxonomy


@lru_cache(maxsize=1)
def in_doubt() -> frozenset[str]:
    """The concepts that may mean another one."""
    return frozenset(rule["found"] for rule in data.rows("linking/contexts.csv"))


def families(materials: Collection[str], parts: Collection[str], taxonomy: Taxonomy) -> frozenset[str]:
    """The materials that a need or supplier names, with their wider families.

    The materials that are said count; where none is said, those of the parts that are named.
    """
    named = materials or [material for part in parts for material in taxonomy.linked(part, "made_of")]
    return frozenset(family for material in named for family in (material, *taxonomy.ancestors(material)))


def meant(concept: str, named: Collection[str]) -> str:
    """What a concept means beside the families of materials `named`: by the first rule that holds, else itself."""
    for rule in data.rows("linking/contexts.csv"):
        if (
            rule["found"] == concept
            and not set(rule["materials"].split()).isdisjoint(named)
            and set(rule["unless"].split()).isdisjoint(named)
        ):
            return rule["read_as"]
    return concept
