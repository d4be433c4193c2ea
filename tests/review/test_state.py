"""How far a review is, and how far reviewers agree: against slow twins."""

from __future__ import annotations

import json
import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from integrator.metrics import quadratic_kappa
from integrator.records import AskedPair, Judgement
from integrator.review import state, state_data, state_text

pairs_of_grades = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=30)


def slow_kappa(pairs):
    """Mean squared distance of the pairs as given, against that of all ways to put the two lists side by side."""
    if not pairs:
        return math.nan
    given = sum((one - other) ** 2 for one, other in pairs) / len(pairs)
    chance = sum((one - other) ** 2 for one, _ in pairs for _, other in pairs) / len(pairs) ** 2
    return 1 - given / chance if chance else math.nan


@given(pairs_of_grades)
def test_kappa_is_the_slow_one_and_that_of_scikit_learn(pairs):
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    found = quadratic_kappa(first, second)
    np.testing.assert_allclose(found, slow_kappa(pairs), atol=1e-12)
    np.testing.assert_allclose(found, quadratic_kappa(second, first), atol=1e-12)
    if not math.isnan(found):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = cohen_kappa_score(first, second, weights="quadratic", labels=range(5))
        np.testing.assert_allclose(found, theirs, atol=1e-12)


def said(need, supplier, grade, who, day="2026-01-01", decision="", reason=""):
    return Judgement(need, supplier, grade, reason, "", who, day, decision, "0123abcd", "2026-01-05")


ASKED = [AskedPair(f"X{n}", f"S{i}", "0123abcd", who, "2026-01-01")
         for n in (1, 2) for i in (1, 2) for who in ("Ana", "Ben", "Cid")]  # fmt: skip
JUDGED = [
    said("X1", "S1", 4, "Ana", reason="le fait"), said("X1", "S1", 2, "ben", reason="presse trop petite"),
    said("X1", "S2", 3, "Ana"), said("X1", "S2", 3, "Ben"), said("X2", "S1", None, "Ana", decision="unsure"),
    said("X9", "S9", 1, "Ben"),
]  # fmt: skip


def test_progress_by_reviewer_and_need():
    found = state(ASKED, JUDGED)
    assert (found.decisions, found.unsure) == (6, 1)
    assert (found.total.asked, found.total.answered, found.total.unsure, found.total.left) == (4, 4, 1, 1)
    assert [(one.name, one.label, one.asked, one.answered, one.left) for one in found.reviewers] == [
        ("Ana", "R1", 4, 3, 1), ("ben", "R2", 4, 3, 2), ("Cid", "", 4, 0, 4),
    ]  # fmt: skip
    assert [(one.name, one.asked, one.answered, one.left) for one in found.needs] == [
        ("X1", 2, 2, 0), ("X2", 2, 1, 1), ("X9", 0, 1, 0),
    ]  # fmt: skip


def test_agreement_and_both_reasons_of_a_disagreement():
    found = state(ASKED, JUDGED)
    (one,) = found.agreements
    assert (one.first, one.second, one.common) == ("Ana", "ben", 2)
    assert one.kappa == found.kappa == round(slow_kappa([(4, 2), (3, 3)]), 4)
    text = state_text(found)
    for part in ("4 pairs asked, 4 answered (1 with unsure alone), 1 left", "X1 S1", "le fait", "presse trop petite",
                 "on 2 pairs in common", "pairs on which reviewers disagree: 1"):  # fmt: skip
        assert part in text, part
    plain = json.loads(json.dumps(state_data(found)))
    assert [answer["grade"] for answer in plain["disagreements"][0]["answers"]] == [4, 2]


def test_three_reviewers_weigh_by_what_they_have_in_common():
    given = {"Ana": [0, 2, 4, 4], "Ben": [1, 2, 4, 3], "Cid": [0, 1]}
    judged = [said("X1", f"S{i}", grade, who) for who, row in given.items() for i, grade in enumerate(row)]
    found = state([], judged)
    by_two = {(one.first, one.second): (one.kappa, one.common) for one in found.agreements}
    common = {two: number for two, (_, number) in by_two.items()}
    assert common == {("Ana", "Ben"): 4, ("Ana", "Cid"): 2, ("Ben", "Cid"): 2}
    assert found.kappa == pytest.approx(sum(k * n for k, n in by_two.values()) / 8, abs=1e-4)


def test_what_is_not_defined_is_said():
    alike = state([], [said("X1", f"S{i}", 3, who) for i in (1, 2) for who in ("Ana", "Ben")])
    assert (alike.kappa, alike.agreements[0].kappa) == (None, None)
    assert "not defined (one and the same grade throughout) on 2 pairs in common" in state_text(alike)
    assert "not known, no pair was graded by two reviewers" in state_text(state([], JUDGED[:1]))
    assert state_text(state([], [])).startswith("0 decisions in the store")


def test_a_yes_against_a_no_is_a_disagreement_though_the_grade_is_the_same():
    found = state([], [said("X1", "S1", 3, "Ana", decision="yes"), said("X1", "S1", 3, "Ben", decision="no")])
    assert len(found.disagreements) == 1
