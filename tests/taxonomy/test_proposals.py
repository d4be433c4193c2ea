"""What is proposed for an unknown term, by letters and by meaning; a small made-up lexicon."""

from __future__ import annotations

import dataclasses

import pytest

from integrator import data
from integrator.meaning import Meaning
from integrator.taxonomy import Concept, Label, load
from integrator.taxonomy.steps import step, steps

NAMES = {
    "C-BUMP": ("component", "pare-chocs", "bumper"),
    "C-DISC": ("component", "disque de frein", "brake disc"),
    "C-SEAT": ("component", "siège", "seat"),
    "P-CAST": ("process", "fonderie", "casting"),
}


@pytest.fixture(scope="module")
def small():
    concepts = {key: Concept(key, kind, "", "draft") for key, (kind, _, _) in NAMES.items()}
    labels = [Label(key, "fr", "pref", fr, "made up") for key, (_, fr, _) in NAMES.items()]
    labels += [Label(key, "en", "pref", en, "made up") for key, (_, _, en) in NAMES.items()]
    labels.append(Label("C-SEAT", "en", "abbr", "STX", "made up"))
    return dataclasses.replace(load(), concepts=concepts, labels=tuple(labels), links={})


def test_letters_propose_what_is_written_alike(small):
    assert small.propose("disques de freins ventilés", 1)[0][0] == "C-DISC"
    assert small.propose("zzz qqq", 3) == ()


def test_meaning_proposes_what_is_written_otherwise(small):
    meaning = Meaning()
    assert small.propose("مقعد السيارة", 1) == ()
    assert small.propose("مقعد السيارة", 1, meaning=meaning)[0][0] == "C-SEAT"
    assert small.propose("car seats", 1, meaning=meaning)[0][0] == "C-SEAT"


def test_only_the_kinds_asked_for_are_proposed(small):
    meaning = Meaning()
    for model in (None, meaning):
        every = small.propose("castings", 4, (), model)
        assert every[0][0] == "P-CAST"
        assert "P-CAST" not in [concept for concept, _ in small.propose("castings", 4, ("component",), model)]
    assert every == tuple(sorted(every, key=lambda pair: (-pair[1], pair[0])))
    assert all(score >= step("semantic").least for _, score in every)


def test_an_abbreviation_is_a_step_of_its_own(small):
    assert [(link.concept, link.step, link.score) for link in small.find("STX")] == [("C-SEAT", "abbreviation", 1.0)]
    assert [link.step for link in small.find("seat")] == ["exact"]


def test_nothing_is_accepted_below_the_precision_asked():
    assert {one.use for one in steps().values()} == {"accepted", "named", "proposed"}
    assert [name for name, one in steps().items() if one.use == "proposed"] == ["similar", "semantic"]
    measured = {row["step"]: row["precision"] for row in data.rows("linking/steps.csv") if row["use"] == "accepted"}
    assert {name for name, precision in measured.items() if not precision} == {"abbreviation"}
    assert min(float(precision) for precision in measured.values() if precision) >= 0.95
    with pytest.raises(data.KnowledgeError, match="no line for the step"):
        step("guessed")


def test_a_proposed_step_never_counts():
    assert step("exact").counts(1.0)
    assert not step("semantic").counts(1.0)


def test_a_slip_in_a_phrase_is_repaired_before_a_label_inside_it_is_taken(small):
    fewer = tuple(label for label in small.labels if label.text != "brake disc")
    lexicon = dataclasses.replace(small, labels=(*fewer, Label("C-SEAT", "en", "alt", "disc", "made up")))
    assert [(link.concept, link.step) for link in lexicon.find("brake disc")] == [("C-SEAT", "contained")]
    both = dataclasses.replace(small, labels=(*small.labels, Label("C-SEAT", "en", "alt", "disc", "made up")))
    assert [(link.concept, link.step, link.text) for link in both.find("braek disc")] == [
        ("C-DISC", "typo", "braek disc")
    ]
    assert [(link.concept, link.step) for link in both.find("brake disc")] == [("C-DISC", "exact")]
