"""Candidate recall against a slow twin, overall and by language; made-up rankings and grades."""

from __future__ import annotations

import math

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from integrator.retrieval import recall_table

NEEDS, SUPPLIERS = st.sampled_from("XYZ"), st.sampled_from("abcd")
PAIRS = st.sets(st.tuples(NEEDS, SUPPLIERS))
GRADES = st.dictionaries(NEEDS, st.dictionaries(SUPPLIERS, st.integers(0, 4), min_size=1))
LANGUAGES = st.dictionaries(NEEDS, st.sampled_from(["fr", "ar"]))


def table(pairs, grades, languages):
    matches = pd.DataFrame(sorted(pairs), columns=["need_id", "supplier_id"])
    return recall_table(matches, grades, languages).set_index("language").to_dict("index")


@given(PAIRS, GRADES, LANGUAGES)
def test_recall_is_that_of_the_slow_twin(pairs, grades, languages):
    found = table(pairs, grades, languages)
    for language in {"all", *(languages.get(need, "unknown") for need in grades)}:
        able = ranked = needs = 0
        for need, judged in grades.items():
            if language in ("all", languages.get(need, "unknown")):
                needs += 1
                for supplier, grade in judged.items():
                    if grade in (3, 4):
                        able += 1
                        ranked += (need, supplier) in pairs
        if not grades:
            assert found == {}
            continue
        row = found[language]
        assert (row["needs"], row["pairs"], row["found"]) == (needs, able, ranked)
        assert math.isnan(row["recall"]) if not able else abs(row["recall"] - ranked / able) < 1e-12
    assert len(found) == len({"all", *(languages.get(need, "unknown") for need in grades)} if grades else ())


def test_no_judgement_no_row():
    assert table({("X", "a")}, {}, {}) == {}
