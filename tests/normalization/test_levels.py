"""Who may see a row: words of three languages, the careful side for all others, the strictest of joined rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.normalization import joined, value_problems
from integrator.normalization.levels import read_levels
from integrator.records import CellRef, IdentityDecision, Record


def supplier(identifier, row, text="", continues=0):
    values = {"supplier_id": identifier, "name": f"Atelier {row} (démo)"} | ({"confidentiality": text} if text else {})
    ref = CellRef("made-up.csv", "", row)
    return Record("supplier", ref, values, dict.fromkeys(values, ref), continues=continues)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("", ""),
        ("Public", "public"),
        ("PUBLIQUE", "public"),
        ("Réservé aux membres", "members"),
        ("members", "members"),
        ("أعضاء", "members"),
        ("Confidentiel", "restricted"),
        ("سري", "restricted"),
        ("par défaut", "default"),
        ("public; restreint", "public restricted"),
        ("public ?", "restricted"),
        ("non public", "restricted"),
        ("voir la direction", "restricted"),
        ("1", "restricted"),
    ],
)
def test_levels_in_words(text, levels):
    assert read_levels(text) == levels


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_no_text_at_all_opens_a_row_but_the_words_of_the_list(text):
    said = read_levels(text)
    assert set(said.split()) <= {"public", "members", "restricted", "default"}


def test_a_word_that_is_not_understood_is_reported():
    (problem,) = value_problems([supplier("S1", 2, "voir la direction"), supplier("S2", 3, "membres")])
    assert (problem.code, problem.row, problem.severity) == ("unknown_level", 2, "warning")


@pytest.mark.parametrize(
    ("texts", "levels"),
    [
        (("public", "members"), "members public"),
        (("public", ""), "default public"),
        (("", ""), ""),
        (("restreint", "public"), "public restricted"),
    ],
)
def test_rows_that_are_one_company_keep_what_each_says(texts, levels):
    rows = [supplier(f"S{i}", i + 1, text) for i, text in enumerate(texts, start=1)]
    (one,), _, _ = joined(rows, [IdentityDecision("S1", "S2", "same", "démo", "2026-01-01", "")])
    assert read_levels(one.get("confidentiality")) == levels


def test_a_row_that_goes_on_under_a_merged_cell_says_nothing_of_its_own():
    (one,), _, _ = joined([supplier("S1", 2, "public"), supplier("S1", 3, continues=2)], [])
    assert read_levels(one.get("confidentiality")) == "public"
