"""A pack is a file of its own, inside its folder, whatever the ids and names. All receivers are made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.circulation import packs
from integrator.data import read

with Path(__file__).with_name("pack_names.csv").open(encoding="utf-8", newline="") as stream:
    NAMES = list(read(stream, "pack_names.csv"))


def tables_of(actors, regions=None, buyers=None):
    needs = [f"X{i}" for i in range(len(actors))]
    blank = [""] * len(actors)
    return {
        "suppliers": pd.DataFrame({"supplier_id": actors, "name": actors, "region": regions or blank}),
        "needs": pd.DataFrame({"need_id": needs, "buyer": buyers or blank, "named_buyer": ["yes"] * len(actors)}),
        "opportunities": pd.DataFrame({"need_id": needs, "actor_1": actors, "actor_2": blank, "actor_3": blank}),
    }


@pytest.mark.parametrize("case", NAMES, ids=[case["name"] for case in NAMES])
def test_an_id_names_the_file_only_where_it_can(case):
    (pack,) = packs(tables_of([case["id"]]), "actor")
    assert (pack.file == case["id"]) == (case["own"] == "yes")
    assert pack.file.isascii()
    assert pack.file.replace("-", "").replace("_", "").isalnum()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("aAbB1-_./\\é", min_size=1, max_size=4), min_size=1, max_size=8, unique=True))
def test_no_two_actors_share_a_file_on_any_system(actors):
    found = packs(tables_of(actors), "actor")
    assert len({pack.file.casefold() for pack in found}) == len(actors)
    assert sorted(need for pack in found for need in pack.needs) == sorted(f"X{i}" for i in range(len(actors)))


@pytest.mark.parametrize(("by", "column"), [("buyer", "buyers"), ("region", "regions")])
def test_one_receiver_written_in_two_ways_gets_one_pack_with_all_its_sheets(by, column):
    spelled = ["Tanger-Tétouan", "TANGER TETOUAN", "Oriental"]
    found = packs(tables_of(["S1", "S2", "S3"], **{column: spelled}), by)
    assert [(pack.name, pack.needs) for pack in found] == [("Oriental", ("X2",)), ("Tanger-Tétouan", ("X0", "X1"))]


def test_names_of_signs_alone_stay_apart():
    found = packs(tables_of(["S1", "S2"], buyers=["***", "---"]), "buyer")
    assert {pack.name: pack.needs for pack in found} == {"***": ("X0",), "---": ("X1",)}
