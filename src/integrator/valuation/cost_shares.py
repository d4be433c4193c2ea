"""Cost shares by process family, for what an analyst does not state: `data/valuation/cost_shares.csv`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from integrator import data
from integrator.valuation.bounds import hull
from integrator.valuation.figures import Given
from integrator.valuation.sourced import Sourced, fault, nearest, sourced

FILE = "valuation/cost_shares.csv"
PARTS = ("imported_materials", "local_materials", "energy_services", "labour", "other_value_added")
"""The five cost shares of a price; they sum to 1."""
OWN = "own_value_added"
"""Labour and other value added together."""
INSIDE = ("material_domestic", "service_domestic")
WHOLE = "domestic_share"
ITEMS = (*PARTS, OWN, *INSIDE, WHOLE)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[tuple[str, Given], ...]]:
    """Item -> (family, what its rows of one kind span). Raises `KnowledgeError` naming file, line and fault."""
    rows: dict[tuple[str, str, str], list[Sourced]] = {}
    for line, row in enumerate(data.rows(FILE), start=1):
        if row["item"] not in ITEMS:
            fault(FILE, line, f"unknown item {row['item']!r}, not one of {', '.join(ITEMS)}")
        found = sourced(row, FILE, line, unit="share", most=1, has_point=False)
        rows.setdefault((row["item"], row["family"], found.kind), []).append(found)
    spans: dict[str, list[tuple[str, Given]]] = {}
    for (item, family, _), same in rows.items():
        spans.setdefault(item, []).append((family, _spanned(f"{item} ({family})", same)))
    return {item: tuple(of) for item, of in spans.items()}


def _spanned(name: str, rows: Sequence[Sourced]) -> Given:
    return Given(
        name=name,
        value=hull(one.value for one in rows),
        unit="share",
        kind=rows[0].kind,
        source="; ".join(dict.fromkeys(one.source for one in rows if one.source)),
        date="; ".join(dict.fromkeys(one.date for one in rows if one.date)),
        is_verified=all(one.is_verified for one in rows),
    )


def cost_share(item: str, lineage: Sequence[str] = (), *, assumptions: bool = False) -> Given | None:
    """The shipped value of an item for a process (`sourced.lineage`), by the rule of `sourced.nearest`."""
    return _nearest(item, tuple(lineage), assumptions)


@lru_cache(maxsize=20_000)
def _nearest(item: str, lineage: tuple[str, ...], assumptions: bool) -> Given | None:
    return nearest(lineage, _table().get(item, ()), assumptions=assumptions)
