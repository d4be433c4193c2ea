"""A ranker learns from judgements what needs held out prove, and nothing else; made-up suppliers, needs and grades."""

from __future__ import annotations

import csv
import dataclasses
import importlib
import json
import random
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

import judged_world
from integrator import __version__, config, pipeline
from integrator.cli import app
from integrator.errors import OutputError, UsageError
from integrator.ranking import Scorecard, load_ranker
from integrator.training import card_text, train_run
from integrator.training.fitting import RUNGS, fit, held_out_folds, held_out_scores
from integrator.training.judged import JudgedPairs, judged_pairs
from integrator.training.measuring import measure

TRAIN, FITTING = (importlib.import_module(f"integrator.training.{name}") for name in ("ranker", "fitting"))
_LINES = (Path(__file__).parent / "promotion_cases.csv").read_text(encoding="utf-8").splitlines()
CASES = list(csv.DictReader(line for line in _LINES if not line.startswith("#")))

pytestmark = pytest.mark.usefixtures("quick_training")


def judged_run(run: pipeline.Run, rule: judged_world.Rule) -> pipeline.Run:
    return dataclasses.replace(run, judgements=tuple(judged_world.judge(run, rule)))


@pytest.fixture(scope="module")
def judged(plain_run) -> JudgedPairs:
    return judged_pairs(judged_run(plain_run, judged_world.by_supplier))


# What is learned


def test_too_few_judgements_are_refused(plain_run):
    every = judged_world.judge(plain_run, judged_world.by_supplier)
    first = [one for one in every if one.need_id < "X04"]  # many pairs of four needs
    some = [one for one in every if one.supplier_id == "S00"]  # few pairs of many needs
    for given, found in (
        (first, "pairs over 4 needs"),
        (some, "judged pairs over"),
        ([], "0 judged pairs over 0 needs"),
    ):
        with pytest.raises(
            UsageError, match=f"^too few judgements to train .*{found}.*20 pairs and 5 needs are needed"
        ):
            train_run(dataclasses.replace(plain_run, judgements=tuple(given)))


def test_judgements_that_follow_the_scorecard_leave_its_order(plain_run, trained_on):
    ranker = trained_on(judged_world.by_score)
    held_out = ranker.card["held_out"]
    assert held_out["scorecard"]["ndcg_at_10"] == held_out["trained"]["ndcg_at_10"] == 1.0
    found = pipeline.match(config.Config(), judged_world.inputs(), scorer=ranker).tables["matches"]
    first = found[found["rank"] == 1].set_index("need_id")["supplier_id"]
    before = plain_run.tables["matches"]
    assert first.equals(before[before["rank"] == 1].set_index("need_id")["supplier_id"])


def test_who_was_judged_well_elsewhere_is_learned(trained_on):
    """The scorecard knows no judgement; a trained ranker brings along what people said of a supplier elsewhere."""
    ranker = trained_on(judged_world.by_supplier)
    assert ranker.card["held_out"]["gain"]["lower_bound"] > 0
    assert ranker.card["verdict"].startswith("surely better")
    assert ranker.card["rung"] == "blend"  # too few pairs for more


@pytest.mark.parametrize("rule", [lambda *_: 0, lambda *_: 4], ids=["all useless", "all able"])
def test_grades_that_are_all_alike_teach_nothing(plain_run, rule, tmp_path):
    ranker = train_run(judged_run(plain_run, rule))
    assert (ranker.card["rung"], ranker.scale) == ("scorecard", None)
    assert card_text(ranker)
    ranker.save(tmp_path / "ranker.json")
    assert load_ranker(tmp_path / "ranker.json").card == ranker.card


def test_what_could_not_be_measured_stays_in_the_card_without_a_number(judged, plain_run, monkeypatch):
    fitted = fit(judged, judged.needs.tolist(), "blend")
    lines = [{"rung": "scorecard", "groups": 0, "gain": float("nan")}, {"rung": "blend", "groups": 3, "gain": 0.12344}]
    found = dataclasses.replace(fitted, ranker=SimpleNamespace(rung_="blend", why_="", candidates_=lines))
    monkeypatch.setattr(TRAIN, "fit", lambda *_: found)
    ladder = train_run(judged_run(plain_run, judged_world.by_supplier)).card["ladder"]
    assert ladder == [lines[0] | {"gain": None}, lines[1] | {"gain": 0.1234}]


