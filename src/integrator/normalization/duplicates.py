"""Rows that may be one company: proposed with their evidence, never merged.

Group, entity and site are apart: two sites of one group in different towns are two suppliers. What the table
of pairs to keep apart names, or a person called different, is not proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from integrator import data, places, tables
from integrator.normalization.identities import Names, aliases
from integrator.records import IdentityDecision, Record
from integrator.text.companies import fold_company, name_parts, skeleton, word_kind
from integrator.text.fold import fold
from integrator.text.registration import read_ice

if TYPE_CHECKING:
    import pandas as pd

SURE = 0.9
"""Score from which two names are proposed as one: all weighty words of both agree to a letter or two. Chosen as the
likeness from which two words count as one word; not fitted to any list of pairs."""
NEAR_KM = {"town": 25.0, "zone": 5.0}
"""Two places no farther apart may be one address told twice: Tanger and its suburb Gzenaya, Midparc and the Aéropole
around it. Assumptions; positions are rounded to about a kilometre, those of zones are coarser."""
_CROWD = 200
"""A word that more rows share than this brings nobody together by itself."""


def duplicates_table(records: Sequence[Record], decisions: Iterable[IdentityDecision] = ()) -> pd.DataFrame:
    """Pairs of supplier rows that may be one company (`tables.DUPLICATES`), by id."""
    decided = {frozenset((one.supplier_id, one.other_id)) for one in decisions}
    names = Names(record.get("name") for record in records)
    rows = []
    for one, other in _pairs(records):
        if frozenset((one.get("supplier_id"), other.get("supplier_id"))) in decided or _apart(one, other):
            continue
        score, evidence = _likeness(one, other, names)
        if score >= SURE:
            first, second = sorted((one, other), key=lambda record: record.get("supplier_id"))
            rows.append(_row(first, second, score, evidence))
    return tables.frame(tables.DUPLICATES, rows)


def _pairs(records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    """Pairs that share a weighty word, its consonants or its first letters; each pair once."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        for key in _keys(record.get("name")) | {f"#{_enterprise(record)}"} - {"#"}:
            blocks[key].append(index)
    met = {
        (one, other)
        for indices in blocks.values()
        if len(indices) <= _CROWD
        for place, one in enumerate(indices)
        for other in indices[place + 1 :]
    }
    for one, other in sorted(met):
        yield records[one], records[other]


def _keys(name: str) -> set[str]:
    words = {word for part in name_parts(name) for word in part.split() if not word_kind(word) and len(word) > 1}
    known = aliases().get(fold_company(name))
    return words | {f"~{skeleton(word)}" for word in words} | {f"={fold_company(known[0] if known else name)}"}


def _apart(one: Record, other: Record) -> bool:
    """Whether two rows surely are two sites: listed as such, in two zones, or in two towns far apart."""
    if frozenset((fold(one.get("name")), fold(other.get("name")))) in _never():
        return True
    here, there = (places.locate(record.get("zone"), record.get("city")) for record in (one, other))
    if here is None or there is None or here.id == there.id:
        return False
    near = NEAR_KM["town" if "city" in (here.kind, there.kind) else "zone"]
    return places.distance_km(here.latitude, here.longitude, there.latitude, there.longitude) > near


@lru_cache(maxsize=1)
def _never() -> frozenset[frozenset[str]]:
    rows = data.rows("identity/never_merge.csv")
    return frozenset(frozenset((fold(row["name_1"]), fold(row["name_2"]))) for row in rows)


def _likeness(one: Record, other: Record, names: Names) -> tuple[float, str]:
    a, b = one.get("name"), other.get("name")
    if _enterprise(one) and _enterprise(one) == _enterprise(other):
        return 1.0, "ice"
    if fold_company(a) == fold_company(b):
        return 1.0, "same_name"
    for name, target in ((a, b), (b, a)):
        known = aliases().get(fold_company(name))
        if known and fold_company(known[0]) == fold_company(target):
            return 1.0, f"alias {known[1]}"
    scores = (min(names.overlap(p, q), names.overlap(q, p)) for p in name_parts(a)[:1] for q in name_parts(b)[:1])
    return round(max(scores, default=0.0), 4), "words"


def _enterprise(record: Record) -> str:
    return read_ice(record.get("ice")).enterprise if record.get("ice") else ""


def _row(one: Record, other: Record, score: float, evidence: str) -> dict[str, object]:
    return {
        "supplier_id": one.get("supplier_id"),
        "other_id": other.get("supplier_id"),
        "name": one.get("name"),
        "other_name": other.get("name"),
        "score": score,
        "evidence": evidence,
        "city_agrees": _agrees(one, other, "city"),
        "group_agrees": _agrees(one, other, "group"),
        "cell": str(one.cells["name"]),
        "other_cell": str(other.cells["name"]),
    }


def _agrees(one: Record, other: Record, field: str) -> str:
    """`yes`, `no`, or "" while one of the two does not say."""
    a, b = fold(one.get(field)), fold(other.get(field))
    return "" if not a or not b else "yes" if a == b else "no"
