"""The agenda is the best one, and keeps every rule."""

from __future__ import annotations

from collections import Counter

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.errors import UsageError
from integrator.meetings import Meeting, Rules, plan, weights, write_agenda

# a made-up instance whose optimum is known: three buyers, five suppliers, four slots
WEIGHTS = {
    ("B1", "s1"): 92, ("B1", "s2"): 75, ("B1", "s3"): 60, ("B1", "s4"): 40,
    ("B2", "s1"): 88, ("B2", "s3"): 83, ("B2", "s5"): 71, ("B2", "s2"): 35, ("B2", "s4"): 66,
    ("B3", "s1"): 79, ("B3", "s2"): 81, ("B3", "s4"): 77, ("B3", "s5"): 30,
}  # fmt: skip
RULES = Rules(4, per_supplier=3, unavailable={("s1", 0), ("s3", 3), ("s4", 1), ("B2", 3)})


def test_the_reference_optimum():
    meetings = plan(WEIGHTS, RULES)
    assert sum(meeting.weight for meeting in meetings) == 776
    assert len(meetings) == 11


PAIRS = st.dictionaries(
    st.tuples(st.sampled_from(["B1", "B2", "B3"]), st.sampled_from(["s1", "s2", "s3", "s4"])),
    st.integers(1, 99).map(float),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(PAIRS, st.integers(1, 4), st.integers(1, 3), st.integers(1, 3))
def test_every_rule_is_kept(pairs, slots, tables, per_supplier):
    meetings = plan(pairs, Rules(slots, tables, per_supplier))
    assert all(count == 1 for count in Counter((m.buyer, m.supplier) for m in meetings).values())
    assert all(count == 1 for count in Counter((m.buyer, m.slot) for m in meetings).values())
    assert all(count == 1 for count in Counter((m.supplier, m.slot) for m in meetings).values())
    assert all(count <= tables for count in Counter(m.slot for m in meetings).values())
    assert all(count <= per_supplier for count in Counter(m.supplier for m in meetings).values())
    assert all(0 <= m.slot < slots and m.weight == pairs[m.buyer, m.supplier] for m in meetings)
    assert bool(meetings) == bool(pairs)


def test_no_slot_is_refused():
    with pytest.raises(UsageError, match="at least one slot"):
        plan(WEIGHTS, Rules(0))


def test_only_named_buyers_and_able_actors_are_invited():
    needs = pd.DataFrame({"need_id": ["X1", "X2"], "buyer": ["A", "sector"], "named_buyer": ["yes", "no"]})
    matches = pd.DataFrame(
        {
            "need_id": ["X1", "X1", "X2", "X1"],
            "supplier_id": ["S1", "S2", "S1", ""],
            "grade": pd.array([3, 1, 4, None], dtype="Int64"),
            "score": [50.0, 40.0, 90.0, None],
        }
    )
    assert weights(needs, matches) == {("A", "S1"): 50.0}


def test_the_workbook_lists_every_meeting_twice(tmp_path):
    meetings = [Meeting(0, "A", "S1", 50.0), Meeting(1, "A", "S2", 40.0)]
    write_agenda(tmp_path / "agenda.xlsx", meetings, {"S1": "=Atelier (démo)"}, "fr", "")
    book = openpyxl.load_workbook(tmp_path / "agenda.xlsx")
    assert book.sheetnames == ["Par donneur d'ordre".replace("'", "-"), "Par fournisseur"]
    buyer, supplier = book.worksheets
    assert [cell.value for cell in buyer[2]] == ["A", 1, "=Atelier (démo)", 50]
    assert buyer["C2"].data_type == "s"
    assert supplier.max_row == buyer.max_row
