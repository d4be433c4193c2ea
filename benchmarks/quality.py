"""How good the order of actors is on the shipped judgements, however the needs are asked, by each ranker.

`query`: all fields; `full` (component, processes, materials), `fr` or `en` (the name alone); `arabic` and `messy`
(other names, of `data/names/`). `ranker`: the scorecard, which learned nothing, or `auto`, the shipped ranker, fitted
anew in five folds without the needs that it is asked. `needs`: all that are judged, or those that name a part (not in
`needs_without_part.csv`). Columns: NDCG@10 and first fit as `integrator evaluate` measures them, the pairs judged 3 or
4, how many of them are among the candidates, at most 50 a need, and their share.

Usage: python benchmarks/quality.py [--rankers NAME...] [--queries NAME...] [--results FILE]
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
from pathlib import Path

from results_file import RESULTS, write_results

from integrator import intake
from integrator.config import load
from integrator.evaluation import evaluate

HERE = Path(__file__).resolve().parent
NAMES = HERE.parent / "data" / "names"
QUERIES = ("all", "full", "fr", "en", "arabic", "messy")
RANKERS = ("scorecard", "auto")


def named(inputs: intake.Inputs) -> intake.Inputs:
    """The inputs without the needs that name no part."""
    with (HERE / "needs_without_part.csv").open(encoding="utf-8", newline="") as stream:
        left_out = {row["need_id"] for row in csv.DictReader(line for line in stream if not line.startswith("#"))}
    needs = tuple(need for need in inputs.records["need"] if need.get("need_id") not in left_out)
    return dataclasses.replace(inputs, records={**inputs.records, "need": needs})


def main() -> None:
    """Measure each query by each ranker, print and write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rankers", nargs="+", default=list(RANKERS), choices=RANKERS)
    options.add_argument("--queries", nargs="+", default=list(QUERIES), choices=QUERIES)
    options.add_argument("--results", type=Path, default=RESULTS / "quality.csv")
    given = options.parse_args()
    config = load(HERE.parent / "integrator.toml")
    inputs = intake.read(config)
    groups = {"all": inputs, "that name a part": named(inputs)}
    rows: list[dict[str, object]] = []
    for ranker in given.rankers:
        for query in given.queries:
            for needs, read in groups.items():
                if ranker == "auto" and needs != "all":
                    continue  # what the judgements of the others teach it would be missing
                other = NAMES / f"{query}.csv"
                asked = config.with_changes({"matching": {"ranker": ranker}})
                report = evaluate(asked, query, read, other if other.is_file() else None)
                recall = report.recall["all"]
                rows.append({
                    "query": query, "ranker": ranker, "needs": needs, "judged": len(report.needs),
                    "ndcg_at_10": f"{report.ndcg:.4f}", "first_fit": f"{report.first_fit:.4f}", "able": recall.pairs,
                    "candidates": recall.found, "recall": f"{recall.share:.4f}",
                })  # fmt: skip
                print(*rows[-1].values())
    write_results(
        given.results, rows, ["Judgements of data/judgements; the lexicon was partly written after reading them."]
    )


if __name__ == "__main__":
    main()
