"""A ranker is not measured on what it learned from; made-up suppliers, needs and grades."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

import judged_world
from integrator import config, evaluation, metrics, normalization, pipeline
from integrator.errors import UsageError
from integrator.evaluation.held_out import held_out_rankings, knows
from integrator.ranking import Scorecard, TrainedRanker
from integrator.records import Judgement
from integrator.training.fitting import fit
from integrator.training.judged import judged_pairs


@pytest.fixture(scope="module")
def ranker(trained_on) -> TrainedRanker:
    return trained_on(judged_world.by_supplier)


@pytest.fixture(scope="module")
def judgements(plain_run) -> list[Judgement]:
    return judged_world.judge(plain_run, judged_world.by_supplier)


@pytest.fixture
def job(ranker, tmp_path: Path) -> config.Config:
    """A job that names the ranker."""
    ranker.save(tmp_path / "ranker.json")
    return config.Config(base=tmp_path).with_changes({"matching": {"ranker": "ranker.json"}})


def known_run(ranker, judgements, suppliers=judged_world.SUPPLIERS) -> pipeline.Run:
    return pipeline.match(config.Config(), judged_world.inputs(judgements, suppliers), scorer=ranker)


def grades(run: pipeline.Run) -> dict[str, dict[str, int]]:
    known = (set(run.tables["needs"]["need_id"]), set(run.tables["suppliers"]["supplier_id"]))
    return normalization.latest_grades(run.judgements, *known)[0]


def test_a_ranker_is_fitted_anew_for_the_judgements_it_learned_from(job, ranker, judgements):
    report = evaluation.evaluate(job, inputs=judged_world.inputs(judgements))
    assert (report.ranker, report.cross_fitted, report.pairs) == ("trained", True, len(judgements))
    assert report.as_dict()["cross_fitted"] is True
    assert "fitted anew without the needs it is measured on" in report.summary()
    # it is the figure of the card, which no need that was seen has a part in
    assert report.ndcg == pytest.approx(ranker.card["held_out"]["trained"]["ndcg_at_10"], abs=5e-5)
    assert report.first_fit == pytest.approx(ranker.card["held_out"]["trained"]["first_fit"], abs=5e-5)


def test_the_flattering_figure_is_not_reported(plain_run, tmp_path):
    """Grades that were drawn can be remembered and not learned."""
    judgements = judged_world.judge(plain_run, judged_world.by_chance)
    judged = judged_pairs(dataclasses.replace(plain_run, judgements=tuple(judgements)))
    fitted = fit(judged, judged.needs.tolist(), "blend")
    card = {"rung": "blend"}
    ranker = TrainedRanker(judged.matrix.features, fitted.ladder, None, None, fitted.experience, card)
    run = known_run(ranker, judgements)
    rows = run.tables["matches"].sort_values(["need_id", "rank"])
    remembered = {str(need): list(own["supplier_id"]) for need, own in rows.groupby("need_id")}
    flattering = metrics.mean_ndcg(metrics.score_needs(remembered, grades(run)))
    ranker.save(tmp_path / "ranker.json")
    job = config.Config(base=tmp_path).with_changes({"matching": {"ranker": "ranker.json"}})
    assert evaluation.evaluate(job, inputs=judged_world.inputs(judgements)).ndcg < flattering - 0.02


def test_grades_of_a_need_do_not_decide_its_own_ranking(ranker, judgements):
    """A need whose grades are turned round is ranked as before: by a ranker that has not seen them."""
    turned = [Judgement(j.need_id, j.supplier_id, 4 - (j.grade or 0), "", "", j.judged_by, j.judged_on)
              if j.need_id == "X04" else j for j in judgements]  # fmt: skip
    run = known_run(ranker, judgements)
    plain = held_out_rankings(run, run)
    other = held_out_rankings(run, dataclasses.replace(run, judgements=tuple(turned)))
    assert set(plain) == {one["need_id"] for one in judged_world.NEEDS}
    assert other["X04"] == plain["X04"]
    assert other != plain


def test_needs_that_it_never_saw_need_no_fitting(job, judgements, ranker):
    strangers = [dict(one, need_id=one["need_id"].replace("X", "Y")) for one in judged_world.NEEDS]
    judged = [Judgement(j.need_id.replace("X", "Y"), j.supplier_id, j.grade, "", "", "", "") for j in judgements[:12]]
    report = evaluation.evaluate(job, inputs=judged_world.inputs(judged, needs=strangers))
    assert (report.ranker, report.cross_fitted) == ("trained", False)
    assert "fitted anew" not in report.summary()


def test_the_scorecard_has_seen_nothing(judgements):
    job = config.Config().with_changes({"matching": {"ranker": "scorecard"}})
    report = evaluation.evaluate(job, inputs=judged_world.inputs(judgements))
    assert (report.ranker, report.cross_fitted) == ("scorecard", False)


def test_the_shipped_ranker_has_not_seen_the_judgements_of_another_job(judgements):
    report = evaluation.evaluate(config.Config(), inputs=judged_world.inputs(judgements))
    assert (report.ranker, report.cross_fitted) == ("trained", False)


def test_what_it_knows_is_told_by_need_and_supplier(ranker, judgements):
    run = known_run(ranker, judgements)
    assert knows(run, {"X00": {"S00": 3}})
    assert not knows(run, {"X00": {"S99": 3}, "X99": {"S00": 3}})
    assert not knows(run, {})
    renamed = [dict(one, name=f"Autre {i}") for i, one in enumerate(judged_world.SUPPLIERS)]
    assert not knows(known_run(ranker, judgements, renamed), {"X00": {"S00": 3}})
    plain = pipeline.match(config.Config(), judged_world.inputs(judgements), scorer=Scorecard())
    assert not knows(plain, grades(plain))


def test_fewer_than_five_judged_needs_cannot_be_measured(job, judgements):
    few = [one for one in judgements if one.need_id < "X04"]
    with pytest.raises(UsageError) as refused:
        evaluation.evaluate(job, inputs=judged_world.inputs(few))
    said = str(refused.value)
    assert said.endswith("4 needs are judged, 5 are needed.")
    assert len(said.splitlines()) == 1


def test_pairs_are_the_same_whatever_scored_the_run(plain_run, ranker, judgements):
    """So a run with the ranker is what a ranker can be fitted on; the needs are matched once."""
    judged, other = (
        judged_pairs(dataclasses.replace(run, judgements=tuple(judgements)))
        for run in (plain_run, known_run(ranker, judgements))
    )
    past = judged.experience(judged.needs[:5].tolist())
    assert other.experience(judged.needs[:5].tolist()) == past
    np.testing.assert_array_equal(other.matrix.rows(past), judged.matrix.rows(past))
    for name in ("need", "supplier", "grade", "scorecard"):
        np.testing.assert_array_equal(getattr(other, name), getattr(judged, name))


@pytest.mark.parametrize(("query", "matched"), [("all", 1), ("fr", 2)])
def test_needs_are_matched_again_only_when_they_were_asked_otherwise(query, matched, job, judgements, monkeypatch):
    calls, match = [], pipeline.match
    monkeypatch.setattr(pipeline, "match", lambda *given, **named: calls.append(1) or match(*given, **named))
    monkeypatch.setattr(evaluation.report, "held_out_rankings", lambda *_: {})
    assert evaluation.evaluate(job, query, judged_world.inputs(judgements)).cross_fitted
    assert len(calls) == matched


def test_needs_asked_by_their_name_alone_are_cross_fitted_too(job, judgements):
    report = evaluation.evaluate(job, "fr", judged_world.inputs(judgements))
    assert (report.query, report.cross_fitted, len(report.needs)) == ("fr", True, 10)


def test_no_more_actors_are_returned_than_a_run_keeps(job, judgements):
    """The channels may find more candidates than are kept: those cut off are not returned here either."""
    few = job.with_changes({"matching": {"candidates": 3}})
    report = evaluation.evaluate(few, inputs=judged_world.inputs(judgements))
    assert report.cross_fitted
    assert report.returned <= 3 * len(judged_world.NEEDS)
    able = sum((one.grade or 0) >= 3 for one in judgements)
    assert report.recall["all"].pairs == able
    assert report.recall["all"].found <= report.returned
    assert report.recall["all"].found < able
