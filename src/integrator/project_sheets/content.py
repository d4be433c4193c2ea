"""What one project sheet says, gathered from the tables of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

Row = dict[str, Any]

SUPPLIER_EVIDENCE = (
    "products", "processes", "materials", "certifications", "status", "headcount", "annual_capacity",
    "spare_capacity", "customers", "revenue_or_investment", "revenue", "investment",
)  # fmt: skip
NEED_EVIDENCE = (
    "component", "buyer", "plant", "programme", "hs_code", "processes", "materials", "specification",
    "certifications", "annual_volume", "unit", "unit_price", "annual_value", "price_or_value", "imported_from", "sop",
    "evidence",
)  # fmt: skip


@dataclass(frozen=True)
class Actor:
    """One ranked supplier of a need: its match row and its own row."""

    match: Row
    supplier: Row


@dataclass(frozen=True)
class SheetContent:
    """One need with its opportunity, the actors to show, how many more were compared, and the facts."""

    need: Row
    opportunity: Row
    actors: tuple[Actor, ...]
    others: int
    evidence: tuple[Row, ...]


def gather(tables: Mapping[str, pd.DataFrame], top: int) -> Iterator[SheetContent]:
    """The content of every sheet, in the order of the opportunities.

    Actors of grade 0 are shown only when there is none better: they are the nearest ones.
    """
    suppliers = {row["supplier_id"]: row for row in _rows(tables["suppliers"])}
    needs = {row["need_id"]: row for row in _rows(tables["needs"])}
    matches: dict[str, list[Row]] = {}
    for row in _rows(tables["matches"]):
        if row["supplier_id"]:
            matches.setdefault(row["need_id"], []).append(row)
    facts: dict[str, list[Row]] = {}
    for row in _rows(tables["facts"]):
        facts.setdefault(row["entity_id"], []).append(row)
    for opportunity in _rows(tables["opportunities"]):
        found = matches.get(opportunity["need_id"], [])
        linked = [row for row in found if row["grade"] >= 1] or found[:3]
        actors = tuple(Actor(row, suppliers[row["supplier_id"]]) for row in linked[:top])
        evidence = _evidence(facts, opportunity["need_id"], NEED_EVIDENCE)
        for actor in actors[:5]:
            evidence += _evidence(facts, actor.supplier["supplier_id"], SUPPLIER_EVIDENCE)
        others = len(suppliers) - len(actors)
        yield SheetContent(needs[opportunity["need_id"]], opportunity, actors, others, tuple(evidence))


def _evidence(facts: Mapping[str, list[Row]], entity: str, fields: tuple[str, ...]) -> list[Row]:
    known = [fact for fact in facts.get(entity, []) if fact["field"] in fields]
    return sorted(known, key=lambda fact: fields.index(fact["field"]))


def _rows(frame: pd.DataFrame) -> list[Row]:
    """Rows as plain dictionaries; unknown numbers are None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]
