"""Supplier records -> the suppliers table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from integrator import places, tables
from integrator.normalization.certificates import read_certificates
from integrator.normalization.codes import dotted_codes
from integrator.normalization.statuses import read_status
from integrator.records import Record


def suppliers_table(records: Sequence[Record]) -> pd.DataFrame:
    """One row a site (`tables.SUPPLIERS`): the fields as received, and what they were read as."""
    if not records:
        return tables.empty(tables.SUPPLIERS)
    return tables.check(tables.SUPPLIERS, pd.DataFrame([_row(record) for record in records]))


def _row(record: Record) -> dict[str, object]:
    row: dict[str, object] = {field: record.get(field) for field in tables.SUPPLIER_FIELDS}
    status = read_status(record.get("status"))
    place = places.locate(record.get("zone"), record.get("city"))
    return row | {
        "hs_codes": "; ".join(dotted_codes(record.get("hs_codes"))),
        "active": status.active,
        "activity": status.activity,
        "status_year": status.year,
        "certificates": "; ".join(map(str, read_certificates(record.get("certifications"))[0])),
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "file": record.ref.file,
        "sheet": record.ref.sheet,
        "row": record.ref.row,
    }
