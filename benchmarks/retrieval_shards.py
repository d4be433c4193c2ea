"""Made-up data: no supplier and no need of this benchmark is real. It measures retrieval over shards of suppliers.

The suppliers are cut into shards on disk. A sheet is one of `--sheets` made-up ones (benchmarks/sized_job.py, linked
as in a job) with an id of its own and further slips in its products. Then one process fits the statistics part by part,
another makes each shard ready and writes it, and a third loads one shard after the other and finds the best 50 of every
channel for every need. Memory is the peak of each process, the reading of Parquet included.

Usage: python benchmarks/retrieval_shards.py SUPPLIERSxNEEDS FOLDER [--shard N] [--block-bytes N] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from results_file import read_results, today, write_results
from sized_job import NOTICE, SEED, made_up

from integrator.normalization import capabilities_table, needs_table, requirements_table, suppliers_table
from integrator.records import CellRef, Record
from integrator.retrieval import BLOCK_BYTES, shards
from integrator.retrieval.fitting import Part, fit, load_statistics, save_statistics
from integrator.taxonomy import load
from integrator.taxonomy.space import ConceptSpace

RESULTS = Path(__file__).resolve().parent / "results" / "retrieval_shards.csv"
TOP = 50
SLIPS = 0.03
"""Share of the words of a sheet's products that get a slip more."""
SUPPLIER = ("supplier_id", "products", "processes", "materials", "machines", "hs_codes")
CAPABILITY = ("supplier_id", "role", "concept", "score", "implied", "text")
REQUIREMENT = ("need_id", "role", "concept", "score", "implied", "text")
STEPS = ("write", "fit", "prepare", "search")


def write(folder: Path, given: argparse.Namespace) -> dict[str, float]:
    """The shards of suppliers and capabilities, and the needs, as Parquet."""
    suppliers, needs = map(int, given.size.split("x"))
    taxonomy = load()
    sheets, asked = made_up(min(given.sheets, suppliers), needs, given.seed)
    records, wanted = _records("supplier", sheets), _records("need", asked)
    needs_table(wanted).to_parquet(folder / "needs.parquet")
    requirements_table(wanted, taxonomy)[list(REQUIREMENT)].to_parquet(folder / "requirements.parquet")
    base, said = suppliers_table(records)[list(SUPPLIER)], capabilities_table(records, taxonomy)[list(CAPABILITY)]
    rows = said.groupby("supplier_id", sort=False).indices
    rng = np.random.default_rng(given.seed)
    for number, start in enumerate(range(0, suppliers, given.shard)):
        drawn = rng.integers(len(base), size=min(given.shard, suppliers - start))
        own = base.iloc[drawn].reset_index(drop=True)
        theirs = [rows.get(one, np.zeros(0, dtype=np.int64)) for one in own["supplier_id"]]
        ids = np.asarray([f"K{start + i:08}" for i in range(len(own))])
        linked = said.iloc[np.concatenate(theirs)].reset_index(drop=True)
        linked["supplier_id"] = np.repeat(ids, [len(one) for one in theirs])
        own["supplier_id"], own["products"] = ids, [_slipped(text, rng) for text in own["products"]]
        own.to_parquet(folder / f"suppliers-{number:05}.parquet")
        linked.to_parquet(folder / f"capabilities-{number:05}.parquet")
    return {}


def _records(kind: str, rows: list[dict[str, str]]) -> list[Record]:
    """Rows as a job reads them."""
    made = []
    for number, row in enumerate(rows, start=2):
        ref = CellRef("made_up.csv", "", number)
        values = {name: value for name, value in row.items() if value}
        made.append(Record(kind, ref, values, dict.fromkeys(values, ref)))
    return made


def _slipped(text: str, rng: np.random.Generator) -> str:
    words = text.split(" ")
    for place in np.flatnonzero(rng.random(len(words)) < SLIPS).tolist():
        if len(words[place]) >= 4:
            cut = int(rng.integers(1, len(words[place]) - 1))
            words[place] = words[place][:cut] + words[place][cut + 1 :]
    return " ".join(words)


def parts(folder: Path) -> Iterator[Part]:
    """One shard's tables after the other."""
    for path in sorted(folder.glob("suppliers-*.parquet")):
        capabilities = path.with_name(path.name.replace("suppliers", "capabilities"))
        yield Part(pd.read_parquet(path), pd.read_parquet(capabilities))


