"""An explanation holds the very numbers of the score, and what it says would move an actor does move it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.errors import UsageError
from integrator.explaining import explain, explanation_data, explanation_text
from integrator.explaining.text import counterfactual_sentence, difference_sentence
from integrator.learning import FittedLadder
from integrator.learning.calibration import PlattScale
from integrator.learning.terms import LinearTerms
from integrator.ranking import Scorecard, TrainedRanker
from integrator.ranking.experience import Experience
from integrator.ranking.features import FEATURES
from integrator.ranking.scorecard import scorecard
from integrator.ranking.scoring import features_of, score_pairs
from integrator.ranking.trained import scorecard_columns
from integrator.ranking.what_if import changes, place

IATF = "IATF 16949"
SUPPLIERS = [
    {"supplier_id": "S1", "name": "Fonderie Alpha (made-up)", "products": "disques de frein; tambours",
     "processes": "fonderie fonte; usinage", "materials": "fonte", "certifications": IATF, "status": "operating 2024"},
    {"supplier_id": "S2", "name": "Fonderie Bêta (made-up)", "products": "pièces de fonderie",
     "processes": "fonderie fonte; usinage", "materials": "fonte", "status": "operating 2024"},
    {"supplier_id": "S3", "name": "Fonderie Gamma (made-up)", "products": "pièces de fonderie",
     "processes": "fonderie fonte; usinage", "materials": "fonte", "status": "operating 2024", "certifications": IATF},
    {"supplier_id": "S4", "name": "Atelier Delta (made-up)", "products": "pièces usinées", "processes": "usinage",
     "materials": "acier", "status": "announced 2026"},
    {"supplier_id": "S5", "name": "Moulage Epsilon (made-up)", "products": "pièces plastiques",
     "processes": "injection plastique", "materials": "PP"},
]  # fmt: skip
NEEDS = [
    {"need_id": "X1", "component": "disque de frein", "processes": "fonderie fonte; usinage", "materials": "fonte",
     "certifications": IATF, "buyer": "Constructeur démo"},
    {"need_id": "X2", "component": "bidisque de freinette", "buyer": "sector"},
]  # fmt: skip


@dataclass(frozen=True)
class Stumps:
    """A made-up ensemble of small trees: points jump at a threshold, unknown goes its own way."""

    name: str = "trained"
    experience: None = None

    def probability(self, score: np.ndarray) -> np.ndarray:
        return np.full(len(score), np.nan)

    def points(self, features: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {
            name: np.where(np.isnan(values), 1 / 3, np.where(values >= 0.5, JUMPS.get(name, 0.1) + i / 97, 1 / (i + 3)))
            for i, (name, values) in enumerate(features.items())
        }


CRITERIA = [criterion.feature for criterion in scorecard()]
JUMPS = dict.fromkeys(CRITERIA, 5.0)
WEIGHTS, NEUTRAL = scorecard_columns(tuple(FEATURES))
UPWARDS = np.asarray([max(0.0, 0.9 - i / 20) for i in range(len(FEATURES))])
TERMS = LinearTerms(
    *(np.full(len(FEATURES), x) for x in (0.4, 0.3)), UPWARDS, *(np.full(len(FEATURES), x) for x in (0.2, -0.2))
)
LINEAR = TrainedRanker(
    tuple(FEATURES), FittedLadder(WEIGHTS, NEUTRAL, TERMS), PlattScale(0.1, -4.0), None, Experience({}, {}), {}
)
SCORERS = [Scorecard(), LINEAR, Stumps()]


@pytest.fixture(scope="module", params=SCORERS, ids=["scorecard", "linear", "trees"])
def run(request, run_whole):
    return run_whole(SUPPLIERS, NEEDS, request.param)


@pytest.fixture(scope="module")
def plain(run_whole):
    return run_whole(SUPPLIERS, NEEDS)


def pairs(run):
    return [(m.need_id, m.supplier_id) for m in run.tables["matches"].itertuples() if m.supplier_id]


def test_contributions_are_those_of_the_matches_and_sum_to_the_score(run):
    table = run.tables["contributions"].set_index(["need_id", "supplier_id"])
    matches = run.tables["matches"].set_index(["need_id", "supplier_id"])
    assert sorted(table.index) == sorted(matches.index)
    assert np.allclose(table.sum(axis=1), matches.loc[table.index, "score"], atol=1e-6)
    reasons = run.tables["reasons"].set_index(["need_id", "supplier_id", "criterion"])["points"]
    assert all(reasons[(*pair, name)] == row[name] for pair, row in table.iterrows() for name in CRITERIA)


def test_the_scorer_of_the_run_gives_every_score_again(run):
    candidates = run.tables["candidates"]
    assert np.array_equal(score_pairs(run.scorer, features_of(candidates))[1], candidates["score"])


def test_the_parts_add_up(run):
    for need_id, supplier_id in pairs(run):
        found = explain(run, need_id, supplier_id)
        assert sum(one.points for one in found.contributions) == pytest.approx(found.score, abs=1e-6)
        sizes = [abs(one.points) for one in found.contributions]
        assert sizes == sorted(sizes, reverse=True)
        assert len(found.reasons) <= 3
        for other in filter(None, (found.beside, found.against)):
            assert sum(part.points for part in other.parts) == pytest.approx(other.difference, abs=1e-6)
            assert other.difference == pytest.approx(found.score - other.score, abs=1e-6)


def test_every_pair_against_every_other_adds_up_both_ways(run):
    one, other = explain(run, "X1", "S1", "S4").against, explain(run, "X1", "S4", "S1").against
    assert one.difference == -other.difference
    assert {p.feature: p.points for p in one.parts} == {p.feature: -p.points for p in other.parts}


def test_what_would_move_it_does_by_the_slow_way(run):
    """Slow twin: the whole list of candidates scored and sorted again with the changed values."""
    candidates, moved = run.tables["candidates"], 0
    values = {change.name: change.values for change in changes()}
    for need_id, supplier_id in pairs(run):
        explained = explain(run, need_id, supplier_id)
        of_need = candidates[candidates["need_id"] == need_id].reset_index(drop=True)
        row = of_need.index[of_need["supplier_id"] == supplier_id][0]
        firmness = run.tables["requirements"].query("need_id == @need_id and role == 'component'")["score"].max()
        for found in explained.counterfactuals:
            changed = of_need.copy()
            for name, value in values[found.change].items():
                new = firmness if value == "asked" else float(value)
                changed.loc[row, name] = np.fmax(changed.loc[row, name], new)
            changed["score"] = score_pairs(run.scorer, features_of(changed))[1]
            order = changed.sort_values(["score", "supplier_id"], ascending=[False, True])["supplier_id"].tolist()
            assert order.index(supplier_id) + 1 == found.rank < explained.rank
            assert changed.loc[row, "score"] == found.score
            assert found.gain == pytest.approx(found.score - explained.score)
            moved += 1
        ranks = [one.rank for one in explained.counterfactuals]
        assert ranks == sorted(ranks)
    assert moved


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [("certificates_unsaid", "certifications", IATF), ("knows_buyer_unsaid", "customers", "Constructeur démo")],
)
def test_what_is_said_to_move_it_moves_it_in_a_run(plain, run_whole, change, field, value):
    found = next(one for one in explain(plain, "X1", "S2").counterfactuals if one.change == change)
    stated = [{**row, field: value} if row["supplier_id"] == "S2" else row for row in SUPPLIERS]
    match = run_whole(stated, NEEDS).tables["matches"].set_index(["need_id", "supplier_id"]).loc[("X1", "S2")]
    assert (match["rank"], match["score"]) == (found.rank, found.score)
    assert found.is_question


def test_what_is_known_is_told_and_what_is_not_is_asked(plain):
    found = {one.change: one for one in explain(plain, "X1", "S4").counterfactuals}
    assert "certificates" not in found
    assert not any(one.is_question for name, one in found.items() if name in ("processes", "material", "active"))
    assert all(one.is_question for name, one in found.items() if name.endswith("_unsaid"))
    assert all(one.text.endswith("?") == one.is_question for one in found.values())


def test_a_proposal_is_asked_about_and_a_sector_is_no_buyer(plain):
    for supplier_id in ("S4", "S5", "S2"):
        if ("X2", supplier_id) in pairs(plain):
            found = explain(plain, "X2", supplier_id).counterfactuals
            assert not {one.change for one in found} & {"knows_buyer_unsaid", "processes", "material", "main_process"}
            assert all("(?)" in one.text for one in found if one.change == "makes_part")


def test_the_first_is_compared_with_the_second_and_the_others_with_the_one_above(plain):
    ranks = {m.rank: m.supplier_id for m in plain.tables["matches"].itertuples() if m.need_id == "X1"}
    assert explain(plain, "X1", ranks[1]).beside.supplier_id == ranks[2]
    assert explain(plain, "X1", ranks[3]).beside.supplier_id == ranks[2]


@pytest.mark.parametrize(("lang", "words"), [("fr", ["surtout par", "Pourquoi"]), ("en", ["mainly by", "Why"])])
def test_the_text_is_in_the_language_of_the_run(run_whole, lang, words):
    run = run_whole(SUPPLIERS, NEEDS, None, lang)
    explained = explain(run, "X1", "S2", "S1")
    text = explanation_text(explained)
    assert all(word in text for word in words)
    assert difference_sentence(explained, explained.against) in text
    assert all(counterfactual_sentence(explained, one) in text for one in explained.counterfactuals)
    assert explanation_data(explained)["against"]["supplier_id"] == "S1"


def test_equal_scores_are_told_as_a_tie(run_whole):
    twins = [{**SUPPLIERS[1], "supplier_id": name, "name": name} for name in ("T1", "T2")]
    explained = explain(run_whole(twins, NEEDS[:1]), "X1", "T2")
    assert explained.beside.difference == 0
    assert "have the same score" in explanation_text(explained)


@pytest.mark.parametrize(
    ("pair", "words"),
    [(("X9", "S1"), "X9"), (("X1", "S9"), "S9"), (("X1", "S1", "S9"), "S9"), (("X1", "S1", "S1"), "another supplier")],
)
def test_what_is_not_there_is_one_sentence(plain, pair, words):
    with pytest.raises(UsageError, match=words):
        explain(plain, *pair)


@given(st.dictionaries(st.text("ab", min_size=1, max_size=3), st.sampled_from([1.0, 2.0, 2.5]), min_size=1))
def test_a_place_is_that_of_the_sorted_list(scores):
    order = sorted(scores, key=lambda name: (-scores[name], name))
    assert [place(scores[name], name, scores) for name in order] == list(range(1, len(order) + 1))
