"""Cost shares by process family, for what an analyst does not state: `data/valuation/cost_shares.csv`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from integrator import data
from integrator.taxonomy import Taxonomy
from integrator.valuation.bounds import hull
from integrator.valuation.figures import Given, Kind, Range

FILE = "valuation/cost_shares.csv"
PARTS = ("imported_materials", "local_materials", "energy_services", "labour", "other_value_added")
"""The five cost shares of a price; they sum to 1."""
OWN = "own_value_added"
"""Labour and other value added together."""
INSIDE = ("material_domestic", "service_domestic")
WHOLE = "domestic_share"
ITEMS = (*PARTS, OWN, *INSIDE, WHOLE)
ALL = "all"


@lru_cache(maxsize=1)
def _table() -> Mapping[tuple[str, str, str], Given]:
    """(family, item, kind) -> what its rows span."""
    found: dict[tuple[str, str, str], list[tuple[Range, Mapping[str, str]]]] = {}
    for number, row in enumerate(data.rows(FILE), start=1):
        found.setdefault((row["family"], row["item"], row["kind"]), []).append((_checked(row, number), row))
    return {key: _spanned(key, rows) for key, rows in found.items()}


def _checked(row: Mapping[str, str], number: int) -> Range:
    """The range of a row. Raises `KnowledgeError` naming the line and the fault."""
    fault = ""
    if row["item"] not in ITEMS:
        fault = f"unknown item {row['item']!r}"
    elif row["kind"] not in ("default", "assumption") or row["verified"] not in ("yes", "no"):
        fault = "kind must be default or assumption, verified yes or no"
    elif row["kind"] == "default" and not row["source"]:
        fault = "a default needs a source; without one it is an assumption"
    elif row["unit"] != "share":
        fault = f"unknown unit {row['unit']!r}"
    try:
        value = Range(float(row["low"]), float(row["high"]), float(row["point"]) if row["point"] else None)
    except ValueError as error:
        raise data.KnowledgeError(f"{FILE}: line {number} below the header: {error}") from None
    if fault or value.low < 0 or value.high > 1:
        raise data.KnowledgeError(f"{FILE}: line {number} below the header: {fault or 'a share is not within 0-1'}")
    return value


def _spanned(key: tuple[str, str, str], rows: Sequence[tuple[Range, Mapping[str, str]]]) -> Given:
    family, item, kind = key
    return Given(
        name=f"{item} ({family})",
        value=hull(value for value, _ in rows),
        unit="share",
        kind=_kind(kind),
        source="; ".join(dict.fromkeys(row["source"] for _, row in rows if row["source"])),
        date="; ".join(dict.fromkeys(row["date"] for _, row in rows if row["date"])),
        is_verified=all(row["verified"] == "yes" for _, row in rows),
    )


def _kind(text: str) -> Kind:
    return "default" if text == "default" else "assumption"


def cost_share(item: str, lineage: Sequence[str] = (), *, assumptions: bool = False) -> Given | None:
    """The shipped value of an item for a process (`lineage`: the process and its wider families, nearest first).

    The nearest family that has one; there a default before an assumption; assumptions only when switched on.
    """
    kinds = ("default", "assumption") if assumptions else ("default",)
    found = (_table().get((family, item, kind)) for family in (*lineage, ALL) for kind in kinds)
    return next((one for one in found if one is not None), None)


def lineage(taxonomy: Taxonomy, process: str) -> tuple[str, ...]:
    """A process concept and its wider families, nearest first; nothing for a concept the lexicon does not have."""
    return (process, *taxonomy.ancestors(process)) if process in taxonomy.concepts else ()
