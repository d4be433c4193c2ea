"""Which needs of a made-up job are pooled, by the lexicon."""

from __future__ import annotations

import math

import pytest
from made_up_job import LEXICON, job

from integrator.taxonomy.space import SIBLING, information_of
from integrator.valuation.assessing.context import cases
from integrator.valuation.assessing.pooled import Families, pools_of, pools_table
from integrator.valuation.pooling import Pool

FAMILIES = Families(LEXICON)
INFORMATION = information_of(LEXICON, sorted(LEXICON.concepts))


def pooled(*needs: tuple[str, str, str, str]) -> tuple[dict[str, Pool], list[dict[str, object]]]:
    """Pools and rows of needs given by component, buyer, volume and unit; ids X1, X2, ..."""
    rows = [
        {"need_id": f"X{i}", "component": part, "buyer": buyer, "annual_volume": volume, "unit": unit}
        for i, (part, buyer, volume, unit) in enumerate(needs, start=1)
    ]
    context = job(rows, [], {})
    found = pools_of(cases(context), LEXICON)
    listed = pools_table(found, context).to_dict("records")
    return found, [{str(name): one for name, one in row.items()} for row in listed]


def members(pool: Pool) -> set[str]:
    return {one.need_id for one in pool.members}


def test_a_part_and_its_sibling_of_a_narrow_family_are_pooled_over_buyers():
    found, rows = pooled(
        ("ressort hélicoïdal", "Acheteur A", "1000", "pièces/an"),
        ("ressorts", "Acheteur B", "500-700", "pièces/an"),
        ("ressort hélicoïdal", "Acheteur B", "", ""),
    )
    pool = found["X1"]
    assert members(pool) == {"X1", "X2", "X3"}
    assert pool.stated is not None
    assert (pool.stated.low, pool.stated.high) == (1500, 1700)
    assert pool.volume is not None
    assert pool.volume.high == math.inf
    assert {(row["member_id"], row["role"]) for row in rows if row["need_id"] == "X3"} == {
        ("X1", "counted"), ("X2", "counted"), ("X3", "unknown"),
    }  # fmt: skip
    assert {(row["pool"], row["unit"]) for row in rows} == {("ressort", "part/year")}


def test_each_need_is_read_in_its_own_unit():
    found, rows = pooled(
        ("ressort hélicoïdal", "", "1000", "pièces/an"),
        ("ressort hélicoïdal", "", "30", "t/an"),
        ("ressort hélicoïdal", "", "20", "t/an"),
    )
    assert (found["X1"].unit, found["X2"].unit, found["X3"].unit) == ("part", "t", "t")
    assert {(row["member_id"], row["role"]) for row in rows if row["need_id"] == "X1"} == {
        ("X1", "counted"), ("X2", "other_unit"), ("X3", "other_unit"),
    }  # fmt: skip


def test_parts_that_are_only_parts_of_one_large_family_are_not_pooled():
    found, rows = pooled(("plaquette de frein", "", "1", "pièces/an"), ("flexible de frein", "", "1", "pièces/an"))
    assert (members(found["X1"]), members(found["X2"])) == ({"X1"}, {"X2"})
    assert rows == []


@pytest.mark.parametrize(
    "part", ["carrosserie et extérieur", "matière première", "zzyzx", "pièces (agrégat d'imports)"]
)
def test_what_names_no_part_is_pooled_with_nothing(part):
    found, _ = pooled((part, "", "1", "pièces/an"), (part, "", "2", "pièces/an"))
    assert (members(found["X1"]), members(found["X2"])) == ({"X1"}, {"X2"})


def test_families_are_narrow_and_hold_their_members():
    """The rule again, concept by concept, from what each family is of."""
    below: dict[str, int] = {}
    for concept in LEXICON.concepts:
        for family in LEXICON.ancestors(concept):
            below[family] = below.get(family, 0) + 1
    size = dict.fromkeys({one.kind for one in LEXICON.concepts.values()}, 0)
    for one in LEXICON.concepts.values():
        size[one.kind] += 1
    pooled_in_families = 0
    for concept, entry in LEXICON.concepts.items():
        family = FAMILIES.family(concept)
        if not family:
            continue
        pooled_in_families += 1
        assert family in (concept, entry.broader)
        assert INFORMATION[family] >= SIBLING
        content = 1 - math.log(below[family] + 1) / math.log(size[LEXICON.concepts[family].kind])
        assert INFORMATION[family] == pytest.approx(content)
        assert below[family] >= 1
    assert pooled_in_families > 100


def test_no_needs_no_pools():
    assert pooled() == ({}, [])
