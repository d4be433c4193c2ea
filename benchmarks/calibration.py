"""Are the probabilities right, and how many candidates must be shown? On the judged candidate pairs of the job.

Scores: the scorecard, and SafeRanker cross-fitted over needs (five folds). Probabilities of grade >= 2 by a Platt
scale cross-fitted over needs again. Conformal: the number of actors to show so that one of grade >= 3 is among them,
from the ranks among judged pairs; its coverage by 200 splits of the needs in halves.

Usage: python benchmarks/calibration.py [--results benchmarks/results/calibration.csv]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from results_file import write_results
from safety import Judged, open_set

from integrator.learning import SafeRanker
from integrator.learning.calibration import cross_fitted, cross_fitted_probability, reliability
from integrator.learning.showing import coverage, depths, how_many

WORTH, ABLE = 2, 3
ALPHAS = (0.2, 0.1, 0.05)
RESULTS = Path(__file__).parent / "results" / "calibration.csv"


def scores_of(judged: Judged) -> dict[str, np.ndarray]:
    """Scores (rows,) by ranker; SafeRanker has not seen the need of the row."""
    ranker = SafeRanker(judged.weights, judged.neutral, judged.monotonic)

    def scorer(seen: np.ndarray, held: np.ndarray) -> np.ndarray:
        return ranker.fit(judged.X[seen], judged.y[seen], judged.group[seen]).predict(judged.X[held])

    learned = cross_fitted(judged.group, scorer)
    return {"scorecard": ranker.scorecard(judged.X), "SafeRanker": learned}


def rows_of(judged: Judged) -> list[tuple[str, str, str]]:
    """ranker, measure, value."""
    found = []
    for name, scores in scores_of(judged).items():
        one = reliability(
            cross_fitted_probability(scores, judged.y >= WORTH, judged.group), judged.y >= WORTH, judged.group, scores
        )
        found += [
            (name, "expected calibration error", f"{one.ece:.4f}"),
            (name, "top pairs", f"{one.top_pairs}"),
            (name, "top pairs: mean probability", f"{one.top_predicted:.4f}"),
            (name, "top pairs: share of grade >= 2", f"{one.top_true:.4f}"),
            (name, "top pairs: gap", f"{one.top_gap:.4f}"),
            (name, f"top pairs: error ({one.top_bins} bins)", f"{one.top_error:.4f}"),
        ]
        depth = depths(scores, judged.y >= ABLE, judged.group)
        for alpha in ALPHAS:
            claim, met = how_many(depth, alpha), coverage(depth, alpha)
            found += [
                (name, f"alpha {alpha}: needs", f"{claim.groups}"),
                (name, f"alpha {alpha}: to show", f"{claim.show}"),
                (name, f"alpha {alpha}: coverage by halves", f"{met.mean:.4f} +- {met.error:.4f}"),
                (name, f"alpha {alpha}: shown by halves", f"{met.shown:.2f}"),
            ]
    return found


def main() -> None:
    """Measure, print and write the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--job", type=Path, default=Path("integrator.toml"))
    options.add_argument("--results", type=Path, default=RESULTS)
    asked = options.parse_args()
    rows = rows_of(open_set(asked.job))
    for row in rows:
        print(f"{row[0]:>10}  {row[1]:<36}  {row[2]}")
    table = [dict(zip(("ranker", "measure", "value"), row, strict=True)) for row in rows]
    write_results(asked.results, table, packages=["scikit-learn"])


if __name__ == "__main__":
    main()
