"""How far probabilities and the number of actors to show can be trusted, on needs held out."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from integrator import metrics
from integrator.learning.calibration import PlattScale, cross_fitted_probability, reliability
from integrator.learning.choosing import order
from integrator.learning.showing import Showing, coverage, depths, how_many
from integrator.training.measuring import rounded

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.training.judged import JudgedPairs

WORTH = 2
"""Grade from which a pair is worth a contact: what the probability is of."""
ALPHAS = (0.2, 0.1, 0.05)
SHOWN = 0.1
"""Share of needs that may miss with the number of actors that is recommended."""


def scale_of(judged: JudgedPairs, held_out: Numbers) -> PlattScale | None:
    """From score to probability, learned on scores of needs held out; None when all pairs are alike."""
    truth = judged.grade[judged.is_judged] >= WORTH
    return None if truth.all() or not truth.any() else PlattScale.fit(held_out[judged.is_judged], truth)


def showing_of(judged: JudgedPairs, held_out: Numbers) -> Showing:
    """How many actors to show so that an able one is among them in all but `SHOWN` of the needs.

    Ranks are those of the list that people see: a candidate that nobody judged takes a place and counts as not able.
    """
    return how_many(_depths(judged, held_out), SHOWN)


def trust_report(judged: JudgedPairs, held_out: Numbers) -> dict[str, Any]:
    """Reliability of the probability and coverage of the numbers shown, on needs that neither has seen."""
    return {"probability": _probability(judged, held_out), "showing": _showing(judged, held_out)}


def _probability(judged: JudgedPairs, held_out: Numbers) -> dict[str, Any] | None:
    if scale_of(judged, held_out) is None or len(judged.needs) < 2:
        return None
    rows = np.flatnonzero(judged.is_judged)
    rows = rows[order(held_out[rows], judged.scorecard[rows], judged.supplier[rows])]
    truth, need = judged.grade[rows] >= WORTH, judged.need[rows]
    probability = cross_fitted_probability(held_out[rows], truth, need)
    found: dict[str, Any] = rounded(asdict(reliability(probability, truth, need, held_out[rows])))
    return found


def _showing(judged: JudgedPairs, held_out: Numbers) -> list[dict[str, Any]]:
    depth = _depths(judged, held_out)
    lines = []
    for alpha in ALPHAS:
        line = how_many(depth, alpha).to_dict()
        if np.isfinite(depth).sum() >= 4:
            line["coverage"] = rounded(asdict(coverage(depth, alpha)))
        lines.append(line)
    return lines


def _depths(judged: JudgedPairs, held_out: Numbers) -> Numbers:
    return depths(held_out, judged.grade >= metrics.GOOD, judged.need)
