"""Made-up data: no company of this benchmark is real. It measures the search for supplier rows that are one company.

It takes tables made elsewhere from a seed: DATA/names_SIZE.parquet (name, city, sector, ent: rows of one `ent` are one
company). Truth: pairs of rows with one `ent`. Each engine is a process of its own, the engines take turns, and the
median counts. The peers run in an environment of their own (benchmarks/peers-dedupe.txt).
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
RESULTS = HERE / "results" / "dedupe.csv"
FIXED = 0.5
"""Our threshold, and that of a peer whose score is a probability."""
OURS = {
    "ours": "ours: name, city, sector",
    "ours_without_trades": "ours, without the list of trades",
    "ours_name": "ours: name alone",
}
PEERS = (
    "splink_names", "splink_brand", "splink_words", "recordlinkage_name_city", "string_grouper", "sparse_dot_topn",
)  # fmt: skip
YARDSTICK = "splink"
LARGE = 50_000
"""From so many rows one round, and of splink only the set-up that was best on the smaller tables: it takes minutes."""


class Quality(NamedTuple):
    """Of the pairs that are one company."""

    reached: float
    """Share that the engine proposed at all, whatever the score."""
    best_f1: float
    """F1 at the threshold that is best for these very data."""
    at: float
    fixed_f1: float
    """F1 at a threshold of .5; not a number where the score is no probability."""
    average_precision: float
    """Area under precision over recall; pairs never proposed are misses."""


def quality(entities: np.ndarray, one: np.ndarray, other: np.ndarray, score: np.ndarray, fixed: bool) -> Quality:
    """Measures over pairs of rows; pairs of one score count together."""
    sizes = np.unique(entities, return_counts=True)[1]
    true = int((sizes * (sizes - 1) // 2).sum())
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(entities[one[order]] == entities[other[order]])
    scores = score[order]
    ends = np.flatnonzero(np.append(scores[1:] != scores[:-1], True)) if len(scores) else np.zeros(0, int)
    precision, recall = hits[ends] / (ends + 1), hits[ends] / max(true, 1)
    f1 = 2 * hits[ends] / np.maximum(ends + 1 + true, 1)
    if not len(ends):
        return Quality(0.0, 0.0, 1.0, 0.0, 0.0)
    best, upto = int(f1.argmax()), int((scores[ends] >= FIXED).sum())
    at_fixed = (float(f1[upto - 1]) if upto else 0.0) if fixed else float("nan")
    area = float((np.diff(recall, prepend=0.0) * precision).sum())
    return Quality(float(recall[-1]), float(f1[best]), float(scores[ends][best]), at_fixed, area)


def run(python: str, module: str, engine: str, data: Path, answers: Path) -> dict[str, float]:
    """One engine on one table; raises SystemExit when it fails."""
    command = [python, str(HERE / "dedupe_process.py"), module, engine, str(data), str(answers)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{engine} ended with {done.returncode}: {done.stderr[-2000:]}")
    used: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return used


def rows(
    size: str, taken: dict[str, list[dict[str, float]]], found: dict[str, Quality], count: int
) -> list[dict[str, Any]]:
    """One line an engine: medians, and the ratio of rows per CPU second to the best set-up of splink."""
    middle = {
        engine: {part: statistics.median(one[part] for one in runs) for part in ("cpu_s", "peak_mb")}
        for engine, runs in taken.items()
    }
    yardstick = _best_splink(found)
    table = []
    for engine, used in middle.items():
        measured = found[engine]
        faster = middle[yardstick]["cpu_s"] / used["cpu_s"] if yardstick else float("nan")
        table.append(
            {
                "date": today(),
                "rows": size,
                "engine": OURS.get(engine, engine) + (" (best of splink)" if engine == yardstick else ""),
                "best_f1": f"{measured.best_f1:.3f}",
                "at": f"{measured.at:.3f}",
                "f1_at_fixed": "" if np.isnan(measured.fixed_f1) else f"{measured.fixed_f1:.3f}",
                "average_precision": f"{measured.average_precision:.3f}",
                "reached": f"{measured.reached:.3f}",
                "cpu_s": f"{used['cpu_s']:.2f}",
                "rows_per_cpu_s": f"{count / used['cpu_s']:.0f}",
                "rows_per_cpu_s_to_splink": f"{faster:.1f}" if yardstick else "",
                "peak_mb": f"{used['peak_mb']:.0f}",
                "rounds": len(taken[engine]),
            }
        )
    return table


def _best_splink(found: dict[str, Quality]) -> str:
    known = [engine for engine in found if engine.startswith(YARDSTICK)]
    return max(known, key=lambda engine: found[engine].best_f1, default="")


def measured(given: argparse.Namespace, size: str, answers: Path, best: str) -> tuple[list[dict[str, Any]], str]:
    """Let the engines take turns on one table; also says which set-up of splink is best."""
    data = given.data / f"names_{size}.parquet"
    entities = pd.read_parquet(data, columns=["ent"])["ent"].to_numpy()
    engines = [(sys.executable, "dedupe_ours", engine) for engine in OURS]
    engines += [(given.peers, "dedupe_peers", engine) for engine in PEERS if given.peers]
    engines = [one for one in engines if not given.engines or one[2] in given.engines]
    large = len(entities) >= LARGE
    if large and best:
        engines = [one for one in engines if not one[2].startswith(YARDSTICK) or one[2] == best]
    taken: dict[str, list[dict[str, float]]] = {engine: [] for _, _, engine in engines}
    found: dict[str, Quality] = {}
    for number in range(1 if large else given.rounds):
        for python, module, engine in engines:
            used = run(python, module, engine, data, answers)
            taken[engine].append(used)
            with np.load(answers) as pairs:
                is_probability = engine in OURS or engine.startswith(YARDSTICK)
                found[engine] = quality(entities, pairs["one"], pairs["other"], pairs["score"], is_probability)
            print(
                f"{size} rows, round {number + 1}: {engine} {used['cpu_s']:.2f} CPU s, {used['peak_mb']:.0f} MB, "
                f"best F1 {found[engine].best_f1:.3f}, average precision {found[engine].average_precision:.3f}",
                flush=True,
            )
    return rows(size, taken, found, len(entities)), _best_splink(found)


def main() -> None:
    """Every size, then the report."""
    options = argparse.ArgumentParser(description="Measure the search for duplicates on made-up names.")
    options.add_argument("data", type=Path, help="folder of names_SIZE.parquet")
    options.add_argument("--sizes", nargs="+", default=["1000", "10000", "100000"])
    options.add_argument("--peers", help="interpreter with benchmarks/peers-dedupe.txt; without it no peers")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--engines", nargs="*", help="only these")
    options.add_argument("--results", type=Path, default=RESULTS)
    given = options.parse_args()
    table: list[dict[str, Any]] = []
    best = ""
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            lines, best = measured(given, size, Path(folder) / "answers.npz", best)
            table += lines
    heading = [
        f"Made-up data: rows of companies, {', '.join(given.sizes)}; one process each, in turn; nothing is labelled.",
        peers("peers-dedupe.txt"),
        "best_f1 is taken at the threshold that is best for these very data, f1_at_fixed at .5 where the score is a",
        "probability. average_precision needs no threshold; pairs never proposed are misses (reached: share proposed).",
        "CPU: user and system seconds of all threads, median, from the raw rows. Rows per CPU second are compared with",
        "the set-up of splink that has the best F1. recordlinkage reads name and city, the last two peers the name.",
    ]
    write_results(given.results, table, heading, ("pandas", "scipy", "rapidfuzz"))
    print(f"\n{pd.DataFrame(table).drop(columns='date').to_string(index=False)}")


if __name__ == "__main__":
    main()
