"""The agenda is the best one, fair when asked to be, and keeps every rule. All instances are made up."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.errors import UsageError
from integrator.meetings import Rules, arrange, plan, weights
from integrator.meetings.fairness import points
from integrator.meetings.figures import moves, waiting

# a made-up instance whose optimum is known: three buyers, five suppliers, four slots
WEIGHTS = {
    ("B1", "s1"): 92, ("B1", "s2"): 75, ("B1", "s3"): 60, ("B1", "s4"): 40,
    ("B2", "s1"): 88, ("B2", "s3"): 83, ("B2", "s5"): 71, ("B2", "s2"): 35, ("B2", "s4"): 66,
    ("B3", "s1"): 79, ("B3", "s2"): 81, ("B3", "s4"): 77, ("B3", "s5"): 30,
}  # fmt: skip
RULES = Rules(4, per_supplier=3, unavailable={("s1", 0), ("s3", 3), ("s4", 1), ("B2", 3)})


def test_the_reference_optimum():
    found = arrange(WEIGHTS, RULES)
    assert found.weight == found.value == 776
    assert found.bound == pytest.approx(776)
    assert found.gap == pytest.approx(0, abs=1e-9)
    assert len(found.meetings) == 11


BUYERS, SUPPLIERS = ["B1", "B2", "B3"], ["s1", "s2", "s3", "s4"]
PAIRS = st.dictionaries(
    st.tuples(st.sampled_from(BUYERS), st.sampled_from(SUPPLIERS)), st.integers(1, 99).map(float), max_size=12
)
AWAY = st.frozensets(st.tuples(st.sampled_from([*BUYERS, *SUPPLIERS]), st.integers(0, 3)), max_size=10)
CAPS = st.dictionaries(
    st.tuples(st.just("buyer"), st.sampled_from(BUYERS)) | st.tuples(st.just("supplier"), st.sampled_from(SUPPLIERS)),
    st.integers(0, 3),
    max_size=4,
)
RULE_SETS = st.builds(
    Rules, slots=st.integers(1, 4), tables=st.none() | st.integers(1, 3), per_supplier=st.none() | st.integers(1, 3),
    unavailable=AWAY, per_buyer=st.none() | st.integers(1, 3), caps=CAPS,
    fairness=st.sampled_from([(), (100.0, 40.0, 10.0)]), days=st.integers(1, 3),
)  # fmt: skip


@settings(max_examples=120)
@given(PAIRS, RULE_SETS)
def test_every_rule_is_kept(pairs, rules):
    found = arrange(pairs, rules)
    met = found.meetings
    assert all(count == 1 for count in Counter((m.buyer, m.supplier) for m in met).values())
    assert all(count == 1 for count in Counter((m.buyer, m.slot) for m in met).values())
    assert all(count == 1 for count in Counter((m.supplier, m.slot) for m in met).values())
    assert all(count == 1 for count in Counter((m.slot, m.table) for m in met).values())
    assert all(1 <= m.table <= (rules.tables or len(BUYERS)) for m in met)
    assert all(0 <= m.slot < rules.slots and m.weight == pairs[m.buyer, m.supplier] for m in met)
    assert not {(name, m.slot) for m in met for name in (m.buyer, m.supplier)} & rules.unavailable
    for side, most in (("buyer", rules.per_buyer), ("supplier", rules.per_supplier)):
        for name, count in Counter(getattr(m, side) for m in met).items():
            assert count <= min(rules.slots if most is None else most, rules.caps.get((side, name), count))
    assert found.value <= found.bound * (1 + 1e-9)
    assert found.weight <= found.weight_bound * (1 + 1e-9)
    assert found.idle == sum(waiting(met, rules).values()) <= max(found.idle_before, found.idle)


@settings(max_examples=60)
@given(PAIRS, RULE_SETS)
def test_the_value_is_what_it_says(pairs, rules):
    found = arrange(pairs, rules)
    counts = Counter(("buyer", m.buyer) for m in found.meetings) + Counter(
        ("supplier", m.supplier) for m in found.meetings
    )
    points = sum(sum(rules.fairness[:count]) for count in counts.values())
    assert found.value == pytest.approx(found.weight + points)


def test_who_asked_is_not_left_with_nothing_while_another_has_many():
    weights_ = {("rich", f"s{i}"): 90.0 for i in range(4)} | {("poor", "s0"): 10.0, ("poor", "s1"): 5.0}
    greedy, fair = Rules(2, 1), Rules(2, 1, fairness=(180.0, 40.0))
    assert {m.buyer for m in plan(weights_, greedy)} == {"rich"}
    assert {m.buyer for m in plan(weights_, fair)} == {"rich", "poor"}
    asked = Rules(2, 1, fairness=(180.0, 40.0), asking={("buyer", "rich")})
    assert {m.buyer for m in plan(weights_, asked)} == {"rich"}


def test_meetings_lie_close_together_and_buyers_keep_their_table():
    weights_ = {(f"B{b}", f"S{s}"): 10.0 + b + s for b in range(4) for s in range(5) if (b + s) % 3}
    found = arrange(weights_, Rules(10, 4))
    assert len(found.meetings) == len(weights_)
    assert found.idle == 0
    assert moves(found.meetings) == 0


def test_waiting_is_counted_by_day_and_not_when_away():
    weights_ = {("B", "s1"): 1.0, ("B", "s2"): 1.0}
    away = {("s1", t) for t in (1, 2, 3)} | {("s2", t) for t in (0, 1, 2)}
    one = Rules(4, unavailable=away)
    assert arrange(weights_, one).idle == 2
    assert arrange(weights_, Rules(4, unavailable=away, days=2)).idle == 0
    assert arrange(weights_, Rules(4, unavailable=away | {("B", 1)})).idle == 1


@pytest.mark.parametrize(
    "rules",
    [Rules(0), Rules(2, 0), Rules(2, days=0), Rules(2, fairness=(1.0, 2.0))],
    ids=["slot", "table", "day", "fair"],
)
def test_impossible_rules_are_refused(rules):
    with pytest.raises(UsageError):
        plan(WEIGHTS, rules)


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


NAMES = [*(("buyer", name) for name in BUYERS), *(("supplier", name) for name in SUPPLIERS)]
ASKING = st.frozensets(st.sampled_from(NAMES))


@settings(max_examples=80)
@given(PAIRS.filter(bool), AWAY, st.none() | st.integers(1, 2), ASKING)
def test_no_asker_without_a_meeting_could_take_the_second_of_another(pairs, away, tables, asking):
    largest = max(pairs.values())
    shares, others = points(pairs.values()), points(pairs.values(), "others")
    rules = Rules(4, tables, unavailable=away, fairness=shares, asking=asking, fairness_others=others)
    met = arrange(pairs, rules).meetings
    held = Counter(name for m in met for name in (m.buyer, m.supplier))
    assert shares[0] > largest + shares[1]
    for side, name in asking:
        if held[name]:
            continue
        for meeting in met:
            kept, lost = (meeting.supplier, meeting.buyer) if side == "buyer" else (meeting.buyer, meeting.supplier)
            pair = (name, kept) if side == "buyer" else (kept, name)
            assert held[lost] == 1 or pair not in pairs or (name, meeting.slot) in away
