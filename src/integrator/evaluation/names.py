"""Other names for the needs, to see what a ranking owes to the wording: another language, abbreviations, slips."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from integrator.errors import UsageError
from integrator.records import Record
from integrator.workbooks import cell_text, read_book


def read_names(path: Path) -> dict[str, str]:
    """Need id -> name, from a table with the columns `need_id` and `component`.

    Raises `UsageError` when a column is missing, `InputRefused` when the file cannot be read.
    """
    rows = [[cell_text(value).strip() for value in row] for row in read_book(path, path.name).sheets[0].rows]
    table = [row for row in rows if row and not row[0].startswith("#")]
    if not table or not {"need_id", "component"} <= set(table[0]):
        raise UsageError(f"{path.name}: the columns need_id and component are expected.")
    key, name = table[0].index("need_id"), table[0].index("component")
    return {row[key]: row[name] for row in table[1:] if len(row) > max(key, name)}


def renamed(record: Record, names: Mapping[str, str]) -> Record:
    """The need with its id and its other name and nothing else. Raises `UsageError` when it has none."""
    name = names.get(record.get("need_id"), "")
    if not name:
        raise UsageError(f"the need {record.get('need_id')} has no name in the file of names.")
    values = {"need_id": record.get("need_id"), "component": name}
    return Record(record.kind, record.ref, values, {field: record.cells.get(field, record.ref) for field in values})
