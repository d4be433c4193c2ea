"""Features that only a trained ranker counts have names in the reader's language, and some a sentence."""

from __future__ import annotations

import pytest

from integrator import data
from integrator.explaining.learned import learned_sentences
from integrator.ranking.features.table import feature_rows


def test_every_feature_has_a_name_in_both_languages():
    named = {row["feature"]: (row["fr"], row["en"]) for row in data.rows("ranking/feature_names.csv")}
    assert set(named) == {row.name for row in feature_rows()}
    assert all(text and "_" not in text for pair in named.values() for text in pair)
    for position in (0, 1):
        assert len({pair[position] for pair in named.values()}) == len(named), "two features of one name"


@pytest.mark.parametrize(
    ("value", "state"), [(0.5, "met"), (3.0, "met"), (0.4, ""), (-0.4, ""), (-0.5, "failed"), (float("nan"), "")]
)
def test_what_people_judged_elsewhere_is_said_where_it_is_clear(value, state):
    found = learned_sentences({"judged_alike": value, "distance": 3.0}, "en")
    assert [name for name, said in found.items() if said] == ([state] if state else [])
    assert all("similar needs" in text for said in found.values() for text, _ in said)


def test_nothing_is_said_of_a_feature_that_is_not_counted():
    assert learned_sentences({"part_same": 1.0}, "fr") == {"met": [], "failed": []}
