"""A trained ranker: readable JSON that gives the same points again, and refusals in one sentence."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data
from integrator.errors import UsageError
from integrator.learning import FittedLadder
from integrator.ranking import Scorecard, TrainedRanker, load_ranker, shipped_ranker
from integrator.ranking.experience import Experience
from integrator.ranking.features import FEATURES
from integrator.ranking.features.table import monotone
from integrator.ranking.scoring import score_pairs
from integrator.ranking.trained import misfit, scorecard_columns

ROOT = Path(__file__).parents[2]
BOUND = [name for name, direction in monotone().items() if direction and name in FEATURES]
with (Path(__file__).parent / "hostile_rankers.csv").open(encoding="utf-8", newline="") as stream:
    HOSTILE = list(data.read(stream, "hostile_rankers.csv"))


def made_up(n: int = 300, seed: int = 0) -> dict[str, np.ndarray]:
    """Made-up features, a third unknown."""
    draw = np.random.default_rng(seed)
    return {
        name: np.where(draw.random(n) < 1 / 3, np.nan, np.round(draw.random(n), 3))
        for name in shipped_ranker().features
    }


def test_the_shipped_ranker_belongs_to_this_version():
    assert misfit(shipped_ranker()) == ""


def test_the_shipped_ranker_was_trained_on_the_shipped_data():
    for name, digest in shipped_ranker().card["inputs"].items():
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == digest, f"{name} changed: train again"


def test_saved_it_gives_the_same_points_and_probabilities(tmp_path):
    ranker = shipped_ranker()
    ranker.save(tmp_path / "ranker.json")
    again, features = load_ranker(tmp_path / "ranker.json"), made_up()
    one, two = score_pairs(ranker, features), score_pairs(again, features)
    assert all(np.array_equal(one[0][name], two[0][name]) for name in FEATURES)
    assert np.array_equal(one[1], two[1])
    assert np.array_equal(ranker.probability(one[1]), again.probability(two[1]))
    assert (again.experience, again.card, again.showing) == (ranker.experience, ranker.card, ranker.showing)
    assert again.about() == ranker.about()


def test_the_file_is_strict_json_without_names(tmp_path):
    shipped_ranker().save(tmp_path / "ranker.json")
    text = (tmp_path / "ranker.json").read_text(encoding="utf-8")
    json.loads(text, parse_constant=lambda name: pytest.fail(name))
    for name in ("Dika", "Dicastal", "desk review"):
        assert name not in text


def test_a_pair_has_the_same_points_alone_and_among_others_in_any_order():
    features = made_up(50)
    _, whole = score_pairs(shipped_ranker(), features)
    mixed = np.random.default_rng(1).permutation(50)
    assert np.array_equal(score_pairs(shipped_ranker(), {k: v[mixed] for k, v in features.items()})[1], whole[mixed])
    assert score_pairs(shipped_ranker(), {k: v[7:8] for k, v in features.items()})[1] == whole[7]


def test_points_of_all_features_sum_to_the_score():
    points, score = score_pairs(shipped_ranker(), made_up())
    assert np.allclose(sum(points.values()), score, atol=1e-9)


@settings(max_examples=150)
@given(st.sampled_from(BOUND), st.integers(0, 299), st.floats(-1, 2), st.floats(-1, 2))
def test_more_of_a_feature_never_moves_the_score_against_its_direction(name, row, one, other):
    features = {key: np.repeat(values[row], 2) for key, values in made_up().items()}
    features[name] = np.asarray(sorted((one, other)))
    low, high = shipped_ranker().ladder.predict(np.column_stack([features[key] for key in shipped_ranker().features]))
    assert monotone()[name] * (high - low) >= -1e-9


def test_one_that_learned_nothing_ranks_as_the_scorecard():
    names = tuple(FEATURES)
    bare = TrainedRanker(names, FittedLadder(*scorecard_columns(names)), None, None, Experience({}, {}), {})
    assert np.array_equal(score_pairs(bare, made_up())[1], score_pairs(Scorecard(), made_up())[1])
    assert np.isnan(bare.probability(np.asarray([1.0, 2.0]))).all()


@pytest.mark.parametrize("case", HOSTILE, ids=[f"{case['at']} {case['value'][:30]}" for case in HOSTILE])
def test_what_does_not_fit_is_refused_in_one_sentence(tmp_path, case):
    content = shipped_ranker().to_dict()
    *path, last = (int(key) if key.isdigit() else key for key in case["at"].split("/"))
    place = content
    for key in path:
        place = place[key]
    if case["value"] == "absent":
        del place[last]
    else:
        place[last] = json.loads(case["value"])
    (tmp_path / "ranker.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UsageError, match=case["says"]) as refused:
        load_ranker(tmp_path / "ranker.json")
    assert str(refused.value).startswith(f"{tmp_path / 'ranker.json'}: ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "no json", "[1, 2]", "null", "[" * 100_000, '{"format": "integrator linear ranker 1"}']
)
def test_other_files_are_refused(tmp_path, text):
    (tmp_path / "ranker.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="this is no ranker"):
        load_ranker(tmp_path / "ranker.json")


def test_a_missing_and_a_huge_file_are_refused(tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="no such ranker"):
        load_ranker(tmp_path / "none.json")
    shipped_ranker().save(tmp_path / "ranker.json")
    monkeypatch.setattr("integrator.ranking.trained.MOST_BYTES", 1000)
    with pytest.raises(UsageError, match="too many"):
        load_ranker(tmp_path / "ranker.json")


def test_one_without_the_model_of_meaning_does_not_fit_a_job_with_it(tmp_path):
    shipped_ranker().save(tmp_path / "ranker.json")
    with pytest.raises(UsageError, match="other features"):
        load_ranker(tmp_path / "ranker.json", with_meaning=True)
