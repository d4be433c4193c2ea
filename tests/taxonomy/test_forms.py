"""Words that the lexicon reads as one, by tables that people can edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrator import data
from integrator.taxonomy import load
from integrator.taxonomy.words import form, words
from integrator.text.fold import fold

with (Path(__file__).parent / "form_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(data.read(stream, "form_cases.csv"))
TABLE = data.rows("taxonomy/word_forms.csv")


def reading(word: str) -> str:
    return form(fold(word))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['one']} {case['other']}" for case in CASES])
def test_one_word_or_two(case):
    assert (reading(case["one"]) == reading(case["other"])) == (case["same"] == "yes")


def test_a_small_word_tied_to_an_article_is_a_word_of_its_own():
    assert [word.form for word in words("محركات للسيارات")] == [reading("محرك"), "ل", reading("سيارة")]
    assert [word.form for word in words("بالحقن والأسلاك")] == ["ب", reading("حقن"), "و", reading("سلك")]


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("أسلاك وكابلات معزولة", {"C-CABLE"}),  # a small word without article
        ("محركات كهربائية للسيارات", {"C-EMOTOR"}),
        ("وحدة LED", {"C-LEDM"}),  # begins with the letter of "and", and is one word
    ],
)
def test_tied_words_in_texts(text, concepts):
    links = load().find(text)
    assert concepts <= {link.concept for link in links}
    assert all(link.text in text for link in links)
    assert all(text[: text.index(link.text)].strip() == text[: text.index(link.text)][:-1] or text.startswith(link.text)
               for link in links), "a quote begins with a whole word"  # fmt: skip


def test_the_table_of_words_is_read_once_and_leads_nowhere_else():
    read_as = {row["word"]: row["read_as"] for row in TABLE}
    assert len(read_as) == len(TABLE), "a word stands twice"
    for word, other in read_as.items():
        assert word == fold(word) != other, word
        assert reading(word) == reading(other), f"{word} is read as {other}, which is read as something else"
