"""Supplier records -> the suppliers table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from integrator import places, tables
from integrator.normalization.certificates import read_certificates
from integrator.normalization.codes import dotted_codes
from integrator.normalization.levels import FIELD, read_levels
from integrator.normalization.statuses import read_status
from integrator.records import Record

if TYPE_CHECKING:
    import pandas as pd


def suppliers_table(records: Sequence[Record]) -> pd.DataFrame:
    """One row a site (`tables.SUPPLIERS`): the fields as received, and what they were read as.

    Only `region` is not as received: it has the present name, and comes from the place when blank.
    """
    return tables.frame(tables.SUPPLIERS, [_row(record) for record in records])


def _row(record: Record) -> dict[str, object]:
    row: dict[str, object] = {field: record.get(field) for field in tables.SUPPLIER_FIELDS}
    status = read_status(record.get("status"))
    place = places.locate(record.get("zone"), record.get("city"))
    return row | {
        "region": _region(record.get("region"), place),
        "hs_codes": "; ".join(dotted_codes(record.get("hs_codes"))),
        "active": status.active,
        "activity": status.activity,
        "status_year": status.year,
        "certificates": "; ".join(map(str, read_certificates(record.get("certifications"))[0])),
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_verified": ("yes" if place.verified else "no") if place else "",
        "level": read_levels(record.get(FIELD)),
        "file": record.ref.file,
        "sheet": record.ref.sheet,
        "row": record.ref.row,
    }


def _region(text: str, place: places.Place | None) -> str:
    """The present name of the region; the place decides when none or several were given; else the text as it is."""
    named = places.region_of(text)
    if place and (not text or place.region in named):
        return place.region
    return named[0] if len(named) == 1 else text
