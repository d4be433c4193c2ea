"""Demand pooled over made-up needs: what is added, what stays visible, against a sum by hand."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data
from integrator.valuation.figures import Range, exact
from integrator.valuation.local_cost import needed_share
from integrator.valuation.pooling import Demand, Pool, pools


def cases() -> list[dict[str, str]]:
    with (Path(__file__).parent / "pooling_cases.csv").open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, "pooling_cases.csv"))


def demand(case: dict[str, str]) -> Demand:
    volume = exact(float(case["volume"])) if case["volume"] else None
    return Demand(case["need_id"], case["buyer"], case["concept"], case["family"], volume, case["unit"])


DEMANDS = [demand(case) for case in cases()]


def pool_of(need_id: str, unit: str, found: Iterable[Pool]) -> Pool:
    """The pool of a need in a unit; where its cluster has none in that unit, its first."""
    own = [pool for pool in found if any(one.need_id == need_id for one in pool.members)]
    return next((pool for pool in own if pool.unit == unit), own[0])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["need_id"])
def test_the_pool_of_each_need(case: dict[str, str]) -> None:
    pool = pool_of(case["need_id"], case["unit"], pools(DEMANDS))
    if not case["pool"]:
        assert pool.volume is None
        assert pool.unit == ""
        return
    low = float(case["pool"].rstrip("."))
    assert pool.volume == (Range(low, math.inf) if case["pool"].endswith("..") else exact(low))


def test_unknown_demands_and_other_units_are_listed() -> None:
    harness = pool_of("N4", "part", pools(DEMANDS))
    assert [one.need_id for one in harness.unknown] == ["N4"]
    assert harness.stated == exact(500)
    assert harness.buyers == ("Buyer A", "Buyer C")
    glue = [pool for pool in pools(DEMANDS) if pool.key == "C-GLUE"]
    assert [(pool.unit, [one.need_id for one in pool.other_units]) for pool in glue] == [
        ("part", ["N7"]),
        ("t", ["N8"]),
    ]


def test_by_family_the_cluster_is_wider() -> None:
    seats = pool_of("N1", "part", pools(DEMANDS, by="family"))
    assert seats.key == "C-SEATS"
    assert seats.volume == exact(3007)
    assert [one.need_id for one in seats.members] == ["N1", "N12", "N2"]


def test_break_even_against_the_pool() -> None:
    seats, harness = (pool_of(need, "part", pools(DEMANDS)) for need in ("N1", "N3"))
    assert seats.volume is not None
    assert harness.volume is not None
    assert needed_share(exact(6000), seats.volume) == exact(2)
    assert needed_share(exact(6000), harness.volume) == Range(0, 12)


def test_what_cannot_be_added_is_refused() -> None:
    with pytest.raises(ValueError, match="N1 stands twice"):
        pools([DEMANDS[0], DEMANDS[0]])
    for volume, unit in ((Range(-1, 2), "part"), (exact(1), "")):
        with pytest.raises(ValueError, match="X"):
            pools([Demand("X", "", "C", "", volume, unit)])


numbers = st.integers(0, 1000)
volumes = st.none() | st.builds(lambda a, b: Range(min(a, b), max(a, b), min(a, b)), numbers, numbers)
rows = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from(["", "x", "y"]), st.sampled_from(["", "f"]), volumes,
              st.sampled_from(["part", "t"])),
    max_size=8,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(rows, st.sampled_from(["concept", "family"]), st.randoms())
def test_against_a_sum_by_hand(drawn: list, by: str, order: random.Random) -> None:
    demands = [Demand(f"N{i}", *values) for i, values in enumerate(drawn)]
    found = pools(demands, by=by)
    shuffled = list(demands)
    order.shuffle(shuffled)
    assert pools(shuffled, by=by) == found
    assert {one.need_id for pool in found for one in pool.members} == {one.need_id for one in demands}
    for pool in found:
        members = [one for one in demands if ((one.family if by == "family" else "") or one.concept) == pool.key]
        members = members or [one for one in demands if f"need:{one.need_id}" == pool.key]
        assert {one.need_id for one in members} == {one.need_id for one in pool.members}
        known = [one.volume for one in members if one.volume and one.unit == pool.unit]
        if not known:
            assert pool.volume is None
            assert not any(one.volume for one in members)
            continue
        assert pool.volume is not None
        assert pool.volume.low == sum(one.low for one in known)
        is_open = len(known) < len(members)
        assert pool.volume.high == (math.inf if is_open else sum(one.high for one in known))
        assert (pool.volume.point is None) == is_open
