"""A made-up job of ten suppliers and ten needs, matched and judged once for all tests (`judged_world`)."""

from __future__ import annotations

import dataclasses
import gc
import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

import judged_world
from integrator import pipeline
from integrator.ranking import TrainedRanker

CURVE, TRAIN = (importlib.import_module(f"integrator.training.{name}") for name in ("curve", "ranker"))


@pytest.fixture(scope="module", autouse=True)
def settled() -> None:
    """What lives by now, code and lexicon, is left out when a run collects garbage: that took half of a small run."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def plain_run() -> pipeline.Run:
    """The made-up job by the scorecard, with no judgement."""
    return judged_world.run_of()


@pytest.fixture
def quick_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Needs are dealt into folds once, and the curve has only its last point."""
    monkeypatch.setattr(TRAIN, "SEEDS", (0,))
    monkeypatch.setattr(CURVE, "SIZES", ())


@pytest.fixture(scope="session")
def trained_on(plain_run: pipeline.Run) -> Callable[[judged_world.Rule], TrainedRanker]:
    """A ranker trained on judgements of every candidate by a rule; one that is asked again is not trained again."""
    made: dict[judged_world.Rule, TrainedRanker] = {}

    def trained(rule: judged_world.Rule) -> TrainedRanker:
        if rule not in made:
            judged = tuple(judged_world.judge(plain_run, rule))
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(TRAIN, "SEEDS", (0,))
                patch.setattr(CURVE, "SIZES", (20,))
                made[rule] = TRAIN.train_run(dataclasses.replace(plain_run, judgements=judged))
        return made[rule]

    return trained


@pytest.fixture
def judged_job(tmp_path: Path, plain_run: pipeline.Run) -> Path:
    """A folder with the made-up job as files, judged by `judged_world.by_supplier`."""
    judged_world.write_job(tmp_path, judged_world.judge(plain_run, judged_world.by_supplier))
    return tmp_path


settings.register_profile("no_timings", deadline=None)  # how fast something is belongs to the benchmarks
settings.load_profile("no_timings")
