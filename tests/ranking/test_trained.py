"""A trained ranker is a scorer kept as JSON: the shipped one, and one of made-up suppliers, needs and grades."""

from __future__ import annotations

import csv
import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import judged_world
from integrator import config, pipeline
from integrator.errors import OutputError, UsageError
from integrator.learning.fitted import FittedLadder
from integrator.ranking import Scorecard, TrainedRanker, load_ranker, shipped_ranker
from integrator.ranking import trained as module
from integrator.ranking.experience import Experience, name_mark
from integrator.ranking.features.table import monotone
from integrator.ranking.scoring import features_of, score_pairs
from integrator.ranking.trained import known_features, ranker_from, scorecard_columns

_LINES = (Path(__file__).parent / "ranker_faults.csv").read_text(encoding="utf-8").splitlines()
CASES = list(csv.DictReader(line for line in _LINES if not line.startswith("#")))
FEATURES = known_features(with_meaning=False)


@pytest.fixture(scope="module")
def small(trained_on) -> TrainedRanker:
    """Trained on the made-up job."""
    return trained_on(judged_world.by_supplier)


@pytest.fixture(params=["shipped", "small"])
def ranker(request, small) -> TrainedRanker:
    return shipped_ranker() if request.param == "shipped" else small


@pytest.fixture(scope="module")
def pairs(plain_run) -> dict[str, np.ndarray]:
    """Features of the candidates, some of them with what was judged."""
    known = features_of(plain_run.tables["candidates"])
    return known | {"judged_alike": np.where(np.arange(len(known["judged_alike"])) % 3, np.nan, 0.25)}


def rows_of(features: dict[str, np.ndarray], chosen: Any) -> dict[str, np.ndarray]:
    return {name: values[chosen] for name, values in features.items()}


def constant() -> TrainedRanker:
    """A ranker that learned nothing: the scorecard alone."""
    return TrainedRanker(FEATURES, FittedLadder(*scorecard_columns(FEATURES)), None, None, Experience({}, {}), {})


def strict(text: str) -> Any:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


# What is written is what is read


def test_what_is_saved_comes_back(ranker, pairs, tmp_path):
    ranker.save(tmp_path / "ranker.json")
    back = load_ranker(tmp_path / "ranker.json")
    assert back.features == ranker.features
    assert back.card == ranker.card
    assert (back.scale, back.showing, back.experience) == (ranker.scale, ranker.showing, ranker.experience)
    for name, values in ranker.points(pairs).items():
        np.testing.assert_array_equal(back.points(pairs)[name], values)
    score = np.linspace(-10, 110, 13)
    np.testing.assert_array_equal(back.probability(score), ranker.probability(score))
    back.save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "ranker.json").read_bytes()


def test_the_file_is_strict_json_in_readable_lines(ranker, tmp_path):
    ranker.save(tmp_path / "ranker.json")
    text = (tmp_path / "ranker.json").read_text(encoding="utf-8")
    assert list(strict(text))[:2] == ["format", "card"]
    assert text.endswith("}\n")
    assert len(text.splitlines()) > 50


def test_no_name_of_a_supplier_or_judge_is_kept(small, tmp_path):
    small.save(tmp_path / "ranker.json")
    text = (tmp_path / "ranker.json").read_text(encoding="utf-8").casefold()
    assert "s03" in text  # ids are kept
    for name in [*(one["name"] for one in judged_world.SUPPLIERS), judged_world.JUDGE, "zellige"]:
        assert name.casefold() not in text


def test_a_ranker_that_learned_no_scale_says_no_probability(pairs, tmp_path):
    constant().save(tmp_path / "ranker.json")
    back = load_ranker(tmp_path / "ranker.json")
    assert np.isnan(back.probability(np.asarray([0.0, 50.0]))).all()
    assert back.showing is None
    assert list(back.points(pairs)) == list(FEATURES)


# Points


def test_points_sum_to_the_score(ranker, pairs):
    points, score = score_pairs(ranker, pairs)
    assert list(points) == list(FEATURES)
    np.testing.assert_allclose(sum(points.values()), score, atol=1e-9)
    whole = ranker.ladder.predict(np.column_stack([pairs[name] for name in FEATURES]))
    np.testing.assert_allclose(score, whole, atol=len(FEATURES) * 5e-5)
    assert np.isfinite(score).all()


def test_a_pair_has_the_same_points_alone(ranker, pairs):
    points, score = score_pairs(ranker, pairs)
    for row in range(0, len(score), 7):
        alone, own = score_pairs(ranker, rows_of(pairs, slice(row, row + 1)))
        assert own[0] == score[row]
        assert {name: values[0] for name, values in alone.items()} == {n: values[row] for n, values in points.items()}


def test_shuffled_rows_keep_their_points(pairs):
    points, score = score_pairs(shipped_ranker(), pairs)

    @given(st.permutations(range(len(score))))
    @settings(max_examples=10, deadline=None)
    def shuffled(order):
        other, found = score_pairs(shipped_ranker(), rows_of(pairs, order))
        np.testing.assert_array_equal(found, score[order])
        assert all((other[name] == values[order]).all() for name, values in points.items())

    shuffled()


