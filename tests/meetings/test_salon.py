"""A salon from tables and lists: who may meet, what a meeting is worth, why a request got none. All data is made up."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import tables
from integrator.data import read
from integrator.errors import UsageError
from integrator.meetings import Choices, Rules, clock, hold, is_own, summary
from integrator.meetings.figures import waiting
from integrator.meetings.unplaced import REASONS
from integrator.wording import LANGUAGES, texts

with Path(__file__).with_name("own_company_cases.csv").open(encoding="utf-8", newline="") as stream:
    OWN = list(read(stream, "own_company_cases.csv"))

BUYERS = ["Alpha", "Beta", "Gamma"]
SUPPLIERS = pd.DataFrame(
    {
        "supplier_id": ["S1", "S2", "S3", "S4"],
        "name": ["Atelier Un", "Forge Deux", "Alpha Kénitra", "Moules Quatre"],
        "group": ["", "", "Alpha", ""],
        "city": ["Tanger", "", "Kénitra", "Fès"],
    }
)
NEEDS = pd.DataFrame(
    {"need_id": ["X1", "X2", "X3"], "buyer": BUYERS, "named_buyer": "yes", "component": ["pièce", "vis", "joint"]}
)


def matches(*rows):
    """(need, supplier, grade, score) -> the columns that a salon reads."""
    frame = pd.DataFrame(rows, columns=["need_id", "supplier_id", "grade", "score"])
    return frame.assign(
        grade=frame["grade"].astype("Int64"), reasons="procédé : « forge »", questions="Combien ? ; Où ?"
    )


EVERY = matches(*[(need, supplier, 3, 40.0) for need in ("X1", "X2", "X3") for supplier in ("S1", "S2", "S3")])


def requests(*rows):
    """(buyer, supplier, side, priority)."""
    columns = ["buyer", "supplier_id", "asked_by", "priority"]
    frame = pd.DataFrame(rows, columns=columns).assign(file="r.csv", sheet="", row=range(2, len(rows) + 2))
    return tables.check(tables.REQUESTS, frame)


def coming(*rows):
    """(name, side, unavailable slots, most meetings)."""
    return tables.check(tables.PARTICIPANTS, pd.DataFrame(rows, columns=tables.PARTICIPANTS.names))


def reasons(salon):
    return {(each.buyer, each.supplier): each.reason for each in salon.unplaced}


@pytest.mark.parametrize("case", OWN, ids=[f"{case['buyer']}-{case['name']}" for case in OWN])
def test_own_company(case):
    assert is_own(case["buyer"], case["name"], case["group"]) == (case["own"] == "yes")


def test_a_buyer_never_meets_its_own_site():
    salon = hold(NEEDS, SUPPLIERS, EVERY, Rules(4), requests=requests(("Alpha", "S3", "buyer", 1)))
    assert ("Alpha", "S3") not in {(m.buyer, m.supplier) for m in salon.plan.meetings}
    assert {m.supplier for m in salon.plan.meetings if m.buyer == "Beta"} == {"S1", "S2", "S3"}
    assert reasons(salon) == {("Alpha", "S3"): "own_company"}


def test_a_request_of_both_sides_counts_more_than_of_one_and_than_none():
    wishes = requests(("Alpha", "S1", "buyer", 1), ("Beta", "S1", "buyer", 1), ("Beta", "S1", "supplier", 2))
    salon = hold(NEEDS, SUPPLIERS, EVERY, Rules(1, per_supplier=1), requests=wishes, choices=Choices(fair=False))
    assert salon.weights["Gamma", "S1"] < salon.weights["Alpha", "S1"] < salon.weights["Beta", "S1"]
    assert ("Beta", "S1") in {(m.buyer, m.supplier) for m in salon.plan.meetings}
    assert reasons(salon) == {("Alpha", "S1"): "supplier_cap"}
    assert salon.requests == {1: (1, 2)}
    assert summary(salon).splitlines()[1].startswith("1 of 2 requests placed")


def test_the_invitation_says_why_and_what_to_ask():
    more = pd.concat([EVERY, matches(("X1", "S4", 2, 9.0), ("X1", "S4", 2, 5.0))])
    salon = hold(NEEDS, SUPPLIERS, more, Rules(4))
    invitation = salon.invitations["Alpha", "S4"]
    assert (invitation.needs[0], invitation.question, invitation.score) == (("X1", "pièce"), "Combien ?", 9.0)
    assert invitation.reasons == "procédé : « forge »"


def test_requests_alone_and_requests_without_a_match():
    wishes = requests(("Alpha", "S1", "buyer", 1), ("Gamma", "S4", "supplier", 2))
    alone = hold(NEEDS, SUPPLIERS, EVERY, Rules(4), requests=wishes, choices=Choices(only_requests=True))
    assert [(m.buyer, m.supplier) for m in alone.plan.meetings] == [("Alpha", "S1")]
    assert reasons(alone) == {("Gamma", "S4"): "no_match"}
    both = Choices(only_requests=True, unmatched=True)
    assert len(hold(NEEDS, SUPPLIERS, EVERY, Rules(4), requests=wishes, choices=both).plan.meetings) == 2


def test_each_reason_of_an_unplaced_request():
    weak = matches(("X1", "S4", 1, 20.0), *[("X1", s, 3, 40.0) for s in ("S1", "S2")], ("X2", "S1", 3, 50.0))
    everyone = [(b, "buyer", "", None) for b in BUYERS] + [(s, "supplier", "", None) for s in ("S1", "S2", "S4")]

    def without(name):
        return [row for row in everyone if row[0] != name]

    one, two = ("Alpha", "S1", "buyer", 1), ("Alpha", "S2", "buyer", 2)
    beta = ("Beta", "S1", "buyer", 1)

    def only(rules, people, *wishes):
        lists = coming(*people) if people else None
        choices = Choices(fair=False, only_requests=True)
        return list(reasons(hold(NEEDS, SUPPLIERS, weak, rules, lists, requests(*wishes), choices)).values())

    assert only(Rules(3), without("Alpha"), one) == ["buyer_absent"]
    assert only(Rules(3), without("S1"), one) == ["supplier_absent"]
    assert only(Rules(3), None, ("Alpha", "S4", "buyer", 1)) == ["no_match"]
    assert only(Rules(2), [("Alpha", "buyer", "1", None), ("S1", "supplier", "2", None)], one) == ["no_common_slot"]
    assert only(Rules(3, per_buyer=1), None, one, two) == ["buyer_cap"]
    assert only(Rules(3), [("Alpha", "buyer", "", 1), *everyone[3:]], one, two) == ["buyer_cap"]
    assert only(Rules(3, per_supplier=1), None, one, beta) == ["supplier_cap"]
    assert only(Rules(1), None, one, two) == ["buyer_full"]
    assert only(Rules(1), None, one, ("Beta", "S1", "buyer", 2)) == ["supplier_full"]
    assert only(Rules(1, 1), None, two, beta) == ["tables_full"]
    shared = [("Alpha", "buyer", "3", None), ("S1", "supplier", "2", None), ("S2", "supplier", "2 3", None)]
    assert only(Rules(3), [*shared, ("Beta", "buyer", "2 3", None)], ("Alpha", "S2", "buyer", 1), one) == [
        "slots_taken"
    ]


ASKED = st.tuples(
    st.sampled_from(BUYERS), st.sampled_from(["S1", "S2", "S3", "S4"]), st.sampled_from(["buyer", "supplier"]),
    st.integers(1, 3),
)  # fmt: skip
GRID = st.lists(ASKED, max_size=12, unique_by=lambda row: row[:3])
MATCHED = st.lists(
    st.tuples(st.sampled_from(["X1", "X2", "X3"]), st.sampled_from(["S1", "S2", "S3", "S4"]), st.integers(0, 4),
              st.integers(1, 90).map(float)), max_size=10, unique_by=lambda row: row[:2],
)  # fmt: skip
AWAY = st.dictionaries(st.sampled_from([*BUYERS, "S1", "S2", "S4"]), st.sets(st.integers(1, 3)), max_size=6)


@settings(max_examples=120)
@given(GRID, MATCHED, AWAY, st.none() | st.integers(1, 2), st.none() | st.integers(1, 2), st.booleans())
def test_reasons_are_true(wishes, rows, away, tables_, cap, listed):
    people = [
        (name, "supplier" if name.startswith("S") else "buyer", " ".join(map(str, sorted(slots))), None)
        for name, slots in away.items()
    ]
    rules = Rules(3, tables_, cap)
    salon = hold(NEEDS, SUPPLIERS, matches(*rows), rules, coming(*people) if listed else None, requests(*wishes))
    met = {(m.buyer, m.supplier) for m in salon.plan.meetings}
    asked = {row[:2] for row in wishes}
    assert {(each.buyer, each.supplier) for each in salon.unplaced} == asked - met
    gone = {name: {slot - 1 for slot in slots} for name, slots in away.items()} if listed else {}
    free = {name: {0, 1, 2} - gone.get(name, set()) for name in (*BUYERS, *SUPPLIERS["supplier_id"])}
    busy = {(name, m.slot) for m in salon.plan.meetings for name in (m.buyer, m.supplier)}
    good = {(NEEDS.set_index("need_id")["buyer"][need], supplier) for need, supplier, grade, _ in rows if grade >= 2}
    for each in salon.unplaced:
        idle = [{t for t in free[name] if (name, t) not in busy} for name in (each.buyer, each.supplier)]
        full = tables_ is not None and all(
            sum(m.slot == t for m in salon.plan.meetings) == tables_ for t in idle[0] & idle[1]
        )
        true = {
            "own_company": (each.buyer, each.supplier) == ("Alpha", "S3"),
            "buyer_absent": listed and each.buyer not in away,
            "supplier_absent": listed and each.supplier not in away,
            "no_match": (each.buyer, each.supplier) not in good,
            "no_common_slot": not free[each.buyer] & free[each.supplier],
            "supplier_cap": cap is not None and sum(m.supplier == each.supplier for m in salon.plan.meetings) >= cap,
            "buyer_full": not idle[0],
            "supplier_full": not idle[1],
            "slots_taken": not idle[0] & idle[1],
            "tables_full": bool(idle[0] & idle[1]) and full,
        }
        assert true[each.reason], each


def test_waiting_agrees_with_the_plan():
    salon = hold(NEEDS, SUPPLIERS, EVERY, Rules(6, 2, days=2))
    assert sum(waiting(salon.plan.meetings, salon.rules).values()) == salon.plan.idle


def test_every_reason_has_its_words():
    for language in LANGUAGES:
        assert all(texts("agenda.why", language)[reason] for reason in REASONS)
        assert all(texts("agenda", language).values()), language


@pytest.mark.parametrize(
    ("slots", "days", "start", "minutes", "breaks", "times"),
    [
        (3, 1, "9:00", 20, [], ["09:00-09:20", "09:20-09:40", "09:40-10:00"]),
        (3, 1, "09h", 30, ["1:15"], ["09:00-09:30", "09:45-10:15", "10:15-10:45"]),
        (3, 2, "14:30", 20, ["1:10"], ["14:30-14:50", "15:00-15:20", "14:30-14:50"]),
        (2, 1, None, 20, [], ["", ""]),
    ],
)
def test_times_of_slots(slots, days, start, minutes, breaks, times):
    made = clock(slots, days, start, minutes, breaks)
    assert [made.time(slot) for slot in range(slots)] == times
    assert [made.day(slot) for slot in range(slots)] == ([1, 1, 2] if days == 2 else [1] * slots)


@pytest.mark.parametrize(
    ("slots", "days", "start", "breaks"),
    [(2, 3, None, []), (3, 1, "25:00", []), (3, 1, "soon", []), (3, 1, "9:00", ["two"]), (3, 1, None, ["1:10"]),
     (60, 1, "9:00", [])],
)  # fmt: skip
def test_times_that_cannot_be(slots, days, start, breaks):
    with pytest.raises(UsageError):
        clock(slots, days, start, 20, breaks)
