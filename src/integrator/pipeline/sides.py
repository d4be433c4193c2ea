"""Records -> the two sides that are matched: tables of suppliers and needs, with their concepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from integrator import engines, normalization
from integrator.config import Config
from integrator.errors import Problem
from integrator.intake import Inputs
from integrator.records import Judgement, Record
from integrator.taxonomy import load
from integrator.taxonomy.space import ConceptSpace


@dataclass(frozen=True)
class Entities:
    """Records as tables, before their words are understood."""

    supplier_records: Sequence[Record]
    """One a supplier: rows that a decision joins are one."""
    supplier_rows: Sequence[Record]
    """One a row, under the id that stands for its supplier."""
    suppliers: pd.DataFrame
    needs: pd.DataFrame
    facts: pd.DataFrame
    judgements: tuple[Judgement, ...]
    problems: tuple[Problem, ...]


def normalized(inputs: Inputs) -> Entities:
    """What was read, as tables, and what is doubtful in it."""
    needs = inputs.records["need"]
    suppliers, rows, joins = normalization.joined(inputs.records["supplier"], inputs.decisions)
    judgements, faults = normalization.judgements(inputs.records["judgement"])
    return Entities(
        supplier_records=suppliers,
        supplier_rows=rows,
        suppliers=normalization.suppliers_table(suppliers),
        needs=normalization.needs_table(needs),
        facts=normalization.facts_table(rows, needs),
        judgements=judgements,
        problems=(*faults, *joins),
    )


def linked(
    config: Config, inputs: Inputs, entities: Entities
) -> tuple[engines.Sides, Sequence[normalization.SaidLine]]:
    """Both sides as they are matched, and every line that says something of them."""
    taxonomy = load(config.terms)
    linker = normalization.KeptLinks(config.cache_folder)
    asked = normalization.said_lines(inputs.records["need"], "need", taxonomy, linker)
    offered = normalization.said_lines(entities.supplier_rows, "supplier", taxonomy, linker)
    requirements = normalization.asked_of(asked, taxonomy, config.output.lang)
    capabilities = normalization.offered_in(offered, taxonomy, config.output.lang)
    sides = engines.Sides(
        entities.suppliers, entities.needs, requirements, capabilities, entities.facts, taxonomy, ConceptSpace(taxonomy)
    )
    return sides, [*asked, *offered]
