"""What the lexicon recognizes, what it leaves alone, and that spelling does not matter."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data
from integrator.errors import InputRefused
from integrator.taxonomy import load
from integrator.taxonomy.words import key, words

TAXONOMY = load()
TAXONOMY.forms("")  # made ready here, not within the time a case may take


def table(name):
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


CASES, SCORES = table("find_cases.csv"), table("score_cases.csv")
PREFERRED = [label for label in TAXONOMY.labels if label.type == "pref"]
SINGLE = sorted({label.text for label in TAXONOMY.labels if label.text.isalpha() and len(label.text) >= 8})
LABEL_WORDS = {word.form for label in TAXONOMY.labels for word in words(label.text)}
LETTERS = sorted({letter for word in LABEL_WORDS for letter in word})


def found(text, roles=()):
    return [(link.concept, link.score) for link in TAXONOMY.find(text, roles)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_find(case):
    concepts = {concept for concept, _ in found(case["text"], case["roles"].split())}
    wanted = set(case["concepts"].split())
    assert {concept for concept in wanted if not concept.startswith("!")} <= concepts, concepts
    assert not {concept[1:] for concept in wanted if concept.startswith("!")} & concepts, concepts
    if not wanted:
        assert not concepts


def test_the_concepts_of_the_cases_exist():
    named = {concept.lstrip("!") for case in CASES for concept in case["concepts"].split()}
    assert named | {case["concept"] for case in SCORES} <= set(TAXONOMY.concepts)


@pytest.mark.parametrize("case", SCORES, ids=[f"{case['text']} {case['concept']}" for case in SCORES])
def test_how_surely(case):
    score = dict(found(case["text"]))[case["concept"]]
    assert float(case["least"]) <= score <= float(case["most"])


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_every_label_finds_its_own_concept_for_sure(language):
    mine = [label for label in TAXONOMY.labels if label.lang == language]
    assert {label.concept for label in mine if label.type == "pref"} == set(TAXONOMY.concepts)
    lost = [
        (label.concept, label.text)
        for label in mine
        if " ".join(key(label.text, TAXONOMY.fillers)) not in TAXONOMY.withheld
        if dict(found(label.text, (TAXONOMY.kind(label.concept),))).get(label.concept) != 1.0
    ]
    assert lost == []


def bare(text):
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


VARIANTS = {
    "upper": str.upper,
    "title": lambda text: f"  {text.title()} ",
    "full stop": lambda text: f"{text}.",
    "C21-no-accents": bare,
    "C21-upper-no-accents": lambda text: bare(text).upper(),
    "C21-accents-apart": lambda text: unicodedata.normalize("NFD", text),
    "C21-zero-width": lambda text: f"\u200f{text}\u200b",
    "C21-tatweel": lambda text: "".join(f"{c}\u0640" if "\u0628" <= c <= "\u064a" else c for c in text),
    "C21-vowel-marks": lambda text: "".join(f"{c}\u064e" if "\u0628" <= c <= "\u064a" else c for c in text),
    "C21-controls-inside": lambda text: re.sub(r"(?<=\w)(?=\w)", "\u200d\u00ad", text),
    "no-break blanks": lambda text: text.replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
@given(label=st.sampled_from(TAXONOMY.labels))
def test_case_accents_and_blanks_do_not_matter(variant, label):
    roles = (TAXONOMY.kind(label.concept),)
    assert found(variant(label.text), roles) == found(label.text, roles)


@given(st.text(max_size=60))
def test_any_text_is_answered(text):
    for link in TAXONOMY.find(text):
        assert 0 < link.score <= 1
        assert link.concept in TAXONOMY.concepts


@given(st.lists(st.sampled_from(SINGLE), min_size=1, max_size=4), st.sampled_from(["; ", ", ", "\n", " / "]))
def test_a_list_finds_what_its_items_find(items, separator):
    together = {concept for concept, _ in found(separator.join(items))}
    assert {concept for item in items for concept, _ in found(item)} <= together


@given(st.text("bcdfghjklmnpqrstvwxz", min_size=7, max_size=12))
def test_no_word_without_vowels_is_a_part(nonsense):
    assert TAXONOMY.find(nonsense) == ()


def one_edit_apart(word, letters):
    """The word and all that an insertion, a deletion, a substitution or a swap of neighbours makes of it."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    near = {word} | {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return near | {a + c + b[1:] for a, b in cuts if b for c in letters} | {a + c + b for a, b in cuts for c in letters}


def edits(word, place):
    return {
        "dropped": word[:place] + word[place + 1 :],
        "doubled": word[:place] + word[place] + word[place:],
        "swapped": word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        "other": word[:place] + "q" + word[place + 1 :],
    }


@given(st.sampled_from(SINGLE), st.data(), st.integers(0, 2))
def test_a_repair_is_never_more_than_one_edit(word, source, times):
    for _ in range(times):
        place = source.draw(st.integers(1, len(word) - 3))
        word = source.draw(st.sampled_from(sorted(edits(word, place).values())))
    repaired = [link for link in TAXONOMY.find(word) if link.step == "typo"]
    if repaired:
        assert any(one_edit_apart(each.form, LETTERS) & LABEL_WORDS for each in words(word))  # "ك" may stand for itself
        assert all(link.score < 0.9 for link in repaired)


@pytest.mark.parametrize("edit", ["dropped", "doubled", "swapped", "other"])
def test_nearly_every_word_with_one_slip_is_repaired(edit):
    words_of_trade = [label.text for label in PREFERRED if label.text in set(SINGLE) and label.text.isascii()]
    slips = [(word, edits(word, len(word) // 2)[edit]) for word in words_of_trade]
    kept = [{c for c, _ in found(word)} <= {c for c, _ in found(slip)} for word, slip in slips]
    assert len(kept) > 50
    assert sum(kept) / len(kept) > 0.95


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


def overlay(folder, *lines, head="concept,lang,type,text"):
    path = folder / "overlay.csv"
    path.write_text("\n".join((head, *lines, "")), encoding="utf-8")
    return path


def test_the_overlay_adds_labels(tmp_path):
    path = overlay(tmp_path, "P-STAMP,fr,alt,ferblantage express", "C-BDISC,ar,alt,طارة حرشاء")
    widened = load(path)
    assert {link.concept for link in widened.find("Ferblantage EXPRESS")} == {"P-STAMP"}
    assert {link.concept for link in widened.find("طارة حرشاء")} == {"C-BDISC"}
    assert TAXONOMY.find("ferblantage express") == ()
    assert len(widened.labels) == len(TAXONOMY.labels) + 2


@pytest.mark.parametrize(
    ("lines", "head", "said"),
    [
        (["P-NONE,fr,alt,rien"], "concept,lang,type,text", r"row 2, column 'concept': no concept 'P-NONE'"),
        (["P-STAMP,fr,alt,tôlage", "P-NONE,fr,alt,rien"], "concept,lang,type,text", r"row 3, .*'P-NONE'"),
        (["P-STAMP,fr,alt"], "concept,lang,type,text", "row 2, column 'text': '' has no word"),
        (["P-STAMP,fr,alt,"], "concept,lang,type,text", "row 2, column 'text': '' has no word"),
        (["P-STAMP,fr,alt,a,b"], "concept,lang,type,text", "row 2: the row has 5 cells, not 4"),
    ],
)
def test_a_damaged_overlay_is_one_sentence(tmp_path, lines, head, said):
    with pytest.raises(InputRefused, match=rf"^overlay\.csv, {said}[^\n]*$"):
        load(overlay(tmp_path, *lines, head=head))
