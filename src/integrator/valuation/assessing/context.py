"""Everything that a valuation looks at, and what of it belongs to one need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from integrator import tables
from integrator.valuation.bills import Bills
from integrator.valuation.figures import Given
from integrator.valuation.sourced import lineage
from integrator.valuation.stated import Stated

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy
    from integrator.valuation.leontief import Economy
    from integrator.valuation.options import Options
    from integrator.valuation.trade_position import Trade

Row = Mapping[str, Any]
UNSURE = ("similar", "semantic")
"""Steps of a link that is proposed and never applied."""
_TRACED = ("annual_volume", "unit_price", "annual_value", "price_or_value", "sop", "imported_from", "hs_code")


@dataclass(frozen=True)
class Context:
    """One job, matched: its tables, and what analysts stated beside them."""

    needs: pd.DataFrame
    suppliers: pd.DataFrame
    requirements: pd.DataFrame
    capabilities: pd.DataFrame
    facts: pd.DataFrame
    matches: pd.DataFrame
    reasons: pd.DataFrame
    opportunities: pd.DataFrame
    lexicon: Taxonomy
    options: Options
    language: str
    day: str
    """ISO date of the job, "" when it gives none: then rules of any date are looked at."""
    stated: Stated = field(default_factory=Stated)
    bills: Bills = field(default_factory=Bills)
    trade: Trade | None = None
    economy: Economy | None = None


@dataclass(frozen=True)
class Fact:
    """Where a value of a need was read."""

    cell: str
    source: str
    date: str


@dataclass(frozen=True)
class Case:
    """One need with all that its figures may rest on."""

    need_id: str
    need: Row
    opportunity: Row
    component: str
    """Concept of the part, "" when it is not known."""
    concepts: tuple[str, ...]
    """The part and its processes, in the order of the need."""
    lineage: tuple[str, ...]
    """The main process and its wider families, nearest first."""
    given: Mapping[str, Given]
    """Stated inputs by name, those of the job included."""
    facts: Mapping[str, Fact]
    """By field of the need."""
    makers: tuple[Row, ...]
    """Matches of the need of grade 2 or more, best first."""
    region: str
    """Where it would be made: the region of the first of them; "" when it is not known."""

    def stated(self, name: str, field_: str, value: Given) -> Given:
        """A value of the need as an input, with the cell it was read in."""
        fact = self.facts.get(field_)
        if fact is None:
            return value
        return Given(name, value.value, value.unit, "stated", fact.source, fact.date, fact.cell)


def cases(context: Context) -> Iterator[Case]:
    """One case an opportunity, in the order of the table."""
    needs = _by_id(context.needs, "need_id")
    facts = _facts(context.facts)
    asked = asked_concepts(context.requirements)
    makers = _makers(context.matches)
    regions = dict(zip(*(context.suppliers[name].tolist() for name in ("supplier_id", "region")), strict=True))
    for opportunity in tables.mappings(context.opportunities):
        need_id = str(opportunity["need_id"])
        of_need = asked.get(need_id, [])
        component = next((concept for role, concept in of_need if role == "component"), "")
        process = next((concept for role, concept in of_need if role == "process"), "")
        found = makers.get(need_id, ())
        yield Case(
            need_id=need_id,
            need=needs[need_id],
            opportunity=opportunity,
            component=component,
            concepts=tuple(dict.fromkeys(concept for role, concept in of_need if role in ("component", "process"))),
            lineage=lineage(context.lexicon, process),
            given=context.stated.of_need(need_id),
            facts=facts.get(need_id, {}),
            makers=found,
            region=str(regions.get(found[0]["supplier_id"], "")) if found else "",
        )


def _by_id(frame: pd.DataFrame, key: str) -> dict[str, Row]:
    return {str(row[key]): row for row in tables.mappings(frame)}


def _facts(facts: pd.DataFrame) -> dict[str, dict[str, Fact]]:
    """Need id -> field -> where the value in use was read."""
    chosen = facts[(facts["entity"] == "need") & (facts["part"] == 1) & facts["field"].isin(_TRACED)]
    found: dict[str, dict[str, Fact]] = {}
    names = ["entity_id", "field", "file", "sheet", "cell", "source_title", "source_url", "source_date"]
    for need_id, name, file, sheet, cell, title, url, date in chosen[names].itertuples(index=False):
        where = f"{file} [{sheet}] {cell}" if sheet else f"{file} {cell}"
        found.setdefault(need_id, {})[name] = Fact(where, url or title, date)
    return found


def asked_concepts(requirements: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    """Need id -> (role, concept), what is said before what is implied; a proposal by likeness is not taken."""
    sure = requirements[~requirements["step"].isin(UNSURE)]
    ordered = sure.assign(_last=sure["implied"] == "yes").sort_values(["need_id", "_last", "line"], kind="stable")
    found: dict[str, list[tuple[str, str]]] = {}
    for need_id, role, concept in ordered[["need_id", "role", "concept"]].itertuples(index=False):
        found.setdefault(need_id, []).append((role, concept))
    return found


def _makers(matches: pd.DataFrame) -> dict[str, tuple[Row, ...]]:
    real = matches[(matches["supplier_id"] != "") & (matches["grade"] >= 2)].sort_values(["need_id", "rank"])
    found: dict[str, list[Row]] = {}
    for row in tables.mappings(real[["need_id", "supplier_id", "rank", "grade", "score", "probability"]]):
        found.setdefault(row["need_id"], []).append(row)
    return {need_id: tuple(rows) for need_id, rows in found.items()}
