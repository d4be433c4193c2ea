"""Cost curves: time and memory of the whole job, stage by stage, from 100 suppliers to 100,000, and of peers.

Made-up jobs (`sized_job.py`, from a seed) of a growing number of suppliers and the same number of needs are run
without sheets (`--sheets 0`: their number is bounded, `project_sheets.py` measures them), each in a fresh folder and
a process of its own. With `--peers PYTHON` (an environment with `peers-retrieval.txt`) bm25s and sparse-dot-topn search
the same texts, as far as `PEERS` says; the script of an analyst (`analyst_script.py`) asks a sample of the needs.
`--retrieval FILE` takes over the searches of as many needs that `retrieval_shards.py` measured, its steps together.

Results: `curves.csv` with one row a stage (`whole`: all stages, imports and writing) and `curves_exponents.csv`: the
slope of log CPU, elapsed and peak over log suppliers by least squares, with the range it was fitted on.

Usage: python benchmarks/curves.py [--sizes N...] [--needs N] [--rounds N] [--peers PYTHON] [--options K=V...]
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from measuring import measured
from results_file import RESULTS, read_results, today, write_results
from whole_job import script

HERE = Path(__file__).resolve().parent
SIZES = (100, 316, 1_000, 3_162, 10_000, 31_623, 100_000)
OURS, WHOLE = "ours", "whole"
SHARDS = "retrieval alone, shards"
PEERS = {"bm25s_compiled": 1_000_000, "sparse_dot_topn": 1_000_000}
"""Engines of `retrieval_peers.py` and the most suppliers that they are given."""
SCRIPT, SCRIPT_MOST, SCRIPT_SAMPLE = "script: extract, WRatio", 100_000, 20
FITTED_FROM = 1_000
"""Below, what every process needs before it does anything outweighs the rest."""
_LEAST = 0.01
"""What the clock does not see counts as so much."""
PACKAGES = ("pandas", "scipy", "scikit-learn", "rapidfuzz", "pyarrow")
Row = dict[str, object]


def our_rows(job: Path, changes: list[str]) -> list[Row]:
    """One row a stage, and the whole."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, str(HERE / "curves_process.py"), str(job), str(Path(out) / "run")]
        used = measured([*command, "output.sheets=0", *changes])
    told = json.loads(used.said.splitlines()[-1])
    peak = max(used.peak_mb, *(of["peak_mb"] for of in told["stages"].values()))
    stages = {**told["stages"], WHOLE: {"cpu": used.cpu, "seconds": used.seconds, "peak_mb": peak}}
    return [{"what": OURS, "stage": stage, **of} for stage, of in stages.items()]


def peer_rows(python: str, suppliers: int, needs: int, folder: Path) -> list[Row]:
    """Search alone, as `retrieval.py` measures it, on the texts of the job."""
    rows: list[Row] = []
    for engine, most in PEERS.items():
        if suppliers <= most:
            command = [python, str(HERE / "retrieval_process.py"), "retrieval_peers", engine, str(folder), "job"]
            told = json.loads(measured([*command, str(folder / "answers.npy")]).said.splitlines()[-1])
            used = {"cpu": told["build"] + told["query"], "seconds": told["wall"], "peak_mb": told["peak_mb"]}
            rows.append({"what": engine, "stage": "search", **used})
    return rows


def one_size(suppliers: int, given: argparse.Namespace) -> list[Row]:
    """All rows of one size, one round."""
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        size = f"{suppliers}x{given.needs}"
        measured([sys.executable, str(HERE / "sized_job.py"), size, str(folder), "--seed", str(given.seed)])
        rows = our_rows(folder / "integrator.toml", given.options)
        if given.peers:
            measured([sys.executable, str(Path(__file__).resolve()), "--texts", str(folder)])
            rows += peer_rows(given.peers, suppliers, given.needs, folder)
        if suppliers <= SCRIPT_MOST and not given.no_script:
            used, whole = script(folder, ["--way", "extract", "--scorer", "WRatio"], min(SCRIPT_SAMPLE, given.needs))
            seconds = {key: whole[key] for key in ("cpu", "seconds")}
            rows.append({"what": SCRIPT, "stage": WHOLE, **seconds, "peak_mb": used.peak_mb})
    return [{"suppliers": suppliers, "needs": given.needs, **row} for row in rows]


