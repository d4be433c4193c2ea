"""Made-up jobs for tests of the valuation: a few needs and suppliers, matched as the test says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from integrator import tables, taxonomy
from integrator.config import Valuation
from integrator.normalization import (
    capabilities_table,
    facts_table,
    needs_table,
    requirements_table,
    suppliers_table,
)
from integrator.records import CellRef, EntityKind, Record
from integrator.valuation import Context, opportunities_table
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.stated import Stated

LEXICON = taxonomy.load()
Row = Mapping[str, str]


def given(name: str, value: float | Range, unit: str) -> Given:
    """What an analyst states."""
    return Given(name, value if isinstance(value, Range) else exact(value), unit, "stated", "démo")


def records(kind: EntityKind, rows: Iterable[Row]) -> list[Record]:
    """Rows as if they had been read from a file; the name is the id where none is given."""
    found = []
    for number, row in enumerate(rows, start=2):
        ref = CellRef(f"{kind}s.csv", "", number)
        named = {"supplier_id": "name", "need_id": "component"}
        filled = {name: row[f"{kind}_id"] for key, name in named.items() if key in row and name not in row}
        values = {name: text for name, text in {**filled, **row}.items() if text}
        found.append(Record(kind, ref, values, dict.fromkeys(values, ref)))
    return found


def job(
    needs: Sequence[Row],
    suppliers: Sequence[Row],
    matches: Mapping[tuple[str, str], int],
    states: Mapping[tuple[str, str, str], str] | None = None,
    stated: Stated | None = None,
    *,
    language: str = "fr",
    **options: float | None,
) -> Context:
    """A job whose matches, ranked as they are listed, have the grades given by need and supplier.

    `states`: state of a criterion by need, supplier and criterion; `options`: of `[valuation]`.
    """
    read, offered = records("need", needs), records("supplier", suppliers)
    ranks: dict[str, int] = {}
    rows = []
    for (need_id, supplier_id), grade in matches.items():
        ranks[need_id] = ranks.get(need_id, 0) + 1
        rows.append(
            {"need_id": need_id, "supplier_id": supplier_id, "rank": ranks[need_id], "grade": grade, "score": 50.0}
        )
    blank = {"probability": None, "distance_km": None}
    matched = tables.frame(
        tables.MATCHES, [{**dict.fromkeys(tables.MATCHES.names, ""), **blank, **row} for row in rows]
    )
    reasons = pd.DataFrame(
        [(*key, state) for key, state in (states or {}).items()],
        columns=["need_id", "supplier_id", "criterion", "state"],
    )
    asked = needs_table(read)
    return Context(
        needs=asked,
        suppliers=suppliers_table(offered),
        requirements=requirements_table(read, LEXICON),
        capabilities=capabilities_table(offered, LEXICON),
        facts=facts_table(offered, read),
        matches=matched,
        reasons=reasons,
        opportunities=opportunities_table(asked, matched, language),
        lexicon=LEXICON,
        options=Valuation.model_validate(options),
        language=language,
        day="2026-01-01",
        stated=stated or Stated(),
    )