def fit_all(folder: Path, given: argparse.Namespace) -> dict[str, float]:
    """The statistics of all suppliers."""
    taxonomy = load()
    fitted = fit(lambda: parts(folder), ConceptSpace(taxonomy), taxonomy)
    save_statistics(fitted, folder / "statistics.npz")
    return {"terms": len(fitted.texts["characters"].names)}


def prepare(folder: Path, given: argparse.Namespace) -> dict[str, float]:
    """Every shard made ready."""
    taxonomy = load()
    space, fitted = ConceptSpace(taxonomy), load_statistics(folder / "statistics.npz")
    size = 0
    for number, part in enumerate(parts(folder)):
        path = folder / f"shard-{number:05}.npz"
        shards.save_shard(shards.prepare(part, fitted, space, taxonomy), path)
        size += path.stat().st_size
    return {"artifact_mb": size / 1e6}


def search(folder: Path, given: argparse.Namespace) -> dict[str, float]:
    """The candidates of every need among all suppliers."""
    taxonomy = load()
    space, fitted = ConceptSpace(taxonomy), load_statistics(folder / "statistics.npz")
    ready = (shards.load_shard(path, fitted, space, taxonomy) for path in sorted(folder.glob("shard-*.npz")))
    needs, requirements = (pd.read_parquet(folder / f"{name}.parquet") for name in ("needs", "requirements"))
    found = shards.retrieve(needs, requirements, ready, TOP, given.block_bytes)
    found.to_parquet(folder / "candidates.parquet")
    return {"pairs": len(found)}


def measured(step: str, folder: Path, given: argparse.Namespace) -> dict[str, float]:
    """One step in a process of its own: CPU seconds, peak memory and what it counts."""
    command = [sys.executable, __file__, given.size, str(folder), "--step", step]
    for name in ("shard", "block_bytes", "seed", "sheets"):
        command += [f"--{name.replace('_', '-')}", str(getattr(given, name))]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{step} ended with {done.returncode}: {done.stderr[-2000:]}")
    used: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(step, used, flush=True)
    return used


def report(row: dict[str, Any], results: Path) -> None:
    """Add the row; that of the same size and shard goes."""
    old = read_results(results) if results.exists() else []
    same = ("suppliers_x_needs", "shard", "block_mb")
    rows = [one for one in old if any(one[name] != str(row[name]) for name in same)] + [row]
    about = [NOTICE, "CPU: user and system seconds, one process a step; peak: resident memory of the process."]
    write_results(results, rows, about, ("scipy", "pandas", "pyarrow"))


def main() -> None:
    """All steps, or one of them in this process."""
    options = argparse.ArgumentParser(description="Measure retrieval over shards of made-up suppliers.")
    options.add_argument("size", help="suppliers x needs, as 1000000x10000")
    options.add_argument("folder", type=Path, help="empty or not there; holds the shards afterwards")
    options.add_argument("--shard", type=int, default=100_000, help="suppliers a shard")
    options.add_argument("--block-bytes", type=int, default=BLOCK_BYTES)
    options.add_argument(
        "--sheets", type=int, default=100_000, help="different sheets that the suppliers are drawn from"
    )
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options.add_argument("--results", type=Path, default=RESULTS)
    given = options.parse_args()
    if given.step:
        began = time.process_time()
        act = {"write": write, "fit": fit_all, "prepare": prepare, "search": search}[given.step]
        counted = act(given.folder, given)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1) / 1024
        print(json.dumps({"cpu_s": time.process_time() - began, "peak_mb": peak} | counted))
        return
    given.folder.mkdir(parents=True, exist_ok=True)
    if any(given.folder.iterdir()):
        raise SystemExit(f"{given.folder} is not empty: name another folder")
    row: dict[str, Any] = {
        "date": today(), "suppliers_x_needs": given.size,
        "shard": given.shard, "block_mb": f"{given.block_bytes / 1e6:g}",
    }  # fmt: skip
    for step in STEPS:
        used = measured(step, given.folder, given)
        if step != "write":
            row |= {f"{step}_cpu_s": f"{used.pop('cpu_s'):.0f}", f"{step}_peak_mb": f"{used.pop('peak_mb'):.0f}"}
            row |= {name: f"{value:.0f}" for name, value in used.items()}
    report(row, given.results)


if __name__ == "__main__":
    main()
