"""Every filled cell as a fact with its place and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from integrator import tables
from integrator.normalization.volumes import read_volume
from integrator.records import Record
from integrator.text.numbers import parse_number

PRESS, RECEIVED = "E4", "E3"
"""Evidence classes: public press or web with an address; a file received without one."""
_ABOUT = {"source_title", "source_url", "source_date", "confidence"}
_NUMBERS = {"headcount", "annual_capacity", "spare_capacity", "unit_price", "annual_value", "programme_years"}


def facts_table(suppliers: Sequence[Record], needs: Sequence[Record]) -> pd.DataFrame:
    """One row a filled field (`tables.FACTS`); numbers read where the whole cell is a number."""
    rows = [row for record in (*suppliers, *needs) for row in _facts(record)]
    if not rows:
        return tables.empty(tables.FACTS)
    return tables.check(tables.FACTS, pd.DataFrame(rows))


def _facts(record: Record) -> Iterator[dict[str, object]]:
    for field, text in record.values.items():
        if field in _ABOUT:
            continue
        cell = record.cells[field]
        number = parse_number(text) if field in _NUMBERS else None
        volume = read_volume(text, record.get("unit")) if field == "annual_volume" else None
        yield {
            "entity": record.kind,
            "entity_id": record.get(f"{record.kind}_id"),
            "field": field,
            "value": text,
            "low": volume.number if volume else number,
            "high": volume.number if volume else number,
            "unit": volume.unit if volume else "",
            "period": volume.period if volume else "",
            "basis": volume.basis if volume else "",
            "year": volume.year if volume else None,
            "raw": text,
            "file": cell.file,
            "sheet": cell.sheet,
            "cell": cell.cell,
            "source_title": record.get("source_title"),
            "source_url": record.get("source_url"),
            "source_date": record.get("source_date"),
            "confidence": record.get("confidence"),
            "evidence_class": PRESS if record.get("source_url") else RECEIVED,
        }
