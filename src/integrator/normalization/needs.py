"""Need records -> the needs table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from integrator import data, places, tables
from integrator.normalization.codes import dotted_codes
from integrator.normalization.levels import FIELD, read_levels
from integrator.normalization.values import unit_of, value_fields
from integrator.normalization.volumes import read_volume
from integrator.records import Record
from integrator.text.fold import fold, tokens

if TYPE_CHECKING:
    import pandas as pd


def needs_table(records: Sequence[Record]) -> pd.DataFrame:
    """One row a need (`tables.NEEDS`): the fields as received, and what they were read as.

    `volume` is blank where a range was said; `volume_low` and `volume_high` hold its ends.
    """
    return tables.frame(tables.NEEDS, [_row(record) for record in records])


def _row(record: Record) -> dict[str, object]:
    row: dict[str, object] = {field: record.get(field) for field in tables.NEED_FIELDS}
    unit = unit_of(record, value_fields("need")["annual_volume"])
    volume = read_volume(record.get("annual_volume"), unit, record.decimals.get("annual_volume", ""))
    place = places.locate(*record.get("plant").split(";"))
    return row | {
        "hs_code": "; ".join(dotted_codes(record.get("hs_code"))),
        "aggregate": "yes" if _is_aggregate(record) else "no",
        "named_buyer": "yes" if _names_buyer(record.get("buyer")) else "no",
        "import_country": "; ".join(places.countries(record.get("imported_from"))),
        "volume": volume.number,
        "volume_low": volume.low,
        "volume_high": volume.high,
        "volume_unit": volume.unit,
        "volume_period": volume.period,
        "volume_basis": volume.basis,
        "volume_year": volume.year,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "place_verified": ("yes" if place.verified else "no") if place else "",
        "level": read_levels(record.get(FIELD)),
        "file": record.ref.file,
        "sheet": record.ref.sheet,
        "row": record.ref.row,
    }


@lru_cache(maxsize=1)
def _no_buyer() -> dict[str, str]:
    return {fold(row["word"]): row["role"] for row in data.rows("reading/no_buyer.csv")}


def _names_buyer(text: str) -> bool:
    roles = [_no_buyer().get(word, "name") for word in tokens(text)]
    return bool(roles) and ("name" in roles or "none" not in roles)


def _is_aggregate(record: Record) -> bool:
    return any(
        re.search(rf"\b{re.escape(row['word'])}\b", fold(record.get(row["field"])))
        for row in data.rows("reading/aggregates.csv")
    )
