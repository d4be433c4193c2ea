"""Made-up data: no supplier and no need of this benchmark is real. It measures the search for suppliers.

It takes tables made elsewhere from a seed: DATA/S_SIZE.parquet (sid, text, lang), N_SIZE (nid, text, lang) and T_SIZE
(nid, sid: the true pairs). Each engine is a process of its own, the engines take turns, and the median counts: the
speed of a shared machine drifts. The peers run in an environment of their own (benchmarks/peers-retrieval.txt).
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from results_file import peers, today, write_results

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "retrieval.csv"
TOP = 50
YARDSTICKS = ("bm25s", "bm25s_compiled")
OURS = {
    "none": "ours, no glossary",
    "shipped": "ours, shipped lexicon",
    "kept": "ours, shipped, index kept",
    "upper_bound": "ours, UPPER BOUND: 90 % of the generator's words",
}
PEERS = ("bm25s", "bm25s_compiled", "tantivy", "sparse_dot_topn", "string_grouper")
LANGUAGES = ("fr", "en")
COLUMNS = ("build", "query", "total", "peak_mb")


class Recall(NamedTuple):
    """Share of the true suppliers among the first 50."""

    overall: float
    pairs: dict[str, float]
    """By language of the need and of the supplier's sheet, for needs with at most 50 true suppliers."""


def recall(found: np.ndarray, data: Path, size: str) -> Recall:
    """Found of min(50, true), mean over the needs that have any; found of true by pair of languages."""
    suppliers, needs, truth = (pd.read_parquet(data / f"{part}_{size}.parquet") for part in "SNT")
    key = found[0] * len(suppliers) + found[1]
    truth["hit"] = np.isin(truth["nid"].to_numpy(dtype=np.int64) * len(suppliers) + truth["sid"].to_numpy(), key)
    by_need = truth.groupby("nid")["hit"].agg(["sum", "size"])
    few = truth[truth["nid"].map(by_need["size"]) <= TOP]
    asked = needs["lang"].to_numpy()[few["nid"]]
    offered = suppliers["lang"].to_numpy()[few["sid"]]
    by_pair = few.groupby([asked, offered])["hit"].mean()
    pairs = {f"{LANGUAGES[one]}-{LANGUAGES[other]}": float(share) for (one, other), share in by_pair.items()}
    return Recall(float((by_need["sum"] / by_need["size"].clip(upper=TOP)).mean()), pairs)


def run(python: str, module: str, engine: str, given: argparse.Namespace, answers: Path) -> dict[str, float]:
    """One engine on the whole work; raises SystemExit when it fails."""
    command = [python, str(HERE / "retrieval_process.py"), module, engine, str(given.data), given.size, str(answers)]
    command += [str(given.generator)] if given.generator else []
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{engine} ended with {done.returncode}: {done.stderr[-2000:]}")
    used: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return used | {"total": used["build"] + used["query"]}


def report(table: list[dict[str, Any]], heading: list[str], results: Path) -> None:
    """Print the table and write it."""
    write_results(results, table, heading, ("scipy", "rapidfuzz"))
    print(f"\n{pd.DataFrame(table).drop(columns='date').to_string(index=False)}")


def rows(taken: dict[str, list[dict[str, float]]], recalls: dict[str, Recall]) -> list[dict[str, Any]]:
    """One line an engine: medians, and ratios to bm25s."""
    middle = {
        engine: {part: statistics.median(one[part] for one in runs) for part in COLUMNS}
        for engine, runs in taken.items()
    }
    table = []
    for engine, used in middle.items():
        row: dict[str, Any] = {"date": today(), "engine": OURS.get(engine, engine)}
        row |= {f"{part}_cpu_s": f"{used[part]:.2f}" for part in COLUMNS[:3]}
        totals = [one["total"] for one in taken[engine]]
        row |= {
            "total_min": f"{min(totals):.2f}",
            "total_max": f"{max(totals):.2f}",
            "peak_mb": f"{used['peak_mb']:.0f}",
        }
        for yardstick in YARDSTICKS:
            known = middle.get(yardstick)
            row[f"cpu_to_{yardstick}"] = f"{used['total'] / known['total']:.2f}" if known else ""
            row[f"peak_to_{yardstick}"] = f"{used['peak_mb'] / known['peak_mb']:.2f}" if known else ""
        row |= {"recall_at_50": f"{recalls[engine].overall:.3f}"}
        row |= {f"recall_{pair}": f"{share:.3f}" for pair, share in recalls[engine].pairs.items()}
        table.append(row)
    return table


def main() -> None:
    """Let the engines take turns, report."""
    options = argparse.ArgumentParser(description="Measure the search for suppliers on a large made-up workload.")
    options.add_argument("data", type=Path, help="folder of S_SIZE.parquet, N_SIZE.parquet and T_SIZE.parquet")
    options.add_argument("--size", default="100000x10000", help="suppliers x needs, as the files are named")
    options.add_argument("--generator", type=Path, help="the script that made them; without it no upper bound")
    options.add_argument("--peers", help="interpreter with benchmarks/peers-retrieval.txt; without it no peers")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--engines", nargs="*", help="only these")
    options.add_argument("--results", type=Path, default=RESULTS)
    given = options.parse_args()
    engines = [(sys.executable, "retrieval_ours", one) for one in OURS if one != "upper_bound" or given.generator]
    engines += [(given.peers, "retrieval_peers", one) for one in PEERS if given.peers]
    engines = [one for one in engines if not given.engines or one[2] in given.engines]
    taken: dict[str, list[dict[str, float]]] = {engine: [] for _, _, engine in engines}
    recalls: dict[str, Recall] = {}
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.npy"
        for number in range(given.rounds):
            for python, module, engine in engines:
                used = run(python, module, engine, given, answers)
                taken[engine].append(used)
                recalls.setdefault(engine, recall(np.load(answers), given.data, given.size))
                print(
                    f"round {number + 1}: {engine} {used['total']:.2f} CPU s, {used['wall']:.2f} s by the clock, "
                    f"{used['peak_mb']:.0f} MB, recall@{TOP} {recalls[engine].overall:.3f}",
                    flush=True,
                )
    heading = [
        f"Made-up data, suppliers x needs: {given.size}, top {TOP}, one process each, {given.rounds} rounds in turn.",
        peers("peers-retrieval.txt"),
        "CPU: user and system seconds of all threads, median. Ours is timed from the raw text, lexicon included; the",
        "peers get prepared text. bm25s compiles itself in every new process; bm25s_compiled did so beforehand.",
        "recall_xx-yy: need in xx, supplier's sheet in yy, needs with at most 50 true suppliers.",
    ]
    report(rows(taken, recalls), heading, given.results)


if __name__ == "__main__":
    main()
