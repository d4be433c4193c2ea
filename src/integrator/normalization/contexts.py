"""Process words that mean another process in another material, by `data/linking/contexts.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator import data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.taxonomy import Taxonomy

Row = dict[str, object]


def read_in_context(rows: Sequence[Row], taxonomy: Taxonomy) -> list[Row]:
    """The links of one need or supplier, each process as the materials it names let it be understood.

    The materials that are said count; where none is said, those of the parts that are named.
    """
    named = _families(rows, taxonomy)
    return [row | _meant(str(row["concept"]), named, taxonomy) for row in rows]


def _families(rows: Sequence[Row], taxonomy: Taxonomy) -> set[str]:
    """The materials that are named, with their wider families."""
    materials = [str(row["concept"]) for row in rows if row["role"] == "material"]
    if not materials:
        parts = [str(row["concept"]) for row in rows if row["role"] == "component"]
        materials = [material for part in parts for material in taxonomy.linked(part, "made_of")]
    return {family for material in materials for family in (material, *taxonomy.ancestors(material))}


def _meant(concept: str, named: set[str], taxonomy: Taxonomy) -> Row:
    for rule in data.rows("linking/contexts.csv"):
        if (
            rule["found"] == concept
            and named & set(rule["materials"].split())
            and not named & set(rule["unless"].split())
        ):
            return {"concept": rule["read_as"]}
    return {}
