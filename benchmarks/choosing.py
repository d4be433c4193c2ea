"""Which pairs are worth judging first: each choice of `review export` against chance; open judgements are the oracle.

The needs are dealt in five folds, five times (a seed each). The pairs judged of four folds are the pool; a choice
takes so many of them, the oracle tells their grades, `integrator train` is run on them alone, and the order of the
fifth fold is measured on its judged pairs. A choice whose rule gives fewer goes on by rank, so that all take as many.

Columns of the result: `by` the choice (`none` = no judgement, the scorecard alone; `all` = the whole pool), `pairs`
asked, `ndcg_at_10` and `first_fit` means over needs of the held-out folds, then over the seeds; `spread` the standard
deviation of the mean NDCG@10 over the seeds; `kept` the share of trainings that kept a correction to the scorecard at
all; `wrong` the share of the asked pairs whose grade by rule was not the judged one.

Usage: python benchmarks/choosing.py [JOB.toml] [--results FILE]
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import statistics
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np

from integrator import config, metrics, normalization, pipeline, training
from integrator.errors import UsageError
from integrator.ranking.scoring import Scorer, features_of, score_pairs
from integrator.records import Judgement
from integrator.review import Choice
from integrator.review.choosing import choose

FOLDS, SEEDS = 5, 5
SIZES = (100, 200, 400)
WAYS = ("random", "head", "uncertainty", "value", "mixed")
RESULTS = Path(__file__).parent / "results" / "choosing.csv"
Pair = tuple[str, str]
Measure = tuple[float, float, bool, float]


def asked(run: pipeline.Run, pool: Collection[Pair], by: str, size: int, seed: int) -> list[Pair]:
    """The pairs that a choice asks about; what is not in the pool counts as judged before."""
    matches = run.tables["matches"].sort_values(["rank", "need_id"])
    everyone = list(zip(matches["need_id"], matches["supplier_id"], strict=True))
    mine = [pair for pair in everyone if pair in pool]
    if by == "random":
        order = np.random.default_rng(seed).permutation(len(mine))
        return [mine[i] for i in order[:size]]
    found = choose(run.tables, Choice(by, size, frozenset(everyone).difference(pool)))
    chosen = list(zip(found["need_id"], found["supplier_id"], strict=True))
    return [*chosen, *(pair for pair in mine if pair not in set(chosen))][:size]


def trained(run: pipeline.Run, grades: Mapping[Pair, int], pairs: Sequence[Pair]) -> tuple[Scorer, bool]:
    """The scorer after these judgements, and whether it corrects the scorecard; too few of them leave it alone."""
    judged = tuple(Judgement(*pair, grades[pair], "", "", "oracle", "") for pair in pairs)
    try:
        ranker = training.train_run(dataclasses.replace(run, judgements=judged))
    except UsageError:
        return run.scorer, False
    features = features_of(run.tables["candidates"])
    corrected = not np.array_equal(score_pairs(ranker, features)[1], score_pairs(run.scorer, features)[1])
    return ranker, corrected


def measured(run: pipeline.Run, scorer: Scorer, grades: Mapping[Pair, int], needs: set[str]) -> list[metrics.NeedScore]:
    """The measures of some needs, their candidates put in order by the scorer."""
    candidates = run.tables["candidates"]
    part = candidates[candidates["need_id"].isin(needs)].reset_index(drop=True)
    part = part[["need_id", "supplier_id"]].assign(score=score_pairs(scorer, features_of(part))[1])
    part = part.sort_values(["need_id", "score", "supplier_id"], ascending=[True, False, True])
    rankings = {str(need): list(rows["supplier_id"]) for need, rows in part.groupby("need_id")}
    judged: dict[str, dict[str, int]] = {}
    for (need, supplier), grade in grades.items():
        if need in needs:
            judged.setdefault(need, {})[supplier] = grade
    return metrics.score_needs(rankings, judged)


def one_seed(run: pipeline.Run, grades: Mapping[Pair, int], by: str, size: int, seed: int) -> Measure:
    """NDCG@10, first fit, share of folds with a correction, share of pairs graded otherwise than by rule."""
    needs = sorted({need for need, _ in grades})
    order = np.random.default_rng(seed).permutation(len(needs))
    by_rule = run.tables["matches"].set_index(["need_id", "supplier_id"])["grade"].to_dict()
    scores: list[metrics.NeedScore] = []
    kept, wrong = [], []
    for fold in range(FOLDS):
        held = {needs[i] for i in order[fold::FOLDS]}
        pool = {pair for pair in grades if pair[0] not in held}
        pairs = [] if by == "none" else asked(run, pool, "head" if by == "all" else by, size, seed)
        scorer, corrected = trained(run, grades, pairs) if pairs else (run.scorer, False)
        kept.append(corrected)
        wrong += [by_rule[pair] != grades[pair] for pair in pairs]
        scores += measured(run, scorer, grades, held)
    return metrics.mean_ndcg(scores), metrics.first_fit(scores), float(np.mean(kept)), float(np.mean(wrong or [np.nan]))


def main() -> int:
    """Measure every choice and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", nargs="?", type=Path)
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    run = pipeline.run(config.load(options.job))
    known = (set(run.tables["needs"]["need_id"]), set(run.tables["suppliers"]["supplier_id"]))
    latest, _ = normalization.latest_grades(run.judgements, *known)
    grades = {(need, supplier): grade for need, row in latest.items() for supplier, grade in row.items()}
    cases = [("none", 0), *((by, size) for size in SIZES for by in WAYS), ("all", len(grades))]
    rows = []
    for by, size in cases:
        seeds = [one_seed(run, grades, by, size, seed) for seed in range(SEEDS)]
        ndcg, first, kept, wrong = (statistics.fmean(values) for values in zip(*seeds, strict=True))
        spread = statistics.stdev(values[0] for values in seeds)
        rows.append((by, size, *(f"{x:.4f}" for x in (ndcg, first, spread)), f"{kept:.2f}", f"{wrong:.3f}"))
        print(*rows[-1], sep="\t", flush=True)
    with options.results.open("w", encoding="utf-8", newline="") as stream:
        stream.write("# python benchmarks/choosing.py: see its head. Shipped data, judgements of data/judgements.\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("by", "pairs", "ndcg_at_10", "first_fit", "spread", "kept", "wrong"))
        writer.writerows(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
