"""Each receiver gets the sheets that concern it, and no other."""

from __future__ import annotations

import pandas as pd
import pytest

from integrator.circulation import only, packs
from integrator.errors import UsageError

TABLES = {
    "suppliers": pd.DataFrame(
        {"supplier_id": ["S1", "S2"], "name": ["Un (démo)", "../../deux"], "region": ["Nord", ""]}
    ),
    "needs": pd.DataFrame(
        {"need_id": ["X1", "X2", "X3"], "buyer": ["A/../b", "sector", "A/../b"], "named_buyer": ["yes", "no", "yes"]}
    ),
    "opportunities": pd.DataFrame(
        {"need_id": ["X1", "X2", "X3"], "actor_1": ["S1", "S2", ""], "actor_2": ["S2", "", ""], "actor_3": ["", "", ""]}
    ),
    "matches": pd.DataFrame({"need_id": ["X1", "X1", "X2"], "supplier_id": ["S1", "S2", "S2"]}),
    "facts": pd.DataFrame({"entity": ["need", "need", "supplier"], "entity_id": ["X1", "X2", "S1"]}),
}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("actor", {"Un (démo)": ("X1",), "../../deux": ("X1", "X2")}),
        ("buyer", {"A/../b": ("X1", "X3")}),
        ("region", {"Nord": ("X1",)}),
    ],
)
def test_who_gets_what(by, expected):
    found = packs(TABLES, by)
    assert {pack.name: pack.needs for pack in found} == expected
    assert all("/" not in pack.file and "." not in pack.file for pack in found)


def test_nothing_of_other_needs_is_left():
    pack = next(pack for pack in packs(TABLES, "actor") if pack.name == "Un (démo)")
    cut = only(TABLES, pack)
    assert list(cut["needs"]["need_id"]) == ["X1"]
    assert list(cut["opportunities"]["need_id"]) == ["X1"]
    assert list(cut["facts"]["entity_id"]) == ["X1", "S1"]


def test_another_way_is_refused():
    with pytest.raises(UsageError, match="actor, buyer, region"):
        packs(TABLES, "colour")


def test_rates_of_a_vehicle_shared_with_needs_of_others_are_left_out():
    """They and what they miss would name lines, prices and sums of the other needs."""
    shared = {
        "bill_lines": pd.DataFrame(
            {
                "vehicle": ["van", "van", "car", "car"],
                "line": ["a", "b", "c", "d"],
                "need_id": ["X1", "X2", "X1; X3", ""],
            }
        ),
        "rates": pd.DataFrame(
            {"of": ["van", "car", "X1"], "need_id": ["X1", "X1", "X1"], "missing": ["price of b", "price of d", ""]}
        ),
    }
    (pack,) = (pack for pack in packs(TABLES, "buyer") if pack.needs == ("X1", "X3"))
    cut = only({**TABLES, **shared}, pack)
    assert list(cut["rates"]["of"]) == ["car", "X1"]
    assert list(cut["bill_lines"]["line"]) == ["a", "c"], "its own lines stay"
