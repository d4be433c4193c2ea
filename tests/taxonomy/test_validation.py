"""The shipped lexicon is sound; each kind of fault is found."""

from __future__ import annotations

import dataclasses

import pytest

from integrator.taxonomy import Concept, Label, Taxonomy, load
from integrator.taxonomy.validation import validate

SHIPPED = load()


def test_the_shipped_lexicon_is_sound():
    assert validate(SHIPPED) == []


def broken(**changes: object) -> Taxonomy:
    return dataclasses.replace(SHIPPED, **changes)


def concept(identifier: str, **changes: object) -> dict[str, Concept]:
    return {**SHIPPED.concepts, identifier: dataclasses.replace(SHIPPED.concepts[identifier], **changes)}


@pytest.mark.parametrize(
    ("taxonomy", "code"),
    [
        (broken(concepts=concept("P-STAMP", broader="P-NONE")), "broader"),
        (broken(concepts=concept("P-STAMP", broader="M-AL")), "broader"),
        (broken(concepts=concept("P-FORMING", broader="P-STAMP")), "cycle"),
        (broken(concepts=concept("P-STAMP", broader="P-STAMP")), "cycle"),
        (broken(concepts=concept("P-STAMP", kind="gadget")), "kind"),
        (broken(labels=(*SHIPPED.labels, Label("X", "fr", "alt", "rien", "trade"))), "concept"),
        (broken(labels=(*SHIPPED.labels, Label("P-STAMP", "fr", "pref", "presse nouvelle", "trade"))), "pref"),
        (broken(labels=(*SHIPPED.labels, Label("P-STAMP", "fr", "alt", "Usinage", "trade"))), "label_twice"),
        (broken(labels=(*SHIPPED.labels, Label("P-STAMP", "fr", "other", "presse neuve", "trade"))), "type"),
        (broken(labels=tuple(x for x in SHIPPED.labels if (x.concept, x.lang) != ("P-STAMP", "ar"))), "pref"),
        (broken(labels=(*SHIPPED.labels, Label("P-STAMP", "it", "alt", "stampaggio", "trade"))), "lang"),
        (broken(labels=(*SHIPPED.labels, Label("P-STAMP", "fr", "alt", "...", "trade"))), "text"),
        (broken(links={**SHIPPED.links, ("C-NONE", "hs"): ("8708",)}), "concept"),
        (broken(links={**SHIPPED.links, ("C-DOOR", "hs"): ("87",)}), "hs"),
        (broken(links={**SHIPPED.links, ("C-DOOR", "hs"): ("8708.295",)}), "hs"),
        (broken(links={**SHIPPED.links, ("C-DOOR", "made_by"): ("M-AL",)}), "kinds"),
        (broken(links={**SHIPPED.links, ("C-DOOR", "made_by"): ("P-NONE",)}), "target"),
        (broken(links={**SHIPPED.links, ("C-DOOR", "eats"): ("P-STAMP",)}), "relation"),
    ],
)
def test_each_fault_is_found(taxonomy, code):
    faults = [problem for problem in validate(taxonomy) if problem.code == code]
    assert faults
    for fault in faults:
        assert "\n" not in str(fault)
        assert str(fault).startswith("taxonomy/")
        assert str(fault).endswith(": correct the line.")


def test_faults_come_in_one_order():
    wrong = broken(concepts=concept("P-STAMP", broader="P-NONE") | {"M-X": Concept("M-X", "material", "", "draft")})
    faults = validate(wrong)
    assert len(faults) == 4
    assert faults == sorted(faults)
