"""The ranking keeps the quality that was promised, on every query."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrator import config, data, evaluation, intake
from integrator.errors import UsageError
from integrator.evaluation import held_out
from integrator.training.fitting import FOLDS, Fitted, Highest, fit
from integrator.training.judged import JudgedPairs

ROOT = Path(__file__).parents[1]
with (Path(__file__).parent / "quality_floors.csv").open(encoding="utf-8", newline="") as stream:
    FLOORS = list(data.read(stream, "quality_floors.csv"))
BY_SCORECARD, BY_RANKER = ([row for row in FLOORS if row["ranker"] == name] for name in ("scorecard", "auto"))


@pytest.fixture(scope="module")
def job() -> config.Config:
    return config.load(ROOT / "integrator.toml")


@pytest.fixture(scope="module")
def inputs(job: config.Config) -> intake.Inputs:
    return intake.read(job)


def holds(job: config.Config, inputs: intake.Inputs, floor: dict[str, str]) -> None:
    names = ROOT / "data" / "names" / f"{floor['query']}.csv"
    asked = job.with_changes({"matching": {"ranker": floor["ranker"]}})
    report = evaluation.evaluate(asked, floor["query"], inputs, names if names.exists() else None)
    assert report.cross_fitted == (floor["ranker"] == "auto")
    assert report.ndcg >= float(floor["ndcg"]), floor["query"]
    assert report.first_fit >= float(floor["first_fit"]), floor["query"]
    facts = report.as_dict()
    assert (facts["pairs_judged"], facts["needs_judged"], facts["needs_with_able_actor"]) == (2420, 108, 65)


@pytest.mark.parametrize("floor", BY_SCORECARD, ids=[floor["query"] for floor in BY_SCORECARD])
def test_quality_floors_of_the_scorecard(job, inputs, floor):
    holds(job, inputs, floor)


def test_quality_floors_of_the_shipped_ranker(job, inputs, monkeypatch):
    """However the needs are asked, the rankers of the folds learn from the needs as they are: they are fitted once."""
    known: dict[frozenset[str], Fitted] = {}

    def fitted(judged: JudgedPairs, needs: frozenset[str], highest: Highest) -> Fitted:
        if needs not in known:
            known[needs] = fit(judged, needs, highest)
        return known[needs]

    monkeypatch.setattr(held_out, "fit", fitted)
    for floor in BY_RANKER:
        holds(job, inputs, floor)
    assert len(known) == FOLDS


def test_no_judgements_no_measure(job, inputs):
    few = {kind: records[:3] for kind, records in inputs.records.items()}
    without = intake.Inputs({**few, "judgement": ()}, (), (), {})
    with pytest.raises(UsageError, match="no judgements"):
        evaluation.evaluate(job, "all", without)
