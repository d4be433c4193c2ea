"""Judgements of other needs are evidence about a supplier; those of the need itself never are."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from integrator import data
from integrator.ranking import Scorecard, experience, offers_of, rank
from integrator.ranking.experience import Experience, experience_of, name_mark
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


@dataclass(frozen=True)
class Knowing(Scorecard):
    """The scorecard, told what was judged."""

    experience: Experience | None = None


def known(world, space, grades) -> Experience:
    return experience_of(world["requirements"], world["suppliers"], grades, space)


def judged(world, space, experience: Experience | None) -> pd.Series:
    scorer = Knowing(experience=experience)
    offers = offers_of(*(world[name] for name in ("suppliers", "capabilities", "facts", "needs")), space, experience)
    plain = [column for column in world["candidates"] if column.startswith("channel")]
    given = world["candidates"][["need_id", "supplier_id", *plain]]
    asks = [world[name] for name in ("needs", "requirements", "facts")]
    found = rank(given, *asks, offers, keep=9, language="fr", scorer=scorer).candidates
    return found.set_index(["need_id", "supplier_id"])["judged_alike"]


def test_like_needs_count_and_the_need_itself_never(world, space):
    found = judged(world, space, known(world, space, GRADES))
    assert found["X2", "S0"] == pytest.approx(2 / (1 + DOUBT), rel=1e-3)  # X2 asks for the same as X1
    assert found["X2", "S1"] == pytest.approx(-2 / (1 + DOUBT), rel=1e-3)
    assert abs(found["X1", "S0"]) < 0.1  # only X3 is left, and it asks for something else
    assert np.isnan(found.xs("S2", level="supplier_id")).all()


def test_grades_of_a_need_do_not_change_its_own_pairs(world, space):
    other = GRADES | {"X1": {"S0": 0.0, "S1": 4.0}}
    one, two = (judged(world, space, known(world, space, g)) for g in (GRADES, other))
    pd.testing.assert_series_equal(one["X1"], two["X1"])
    assert not one["X2"].equals(two["X2"])


@pytest.mark.parametrize(
    ("name", "is_known"), [("Fonderie Éclair", True), ("FONDERIE  ECLAIR", True), ("Autre", False)]
)
def test_a_supplier_is_known_by_id_and_name_together(world, space, name, is_known):
    named = world["suppliers"].assign(name="Fonderie Éclair")
    past = experience_of(world["requirements"], named, GRADES, space)
    found = judged(world | {"suppliers": world["suppliers"].assign(name=name)}, space, past)
    assert found.drop("S2", level="supplier_id").notna().all() == is_known
    assert found.notna().any() == is_known


def test_it_is_saved_as_plain_data_without_names(world, space):
    past = known(world, space, GRADES)
    written = json.dumps(past.to_dict(), allow_nan=False)
    assert Experience.from_dict(json.loads(written)) == past
    assert set(past.names) == {"S0", "S1"}
    assert name_mark("Fonderie Éclair") not in ("", "Fonderie Éclair")


NONE_OF = {"judged": {}, "names": {}}


@pytest.mark.parametrize(
    "data",
    [{}, {"needs": [], **NONE_OF}, {"needs": {"X": {"c": "a"}}, **NONE_OF}, {"needs": {"X": {"c": np.nan}}, **NONE_OF}],
)
def test_what_is_no_experience_is_refused(data):
    with pytest.raises(ValueError, match="xperience"):
        Experience.from_dict(data)


def test_nothing_is_known_without_experience(world, space):
    assert judged(world, space, None).isna().all()
    assert world["candidates"]["judged_alike"].isna().all()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("component", "0.5"), ("material", "0.4")], "sum to 0.9, not 1"),
        ([("component", "0.5"), ("colour", "0.5")], "unknown role colour"),
    ],
)
def test_shares_of_likeness_that_cannot_be_are_refused(monkeypatch, rows, words):
    monkeypatch.setattr(data, "rows", lambda _: [{"role": role, "share": share} for role, share in rows])
    with pytest.raises(data.KnowledgeError, match=words):
        experience.shares.__wrapped__()
