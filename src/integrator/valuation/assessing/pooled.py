"""The demand that needs of the same part, or of one narrow family of parts, have together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from integrator import tables
from integrator.taxonomy.space import SIBLING, information_of
from integrator.valuation.assessing.asking import PERIOD, asked
from integrator.valuation.assessing.context import Case, Context
from integrator.valuation.pooling import Demand, Pool, pools
from integrator.valuation.rows import Row, ends

if TYPE_CHECKING:
    import pandas as pd

    from integrator.taxonomy import Taxonomy


class Families:
    """Which parts are near enough for one line to make them, by the lexicon.

    A family is narrow when its members are as near to each other as what the lexicon calls siblings: its information
    content is `SIBLING` or more. The family of a part is the part itself when it has members and is narrow, else its
    nearest wider family when that is narrow, else none. What stands at the top of the lexicon and has members (the
    body, raw material) is no part: a need that says no more is pooled with nothing.
    """

    def __init__(self, lexicon: Taxonomy) -> None:
        self._lexicon = lexicon
        self._information = information_of(lexicon, sorted(lexicon.concepts))
        self._with_members = {one.broader for one in lexicon.concepts.values() if one.broader}

    def part(self, concept: str) -> str:
        """The concept when it names a part, else ""."""
        found = self._lexicon.concepts.get(concept)
        return "" if found is None or (not found.broader and concept in self._with_members) else concept

    def family(self, concept: str) -> str:
        """The narrow family of a part; "" when it has none."""
        if not self.part(concept):
            return ""
        nearest = concept if concept in self._with_members else self._lexicon.concepts[concept].broader
        return nearest if self._information.get(nearest, 0.0) >= SIBLING else ""


def pools_of(cases: Iterable[Case], lexicon: Taxonomy) -> dict[str, Pool]:
    """Need id -> the pool of its family (else of its part) in its unit; without a known demand the first by unit."""
    families = Families(lexicon)
    demands = {case.need_id: _demand(case, families) for case in cases}
    found: dict[str, Pool] = {}
    for pool in pools(demands.values(), by="family"):
        for one in pool.members:
            if one.need_id not in found or (one.volume and one.unit == pool.unit):
                found[one.need_id] = pool
    return {need_id: found[need_id] for need_id in demands}


def _demand(case: Case, families: Families) -> Demand:
    """What a need asks; a statistic over many parts, which may hold other needs of the job, belongs to no pool."""
    volume, unit = asked(case)
    buyer = str(case.need["buyer"]) if case.need["named_buyer"] == "yes" else ""
    part = "" if case.need["aggregate"] == "yes" else families.part(case.component)
    return Demand(case.need_id, buyer, part, families.family(part), volume, unit)


def pools_table(found: Mapping[str, Pool], context: Context) -> pd.DataFrame:
    """`tables.POOLS`: the members of each pool of two needs or more, once for each of its needs.

    The members of a pool are put down once, however many needs it has: they are many where its needs are.
    """
    import pandas as pd

    members: dict[int, list[Row]] = {}
    starts: dict[int, int] = {}
    rows: list[Row] = []
    for pool in found.values():
        if id(pool) not in members:
            members[id(pool)] = _members(pool, context) if len(pool.members) > 1 else []
            starts[id(pool)] = len(rows)
            rows += members[id(pool)]
    if not rows:
        return tables.empty(tables.POOLS)
    needs = list(found)
    counts = np.array([len(members[id(found[need_id])]) for need_id in needs], dtype=np.int64)
    first = np.array([starts[id(found[need_id])] for need_id in needs], dtype=np.int64)
    need = np.repeat(np.arange(len(needs)), counts)
    member = first[need] + np.arange(len(need)) - (np.cumsum(counts) - counts)[need]
    said = pd.DataFrame(rows).take(member).reset_index(drop=True)
    return tables.check(tables.POOLS, said.assign(need_id=tables.spread(needs, need)))


def _members(pool: Pool, context: Context) -> list[Row]:
    """What stands of each member in every row of a pool."""
    roles = {
        **dict.fromkeys((one.need_id for one in pool.counted), "counted"),
        **dict.fromkeys((one.need_id for one in pool.unknown), "unknown"),
    }
    lexicon = context.lexicon
    name = lexicon.label(pool.key, context.language) if pool.key in lexicon.concepts else pool.key
    return [
        {
            "pool": name, "unit": f"{pool.unit}/{PERIOD}" if pool.unit else "", "member_id": one.need_id,
            "buyer": one.buyer, "role": roles.get(one.need_id, "other_unit"), **ends(one.volume),
        }
        for one in pool.members
    ]  # fmt: skip
