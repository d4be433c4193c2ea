"""What the lexicon recognizes, what it leaves alone, and that spelling does not matter."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data
from integrator.taxonomy import load

TAXONOMY = load()
with (Path(__file__).parent / "find_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(data.read(stream, "find_cases.csv"))
PREFERRED = [label for label in TAXONOMY.labels if label.type == "pref"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_find(case):
    found = {link.concept for link in TAXONOMY.find(case["text"], case["roles"].split())}
    wanted = set(case["concepts"].split())
    assert {concept for concept in wanted if not concept.startswith("!")} <= found, found
    assert not {concept[1:] for concept in wanted if concept.startswith("!")} & found, found
    if not wanted:
        assert not found


def test_every_preferred_label_finds_its_own_concept():
    lost = [
        (label.concept, label.lang, label.text)
        for label in PREFERRED
        if label.concept not in {link.concept for link in TAXONOMY.find(label.text, (TAXONOMY.kind(label.concept),))}
    ]
    assert lost == []


@given(st.sampled_from(PREFERRED))
def test_case_and_blanks_do_not_matter(label):
    roles = (TAXONOMY.kind(label.concept),)
    plain = [(link.concept, link.score) for link in TAXONOMY.find(label.text, roles)]
    for variant in (label.text.upper(), f"  {label.text.title()} ", f"{label.text}."):
        assert [(link.concept, link.score) for link in TAXONOMY.find(variant, roles)] == plain


@given(st.text(max_size=60))
def test_any_text_is_answered(text):
    for link in TAXONOMY.find(text):
        assert 0 < link.score <= 1
        assert link.concept in TAXONOMY.concepts


def test_what_only_qualifies_counts_for_less():
    (link,) = (x for x in TAXONOMY.find("tubes et tiges chromées d'amortisseur") if x.concept == "C-SHOCK")
    assert link.score < 0.6
    (head,) = (x for x in TAXONOMY.find("connecteurs pour moteurs électriques") if x.concept == "C-CONN")
    assert head.score == 0.85


def test_exact_outweighs_contained_outweighs_repaired():
    exact, contained, repaired = (
        next(link for link in TAXONOMY.find(text, ("process",)) if link.concept == "P-STAMP")
        for text in ("emboutissage", "emboutissage grande série spéciale", "emboutissge")
    )
    assert exact.score == 1.0
    assert (exact.step, contained.step, repaired.step) == ("exact", "contained", "typo")
    assert exact.score > repaired.score
    assert exact.score > contained.score


def test_proposals_are_ordered_and_bounded():
    proposed = TAXONOMY.propose("emboutissage profond progressif", 3)
    assert len(proposed) == 3
    assert [score for _, score in proposed] == sorted((score for _, score in proposed), reverse=True)
    assert TAXONOMY.propose("zzzz qqqq", 3) == ()


def test_the_overlay_adds_labels(tmp_path):
    path = tmp_path / "overlay.csv"
    path.write_text("concept,lang,type,text\nP-STAMP,fr,alt,tôlage rapide\n", encoding="utf-8")
    assert {link.concept for link in load(path).find("tôlage rapide")} == {"P-STAMP"}
    assert TAXONOMY.find("tôlage rapide") == ()


def test_an_overlay_of_no_concept_is_one_sentence(tmp_path):
    path = tmp_path / "overlay.csv"
    path.write_text("concept,lang,type,text\nP-NONE,fr,alt,rien\n", encoding="utf-8")
    with pytest.raises(data.KnowledgeError, match=r"line 1 .*'P-NONE'"):
        load(path)