def test_the_order_of_the_features_does_not_matter(ranker, pairs):
    _, score = score_pairs(ranker, pairs)
    _, other = score_pairs(ranker, dict(reversed(pairs.items())))
    np.testing.assert_array_equal(score, other)


def test_no_pair_has_no_points(ranker, pairs):
    points, score = score_pairs(ranker, rows_of(pairs, slice(0, 0)))
    assert score.shape == (0,)
    assert set(points) == set(FEATURES)


def test_nothing_known_of_a_pair_gives_a_score_all_the_same(ranker):
    _, score = score_pairs(ranker, {name: np.full(1, np.nan) for name in FEATURES})
    assert np.isfinite(score).all()


def _levels(ranker: TrainedRanker, pairs: dict[str, np.ndarray]) -> dict[str, list[float]]:
    """Values of each feature: those of pairs, and both sides of every threshold of the trees."""
    found = {name: {float(one) for one in pairs[name] if not math.isnan(one)} | {0.0, 1.0} for name in FEATURES}
    trees = ranker.ladder.trees
    if trees is not None:
        for column, threshold in zip(trees.feature.tolist(), trees.threshold.tolist(), strict=True):
            if column >= 0 and abs(threshold) < 1e6:  # larger: it only asks whether the value is known
                found[FEATURES[column]] |= {threshold, math.nextafter(threshold, math.inf)}
    return {name: sorted(values) for name, values in found.items()}


def test_more_of_a_good_feature_never_costs_points(pairs):
    """Each feature that has a direction, at some of its known values, while the rest is drawn (unknown values too)."""
    ladder, levels = shipped_ranker().ladder, _levels(shipped_ranker(), pairs)
    signs = {FEATURES.index(name): sign for name, sign in monotone().items() if sign and name in FEATURES}
    assert len(signs) > 20

    @given(st.integers(0, 2**32 - 1))
    @settings(max_examples=25, deadline=None)
    def never(seed):
        rng = np.random.default_rng(seed)
        drawn = np.asarray([rng.choice([*levels[name], math.nan]) for name in FEATURES])
        rows = np.tile(drawn, (len(signs), 6, 1))
        for place, column in enumerate(signs):
            rows[place, :, column] = np.sort(rng.choice(levels[FEATURES[column]], size=6))
        score = ladder.predict(rows.reshape(-1, len(FEATURES))).reshape(len(signs), 6)
        steps = np.asarray(list(signs.values()))[:, None] * np.diff(score, axis=1)
        assert (steps >= -1e-9).all(), [
            FEATURES[column] for column, row in zip(signs, steps, strict=True) if row.min() < 0
        ]

    never()


def test_the_shipped_ranker_uses_what_it_learned(pairs):
    assert shipped_ranker().ladder.trees is not None or shipped_ranker().ladder.linear is not None
    _, learned = score_pairs(shipped_ranker(), pairs)
    _, card = score_pairs(Scorecard(), pairs)
    assert not np.array_equal(np.argsort(learned), np.argsort(card))


def test_a_ladder_that_learned_nothing_ranks_as_the_scorecard(plain_run, pairs):
    _, score = score_pairs(constant(), pairs)
    np.testing.assert_array_equal(score, score_pairs(Scorecard(), pairs)[1])
    other = pipeline.match(config.Config(), judged_world.inputs(), scorer=constant())
    same = ["need_id", "supplier_id", "rank", "score", "grade", "reasons", "missing", "questions"]
    assert other.tables["matches"][same].equals(plain_run.tables["matches"][same])
    assert set(other.tables["matches"]["ranker"]) == {"trained"}
    assert other.tables["matches"]["probability"].isna().all()


# Experience


def test_who_bears_the_id_under_another_name_is_not_recognized(small):
    renamed = [dict(one) for one in judged_world.SUPPLIERS]
    renamed[3]["name"] = "Une autre maison (démo)"
    renamed[4]["name"] = "ETABLISSEMENTS  zellige-04 (demo)"
    found = pipeline.match(config.Config(), judged_world.inputs(suppliers=renamed), scorer=small).tables["candidates"]
    unknown = found.assign(unknown=found["judged_alike"].isna()).groupby("supplier_id")["unknown"].agg(["all", "any"])
    assert unknown["all"].to_dict() == {f"S{i:02}": i == 3 for i in range(10)}
    assert not unknown.loc["S04", "any"]


def test_a_mark_is_short_and_the_same_for_spellings():
    assert name_mark("Société Générale d'Étanchéité") == name_mark("SOCIETE GENERALE D'ETANCHEITE")
    assert name_mark("Zellige 1") != name_mark("Zellige 2")
    assert len(name_mark("x" * 1000)) == 16


def test_experience_that_is_switched_off_is_unknown(small):
    job = config.Config().with_changes({"matching": {"buyer_experience": False}})
    found = pipeline.match(job, judged_world.inputs(), scorer=small).tables["candidates"]
    assert found["judged_alike"].isna().all()


# Refusals: one clear sentence


