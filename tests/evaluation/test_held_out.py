"""A ranker is never measured on needs that it learned from. Made-up suppliers, needs and judgements."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from integrator import config, evaluation
from integrator.errors import UsageError

PARTS = ("disque de frein", "support embouti", "pneumatique", "faisceau électrique", "vitrage", "jante", "ressort")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A job with 7 needs and 7 suppliers, all judged, and a second file of judgements of four needs."""
    made = tmp_path_factory.mktemp("job")
    suppliers = [f"S{i};Atelier {i} (made-up);{part}" for i, part in enumerate(PARTS)]
    needs = [f"X{i};{part}" for i, part in enumerate(PARTS)]
    judged = [f"X{i};S{j};{4 if i == j else 0}" for i in range(len(PARTS)) for j in range(len(PARTS))]
    for name, head, lines in (
        ("suppliers", "supplier_id;name;products", suppliers),
        ("needs", "need_id;component", needs),
        ("judgements", "need_id;supplier_id;grade", judged),
        ("few", "need_id;supplier_id;grade", judged[:28]),
    ):
        (made / f"{name}.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    job = '[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\njudgements = ["judgements.csv"]\n'
    (made / "job.toml").write_text(job, encoding="utf-8")
    return made


def command(folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "integrator", *arguments]
    return subprocess.run(whole, capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder)


@pytest.fixture(scope="module")
def ranker(folder):
    """Trained by the command on the judgements of the job."""
    done = command(folder, "train", "ranker.json", "--job", "job.toml", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["judgements"]["needs"] == len(PARTS)
    return folder / "ranker.json"


def test_a_trained_ranker_is_not_replaced_by_the_way(folder, ranker):
    before = ranker.read_bytes()
    done = command(folder, "train", "ranker.json", "--job", "job.toml")
    assert done.returncode != 0
    assert "--force" in done.stderr
    assert "Traceback" not in done.stderr
    assert ranker.read_bytes() == before


def test_run_and_explain_take_it(folder, ranker):
    done = command(folder, "run", "job.toml", "--ranker", "ranker.json", "--out", "out", "--json")
    assert done.returncode == 0, done.stderr
    about = json.loads(done.stdout)["ranker"]
    assert (about["name"], about["needs"]) == ("trained", len(PARTS))
    assert json.loads((folder / "out" / "manifest.json").read_text(encoding="utf-8"))["ranker"] == about
    done = command(folder, "explain", "X0", "S0", "--job", "job.toml", "--ranker", "ranker.json", "--json")
    assert done.returncode == 0, done.stderr
    explained = json.loads(done.stdout)
    assert sum(one["points"] for one in explained["contributions"]) == pytest.approx(explained["score"], abs=1e-6)
    assert 0 < explained["probability"] < 1


def test_on_what_it_learned_from_it_is_fitted_anew(folder, ranker):
    settings = config.load(folder / "job.toml").with_changes({"matching": {"ranker": str(ranker)}})
    report = evaluation.evaluate(settings)
    assert report.cross_fitted
    assert "fitted anew" in report.summary()
    assert report.as_dict()["cross_fitted"] is True
    assert report.recall["all"].pairs == len(PARTS)


def test_the_scorecard_and_a_ranker_of_other_judgements_are_taken_as_they_are(folder):
    for name in ("scorecard", "auto"):
        report = evaluation.evaluate(config.load(folder / "job.toml").with_changes({"matching": {"ranker": name}}))
        assert not report.cross_fitted
        assert report.ranker == {"scorecard": "scorecard", "auto": "trained"}[name]


def test_too_few_judged_needs_cannot_be_held_out(folder, ranker):
    settings = config.load(folder / "job.toml").with_changes(
        {"matching": {"ranker": str(ranker)}, "inputs": {"judgements": ["few.csv"]}}
    )
    with pytest.raises(UsageError, match="4 needs are judged, 5 are needed"):
        evaluation.evaluate(settings)
