"""The ranking keeps the quality that was promised, on every query."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrator import config, data, evaluation, intake
from integrator.errors import UsageError

ROOT = Path(__file__).parents[1]
with (Path(__file__).parent / "quality_floors.csv").open(encoding="utf-8", newline="") as stream:
    FLOORS = list(data.read(stream, "quality_floors.csv"))


@pytest.fixture(scope="module")
def job() -> config.Config:
    return config.load(ROOT / "integrator.toml")


@pytest.fixture(scope="module")
def inputs(job: config.Config) -> intake.Inputs:
    return intake.read(job)


@pytest.mark.parametrize("floor", FLOORS, ids=[f"{floor['query']} {floor['ranker']}" for floor in FLOORS])
def test_quality_floors(job, inputs, floor):
    names = ROOT / "data" / "names" / f"{floor['query']}.csv"
    asked = job.with_changes({"matching": {"ranker": floor["ranker"]}})
    report = evaluation.evaluate(asked, floor["query"], inputs, names if names.exists() else None)
    assert report.cross_fitted == (floor["ranker"] == "auto")
    assert report.ndcg >= float(floor["ndcg"])
    assert report.first_fit >= float(floor["first_fit"])
    facts = report.as_dict()
    assert (facts["pairs_judged"], facts["needs_judged"], facts["needs_with_able_actor"]) == (2420, 108, 65)


def test_no_judgements_no_measure(job, inputs):
    few = {kind: records[:3] for kind, records in inputs.records.items()}
    without = intake.Inputs({**few, "judgement": ()}, (), (), {})
    with pytest.raises(UsageError, match="no judgements"):
        evaluation.evaluate(job, "all", without)
