"""Judgements of other needs are evidence about a supplier; those of the need itself never are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from integrator.ranking import Scorecard, rank
from integrator.ranking.experience import Experience, experience_of
from integrator.ranking.features.experience import DOUBT
from integrator.taxonomy import load
from integrator.taxonomy.space import ConceptSpace

SUPPLIERS = [
    {"supplier_id": f"S{i}", "name": f"S{i}", "products": "pièces de freinage", "processes": "fonderie"}
    for i in range(3)
]
NEEDS = [
    {"need_id": "X1", "component": "étrier de frein", "processes": "fonderie; usinage", "materials": "fonte"},
    {"need_id": "X2", "component": "étrier de frein", "processes": "fonderie; usinage", "materials": "fonte"},
    {"need_id": "X3", "component": "coiffe de siège", "processes": "couture", "materials": "textile"},
]
GRADES = {"X1": {"S0": 4.0, "S1": 0.0}, "X3": {"S0": 0.0, "S1": 4.0}}


@pytest.fixture(scope="module")
def space() -> ConceptSpace:
    return ConceptSpace(load(None))


@pytest.fixture(scope="module")
def world(run_match):
    return run_match(SUPPLIERS, NEEDS)


def judged(world, space, experience: Experience | None) -> pd.Series:
    names = ("candidates", "needs", "suppliers", "requirements", "capabilities", "facts")
    plain = [column for column in world["candidates"] if column.startswith("channel")]
    given = world["candidates"][["need_id", "supplier_id", *plain]]
    rest = [world[name] for name in names[1:]]
    found = rank(given, *rest, space, keep=9, language="fr", scorer=Scorecard(experience=experience)).candidates
    return found.set_index(["need_id", "supplier_id"])["judged_alike"]


def test_like_needs_count_and_the_need_itself_never(world, space):
    found = judged(world, space, experience_of(world["requirements"], world["suppliers"], GRADES, space))
    assert found["X2", "S0"] == pytest.approx(2 / (1 + DOUBT), rel=1e-3)  # X2 asks for the same as X1
    assert found["X2", "S1"] == pytest.approx(-2 / (1 + DOUBT), rel=1e-3)
    assert abs(found["X1", "S0"]) < 0.1  # only X3 is left, and it asks for something else
    assert np.isnan(found.xs("S2", level="supplier_id")).all()


def test_grades_of_a_need_do_not_change_its_own_pairs(world, space):
    other = GRADES | {"X1": {"S0": 0.0, "S1": 4.0}}
    one, two = (
        judged(world, space, experience_of(world["requirements"], world["suppliers"], g, space))
        for g in (GRADES, other)
    )
    pd.testing.assert_series_equal(one["X1"], two["X1"])
    assert not one["X2"].equals(two["X2"])


def test_without_needs_is_as_if_they_were_never_judged(world, space):
    every = experience_of(world["requirements"], world["suppliers"], GRADES, space)
    fewer = experience_of(world["requirements"], world["suppliers"], {"X3": GRADES["X3"]}, space)
    assert every.without({"X1"}) == fewer
    assert judged(world, space, every.without({"X1", "X3"})).isna().all()


def test_nothing_is_known_without_experience(world, space):
    assert judged(world, space, None).isna().all()
    assert world["candidates"]["judged_alike"].isna().all()
