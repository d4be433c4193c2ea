"""The agenda is the best there is, by oracles that share nothing with it. All instances are made up."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from integrator.meetings import Rules, plan

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


def by_trying(weights, slots, busy):
    """The optimum by trying every slot, or none, for every pair."""
    pairs = sorted(weights)

    def best(i, taken):
        if i == len(pairs):
            return 0.0
        found = best(i + 1, taken)
        for slot in range(slots):
            both = {(pairs[i][0], slot), (pairs[i][1], slot)}
            if not both & taken:
                found = max(found, weights[pairs[i]] + best(i + 1, taken | both))
        return found

    return best(0, frozenset(busy))


def total(meetings):
    return sum(meeting.weight for meeting in meetings)


@settings(max_examples=40, deadline=None)
@given(PAIRS.filter(bool), st.integers(1, 4), st.none() | st.integers(1, 3), st.none() | st.integers(1, 3))
def test_nothing_better_exists_when_all_are_free(weights, slots, tables, per_supplier):
    found = total(plan(weights, Rules(slots, tables, per_supplier)))
    assert found == pytest.approx(without_slots(weights, slots, tables, per_supplier))


SMALL = st.dictionaries(
    st.tuples(st.sampled_from(BUYERS[:2]), st.sampled_from(SUPPLIERS[:3])), st.integers(1, 99).map(float), max_size=5
)
BUSY = st.frozensets(st.tuples(st.sampled_from([*BUYERS[:2], *SUPPLIERS[:3]]), st.integers(0, 2)), max_size=6)


@settings(max_examples=40, deadline=None)
@given(SMALL, BUSY)
def test_nothing_better_exists_when_some_are_busy(weights, busy):
    meetings = plan(weights, Rules(3, unavailable=busy))
    assert not {(m.buyer, m.slot) for m in meetings} & busy
    assert not {(m.supplier, m.slot) for m in meetings} & busy
    assert total(meetings) == by_trying(weights, 3, busy)


def test_nothing_better_exists_on_a_larger_day_of_nearly_equal_weights():
    chance = random.Random(1)
    weights = {
        (f"B{b}", f"S{s}"): chance.randrange(20_000_000, 20_002_000) / 1e6
        for b in range(10) for s in range(20) if chance.random() < 0.5
    }  # fmt: skip
    found = total(plan(weights, Rules(5, 6, 3)))
    assert found == pytest.approx(without_slots(weights, 5, 6, 3), rel=1e-9)


def test_one_agenda_whatever_the_order_of_the_pairs():
    weights = {(b, s): 50.0 + (i + j) % 3 for i, b in enumerate(BUYERS) for j, s in enumerate(SUPPLIERS)}
    rules = Rules(4, 2, 2)
    first = plan(weights, rules)
    assert first == plan(weights, rules)
    assert first == plan(dict(reversed(weights.items())), rules)
