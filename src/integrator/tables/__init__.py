"""Every table that stages exchange and that a run folder holds: columns, order, keys.

Tables are pandas frames of plain columns. A column is `text` ("" when unknown), `number` (NaN when
unknown), `integer` (nullable) or `flag` (`yes`, `no`, "" when unknown). What the columns of a
table mean stands in its `about`.
"""

from __future__ import annotations

from integrator.tables.accounts import COVERAGE, PROBLEMS, RECALL, UNKNOWN_TERMS
from integrator.tables.beside import PARTICIPANTS, REQUESTS, WITHHELD
from integrator.tables.checking import TableError, check, empty, frame, mappings, spread
from integrator.tables.contract import ColumnType, Table
from integrator.tables.entities import CAPABILITIES, DUPLICATES, FACTS, NEEDS, REQUIREMENTS, SUPPLIERS
from integrator.tables.fields import (
    ABILITY_FIELDS,
    BOM_FIELDS,
    COLUMNS,
    FIELDS,
    IDENTIFIERS,
    JUDGEMENT_FIELDS,
    NEED_FIELDS,
    NEED_NAMES,
    REQUIRED,
    SUPPLIER_FIELDS,
    VALUE_FIELDS,
)
from integrator.tables.matching import CANDIDATES, CONTRIBUTIONS, DECISIONS, MATCHES, OPPORTUNITIES, REASONS, STATUSES
from integrator.tables.means import ALLOCATIONS, CAPACITIES, COVERS, POOLS, SKILLS, TEAMS, TRADES
from integrator.tables.worth import (
    AXES,
    BILL_LINES,
    MULTIPLIERS,
    ORIGINS,
    RATES,
    SENSITIVITIES,
    STATED,
    SUPPORTS,
    UPSTREAM,
    VALUE_INPUTS,
    VALUES,
)

__all__ = [
    "ABILITY_FIELDS", "ALL", "ALLOCATIONS", "AXES", "BILL_LINES", "BOM_FIELDS", "CANDIDATES", "CAPABILITIES",
    "CAPACITIES", "COLUMNS", "CONTRIBUTIONS", "COVERAGE", "COVERS", "DECISIONS", "DUPLICATES", "FACTS", "FIELDS",
    "IDENTIFIERS", "JUDGEMENT_FIELDS", "MATCHES", "MULTIPLIERS", "NEEDS", "NEED_FIELDS", "NEED_NAMES", "OPPORTUNITIES",
    "ORIGINS", "PARTICIPANTS", "POOLS", "PROBLEMS", "RATES", "REASONS", "RECALL", "REQUESTS", "REQUIRED",
    "REQUIREMENTS", "SENSITIVITIES", "SKILLS", "STATED", "STATUSES", "SUPPLIERS", "SUPPLIER_FIELDS",
    "SUPPORTS", "TEAMS", "TRADES", "UNKNOWN_TERMS", "UPSTREAM", "VALUES", "VALUE_FIELDS", "VALUE_INPUTS",
    "VERSION", "WITHHELD", "ColumnType", "Table", "TableError", "check", "empty", "frame", "mappings",
    "spread",
]  # fmt: skip

VERSION = "1"
"""Version of the column contract; it rises when a column or a table is renamed or removed, or comes to mean
something else. Both are added within a version: columns are read by name (docs/api.md)."""

ALL: dict[str, Table] = {
    table.name: table
    for table in (
        SUPPLIERS, NEEDS, REQUIREMENTS, CAPABILITIES, CANDIDATES, CONTRIBUTIONS, MATCHES,
        REASONS, OPPORTUNITIES, VALUES, VALUE_INPUTS, STATED, RATES, ORIGINS, BILL_LINES, MULTIPLIERS, SENSITIVITIES,
        POOLS, ALLOCATIONS, COVERS, CAPACITIES, TEAMS, UPSTREAM, TRADES, SKILLS, SUPPORTS, AXES, STATUSES, FACTS,
        PROBLEMS, DUPLICATES, UNKNOWN_TERMS, COVERAGE, RECALL, DECISIONS,
    )
}  # fmt: skip