def test_the_card_says_what_it_was_trained_on(plain_run):
    judgements = judged_world.judge(plain_run, judged_world.by_supplier)
    unsure = [dataclasses.replace(one, grade=None) for one in judgements[:3]]
    late = dataclasses.replace(judgements[0], grade=1, judged_on="2026-05-01")
    ranker = train_run(dataclasses.replace(plain_run, judgements=(*judgements, *unsure, late)))
    data = ranker.card["judgements"]
    assert data["read"] == len(judgements) + 4 == data["used"] + sum(data["left_out"].values())
    assert (data["left_out"]["unsure"], data["left_out"]["judged_again_later"]) == (3, 1)
    assert (data["from"], data["to"], data["needs"], data["suppliers"]) == ("2026-01-01", "2026-05-01", 10, 10)
    assert sum(data["grades"].values()) == data["used"]
    assert ranker.card["version"] == __version__
    groups = ranker.card["held_out"]["by_family"]
    assert sum(group["needs"] for group in groups.values()) == 10
    text = card_text(ranker)
    assert f"{data['read']} = {data['used']} used + 3 unsure, 2 withdrawn, 1 judged again later" in text
    assert judged_world.JUDGE not in json.dumps(ranker.to_dict(), ensure_ascii=False)


# Needs held out are not seen


def test_every_need_is_held_out_once(judged):
    folds = list(held_out_folds(judged, seed=3))
    held = [need for _, fold in folds for need in fold]
    assert sorted(held) == judged.needs.tolist()
    assert all(seen.isdisjoint(fold) and len(seen | fold) == 10 for seen, fold in folds)


def test_grades_of_needs_held_out_do_not_change_their_scores(judged):
    scores, _ = held_out_scores(judged)
    assert np.isfinite(scores).all()
    inside = judged.of(list(held_out_folds(judged))[1][1])
    changed, _ = held_out_scores(dataclasses.replace(judged, grade=np.where(inside, 4 - judged.grade, judged.grade)))
    np.testing.assert_array_equal(changed[inside], scores[inside])
    assert not np.array_equal(changed[~inside], scores[~inside])


def test_a_need_that_nobody_judged_elsewhere_is_scored_by_what_the_others_say(judged):
    seen, held = next(held_out_folds(judged))
    assert not set(fit(judged, seen).experience.judged) & held


def test_scores_of_training_are_those_of_a_run(judged, trained_on):
    ranker = trained_on(judged_world.by_supplier)
    found = pipeline.match(config.Config(), judged_world.inputs(), scorer=ranker).tables["candidates"]
    fitted = fit(judged, judged.needs.tolist(), ranker.card["rung"])
    np.testing.assert_array_equal(found["score"].to_numpy(), fitted.scores(judged))


# The same whatever the order


def test_training_twice_gives_the_same_ranker(plain_run):
    plain = train_run(judged_run(plain_run, judged_world.by_supplier)).to_dict()
    rows = [list(judged_world.SUPPLIERS), list(judged_world.NEEDS)]
    judgements = judged_world.judge(plain_run, judged_world.by_supplier)
    for table in (*rows, judgements):
        random.Random(7).shuffle(table)
    shuffled = pipeline.match(config.Config(), judged_world.inputs(judgements, *rows), scorer=Scorecard())
    assert train_run(shuffled).to_dict() == plain


# Promotion


@pytest.mark.parametrize("case", CASES, ids=[row["case"] for row in CASES])
def test_a_rung_is_kept_when_needs_held_out_prove_it(case, judged, plain_run, monkeypatch):
    noise = np.random.default_rng(0).normal(size=len(judged))
    orders = {"better": judged.grade + 0.1 * noise, "same": judged.scorecard, "worse": -judged.grade + 0.1 * noise}
    alone = fit(judged, judged.needs.tolist(), "scorecard")
    asked, tried = [], []

    def scores(_, seed, highest):
        tried.append(highest)
        reached = tuple(case["reached"].split()) if highest == "trees" else (highest,) * 5
        return orders[case[f"by_{highest}"] if highest != "scorecard" else "same"], reached

    def fitted(_, needs, highest):
        asked.append((len(needs), highest))
        rung = min(case["final"], highest, key=RUNGS.index)
        return dataclasses.replace(alone, ranker=SimpleNamespace(rung_=rung, why_="", candidates_=[]))

    monkeypatch.setattr(TRAIN, "held_out_scores", scores)
    monkeypatch.setattr(TRAIN, "fit", fitted)
    card = train_run(judged_run(plain_run, judged_world.by_supplier)).card
    assert card["rung"] == case["kept"]
    assert card["verdict"].startswith(case["verdict"])
    assert {needs for needs, _ in asked} == {10}
    assert tried == case["tried"].split()


def test_random_grades_promote_nothing(plain_run, monkeypatch):
    """The ladder may climb as high as it likes on few pairs here; needs held out keep it down."""
    easy = {"choose_from": 40, "trees_from": 60, "fewest_groups": 5, "n_folds": 2, "Cs": (0.1,)}
    monkeypatch.setitem(FITTING._LIMITS, "trees", easy)
    monkeypatch.setattr(FITTING, "SHARES", (1.0,))
    for name, value in {"n_estimators": 2, "min_samples_leaf": 5, "n_bags": 1}.items():
        monkeypatch.setitem(FITTING.TREES, name, value)
    drawn = random.Random(0)
    ranker = train_run(judged_run(plain_run, lambda *_: drawn.randint(0, 4)))
    assert ranker.card["rung"] in ("scorecard", "blend")
    assert not ranker.card["verdict"].startswith("surely")


