"""The shipped ranker is what training gives today: a change of words, features or weights must train it again."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from integrator import config, pipeline
from integrator.ranking import shipped_ranker
from integrator.training.fitting import fit
from integrator.training.judged import judged_pairs


def test_fitted_again_it_gives_the_shipped_points():
    job = config.load(Path(__file__).parents[2] / "integrator.toml").with_changes({"matching": {"ranker": "scorecard"}})
    judged = judged_pairs(pipeline.run(job))
    fitted, shipped = fit(judged, judged.needs.tolist()), shipped_ranker()
    data = shipped.card["judgements"]
    assert (data["read"], data["used"]) == (judged.read, int(judged.is_judged.sum()))
    assert fitted.experience == shipped.experience
    rows = judged.matrix.rows(fitted.experience)
    train_again = "the shipped ranker is stale: integrator train src/integrator/data/ranking/ranker.json --force"
    assert np.allclose(fitted.ladder.predict(rows), shipped.ladder.predict(rows), atol=1e-6), train_again
