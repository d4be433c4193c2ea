"""Rows that a person declared one company, or that share a merged cell -> one record; every value stays a fact.

Nothing else is joined. Lists add up (`data/reading/list_fields.csv`); where other fields disagree, the value in use is
chosen by the rule of `data/reading/choice.csv`, like any other contradiction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from integrator.errors import Problem
from integrator.normalization.choosing import Stated, choose, list_fields
from integrator.normalization.facts import stated
from integrator.normalization.levels import FIELD, together
from integrator.normalization.values import read_record_field, value_fields
from integrator.records import IdentityDecision, Quantity, Record
from integrator.text.fold import fold


def joined(
    records: Sequence[Record], decisions: Iterable[IdentityDecision]
) -> tuple[tuple[Record, ...], tuple[Record, ...], tuple[Problem, ...]]:
    """The supplier records, each id once; the rows behind them for the facts; and a note on each join.

    Joined are rows by the decisions "same", and those that go on with another under a merged cell. The first id in
    alphabetical order stands for all. A decision on an id that is not in the job waits.
    """
    roots = standing_ids({record.get("supplier_id") for record in records}, decisions)
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(roots.get(record.get("supplier_id"), record.get("supplier_id")), []).append(record)
    kept, rows, notes = [], [], []
    for root, group in sorted(groups.items()):
        same = [_renamed(record, root) for record in sorted(group, key=lambda r: (r.get("supplier_id"), r.ref))]
        rows += same
        kept.append(_one(same) if len(same) > 1 else same[0])
        notes += [_merged(record, root) for record in group if record.continues]
        notes += [_note(record, root) for record in group if not record.continues and record.get("supplier_id") != root]
    return tuple(kept), tuple(rows), tuple(notes)


def standing_ids(present: Collection[str], decisions: Iterable[IdentityDecision]) -> dict[str, str]:
    """Id -> the id that stands for it; the latest decision on a pair holds."""
    latest = {frozenset((d.supplier_id, d.other_id)): d.verdict for d in decisions}
    roots = {identifier: identifier for identifier in present}
    for pair in sorted(sorted(pair) for pair, verdict in latest.items() if verdict == "same" and pair <= set(present)):
        first, second = sorted((roots[pair[0]], roots[pair[-1]]))
        roots = {identifier: first if root == second else root for identifier, root in roots.items()}
    return roots


def _renamed(record: Record, root: str) -> Record:
    if record.get("supplier_id") == root:
        return record
    return replace(record, values={**record.values, "supplier_id": root})


def _one(records: Sequence[Record]) -> Record:
    first = records[0]
    fields = dict.fromkeys(field for record in records for field in record.values)
    holders = {field: _holder(field, [record for record in records if record.get(field)]) for field in fields}
    lists = {field: _together(field, records) for field in fields if (first.kind, field) in list_fields()}
    level = {FIELD: together(records)} if FIELD in fields else {}
    return Record(
        first.kind,
        first.ref,
        {field: holder.values[field] for field, holder in holders.items()} | lists | level,
        {field: holder.cells[field] for field, holder in holders.items()},
        {name: text for record in reversed(records) for name, text in record.extras.items()},
        {field: holder.units[field] for field, holder in holders.items() if field in holder.units},
        {field: holder.decimals[field] for field, holder in holders.items() if field in holder.decimals},
    )


def _holder(field: str, records: Sequence[Record]) -> Record:
    """The row whose value of a field is in use; the standing row for what names it."""
    if len(records) == 1 or field in ("supplier_id", "name"):
        return records[0]
    values = [_stated(record, field) for record in records]
    used = [record for record, (in_use, _) in zip(records, choose(values), strict=True) if in_use]
    return used[0] if used else records[0]


def _together(field: str, records: Sequence[Record]) -> str:
    """The texts of a list field, each once, in the order of the rows."""
    texts: dict[str, str] = {}
    for record in records:
        if record.get(field):
            texts.setdefault(fold(record.get(field)), record.get(field))
    return "; ".join(texts.values())


def _stated(record: Record, field: str) -> Stated:
    known = read_record_field(record, field).quantities if field in value_fields(record.kind) else ()
    return stated(record, field, known[0] if known else Quantity(None, None), 1)


def _merged(record: Record, root: str) -> Problem:
    return Problem(
        record.ref.file, record.ref.sheet, record.ref.row, "", "merged_row", "note",
        f"goes on with {root} of row {record.continues}: a merged cell spans both", "",
    )  # fmt: skip


def _note(record: Record, root: str) -> Problem:
    return Problem(
        record.ref.file, record.ref.sheet, record.ref.row, "supplier_id", "same_company", "note",
        f"joined with {root}: a person decided that they are one company", "", record.get("supplier_id"),
    )  # fmt: skip