def write_texts(folder: Path) -> None:
    """The texts of a job as the searching peers take them; in a process of its own."""
    import pandas as pd
    from analyst_script import read_folder, texts

    offered = texts(read_folder(folder / "suppliers"), ("products", "processes", "materials"))
    asked = texts(read_folder(folder / "needs"), ("component", "processes", "materials"))
    for part, column in (("S", offered), ("N", asked)):
        pd.DataFrame({"text": column.tolist()}).to_parquet(folder / f"{part}_job.parquet")


def medians(rounds: list[list[Row]]) -> list[Row]:
    """The rows of one size, each measure the median of the rounds."""
    found = []
    for same in zip(*rounds, strict=True):
        middle = {key: statistics.median(float(str(row[key])) for row in same) for key in ("cpu", "seconds", "peak_mb")}
        found.append({"date": today(), **same[0], **middle})
    return found


def exponents(rows: Iterable[Row]) -> list[Row]:
    """Slopes of each stage over the sizes from `FITTED_FROM` on; at least three sizes make a slope."""
    groups: dict[tuple[object, object], list[Row]] = {}
    for row in rows:
        if int(str(row["suppliers"])) >= FITTED_FROM:
            groups.setdefault((row["what"], row["stage"]), []).append(row)
    found = []
    for (what, stage), group in groups.items():
        if len(group) < 3:
            continue
        sizes = np.log([float(str(row["suppliers"])) for row in group])
        slopes = {}
        for key in ("cpu", "seconds", "peak_mb"):
            used = np.log([max(float(str(row[key])), _LEAST) for row in group])
            slopes[f"{key}_exponent"] = f"{np.polyfit(sizes, used, 1)[0]:.2f}"
        first, last = (edge(int(str(row["suppliers"])) for row in group) for edge in (min, max))
        found.append({"what": what, "stage": stage, "from": first, "to": last, "points": len(group), **slopes})
    return found


def shown(rows: Iterable[Row]) -> list[Row]:
    """As they are written; what was not measured is blank."""
    decimals = {"cpu": 2, "seconds": 2, "peak_mb": 0}
    return [{**row, **{key: _text(row[key], places) for key, places in decimals.items()}} for row in rows]


def _text(value: object, places: int) -> str:
    number = float(str(value))
    return "" if math.isnan(number) else f"{number:.{places}f}"


def main() -> None:
    """Measure, fit, write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    options.add_argument("--needs", type=int, default=1_000)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--peers", help="interpreter with benchmarks/peers-retrieval.txt; without it no peers")
    options.add_argument("--no-script", action="store_true", help="without the script of an analyst")
    options.add_argument("--retrieval", type=Path, help="results of retrieval_shards.py that are taken over")
    options.add_argument("--options", nargs="*", default=[], help="changes of the job, as resources.workers=2")
    options.add_argument("--folder", type=Path, default=RESULTS, help="of the results files")
    options.add_argument("--texts", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.texts:
        write_texts(given.texts)
        return
    rows: list[Row] = []
    about = [f"Made-up jobs, {given.needs} needs, seed {given.seed}, without sheets, median of {given.rounds} rounds."]
    for suppliers in given.sizes:
        rows += medians([one_size(suppliers, given) for _ in range(given.rounds)])
        for row in shown(rows):
            if row["suppliers"] == suppliers:
                print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
        write_results(given.folder / "curves.csv", shown(rows), about, PACKAGES)
    if given.retrieval:
        rows += shard_rows(given.retrieval, given.needs)
        write_results(given.folder / "curves.csv", shown(rows), about, PACKAGES)
    fitted = exponents(rows)
    for row in fitted:
        print("  ".join(f"{name} {value}" for name, value in row.items()))
    write_results(given.folder / "curves_exponents.csv", fitted, about, PACKAGES)


def shard_rows(path: Path, needs: int) -> list[Row]:
    """The searches over shards with so many needs: CPU of their steps together, the largest of their peaks."""
    found: list[Row] = []
    for row in read_results(path):
        suppliers, asked = map(int, row["suppliers_x_needs"].split("x"))
        if asked == needs:
            used = {key: [float(value) for name, value in row.items() if name.endswith(key) and value]
                    for key in ("_cpu_s", "_peak_mb")}  # fmt: skip
            of = {"cpu": sum(used["_cpu_s"]), "seconds": float("nan"), "peak_mb": max(used["_peak_mb"])}
            size = {"date": row["date"], "suppliers": suppliers, "needs": needs}
            found.append({**size, "what": OURS, "stage": SHARDS, **of})
    if not found:
        print(f"{path.name}: no search of {needs} needs: measure one with retrieval_shards.py SUPPLIERSx{needs}")
    return found


if __name__ == "__main__":
    main()
