"""Needs with some of their fields blanked, to see what each of them carries."""

from __future__ import annotations

from collections.abc import Mapping

from integrator.errors import UsageError
from integrator.records import Record

KEPT: Mapping[str, tuple[str, ...]] = {
    "full": ("component", "processes", "materials"),
    "fr": ("component",),
    "en": ("component_en",),
}


def masked(record: Record, query: str) -> Record:
    """The need as if only some fields had been given.

    `all` leaves it as it is, `en` takes the English name for the name. Raises `UsageError` for another query.
    """
    if query == "all":
        return record
    if query not in KEPT:
        raise UsageError(f"--query {query}: choose among all, {', '.join(KEPT)}.")
    kept = ("need_id", *KEPT[query])
    values = {field: text for field, text in record.values.items() if field in kept}
    if query == "en":
        values["component"] = values.pop("component_en", "")
    values = {field: text for field, text in values.items() if text}
    cells = {field: record.cells.get(field, record.ref) for field in values}
    return Record(record.kind, record.ref, values, cells)
