"""The shipped ranker belongs to this version: its features, scorecard and data, and what training makes of them."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import numpy as np
import pytest

import judged_world
from integrator import config, pipeline
from integrator.errors import UsageError
from integrator.ranking import shipped_ranker, trained
from integrator.ranking.scorecard import scorecard
from integrator.ranking.trained import misfit
from integrator.training import card_text
from integrator.training.fitting import RUNGS, fit
from integrator.training.judged import JudgedPairs, judged_pairs

ROOT = Path(__file__).parents[2]
AGAIN = "train again: integrator train src/integrator/data/ranking/ranker.json --force"


@pytest.fixture(scope="module")
def judged(tmp_path_factory) -> JudgedPairs:
    """The pairs of the shipped job, without any store or words of one's own that may lie beside it."""
    empty = str(tmp_path_factory.mktemp("store"))
    job = config.load(ROOT / "integrator.toml")
    job = job.with_changes({"matching": {"ranker": "scorecard"}, "store": {"path": empty}, "knowledge": {"terms": ""}})
    return judged_pairs(pipeline.run(job))


def test_it_fits_the_features_and_the_scorecard():
    assert misfit(shipped_ranker()) == ""


@pytest.mark.parametrize(
    "edited", [{"weight": 7.5}, {"neutral": 0.375}, {"feature": "judged_alike"}], ids=["weight", "neutral", "feature"]
)
def test_it_is_not_combined_with_an_edited_scorecard(edited, monkeypatch):
    lines = scorecard()
    lines = (dataclasses.replace(lines[0], **edited), *lines[1:])
    monkeypatch.setattr(trained, "scorecard", lambda **_: lines)
    shipped_ranker.cache_clear()
    with pytest.raises(UsageError) as refused:
        pipeline.match(config.Config(), judged_world.inputs())
    assert str(refused.value) == (
        "the ranker that comes with integrator: it was trained on top of another scorecard than the present one: "
        "use `--ranker scorecard` or train again with `integrator train`."
    )
    plain = config.Config().with_changes({"matching": {"ranker": "scorecard"}})
    assert len(pipeline.match(plain, judged_world.inputs()).tables["matches"])


def test_it_was_trained_on_the_shipped_files():
    inputs = shipped_ranker().card["inputs"]
    assert inputs
    stale = [name for name, mark in inputs.items() if hashlib.sha256((ROOT / name).read_bytes()).hexdigest() != mark]
    assert not stale, AGAIN


def test_it_was_trained_on_all_shipped_judgements_and_on_nothing_else(judged):
    card = shipped_ranker().card
    found = {"read": judged.read, "used": int(judged.is_judged.sum()), "left_out": dict(judged.dropped)}
    assert {name: card["judgements"][name] for name in found} == found, AGAIN
    assert card["inputs"] == dict(judged.matrix.run.files), AGAIN
    assert card["knowledge"] == {}


def test_training_now_gives_the_same_points(judged):
    shipped = shipped_ranker()
    fitted = fit(judged, judged.needs.tolist(), RUNGS[RUNGS.index(shipped.card["rung"])])
    assert fitted.ranker.rung_ == shipped.card["rung"], AGAIN
    assert fitted.experience == shipped.experience, AGAIN
    rows = judged.matrix.rows(shipped.experience)
    now, then = fitted.ladder.contributions(rows), shipped.ladder.contributions(rows)
    np.testing.assert_allclose(now, then, rtol=0, atol=1e-6, err_msg=AGAIN)


def test_its_card_can_be_read():
    text = card_text(shipped_ranker())
    assert text.startswith("judgements  ")
    assert f"rung        {shipped_ranker().card['rung']}" in text
    assert "nan" not in text
