"""Which pairs are worth judging first: each choice of `review export` against chance; open judgements are the oracle.

The needs are dealt in five folds, five times (a seed each). The pairs judged of four folds are the pool; a choice
takes so many of them, the oracle tells their grades, the ladder of `integrator train` is fitted on them, and the order
of the fifth fold is measured on its judged pairs. A choice whose rule gives fewer goes on by rank, so that all take as
many.

Columns of the result: `by` the choice (`none` = no judgement, the scorecard alone; `all` = the whole pool), `pairs`
asked, `ndcg_at_10` and `first_fit` means over needs of the held-out folds, then over the seeds; `spread` the standard
deviation of the mean NDCG@10 over the seeds; `kept` the share of trainings that kept a correction to the scorecard at
all; `wrong` the share of the asked pairs whose grade by rule was not the judged one.

Usage: python benchmarks/choosing.py [JOB.toml] [--seeds N] [--sizes N...] [--results FILE]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from results_file import write_results

from integrator import config, metrics, normalization, pipeline
from integrator.review import Choice
from integrator.review.choosing import choose
from integrator.training.fitting import fit
from integrator.training.judged import JudgedPairs, judged_pairs
from integrator.training.ranker import FEWEST_PAIRS

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


def learned(judged: JudgedPairs, grades: Mapping[Pair, int], pairs: Sequence[Pair]) -> tuple[np.ndarray, bool]:
    """The scores (n,) of all candidates after these judgements, and whether they correct the scorecard."""
    asked_for = set(pairs)
    own = list(zip(judged.need.tolist(), judged.supplier.tolist(), strict=True))
    grade = np.asarray([float(grades[pair]) if pair in asked_for else np.nan for pair in own])
    part = JudgedPairs(judged.matrix, grade, len(pairs), {})
    needs = np.unique(part.need[part.is_judged]).tolist()
    if part.is_judged.sum() < FEWEST_PAIRS or len(needs) < FOLDS:
        return judged.scorecard, False
    fitted = fit(part, needs)
    return fitted.scores(part), fitted.ranker.rung_ != "scorecard"


def measured(
    judged: JudgedPairs, scores: np.ndarray, grades: Mapping[Pair, int], needs: set[str]
) -> list[metrics.NeedScore]:
    """The measures of some needs, their candidates put in order by the scores."""
    rankings = {}
    for need in needs:
        rows = np.flatnonzero(judged.need == need)
        ranked = judged.supplier[rows[np.lexsort((judged.supplier[rows], -scores[rows]))]].tolist()
        rankings[need] = ranked[: judged.matrix.run.config.matching.candidates]
    held: dict[str, dict[str, int]] = {}
    for (need, supplier), grade in grades.items():
        if need in needs:
            held.setdefault(need, {})[supplier] = grade
    return metrics.score_needs(rankings, held)


def one_seed(
    run: pipeline.Run, judged: JudgedPairs, grades: Mapping[Pair, int], by: str, size: int, seed: int
) -> Measure:
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
        learned_scores, corrected = learned(judged, grades, pairs)
        kept.append(corrected)
        wrong += [by_rule[pair] != grades[pair] for pair in pairs]
        scores += measured(judged, learned_scores, grades, held)
    return metrics.mean_ndcg(scores), metrics.first_fit(scores), float(np.mean(kept)), float(np.mean(wrong or [np.nan]))


def main() -> int:
    """Measure every choice and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", nargs="?", type=Path)
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args()
    run = pipeline.run(config.load(options.job).with_changes({"matching": {"ranker": "scorecard"}}))
    known = (set(run.tables["needs"]["need_id"]), set(run.tables["suppliers"]["supplier_id"]))
    latest, _ = normalization.latest_grades(run.judgements, *known)
    grades = {(need, supplier): grade for need, row in latest.items() for supplier, grade in row.items()}
    judged = judged_pairs(run)
    cases = [("none", 0), *((by, size) for size in options.sizes for by in WAYS), ("all", len(grades))]
    rows = []
    for by, size in cases:
        seeds = [one_seed(run, judged, grades, by, size, seed) for seed in range(options.seeds)]
        ndcg, first, kept, wrong = (statistics.fmean(values) for values in zip(*seeds, strict=True))
        spread = statistics.stdev(values[0] for values in seeds)
        rows.append((by, size, *(f"{x:.4f}" for x in (ndcg, first, spread)), f"{kept:.2f}", f"{wrong:.3f}"))
        print(*rows[-1], sep="\t", flush=True)
    names = ("by", "pairs", "ndcg_at_10", "first_fit", "spread", "kept", "wrong")
    about = ["Columns: see the head of benchmarks/choosing.py. Shipped data, judgements of data/judgements."]
    write_results(options.results, [dict(zip(names, row, strict=True)) for row in rows], about, ["scikit-learn"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
