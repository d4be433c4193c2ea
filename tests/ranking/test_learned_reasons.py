"""Features that only a trained ranker counts have names in the reader's language, and some a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pytest

from integrator import data
from integrator.explaining import explain, explanation_text
from integrator.explaining.learned import learned_sentences
from integrator.ranking import Scorecard
from integrator.ranking.experience import Experience, name_mark
from integrator.ranking.features.table import feature_rows


def test_every_feature_has_a_name_in_both_languages():
    named = {row["feature"]: (row["fr"], row["en"]) for row in data.rows("ranking/feature_names.csv")}
    assert list(named) == [row.name for row in feature_rows()]
    assert all(len(text.split()) <= 6 for pair in named.values() for text in pair)
    assert all(text and "_" not in text for pair in named.values() for text in pair)
    for position in (0, 1):
        assert len({pair[position] for pair in named.values()}) == len(named), "two features of one name"


@pytest.mark.parametrize(
    ("value", "points", "state"),
    [
        (0.2, 2.0, "met"), (3.0, 9.0, "met"), (0.1, 9.0, ""), (3.0, 1.9, ""), (3.0, -9.0, ""),
        (-0.2, -2.0, "failed"), (-0.1, -9.0, ""), (-2.0, -1.9, ""), (-2.0, 9.0, ""), (float("nan"), 9.0, ""),
    ],
)  # fmt: skip
def test_what_people_judged_elsewhere_is_said_where_it_is_clear_and_counts(value, points, state):
    found = learned_sentences({"judged_alike": value, "distance": 3.0}, {"judged_alike": points}, "en")
    assert [name for name, said in found.items() if said] == ([state] if state else [])
    assert all("similar needs" in text for said in found.values() for text, _ in said)


def test_nothing_is_said_of_a_feature_that_is_not_counted():
    assert learned_sentences({"part_same": 1.0}, {"part_same": 9.0}, "fr") == {"met": [], "failed": []}
    assert learned_sentences({"judged_alike": 1.0}, {}, "fr") == {"met": [], "failed": []}


NAMES = {"S1": "Fonderie Alpha (made-up)", "S2": "Fonderie Bêta (made-up)", "S3": "Fonderie Gamma (made-up)"}
SUPPLIERS = [
    {"supplier_id": one, "name": name, "products": "pièces de fonderie", "processes": "fonderie", "status": "operating"}
    for one, name in NAMES.items()
]  # fmt: skip
NEEDS = [{"need_id": "X1", "component": "disque de frein", "processes": "fonderie", "materials": "fonte"}]
MARKS = {one: name_mark(name) for one, name in NAMES.items()}
PAST = Experience({"OLD": {"P-CAST": 1.0}}, {"OLD": {"S1": 2.0, "S2": -2.0}}, MARKS)


@dataclass(frozen=True)
class Judged:
    """The scorecard and ten points a grade for what was judged elsewhere: S1 better, S2 worse, S3 not judged."""

    name: str = "trained"
    experience: Experience = PAST

    def points(self, features: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {**Scorecard().points(features), "judged_alike": 10 * np.nan_to_num(features["judged_alike"])}

    def probability(self, score: np.ndarray) -> np.ndarray:
        return np.full(len(score), np.nan)

    def about(self) -> dict[str, str]:
        return {}


@pytest.mark.parametrize(
    ("lang", "word", "heading"), [("fr", "semblables", "Appris"), ("en", "similar", "Learned from")]
)
def test_an_explanation_says_how_it_was_judged_elsewhere_and_a_sheet_does_not(run_whole, lang, word, heading):
    run = run_whole(SUPPLIERS, NEEDS, Judged(), lang)
    better, worse, unjudged = (explain(run, "X1", one) for one in NAMES)
    assert any(word in text for text in better.reasons)
    assert any(word in text for text in worse.gaps)
    assert not any(word in text for one in (better, worse) for text in one.questions)
    assert not any(word in text for text in (*unjudged.reasons, *unjudged.gaps))
    matches = run.tables["matches"]
    assert not matches["reasons"].str.contains(word).any()
    assert not matches["missing"].str.contains(word).any()
    against = explanation_text(explain(run, "X1", "S1", "S2"))
    assert against.count(heading) == 2, "under the points and under the differences"
    assert against.count("(judged_alike)") == 2
    assert "- / -" not in against
