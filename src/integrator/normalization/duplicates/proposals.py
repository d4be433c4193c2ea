"""Supplier rows that may be one company: proposed with their evidence, never merged.

Group, entity and site are apart: two sites of one group in different towns are two suppliers. What the table
of pairs to keep apart names, or a person called different, is not proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from integrator import data, places, tables
from integrator.errors import Problem
from integrator.normalization.duplicates.likely import Scored, equal_names, evidence, scored, weight_texts
from integrator.normalization.duplicates.settings import code, settings
from integrator.records import IdentityDecision, Record
from integrator.text.companies import split_name
from integrator.text.fold import fold

if TYPE_CHECKING:
    import pandas as pd

_FIELDS = ("name", "city", "zone", "group", "hs_codes", "ice", "supplier_id")


def duplicates_table(records: Sequence[Record], decisions: Iterable[IdentityDecision] = ()) -> pd.DataFrame:
    """Pairs of supplier rows that may be one company (`tables.DUPLICATES`), by id: the likeliest that are listed."""
    return proposed_duplicates(records, decisions)[0]


def proposed_duplicates(
    records: Sequence[Record], decisions: Iterable[IdentityDecision] = (), most: int | None = None
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """The likeliest pairs (`tables.DUPLICATES`), and a note of how many more there are.

    `most`: how many are listed, by default `listed` of `data/identity/duplicate_settings.csv`; 0 for all.
    """
    texts = _texts(records)
    found = scored(texts)
    ids = texts["supplier_id"]
    likely = np.flatnonzero((found.score >= settings()["proposed"]) | _unopposed(found, texts["name"]))
    likely = likely[~found.towns.apart(found.one[likely], found.other[likely])]
    pairs = _undecided(found, likely, texts, decisions)
    pairs = sorted(
        pairs, key=lambda pair: (-found.score[pair], *sorted((ids[found.one[pair]], ids[found.other[pair]])))
    )
    limit = int(settings()["listed"]) if most is None else most
    listed = np.array(pairs[: limit or None], dtype=np.int64)
    table = tables.frame(tables.DUPLICATES, _rows(found, listed, records, texts["name"]))
    return table, _more(len(pairs) - len(listed), len(listed))


def _texts(records: Sequence[Record]) -> dict[str, list[str]]:
    texts = {field: [record.get(field) for record in records] for field in _FIELDS}
    return texts | {"products": [f"{record.get('products')} {record.get('processes')}" for record in records]}


def _unopposed(found: Scored, names: Sequence[str]) -> np.ndarray:
    """Pairs of one name of which no field says that they are two: a question, however little else is said."""
    equal = equal_names(found, names)
    for field in ("town", "group", "enterprise"):
        equal &= found.levels[field] != code(field, "other")
    return equal


def _undecided(
    found: Scored, likely: np.ndarray, texts: Mapping[str, Sequence[str]], decisions: Iterable[IdentityDecision]
) -> list[int]:
    """Pairs that no person decided on, that no table keeps apart and whose names do not tell two sites."""
    decided = {frozenset((one.supplier_id, one.other_id)) for one in decisions}
    ids, names = texts["supplier_id"], texts["name"]
    kept = []
    for pair in likely.tolist():
        one, other = found.one[pair], found.other[pair]
        if frozenset((ids[one], ids[other])) in decided:
            continue
        if frozenset((fold(names[one]), fold(names[other]))) in _never() or _two_sites(names[one], names[other]):
            continue
        kept.append(pair)
    return kept


def _two_sites(one: str, other: str) -> bool:
    """Whether the names themselves tell two sites apart: by two places or by two numbers."""
    here, there = places.locate(one), places.locate(other)
    if here and there and here.id != there.id:
        return True
    number, another = split_name(one).numbers, split_name(other).numbers
    return bool(number and another and not number & another)


@lru_cache(maxsize=1)
def _never() -> frozenset[frozenset[str]]:
    rows = data.rows("identity/never_merge.csv")
    return frozenset(frozenset((fold(row["name_1"]), fold(row["name_2"]))) for row in rows)


def _more(count: int, listed: int) -> tuple[Problem, ...]:
    if count <= 0:
        return ()
    message = f"{count} more pairs of suppliers may be one company than the {listed} likeliest that are listed"
    action = "list them with `integrator identities list --most 0`, decide on the first ones and run again"
    return (Problem("", "", 0, "", "more_duplicates", "warning", message, action),)


def _rows(found: Scored, pairs: np.ndarray, records: Sequence[Record], names: Sequence[str]) -> list[dict[str, object]]:
    said, weights = evidence(found, names, pairs), weight_texts(found, pairs)
    rows = []
    for place, pair in enumerate(pairs.tolist()):
        both = (records[found.one[pair]], records[found.other[pair]])
        one, other = sorted(both, key=lambda record: (record.get("supplier_id"), str(record.ref)))
        rows.append(
            {
                "supplier_id": one.get("supplier_id"),
                "other_id": other.get("supplier_id"),
                "name": one.get("name"),
                "other_name": other.get("name"),
                "score": round(float(found.score[pair]), 4),
                "evidence": said[place],
                "weights": weights[place],
                "city_agrees": _agrees(one, other, "city"),
                "group_agrees": _agrees(one, other, "group"),
                "trade_agrees": _trade(found, pair),
                "cell": str(one.cells["name"]),
                "other_cell": str(other.cells["name"]),
            }
        )
    return rows


def _agrees(one: Record, other: Record, field: str) -> str:
    """`yes`, `no`, or "" while one of the two does not say."""
    a, b = fold(one.get(field)), fold(other.get(field))
    return "" if not a or not b else "yes" if a == b else "no"


def _trade(found: Scored, pair: int) -> str:
    """`yes` for the same trades, `no` for others, "" where a name says nothing or only a part of it."""
    level = found.levels["trade"][pair]
    return "yes" if level == code("trade", "same") else "no" if level == code("trade", "other") else ""