def refusal(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        load_ranker(path)
    said = str(caught.value)
    assert said.startswith(f"{path}: ")
    assert said.endswith("`integrator train`.") or "that `train` wrote" in said
    assert len(said.splitlines()) == 1
    assert len(said) < 400
    for inner in ("NoneType", "object", "unpack", "dictionary update", "invalid literal", "codec", "Error", "sys."):
        assert inner not in said
    return said


def changed(data: Any, place: str, value: str) -> str:
    """JSON text of the data with another value at a place."""
    keys = [int(key) if key.isdigit() else key for key in place.split("/")]
    inside = data
    for key in keys[:-1]:
        inside = inside[key]
    if value:
        inside[keys[-1]] = "@@"
    else:
        del inside[keys[-1]]
    return json.dumps(data).replace('"@@"', "7" * 400 if value == "huge" else value)


@pytest.mark.parametrize("case", CASES, ids=[row["case"] for row in CASES])
def test_a_changed_ranker_is_refused_in_one_sentence(case, small, tmp_path):
    data = json.loads(json.dumps(small.to_dict()))
    (tmp_path / "ranker.json").write_text(changed(data, case["place"], case["value"]), encoding="utf-8")
    assert case["said"] in refusal(tmp_path / "ranker.json")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[]", b"3", b'"integrator ranker 2"', b"\xff\xfe\x00", b"PK\x03\x04", b"[" * 200_000,
     b'{"format":' * 100_000, b"supplier_id;name\nS1;x\n", b"9" * 5000],
    ids=["empty", "cut", "null", "list", "number", "text", "bytes", "zip", "deep list", "deep table", "csv", "digits"],
)  # fmt: skip
def test_what_is_no_ranker_is_refused_in_one_sentence(content, tmp_path):
    (tmp_path / "ranker.json").write_bytes(content)
    assert "this is no ranker" in refusal(tmp_path / "ranker.json")


def test_a_missing_file_and_a_folder_are_no_ranker(tmp_path):
    assert "no such ranker" in refusal(tmp_path / "none.json")
    assert "no such ranker" in refusal(tmp_path)


def test_a_file_that_never_ends_is_not_read():
    if Path("/dev/zero").exists():
        assert "no such ranker" in refusal(Path("/dev/zero"))


def test_a_ranker_that_cannot_be_written_leaves_nothing_behind(small, tmp_path):
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "none" / "ranker.json", tmp_path / "folder"):
        with pytest.raises(OutputError, match=r"cannot be written \(.*\): check path and rights\.$"):
            small.save(path)
    assert [one.name for one in tmp_path.rglob("*")] == ["folder"]


def test_an_old_ranker_stays_whole_when_the_new_one_cannot_be_written(small, tmp_path):
    path = tmp_path / "ranker.json"
    path.write_text("old", encoding="utf-8")
    broken = dataclasses.replace(small, card={"mean": math.nan})
    with pytest.raises(ValueError, match="not JSON compliant"):
        broken.save(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["ranker.json"]


def test_a_file_too_large_is_not_read(tmp_path, monkeypatch):
    with (tmp_path / "ranker.json").open("wb") as file:
        file.truncate(module.MOST_BYTES + 1)
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: pytest.fail("it was read"))
    monkeypatch.setattr(Path, "read_bytes", lambda *_: pytest.fail("it was read"))
    assert "too many for a ranker" in refusal(tmp_path / "ranker.json")


def test_a_ranker_of_a_job_with_meaning_is_not_for_one_without(small, tmp_path):
    small.save(tmp_path / "ranker.json")
    with pytest.raises(UsageError, match=r"trained on other features \(lacks "):
        load_ranker(tmp_path / "ranker.json", with_meaning=True)


def test_features_in_another_order_are_other_features(small, tmp_path):
    data = small.to_dict()
    data["features"] = data["features"][::-1]
    (tmp_path / "ranker.json").write_text(json.dumps(data), encoding="utf-8")
    assert "in another order" in refusal(tmp_path / "ranker.json")


STRANGE = st.sampled_from([None, True, -1, 0, 10**400, 1e200, "", "x", [], [[]], {}, {"a": 1}, [1, "x"], float("nan")])


def _places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in the data: of a long list only the first places."""
    keys: list[Any] = (
        list(value) if isinstance(value, dict) else [*range(len(value))][:3] if isinstance(value, list) else []
    )
    return [one for key in keys for one in ((*above, key), *_places(value[key], (*above, key)))]


def test_any_change_is_refused_in_a_sentence_or_gives_finite_points(small, pairs):
    plain = json.dumps(small.to_dict())
    places = [place for place in _places(json.loads(plain)) if place[:1] != ("card",) or len(place) == 1]

    @given(place=st.sampled_from(places), value=STRANGE)
    @settings(max_examples=100, deadline=None)
    def change(place, value):
        data = inside = json.loads(plain)
        for key in place[:-1]:
            inside = inside[key]
        inside[place[-1]] = value
        try:
            found = ranker_from(data)
        except ValueError:
            return
        if not module.misfit(found):
            assert np.isfinite(score_pairs(found, pairs)[1]).all()
            found.to_dict()

    change()