def test_lightgbm_is_measured_on_the_same_deals_of_folds(plain_run, monkeypatch):
    """A stand-in that learns nothing orders as the scorecard does; it is asked for every fold of every deal."""
    seeds = []

    class Learner:
        def __init__(self, random_state, **_):
            seeds.append(random_state)

        def fit(self, rows, grades, group, init_score):
            assert len(rows) == len(grades) == len(init_score) == sum(group)

        def predict(self, rows):
            return np.zeros(len(rows))

    monkeypatch.setitem(sys.modules, "lightgbm", SimpleNamespace(LGBMRanker=Learner, __version__="9.9"))
    monkeypatch.setattr(TRAIN, "SEEDS", (0, 4))
    card = train_run(judged_run(plain_run, judged_world.by_supplier)).card
    assert seeds == [0] * 5 + [4] * 5
    assert (card["lightgbm"]["version"], card["lightgbm"]["seeds"]) == ("9.9", [0, 4])
    assert {name: card["lightgbm"][name] for name in card["held_out"]["scorecard"]} == card["held_out"]["scorecard"]


def test_an_order_by_the_truth_is_worth_everything(judged):
    assert measure(judged, judged.grade).mean()["ndcg_at_10"] == 1.0
    assert measure(judged, judged.scorecard).mean()["ndcg_at_10"] < 1.0


# The command


def call(*arguments: str, fails: type[Exception] | None = None):
    found = CliRunner().invoke(app, [*arguments], catch_exceptions=True)
    assert isinstance(found.exception, fails) if fails else found.exception is None, found.output
    return found


def test_a_ranker_that_was_written_is_taken_by_the_other_commands(judged_job, monkeypatch):
    monkeypatch.chdir(judged_job)
    made = call("train", "ranker.json", "--json")
    card = json.loads(made.stdout)
    assert load_ranker(judged_job / "ranker.json").card == card
    assert set(card["inputs"]) == {"suppliers.csv", "needs.csv", "judgements.csv"}
    assert sorted(p.name for p in judged_job.iterdir() if p.suffix != ".toml") == [
        "judgements.csv", "needs.csv", "ranker.json", "suppliers.csv",
    ]  # fmt: skip

    about = json.loads(call("run", "--ranker", "ranker.json", "--out", "sheets", "--json").stdout)["ranker"]
    assert (about["name"], about["needs"]) == ("trained", 10)
    assert json.loads((judged_job / "sheets" / "manifest.json").read_text(encoding="utf-8"))["ranker"] == about
    said = json.loads(call("explain", "X00", "S00", "--ranker", "ranker.json", "--json").stdout)
    assert "trained" in json.dumps(said)
    assert sum(one["points"] for one in said["contributions"]) == pytest.approx(said["score"], abs=1e-6)
    assert 0 < said["probability"] < 1
    report = json.loads(call("evaluate", "--ranker", "ranker.json", "--json").stdout)
    assert (report["ranker"], report["cross_fitted"]) == ("trained", True)


def test_an_old_ranker_is_replaced_only_by_force(judged_job, monkeypatch):
    monkeypatch.chdir(judged_job)
    path = judged_job / "ranker.json"
    path.write_text("old", encoding="utf-8")
    refused = call("train", "ranker.json", fails=OutputError)
    assert "--force" in str(refused.exception)
    assert path.read_text(encoding="utf-8") == "old"
    text = call("train", "ranker.json", "--force").stdout
    assert text.startswith("judgements  99 = 99 used")
    assert load_ranker(path).card["rung"] == "blend"


@pytest.mark.parametrize("place", ["none/ranker.json", "folder"])
def test_a_place_that_cannot_be_written_is_refused_before_training(judged_job, monkeypatch, place):
    monkeypatch.chdir(judged_job)
    (judged_job / "folder").mkdir()
    monkeypatch.setattr(TRAIN.pipeline, "run", lambda *_: pytest.fail("it was trained"))
    refused = call("train", place, "--force", fails=OutputError)
    assert str(refused.exception).endswith("name a file in a folder that exists.")


def test_a_training_that_fails_writes_nothing(judged_job, monkeypatch, plain_run):
    monkeypatch.chdir(judged_job)
    judged_world.write_job(judged_job, judged_world.judge(plain_run, judged_world.by_supplier)[:6])
    (judged_job / "ranker.json").write_text("old", encoding="utf-8")
    before = sorted(judged_job.rglob("*"))
    for arguments in (("train", "new.json"), ("train", "ranker.json", "--force")):
        assert "too few judgements" in str(call(*arguments, fails=UsageError).exception)
    assert (judged_job / "ranker.json").read_text(encoding="utf-8") == "old"
    assert sorted(judged_job.rglob("*")) == before
