"""The engine spark beside the loop of one machine, on made-up jobs from a seed: what it costs where it is not needed.

For each size the whole command `integrator run` in a fresh process, by each engine in turn, Spark with two tasks at a
time on this machine. `elapsed` and `cpu` (user and system, of every process that the command started: the JVM and the
workers too) are medians of the rounds, in seconds; `elapsed_ratio` and `cpu_ratio` are to the loop. The tables must be
the same, byte for byte, or the benchmark stops.

A row `worker` for each size measures what one worker does, in a process of its own: `artifact_mb` on disk, `load_cpu`,
`search_cpu` and `rank_cpu` of the needs of the job in blocks of 256 (seconds), `peak_mb` resident; also per 10^9 pairs
of a need and a supplier searched (`search_1e9`), a need ranked (`rank_need`, s) and a supplier (`kb_supplier`: what the
peak has above that of a job of ten suppliers).

Usage: python benchmarks/spark.py [--sizes 1000x200 10000x1000] [--rounds N] [--seed N] [--results FILE]
"""

from __future__ import annotations

import argparse
import ctypes
import filecmp
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from results_file import write_results
from sized_job import SEED, write_job

from integrator import blocks, config, pipeline, spark, taxonomy
from integrator.spark import artifact, offer_writing, tasks
from integrator.spark.matching import sides_of
from integrator.taxonomy.space import ConceptSpace

RESULTS = Path(__file__).parent / "results" / "spark.csv"
SIZES = ("1000x200", "10000x1000")
ROUNDS = 3
LEAST = 10
"""Suppliers of the job that the memory of a worker is compared with."""
BLOCK = 256
"""Needs of a block of the worker that is measured."""
ENGINES = {"local": (), "spark local[2,4]": ("--engine", "spark")}
SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


def measured(sizes: list[str], rounds: int, seed: int) -> list[dict[str, object]]:
    """One row an engine and size, and one a size of a worker."""
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as work:
        least = worker(write_job(Path(work) / "least", LEAST, 50, seed), Path(work) / "least")
        for size in sizes:
            suppliers, needs = map(int, size.split("x"))
            folder = Path(work) / size
            job = write_job(folder, suppliers, needs, seed)
            common: dict[str, object] = {"suppliers": suppliers, "needs": needs}
            rows += [{"method": name, **common, **row} for name, row in engines(job, folder, rounds).items()]
            found = worker(job, folder)
            extra = 1000 * (float(found["peak_mb"]) - float(least["peak_mb"])) / (suppliers - LEAST)
            rows.append({"method": "worker", **common, **found, "kb_supplier": f"{extra:.1f}"})
            for row in rows[-len(ENGINES) - 1 :]:
                print(json.dumps(row))
    return rows


def engines(job: Path, folder: Path, rounds: int) -> dict[str, dict[str, object]]:
    """Elapsed and CPU seconds of the command, by engine, rounds interleaved."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ENGINES}
    for _ in range(rounds):
        for number, (name, options) in enumerate(ENGINES.items()):
            out = ("--out", str(folder / f"out{number}"), "--force")
            times[name].append(timed([sys.executable, "-m", "integrator", "run", str(job), *out, *options]))
    one, other = (folder / f"out{number}" / "tables" for number in range(2))
    names = sorted(path.name for path in one.iterdir())
    if filecmp.cmpfiles(one, other, names, shallow=False)[0] != names:
        raise SystemExit("the engines gave different tables")
    middle = {name: [statistics.median(part) for part in zip(*own, strict=True)] for name, own in times.items()}
    base = middle["local"]
    return {
        name: {
            "elapsed": f"{elapsed:.1f}", "cpu": f"{cpu:.1f}", "elapsed_ratio": f"{elapsed / base[0]:.2f}",
            "cpu_ratio": f"{cpu / base[1]:.2f}",
        }
        for name, (elapsed, cpu) in middle.items()
    }  # fmt: skip


def timed(command: list[str]) -> tuple[float, float]:
    """Elapsed and CPU seconds of a command with everything that it leaves running for a while."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    elapsed = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(done.stderr)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return elapsed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def worker(job: Path, folder: Path) -> dict[str, object]:
    """What one worker takes: its artifact is written here, the rest measured in a process of its own."""
    run = pipeline.run(config.load(job))
    given = spark.Tables(*(run.tables[name] for name in ("suppliers", "capabilities", "facts", "needs")))
    lexicon = taxonomy.load(run.config.terms)
    place = folder / "work"
    tasks.make_folders(place)
    known = spark.Knowledge(lexicon, ConceptSpace(lexicon), run.scorer, run.config.terms)
    mark = offer_writing.write_offer(given, known, place / tasks.OFFER, len(given.suppliers))
    count = 0
    for count, start in enumerate(range(0, len(given.needs), BLOCK), start=1):
        needs = given.needs.iloc[start : start + BLOCK]
        tasks.write_block(place, count - 1, sides_of(needs, run.tables["requirements"], given.facts))
    size = sum(path.stat().st_size for path in (place / tasks.OFFER).iterdir())
    command = [sys.executable, __file__, "--worker", str(place), mark, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    pairs = len(given.suppliers) * len(given.needs)
    found = json.loads(done.stdout)
    return {
        "artifact_mb": f"{size / 1e6:.1f}",
        **{name: f"{found[name]:.2f}" for name in ("load_cpu", "search_cpu", "rank_cpu")},
        "peak_mb": f"{found['peak_mb']:.0f}",
        "search_1e9": f"{found['search_cpu'] * 1e9 / pairs:.1f}",
        "rank_need": f"{found['rank_cpu'] / len(given.needs):.4f}",
    }


def worked(place: Path, mark: str, count: int) -> dict[str, float]:
    """What a task does with every block, stage by stage."""
    settings = blocks.Settings(50, "fr", True)
    marks = [time.process_time()]
    offer = artifact.read_offer(place / tasks.OFFER, mark)
    offer.offers(())
    marks.append(time.process_time())
    search = rank = 0.0
    for block in range(count):
        sides = tasks.read_block(place, block)
        start = time.process_time()
        candidates = offer.candidates(*sides[:2], settings.candidates)
        middle = time.process_time()
        matching = blocks.rank_block(
            candidates, *sides, offer.offers(candidates["supplier_id"]), offer.scorer, settings
        )
        tasks.write_parts(place / tasks.FOUND, block, matching)
        search, rank = search + middle - start, rank + time.process_time() - middle
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"load_cpu": marks[1] - marks[0], "search_cpu": search, "rank_cpu": rank, "peak_mb": peak}


def main() -> None:
    """Measure and write the results."""
    options = argparse.ArgumentParser(description="The engine spark beside the loop of one machine.")
    options.add_argument("--sizes", nargs="+", default=list(SIZES), help="suppliers x needs, as 10000x1000")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--results", type=Path, default=RESULTS)
    options.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.worker:
        print(json.dumps(worked(Path(given.worker[0]), given.worker[1], int(given.worker[2]))))
        return
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)  # whatever outlives the command is waited for here
    rows = measured(given.sizes, given.rounds, given.seed)
    about = [f"Made-up jobs, seed {given.seed}, median of {given.rounds} rounds in turn; the tables were the same."]
    write_results(given.results, rows, about, packages=("pyspark", "pandas", "pyarrow", "scipy"))


if __name__ == "__main__":
    main()
