"""Training on made-up judgements: every one is accounted for, needs held out stay unseen, chance teaches nothing."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from integrator import config, pipeline, training
from integrator.errors import UsageError
from integrator.records import Judgement
from integrator.store import Store
from integrator.training.fitting import fit, held_out_folds, held_out_scores
from integrator.training.judged import JudgedPairs, judged_pairs
from integrator.training.measuring import measure
from integrator.training.ranker import proven

PARTS = ("disque de frein", "support embouti", "pneumatique", "faisceau électrique", "vitrage", "jante", "ressort")
MATERIALS = ("fonte", "acier", "caoutchouc", "cuivre", "verre", "aluminium", "acier")
SHUFFLED = (0, 4, 2, 6, 1, 5, 3)


def write_job(folder, judgements, mixed: bool = False):
    """A job of made-up files in which supplier i makes part i; the judgements as lines of a CSV."""
    order = SHUFFLED if mixed else range(len(PARTS))
    suppliers = [f"S{i};Atelier {i} (made-up);{PARTS[i]};{MATERIALS[i]}" for i in order]
    needs = [f"X{i};{PARTS[i]};{MATERIALS[i]}" for i in order]
    lines = list(reversed(judgements)) if mixed else judgements
    for name, head, rows in (
        ("suppliers", "supplier_id;name;products;materials", suppliers),
        ("needs", "need_id;component;materials", needs),
        ("judgements", "need_id;supplier_id;grade;judged_by;judged_on", lines),
    ):
        (folder / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    job = '[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\njudgements = ["judgements.csv"]\n'
    (folder / "job.toml").write_text(job + '[matching]\nranker = "scorecard"\n', encoding="utf-8")
    return config.load(folder / "job.toml")


RIGHT = [
    f"X{i};S{j};{4 if i == j else 0};A;2026-01-01" for i in range(len(PARTS)) for j in range(len(PARTS))
]  # fmt: skip


@pytest.fixture(scope="module")
def job(tmp_path_factory):
    return write_job(tmp_path_factory.mktemp("job"), RIGHT)


@pytest.fixture(scope="module")
def judged(job) -> JudgedPairs:
    return judged_pairs(pipeline.run(job))


def test_every_judgement_is_learned_from_or_counted(tmp_path):
    odd = [
        "X0;S1;unsure;A;2026-01-01", "X9;S1;2;A;2026-01-01", "X1;S99;2;A;2026-01-01", "X0;S0;1;A;2025-12-01",
        "X0;S0;2;B;2026-02-01",
    ]  # fmt: skip
    found = judged_pairs(pipeline.run(write_job(tmp_path, [line for line in RIGHT if "X0;S1" not in line] + odd)))
    counts = dict(found.dropped)
    unreached = counts.pop("no_candidate")
    assert counts == {"unsure": 1, "unknown_need": 1, "unknown_supplier": 1, "judged_again_later": 2}
    assert found.read == len(RIGHT) - 1 + len(odd) == int(found.is_judged.sum()) + 5 + unreached
    latest = (found.need == "X0") & (found.supplier == "S0")
    assert found.grade[latest].tolist() == [2.0], "the latest grade counts"


def test_imported_reviews_are_learned_from_too(tmp_path):
    settings = write_job(tmp_path, RIGHT)
    before = judged_pairs(pipeline.run(settings))
    Store(settings.base / settings.store.path).add_judgements([Judgement("X0", "S0", 1, "", "", "B", "2026-03-01")])
    after = judged_pairs(pipeline.run(settings))
    assert (after.read, after.dropped["judged_again_later"]) == (before.read + 1, 1)
    assert after.grade[(after.need == "X0") & (after.supplier == "S0")].tolist() == [1.0]


def test_the_order_of_the_files_changes_nothing(job, judged, tmp_path):
    other = judged_pairs(pipeline.run(write_job(tmp_path, RIGHT, mixed=True)))
    assert (other.need.tolist(), other.supplier.tolist()) == (judged.need.tolist(), judged.supplier.tolist())
    assert np.array_equal(other.grade, judged.grade, equal_nan=True)
    assert np.array_equal(held_out_scores(other)[0], held_out_scores(judged)[0])


def test_a_need_held_out_is_not_seen(judged):
    """Other grades of the needs of a fold change no score of that fold."""
    scores, _ = held_out_scores(judged)
    for _, held in held_out_folds(judged):
        inside = judged.of(held)
        turned = dataclasses.replace(judged, grade=np.where(inside, 4 - judged.grade, judged.grade))
        assert np.array_equal(held_out_scores(turned)[0][inside], scores[inside])


def test_every_need_is_held_out_once(judged):
    folds = list(held_out_folds(judged))
    assert sorted(need for _, held in folds for need in held) == judged.needs.tolist()
    assert all(not seen & held and seen | held == set(judged.needs.tolist()) for seen, held in folds)


def test_measures_of_an_order_by_hand(judged):
    upside_down = measure(judged, -judged.scorecard)
    found = measure(judged, judged.scorecard)
    assert found.mean()["first_fit"] == 1.0, "the maker of the part is first"
    assert upside_down.mean()["ndcg_at_10"] < found.mean()["ndcg_at_10"]
    assert found.mean()["map"] == 1.0


def test_the_latest_scorecard_is_the_base_of_what_is_learned(judged):
    fitted = fit(judged, judged.needs.tolist())
    assert fitted.ranker.rung_ == "blend"
    both = fitted.scores(judged)[judged.is_judged], judged.scorecard[judged.is_judged]
    assert np.corrcoef(*both)[0, 1] > 0.9
    assert both[0].mean() == pytest.approx(both[1].mean(), abs=1e-3)


def test_a_whole_training_gives_a_ranker_that_says_what_it_rests_on(job, monkeypatch):
    monkeypatch.setattr("integrator.training.curve.SIZES", (20,))
    monkeypatch.setattr("integrator.training.ranker.SEEDS", (0,))
    stages: list[str] = []
    ranker = training.train(job, stages.append)
    card = ranker.card
    data = card["judgements"]
    assert data["read"] == data["used"] + sum(data["left_out"].values())
    assert data["needs"] == len(PARTS)
    assert card["rung"] in ("scorecard", "blend")
    assert card["held_out"]["gain"]["needs"] == len(PARTS)
    assert card["curve"][-1]["pairs"] <= data["used"]
    assert set(card["held_out"]["by_language"]) == {"fr"}
    assert sum(row["needs"] for row in card["held_out"]["by_family"].values()) == len(PARTS)
    assert ranker.showing is not None
    assert ranker.showing.show is None, "seven needs are too few for a claim"
    assert stages[0] == "run"
    assert "needs held out" in training.card_text(ranker)
    assert ranker.to_dict() == training.train(job).to_dict()


def test_too_few_judgements_are_refused(tmp_path):
    with pytest.raises(UsageError, match="20 pairs and 5 needs are needed"):
        training.train(write_job(tmp_path, RIGHT[:14]))


def test_chance_is_not_promoted(judged):
    """Random grades: whatever a fit found, needs held out must prove it."""
    draw = np.random.default_rng(5)
    random = dataclasses.replace(judged, grade=draw.integers(0, 5, len(judged)).astype(float))
    tried, verdict = proven(random)
    assert set(tried.rungs) <= {"scorecard", "blend"}
    assert "surely" not in verdict
