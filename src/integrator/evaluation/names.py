"""Other names for the needs, to see what a ranking owes to the wording: another language, abbreviations, slips."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from integrator.errors import UsageError
from integrator.records import Record
from integrator.workbooks import read_book
from integrator.workbooks.lists import Headings, read_list

_COLUMNS = ("need_id", "component")


def read_names(path: Path) -> dict[str, str]:
    """Need id -> name, from the columns `need_id` and `component` of the first sheet of a table; others are not read.

    Raises `UsageError` when a column is missing or stands twice, `InputRefused` when the file cannot be read.
    """
    book = read_book(path, path.name)
    listing = read_list(
        book, Headings({name: name for name in _COLUMNS}, [[name] for name in _COLUMNS]), book.sheets[:1]
    )
    if not listing.is_headed:
        raise UsageError(f"{path.name}: the columns need_id and component are expected.")
    if listing.repeated:
        raise UsageError(f"{path.name}: {'; '.join(one.message for one in listing.repeated.values())}.")
    return {line.get("need_id"): line.get("component") for line in listing.lines if line.get("need_id")}


def renamed(record: Record, names: Mapping[str, str]) -> Record:
    """The need with its id and its other name and nothing else. Raises `UsageError` when it has none."""
    name = names.get(record.get("need_id"), "")
    if not name:
        raise UsageError(f"the need {record.get('need_id')} has no name in the file of names.")
    values = {"need_id": record.get("need_id"), "component": name}
    return Record(record.kind, record.ref, values, {field: record.cells.get(field, record.ref) for field in values})
