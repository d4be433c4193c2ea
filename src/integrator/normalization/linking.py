"""Cells of needs and suppliers -> concepts, one row a link, each with its cell.

`requirements` says what a need asks for, `capabilities` what a supplier says it does, a line of its
product list at a time. What follows from a part without being said (a casting is cast) is kept too,
marked `implied` and weaker, by the rules of `data/linking/implications.csv`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from integrator import data, tables
from integrator.taxonomy.steps import step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from integrator.meaning import Meaning
    from integrator.records import ConceptLink, Record
    from integrator.taxonomy import Taxonomy

Side = Literal["need", "supplier"]
Row = dict[str, object]

_LINE = re.compile(r"[;\n]+")


def requirements_table(records: Sequence[Record], taxonomy: Taxonomy) -> pd.DataFrame:
    """The concepts each need asks for (`tables.REQUIREMENTS`)."""
    rows = [row for record in records for row in _with_implied(_links([record], "need", taxonomy), "need", taxonomy)]
    return _table(tables.REQUIREMENTS, rows)


def capabilities_table(records: Sequence[Record], taxonomy: Taxonomy) -> pd.DataFrame:
    """The concepts each supplier offers, by capability line (`tables.CAPABILITIES`); it may have several records."""
    by_supplier: dict[str, list[Record]] = {}
    for record in records:
        by_supplier.setdefault(record.get("supplier_id"), []).append(record)
    rows = [
        row
        for own in by_supplier.values()
        for row in _with_implied(_links(own, "supplier", taxonomy), "supplier", taxonomy)
    ]
    return _table(tables.CAPABILITIES, rows)


def unknown_terms(
    needs: Sequence[Record], suppliers: Sequence[Record], taxonomy: Taxonomy, meaning: Meaning | None = None
) -> pd.DataFrame:
    """Lines of the meaning-bearing fields in which no concept was found.

    Columns: `term`, `field`, `rows` (how many lines say it), `proposed` (nearest label's concept, of the kinds looked
    for in the field), `score` (its likeness, 0-1), `step` (`similar`, or `semantic` when meanings were compared too),
    `example` (address of one cell). Most frequent first.
    """
    counts: dict[tuple[str, str], list[str]] = {}
    looked_for: dict[str, tuple[str, ...]] = {}
    for side, records in (("need", needs), ("supplier", suppliers)):
        for record in records:
            for name, roles, _ in _fields(side):
                looked_for[f"{side}.{name}"] = roles
                for line in _lines(record.get(name)):
                    if not _found(line, roles, taxonomy):
                        counts.setdefault((line, f"{side}.{name}"), []).append(str(record.cells[name]))
    rows = []
    for (line, name), cells in counts.items():
        proposals = taxonomy.propose(line, 1, looked_for[name], meaning)
        concept, score = proposals[0] if proposals else ("", float("nan"))
        how = ("semantic" if meaning else "similar") if proposals else ""
        rows.append((line, name, len(cells), concept, score, how, min(cells)))
    import pandas as pd

    frame = pd.DataFrame(rows, columns=["term", "field", "rows", "proposed", "score", "step", "example"])
    return frame.sort_values(["rows", "term", "field"], ascending=[False, True, True], ignore_index=True)


def _fields(side: str) -> list[tuple[str, tuple[str, ...], float]]:
    """The fields that bear meaning, the roles looked for in each, and the trust in a link there."""
    return [
        (row["field"], tuple(row["roles"].split()), float(row["trust"]))
        for row in data.rows("linking/fields.csv")
        if row["side"] == side
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _LINE.split(text) if line.strip()]


def _links(records: Sequence[Record], side: Side, taxonomy: Taxonomy) -> Iterator[Row]:
    """The links of one need or supplier, its lines numbered through its records."""
    number = 0
    for record in records:
        for name, roles, trust in _fields(side):
            for line in _lines(record.get(name)):
                number += 1
                for link in _found(line, roles, taxonomy):
                    yield _row(record, side, name, number, link, trust * link.score, taxonomy)


def _found(line: str, roles: tuple[str, ...], taxonomy: Taxonomy) -> list[ConceptLink]:
    """The links of a line by steps that count in the matching."""
    return [link for link in taxonomy.find(line, roles) if step(link.step).counts(link.score)]


def _row(record: Record, side: Side, name: str, line: int, link: ConceptLink, score: float, taxonomy: Taxonomy) -> Row:
    cell = record.cells[name]
    return {
        f"{side}_id": record.get(f"{side}_id"),
        "line": line,
        "role": taxonomy.kind(link.concept),
        "concept": link.concept,
        "label": taxonomy.label(link.concept, "fr"),
        "text": link.text,
        "step": link.step,
        "score": score,
        "implied": "no",
        "field": name,
        "file": cell.file,
        "sheet": cell.sheet,
        "cell": cell.cell,
    }


def _with_implied(rows: Iterable[Row], side: Side, taxonomy: Taxonomy) -> list[Row]:
    said = list(rows)
    stated = {row["role"] for row in said}
    rules = [
        rule
        for rule in data.rows("linking/implications.csv")
        if rule["side"] == side and not (rule["only_blank"] == "yes" and rule["role"] in stated)
    ]
    parts = [row for row in said if row["role"] == "component"]
    return said + [
        row | _implied(row, rule, target, taxonomy)
        for row in parts
        for rule in rules
        for target in taxonomy.linked(str(row["concept"]), rule["relation"])
    ]


def _implied(row: Row, rule: Mapping[str, str], target: str, taxonomy: Taxonomy) -> Row:
    return {
        "role": rule["role"],
        "concept": target,
        "label": taxonomy.label(target, "fr"),
        "step": "implied",
        "score": float(str(row["score"])) * float(rule["factor"]),
        "implied": "yes",
    }


def _table(table: tables.Table, rows: Sequence[Row]) -> pd.DataFrame:
    """One row a key, the strongest link first said."""
    if not rows:
        return tables.empty(table)
    import pandas as pd

    frame = pd.DataFrame(rows)
    frame = frame.sort_values([*table.key, "score", "text"], ascending=[True] * len(table.key) + [False, True])
    return tables.check(table, frame.drop_duplicates(list(table.key))[table.names])
