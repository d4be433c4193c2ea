"""What each figure and each number of the tables of a valuation is: its name, its formula and where that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from integrator import data, tables
from integrator.valuation.sourced import fault

FIGURES, COLUMNS = "valuation/figures.csv", "valuation/columns.csv"
LANGUAGES = ("fr", "en", "ar")
REFERENCES = ("figure", "field", "supplier", "stated", "bill", "member", "split", "trade", "weights", "table", "file")
"""First words of what a number rests on; see the head of `columns.csv`."""


@dataclass(frozen=True)
class Described:
    """One figure, or one number of the rows of a table."""

    columns: tuple[str, ...]
    """Of a figure its name; of a number one column, or those of its low end, point and high end (of two the ends)."""
    unit: str
    formula: str
    source: str
    """Where formula or convention was published, or the page that states our own."""
    names: Mapping[str, str]
    """By language."""
    rests_on: tuple[str, ...] = ()
    """What it was worked out of: a word of `REFERENCES` and a name."""


@lru_cache(maxsize=1)
def figures_described() -> Mapping[str, Described]:
    """Figure -> its description. Raises `KnowledgeError` naming file, line and fault."""
    found: dict[str, Described] = {}
    for line, row in enumerate(data.rows(FIGURES), start=1):
        if row["figure"] in found:
            fault(FIGURES, line, f"figure {row['figure']!r} stands twice")
        found[row["figure"]] = _described(row, (row["figure"],), FIGURES, line)
    return found


@lru_cache(maxsize=1)
def columns_described() -> Mapping[str, tuple[Described, ...]]:
    """Table -> its numbers in the order of the file. Raises `KnowledgeError` naming file, line and fault."""
    found: dict[str, list[Described]] = {}
    for line, row in enumerate(data.rows(COLUMNS), start=1):
        table, columns = tables.ALL.get(row["table"]), tuple(row["columns"].split(";"))
        if table is None:
            fault(COLUMNS, line, f"no table is called {row['table']!r}")
        numbers = {name for name, kind in table.columns if kind in ("number", "integer")}
        if not set(columns) <= numbers or len(columns) > 3:
            fault(COLUMNS, line, f"{row['columns']!r} are no one to three numbers of the table {table.name}")
        one = _described(row, columns, COLUMNS, line)
        if any(reference.split()[0] not in REFERENCES for reference in one.rests_on):
            fault(COLUMNS, line, f"rests_on {row['rests_on']!r} begins with another word than {', '.join(REFERENCES)}")
        if any(set(columns) & set(other.columns) for other in found.get(table.name, ())):
            fault(COLUMNS, line, f"a column of {row['columns']!r} stands twice")
        found.setdefault(table.name, []).append(one)
    return {name: tuple(of) for name, of in found.items()}


def _described(row: Mapping[str, str], columns: tuple[str, ...], file: str, line: int) -> Described:
    names = {language: row[f"name_{language}"] for language in LANGUAGES}
    if not (row["formula"] and row["source"] and all(names.values())):
        fault(file, line, "formula, source and the names in three languages must be said")
    rests_on = tuple(filter(None, row.get("rests_on", "").split(";")))
    return Described(columns, row["unit"], row["formula"], row["source"], names, rests_on)
