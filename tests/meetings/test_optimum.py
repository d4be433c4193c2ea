"""The agenda is the best there is, by oracles that share nothing with it. All instances are made up."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from integrator.meetings import Rules, arrange, plan

BUYERS, SUPPLIERS = ["B1", "B2", "B3"], ["s1", "s2", "s3", "s4"]
PAIRS = st.dictionaries(
    st.tuples(st.sampled_from(BUYERS), st.sampled_from(SUPPLIERS)), st.integers(1, 99).map(float), max_size=12
)


def without_slots(weights, slots, tables, per_supplier):
    """The optimum when everybody is free all day: who meets whom, not when.

    Meetings that leave nobody with more than `slots` and number at most `slots * tables` can always be spread over
    the slots (edge colouring of a bipartite graph, evened out), and the limits are totally unimodular, so a linear
    program gives the value exactly.
    """
    pairs = sorted(weights)
    rows, limits = [[1.0] * len(pairs)], [slots * (tables or len(pairs))]
    for name in sorted({buyer for buyer, _ in pairs}):
        rows.append([float(buyer == name) for buyer, _ in pairs])
        limits.append(slots)
    for name in sorted({supplier for _, supplier in pairs}):
        rows.append([float(supplier == name) for _, supplier in pairs])
        limits.append(min(slots, per_supplier or slots))
    values = np.array([weights[pair] for pair in pairs])
    return -linprog(-values, A_ub=np.array(rows), b_ub=limits, bounds=(0, 1)).fun


def by_trying(weights, slots, busy, tables=None, per_supplier=None, fairness=()):
    """The optimum by trying every slot, or none, for every pair."""
    pairs = sorted(weights)

    def points(held):
        names = [name for pair in held for name in pair]
        return sum(sum(fairness[: names.count(name)]) for name in set(names))

    def best(i, taken, held):
        if i == len(pairs):
            return sum(weights[pair] for pair in held) + points(held)
        found = best(i + 1, taken, held)
        buyer, supplier = pairs[i]
        for slot in range(slots):
            both = {(buyer, slot), (supplier, slot)}
            full = tables is not None and sum(1 for name, at in taken if at == slot and name in BUYERS) >= tables
            capped = per_supplier is not None and sum(s == supplier for _, s in held) >= per_supplier
            if not both & (taken | busy) and not full and not capped:
                found = max(found, best(i + 1, taken | both, (*held, pairs[i])))
        return found

    return best(0, frozenset(), ())


def total(meetings):
    return sum(meeting.weight for meeting in meetings)


@settings(max_examples=40)
@given(PAIRS.filter(bool), st.integers(1, 4), st.none() | st.integers(1, 3), st.none() | st.integers(1, 3))
def test_nothing_better_exists_when_all_are_free(weights, slots, tables, per_supplier):
    found = arrange(weights, Rules(slots, tables, per_supplier))
    assert total(found.meetings) == pytest.approx(without_slots(weights, slots, tables, per_supplier))
    assert found.gap == pytest.approx(0, abs=1e-9)


SMALL = st.dictionaries(
    st.tuples(st.sampled_from(BUYERS[:2]), st.sampled_from(SUPPLIERS[:3])), st.integers(1, 99).map(float), max_size=5
)
BUSY = st.frozensets(st.tuples(st.sampled_from([*BUYERS[:2], *SUPPLIERS[:3]]), st.integers(0, 2)), max_size=8)


@settings(max_examples=60)
@given(SMALL, BUSY, st.none() | st.integers(1, 2), st.none() | st.integers(1, 2), st.sampled_from([(), (120.0, 30.0)]))
def test_nothing_better_exists_when_some_are_busy(weights, busy, tables, per_supplier, fairness):
    found = arrange(weights, Rules(3, tables, per_supplier, busy, fairness=fairness))
    assert found.value == pytest.approx(by_trying(weights, 3, busy, tables, per_supplier, fairness))
    assert found.gap == pytest.approx(0, abs=1e-9)


def test_nothing_better_exists_on_a_larger_day_of_nearly_equal_weights():
    chance = random.Random(1)
    weights = {
        (f"B{b}", f"S{s}"): chance.randrange(20_000_000, 20_002_000) / 1e6
        for b in range(10) for s in range(20) if chance.random() < 0.5
    }  # fmt: skip
    found = total(plan(weights, Rules(5, 6, 3)))
    assert found == pytest.approx(without_slots(weights, 5, 6, 3), rel=1e-9)


def test_a_large_day_with_people_away_comes_near_to_its_bound():
    chance = random.Random(2)
    names = [f"B{b}" for b in range(20)], [f"S{s}" for s in range(40)]
    weights = {(b, s): chance.uniform(10, 100) for b in names[0] for s in names[1] if chance.random() < 0.7}
    away = {(name, t) for name in (*names[0], *names[1]) for t in range(24) if chance.random() < 0.2}
    found = arrange(weights, Rules(24, 16, unavailable=away))
    assert found.gap < 0.01
    assert found.weight == pytest.approx(found.value)


@settings(max_examples=30)
@given(PAIRS, BUSY, st.randoms(use_true_random=False))
def test_one_agenda_whatever_the_order_of_the_pairs(weights, busy, chance):
    rules = Rules(4, 2, 2, busy, fairness=(50.0, 20.0))
    mixed = list(weights.items())
    chance.shuffle(mixed)
    assert arrange(weights, rules) == arrange(dict(mixed), rules)
