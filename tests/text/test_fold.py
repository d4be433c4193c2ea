"""Folding: one form for texts that mean the same. All texts are made up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from integrator.data import read
from integrator.text.fold import fold, tokens

CASES = Path(__file__).with_name("fold_cases.csv")
TATWEEL, MARKS = "\u0640", "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüœæ '-/0123456789", max_size=30)
ARABIC = st.lists(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"), max_size=20).map("".join)


def _cases() -> Iterator[object]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        for case in read(stream, CASES.name):
            text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), case["text"])
            text = text.replace("\\t", "\t").replace("\\n", "\n")
            yield pytest.param(text, case["folded"], id=f"{case['row'] or 'plain'} {case['text']}")


@pytest.mark.parametrize(("text", "folded"), list(_cases()))
def test_folded_form(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=40))
@example("A.B.")
@example("d'd'd'a")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert tokens(text) == fold(text).split()


@given(LATIN)
def test_case_and_the_way_accents_are_coded_do_not_count(text: str) -> None:
    assert fold(text.upper()) == fold(text) == fold(unicodedata.normalize("NFD", text))


@given(LATIN.map(lambda text: text.replace("'", " ")))
def test_accents_do_not_count_but_where_a_letter_is_elided(text: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    assert fold(bare) == fold(text)


@given(ARABIC, st.data())
def test_marks_and_tatweel_do_not_count(word: str, data: st.DataObject) -> None:
    extra = [data.draw(st.sampled_from(["", TATWEEL, *MARKS])) for _ in word]
    assert fold("".join(letter + more for letter, more in zip(word, extra, strict=True))) == fold(word) == word


@given(st.integers(0, 10**12))
def test_digits_of_every_script_are_one(number: int) -> None:
    arabic = str(number).translate({48 + d: 0x660 + d for d in range(10)})
    persian = str(number).translate({48 + d: 0x6F0 + d for d in range(10)})
    assert fold(arabic) == fold(persian) == str(number)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40))
def test_a_folded_text_holds_words_and_single_blanks_only(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip()
    assert re.search(r"[^\w+ ]|_", folded) is None
    assert "  " not in folded
    assert folded == folded.casefold()


@given(st.text("abYZ019", max_size=12))
def test_a_plain_word_is_folded_as_inside_any_text(word):
    """It takes a shorter way."""
    assert fold(f"{word}é") == f"{fold(word)}e"
    assert fold(f"{word} ") == fold(word)
