"""Is the safe ranker ever worse than its scorecard? Mean NDCG@10 difference by number of judged pairs.

Groups (needs, queries) are dealt into five folds; each fold in turn is held out, n judged pairs are drawn at random
from all pairs of the other four (an analyst's first pairs: of most groups one or none), the ranker is fitted on them
and measured on every held-out group that has a positive ideal. Five seeds, so 25 fits a row; `error` is the standard
error of their mean, too small as fits share data. The defaults were chosen with seeds 100-104 (`--seeds 100 105`);
the figures reported are those of seeds 0-4.

Sets: `open`, the judged candidate pairs of the job in integrator.toml with the shipped scorecard; `abt` and
`melo_fr_fr` of PATH (see ranking_sets.py), where the scorecard is the mean of the standardized features that speak
for a match. On `open` ties go by scorecard, then by supplier.

With --whole the pairs drawn are all those of random groups. --settings are other settings of SafeRanker, --trees those
of its trees.

Usage: python benchmarks/safety.py PATH [--seeds FIRST LAST+1] [--sizes N...] [--whole] [--results FILE]
       [--settings JSON] [--trees JSON]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import ranking_sets
from results_file import write_results

from integrator import config, pipeline
from integrator.learning import LambdaRanker, SafeRanker
from integrator.learning.choosing import group_folds, order
from integrator.learning.lambdas import group_bounds, ndcg_by_group
from integrator.ranking.scorecard import scorecard_of

SIZES = (20, 50, 100, 200, 500, 1000, 2000)
FOLDS = 5
WORST = -0.003
ABOVE_FROM = 500
"""Pairs from which the ranker should be above its scorecard."""
RESULTS = Path(__file__).parent / "results" / "safety.csv"


@dataclass(frozen=True)
class Judged:
    """A set with its scorecard; rows of one group stand together."""

    name: str
    X: np.ndarray
    y: np.ndarray
    group: np.ndarray
    """Number of the group of each row, from 0."""
    ids: np.ndarray
    weights: np.ndarray
    neutral: np.ndarray
    monotonic: np.ndarray


def open_set(job: Path) -> Judged:
    """The judged candidate pairs of a job; the latest judgement of a pair counts.

    The scorecard chooses the candidates: the shipped ranker has learned from these judgements.
    """
    run = pipeline.run(config.load(job).with_changes({"matching": {"ranker": "scorecard"}}))
    grades: dict[tuple[str, str], int] = {}
    for one in sorted(run.judgements, key=lambda j: (j.judged_on, j.need_id, j.supplier_id, j.judged_by)):
        if one.grade is not None:
            grades[one.need_id, one.supplier_id] = one.grade
    table = run.tables["candidates"]
    table = table[[pair in grades for pair in zip(table["need_id"], table["supplier_id"], strict=True)]]
    table = table.sort_values(["need_id", "supplier_id"])
    pairs = zip(table["need_id"], table["supplier_id"], strict=True)
    criteria = scorecard_of(list(table.columns))
    return Judged(
        "open", table[[one.feature for one in criteria]].to_numpy(dtype=float),
        np.asarray([grades[pair] for pair in pairs], dtype=float),
        np.unique(table["need_id"].to_numpy(dtype=str), return_inverse=True)[1],
        table["supplier_id"].to_numpy(dtype=str),
        np.asarray([one.weight for one in criteria]), np.asarray([one.neutral for one in criteria]),
        np.ones(len(criteria), dtype=int),
    )  # fmt: skip


def public_set(name: str, folder: Path) -> Judged:
    """A public set; the spreads of the scorecard are those of the whole set, which needs no label."""
    one = ranking_sets.load(name, folder)
    use = np.asarray(one.monotonic) == 1
    spread = np.nanstd(one.X, axis=0)
    weights = np.where(use & (spread > 0), 100.0 / np.where(spread > 0, spread, 1.0) / use.sum(), 0.0)
    group = np.unique(one.groups, return_inverse=True)[1]
    ids = np.asarray([f"{i:06d}" for i in range(len(one.y))])
    return Judged(name, one.X, one.y, group, ids, weights, np.nanmean(one.X, axis=0), np.asarray(one.monotonic))


def measured(judged: Judged, rows: np.ndarray, scores: np.ndarray, points: np.ndarray) -> float:
    """Mean NDCG@10 over the groups of the rows."""
    first = order(scores, points, judged.ids[rows])
    first = first[np.argsort(judged.group[rows][first], kind="stable")]
    bounds = group_bounds(judged.group[rows][first])
    falling = -np.arange(len(first), dtype=float)
    return float(np.nanmean(ndcg_by_group(falling, judged.y[rows][first], bounds)))


def drawn(judged: Judged, allowed: np.ndarray, size: int, whole: bool, draw: np.random.Generator) -> np.ndarray:
    """Rows that analysts judged: random pairs, or whole groups until there are enough."""
    if not whole:
        return draw.permutation(np.flatnonzero(allowed))[:size]
    place = draw.permutation(int(judged.group.max()) + 1)[judged.group]
    order_of_groups = np.argsort(place, kind="stable")
    return order_of_groups[allowed[order_of_groups]][:size]


def gains(
    judged: Judged, size: int, seeds: range, fitted: SafeRanker, whole: bool
) -> tuple[list[float], list[float], Counter[str]]:
    """NDCG of the scorecard and the difference of the ranker, fit by fit, and the rungs reached."""
    base, differences, rungs = [], [], Counter[str]()
    for seed in seeds:
        fold = group_folds(int(judged.group.max()) + 1, FOLDS, seed)[judged.group]
        for number in range(FOLDS):
            draw = np.random.default_rng([seed, number, size])
            seen = drawn(judged, fold != number, size, whole, draw)
            held = np.flatnonzero(fold == number)
            fitted.fit(judged.X[seen], judged.y[seen], judged.group[seen])
            points = fitted.scorecard(judged.X[held])
            base.append(measured(judged, held, points, points))
            differences.append(measured(judged, held, fitted.predict(judged.X[held]), points) - base[-1])
            rungs[fitted.rung_] += 1
    return base, differences, rungs


def rows_of(
    judged: Judged, seeds: range, sizes: tuple[int, ...], whole: bool, settings: dict[str, object]
) -> list[dict[str, object]]:
    """One row a number of judged pairs."""
    found: list[dict[str, object]] = []
    for size in (one for one in sizes if one <= len(judged.y) * (FOLDS - 1) // FOLDS):
        ranker = SafeRanker(judged.weights, judged.neutral, judged.monotonic, **settings)
        base, gained, rungs = gains(judged, size, seeds, ranker, whole)
        found.append({
            "set": judged.name, "pairs": size, "fits": len(gained), "scorecard": f"{np.mean(base):.4f}",
            "gain": f"{np.mean(gained):+.4f}", "error": f"{np.std(gained, ddof=1) / np.sqrt(len(gained)):.4f}",
            "worst_fit": f"{min(gained):+.4f}", "rungs": " ".join(f"{name}:{n}" for name, n in sorted(rungs.items())),
        })  # fmt: skip
        print("  ".join(f"{value!s:>10}" for value in found[-1].values()), flush=True)
    return found


def main() -> None:
    """Measure, print and write the table; exit status 1 when the ranker misses a bar."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("path", type=Path)
    options.add_argument("--seeds", nargs=2, type=int, default=[0, 5])
    options.add_argument("--sizes", nargs="+", type=int, default=list(SIZES))
    options.add_argument("--sets", nargs="+", default=["open", "abt", "melo_fr_fr"])
    options.add_argument("--whole", action="store_true", help="judge all pairs of random groups, not random pairs")
    options.add_argument("--settings", type=json.loads, default={}, help="other settings of SafeRanker, as JSON")
    options.add_argument("--trees", type=json.loads, help="the trees tried: settings of LambdaRanker, as JSON")
    options.add_argument("--results", type=Path, default=RESULTS)
    asked = options.parse_args()
    settings = asked.settings if asked.trees is None else asked.settings | {"trees": LambdaRanker(**asked.trees)}
    rows: list[dict[str, object]] = []
    for name in asked.sets:
        judged = open_set(Path("integrator.toml")) if name == "open" else public_set(name, asked.path)
        rows += rows_of(judged, range(*asked.seeds), tuple(asked.sizes), asked.whole, settings)
    about = [
        f"Seeds {asked.seeds[0]} to {asked.seeds[1] - 1}.",
        "gain: mean NDCG@10 of SafeRanker less that of its scorecard, on groups held out.",
    ]
    write_results(asked.results, rows, about, ["scikit-learn"])
    low = [f"{row['set']} {row['pairs']}" for row in rows if float(str(row["gain"])) < WORST]
    flat = [f"{row['set']} {row['pairs']}" for row in rows
            if int(str(row["pairs"])) >= ABOVE_FROM and float(str(row["gain"])) <= 0]  # fmt: skip
    print(f"below {WORST}: {', '.join(low) or 'none'}")
    print(f"not above the scorecard from {ABOVE_FROM} pairs on: {', '.join(flat) or 'none'}")
    raise SystemExit(1 if low or flat else 0)


if __name__ == "__main__":
    main()
