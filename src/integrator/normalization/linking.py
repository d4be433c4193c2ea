"""Cells of needs and suppliers -> concepts, one row a link, each with its cell.

`requirements` says what a need asks for, `capabilities` what a supplier says it does, a line of its
product list at a time. What follows from a part without being said (a casting is cast) is kept too,
marked `implied` and weaker, by the rules of `data/linking/implications.csv` and `commonplace.csv`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from integrator import data, tables
from integrator.normalization.contexts import read_in_context
from integrator.normalization.proposals import proposals
from integrator.normalization.saying import SaidLine, Side, said_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from integrator.records import ConceptLink, Record
    from integrator.taxonomy import Taxonomy

Row = dict[str, object]
PROPOSED = "similar"
"""The step of a proposal, and of what would follow from it."""


def requirements_table(records: Sequence[Record], taxonomy: Taxonomy, language: str = "fr") -> pd.DataFrame:
    """The concepts each need asks for (`tables.REQUIREMENTS`); what an unknown part may mean comes as proposals.

    `language`: of the labels, which are for readers only: nothing is matched by them.
    """
    rows = [row for record in records for row in _with_implied(_links([record], "need", taxonomy), "need", taxonomy)]
    return _table(tables.REQUIREMENTS, rows, taxonomy, language)


def capabilities_table(records: Sequence[Record], taxonomy: Taxonomy, language: str = "fr") -> pd.DataFrame:
    """The concepts each supplier offers, by capability line (`tables.CAPABILITIES`); it may have several records.

    `language`: of the labels, see `requirements_table`.
    """
    by_supplier: dict[str, list[Record]] = {}
    for record in records:
        by_supplier.setdefault(record.get("supplier_id"), []).append(record)
    rows = [
        row
        for own in by_supplier.values()
        for row in _with_implied(_links(own, "supplier", taxonomy), "supplier", taxonomy)
    ]
    return _table(tables.CAPABILITIES, rows, taxonomy, language)


def _links(records: Sequence[Record], side: Side, taxonomy: Taxonomy) -> Iterator[Row]:
    """The links of one need or supplier, its lines numbered through its records."""
    for number, line in enumerate(said_lines(records, side, taxonomy), start=1):
        links = _most_specific(line.links, taxonomy)
        for link in [*links, *proposals(line.text, side, line.field.roles[0], links, taxonomy)]:
            yield _row(line, number, link, taxonomy)


def _most_specific(links: Sequence[ConceptLink], taxonomy: Taxonomy) -> list[ConceptLink]:
    """The links of a line without the families of what else it names: "exhaust pipe (exhaust)" is a pipe."""
    wider = {family for link in links for family in taxonomy.ancestors(link.concept)}
    return [link for link in links if link.concept not in wider]


def _row(line: SaidLine, number: int, link: ConceptLink, taxonomy: Taxonomy) -> Row:
    cell = line.cell
    return {
        f"{line.side}_id": line.entity,
        "line": number,
        "role": taxonomy.kind(link.concept),
        "concept": link.concept,
        "text": link.text,
        "step": link.step,
        "score": line.field.trust * link.score,
        "implied": "no",
        "system": taxonomy.system(link.concept),
        "source": "overlay" if link.own else "lexicon",
        "field": line.field.name,
        "file": cell.file,
        "sheet": cell.sheet,
        "cell": cell.cell,
    }


def _with_implied(rows: Iterable[Row], side: Side, taxonomy: Taxonomy) -> list[Row]:
    said = read_in_context(list(rows), taxonomy)
    stated = {row["role"] for row in said}
    rules = [
        rule
        for rule in data.rows("linking/implications.csv")
        if rule["side"] == side and not (rule["only_blank"] == "yes" and rule["role"] in stated)
    ]
    return said + [
        row | _implied(row, rule, target)
        for row in said
        for rule in rules
        if rule["from"] == row["role"]
        for target in taxonomy.linked(str(row["concept"]), rule["relation"])
    ]


def _implied(row: Row, rule: Mapping[str, str], target: str) -> Row:
    return {
        "role": rule["role"],
        "concept": target,
        "step": PROPOSED if row["step"] == PROPOSED else "implied",
        "score": float(str(row["score"])) * float(rule["factor"]) * _commonplace().get((rule["side"], target), 1.0),
        "implied": "yes",
        "system": "",
    }


@lru_cache(maxsize=1)
def _commonplace() -> dict[tuple[str, str], float]:
    """Side and concept -> the factor of what is hardly a sign of anything, `data/linking/commonplace.csv`."""
    return {(row["side"], row["concept"]): float(row["factor"]) for row in data.rows("linking/commonplace.csv")}


def _table(table: tables.Table, rows: Sequence[Row], taxonomy: Taxonomy, language: str) -> pd.DataFrame:
    """One row a key, the strongest link first said."""
    if not rows:
        return tables.empty(table)
    import pandas as pd

    frame = pd.DataFrame(rows)
    frame = frame.sort_values([*table.key, "score", "text"], ascending=[True] * len(table.key) + [False, True])
    frame["label"] = [taxonomy.label(concept, language) for concept in frame["concept"]]
    return tables.check(table, frame.drop_duplicates(list(table.key))[table.names])
