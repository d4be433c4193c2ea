"""What comparing meanings is for: needs named in a language that the suppliers do not write in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from integrator import config, evaluation, intake

ROOT = Path(__file__).parents[2]


def test_arabic_names_are_matched_better_by_meaning(tmp_path, monkeypatch):
    # no unknown term is asked of the model: the lexicon alone has tens of thousands of labels
    monkeypatch.setattr("integrator.normalization.wordings.proposals", lambda *_: [])
    monkeypatch.setattr("integrator.normalization.unknown_terms", lambda *_: pd.DataFrame())
    # both by the scorecard: the shipped ranker does not know the meaning
    job = config.load(ROOT / "integrator.toml").with_changes({"matching": {"ranker": "scorecard"}})
    inputs = intake.read(job)
    asked = job.with_changes({"matching": {"semantic": True}, "store": {"path": str(tmp_path)}})
    names = ROOT / "data" / "names" / "arabic.csv"
    without, by_meaning = (evaluation.evaluate(one, inputs=inputs, names=names) for one in (job, asked))
    assert by_meaning.ndcg > without.ndcg + 0.03
    assert by_meaning.first_fit > without.first_fit
