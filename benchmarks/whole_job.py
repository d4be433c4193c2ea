"""The whole job beside the script that an analyst writes with pandas and rapidfuzz (`analyst_script.py`).

A made-up job (`sized_job.py`, made from a seed) is run by our command line in a fresh folder, sheets of the best 500
opportunities included, and by the script, each in a process of its own, in turn, the median counts. The script asks
a sample of the needs: its matching and writing are multiplied by needs / sample, its reading is not (`how` says so).
Columns: `cpu` and `seconds` (elapsed) of the whole job, `peak_mb` of the processes together, `cpu_ratio` and
`seconds_ratio` to our job with sheets, then the quality on the judged pairs of `data/`: NDCG@10 and first fit, as
`integrator evaluate` measures them; our learned ranker is fitted anew without the needs that it is asked (five folds).
The script gets the table of suppliers and needs that our reader made of those files, and its best 50 count, as ours do.

Usage: python benchmarks/whole_job.py [--size SxN] [--sample N] [--rounds N] [--seed N] [--options TEXT]
       [--results FILE]
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from measuring import Used, measured
from results_file import RESULTS, today, write_results

HERE = Path(__file__).resolve().parent
BAR = 50
OURS = {"ours, 500 sheets": ["--sheets", "500"], "ours, tables alone": ["--sheets", "0"]}
SCRIPTS = {
    "script: extract, WRatio": ["--way", "extract", "--scorer", "WRatio"],
    "script: extract, token_set_ratio": ["--way", "extract", "--scorer", "token_set_ratio"],
    "script: apply, WRatio": ["--way", "apply", "--scorer", "WRatio"],
    "script: criteria, WRatio": ["--way", "criteria", "--scorer", "WRatio"],
    "script: cdist, WRatio": ["--way", "cdist", "--scorer", "WRatio"],
    "script: cdist, token_set_ratio": ["--way", "cdist", "--scorer", "token_set_ratio"],
}
PLAIN = "script: extract, WRatio"
QUALITIES = {
    "ours, 500 sheets": "auto", "ours, tables alone": "auto", "ours, scorecard without a label": "scorecard",
    **{name: " ".join(options) for name, options in SCRIPTS.items()},
}  # fmt: skip
PACKAGES = ("pandas", "scipy", "scikit-learn", "rapidfuzz", "XlsxWriter", "openpyxl")


def our_job(job: Path, options: list[str]) -> Used:
    """Our command line on a fresh copy of the inputs: nothing of an earlier run is kept."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "job"
        shutil.copytree(job, fresh, ignore=shutil.ignore_patterns("integrator-store", "out"))
        return measured([sys.executable, "-m", "integrator", "run", "integrator.toml", *options], fresh)


def script(job: Path, options: list[str], sample: int) -> tuple[Used, dict[str, float]]:
    """The script on a sample of the needs, and what all of them would take."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(HERE / "analyst_script.py"), str(job / "suppliers"), str(job / "needs")]
        used = measured([*command, str(Path(folder) / "out.xlsx"), *options, "--sample", str(sample)])
    told = json.loads(used.said.splitlines()[-1])
    times = told["needs"] / told["asked"]
    more = [(times - 1) * (told["parts"]["match"][clock] + told["parts"]["write"][clock]) for clock in (0, 1)]
    return used, {"cpu": used.cpu + more[0], "seconds": used.seconds + more[1], "asked": told["asked"]}


def quality() -> dict[str, tuple[float, float]]:
    """NDCG@10 and first fit of each way on the judged pairs of `data/`; it loads everything, so in its own process."""
    from analyst_script import by_criteria, matched, texts

    from integrator import metrics, normalization, pipeline
    from integrator.config import load
    from integrator.evaluation import evaluate

    config = load(HERE.parent / "integrator.toml")
    found = {}
    for ranker in ("auto", "scorecard"):
        report = evaluate(config.with_changes({"matching": {"ranker": ranker}}))
        found[ranker] = report.ndcg, report.first_fit
    run = pipeline.run(config.with_changes({"matching": {"ranker": "scorecard"}}))
    suppliers, needs = (run.tables[name].reset_index(drop=True) for name in ("suppliers", "needs"))
    judged, _ = normalization.latest_grades(run.judgements, set(needs["need_id"]), set(suppliers["supplier_id"]))
    offered = texts(suppliers, ("products", "processes", "materials"))
    asked = texts(needs, ("component", "processes", "materials"))
    for options in SCRIPTS.values():
        _, way, _, scorer = options
        rankings: dict[str, list[str]] = {}
        most = config.matching.candidates
        if way == "criteria":
            found_here = by_criteria(needs, suppliers, scorer, most)
        else:
            found_here = matched(asked, offered, way, scorer, most)
        for need, supplier, _ in found_here:
            rankings.setdefault(needs["need_id"][need], []).append(suppliers["supplier_id"][supplier])
        scores = metrics.score_needs(rankings, judged)
        found[" ".join(options)] = metrics.mean_ndcg(scores), metrics.first_fit(scores)
    return found


def main() -> None:
    """Make the job, let the ways take turns, report."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--size", default="10000x2000", help="suppliers x needs")
    options.add_argument("--sample", type=int, default=100, help="needs that the script asks")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--options", default="", help="more options for our command line, in one text")
    options.add_argument("--results", type=Path, default=RESULTS / "whole_job.csv")
    options.add_argument("--no-quality", action="store_true", help="time and memory alone")
    options.add_argument("--quality", action="store_true", help="only print the quality of each way")
    given = options.parse_args()
    if given.quality:
        print(json.dumps(quality()))
        return
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder) / "job"
        made = [str(HERE / "sized_job.py"), given.size, str(job), "--seed", str(given.seed)]
        measured([sys.executable, *made])
        taken: dict[str, list[dict[str, float]]] = {}
        for number in range(given.rounds):
            for name, more in OURS.items():
                used = our_job(job, [*more, *shlex.split(given.options)])
                taken.setdefault(name, []).append({"cpu": used.cpu, "seconds": used.seconds, "peak_mb": used.peak_mb})
                print(f"round {number + 1}: {name}: {used.cpu:.1f} CPU s, {used.peak_mb:.0f} MB", flush=True)
            for name, more in SCRIPTS.items():
                used, whole = script(job, more, given.sample)
                taken.setdefault(name, []).append({**whole, "peak_mb": used.peak_mb})
                print(f"round {number + 1}: {name}: {whole['cpu']:.1f} CPU s, extrapolated", flush=True)
    asked = [sys.executable, str(Path(__file__).resolve()), "--quality"]
    known = {} if given.no_quality else json.loads(measured(asked).said.splitlines()[-1])
    rows = table(taken, known, given.size)
    about = [
        f"Made-up job of {given.size} (suppliers x needs), seed {given.seed}, {given.rounds} rounds in turn, medians.",
        "Columns: see the head of benchmarks/whole_job.py. Quality: judged pairs of data/.",
    ]
    write_results(given.results, rows, about, PACKAGES)
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items() if value))
    ratio = min(float(row[f"{kind}_ratio"]) for row in rows for kind in ("cpu", "seconds") if row["what"] == PLAIN)
    print(f"{PLAIN}: {ratio:.1f} times ours; the bar is {BAR}: {'met' if ratio >= BAR else 'MISSED'}")


def table(
    taken: dict[str, list[dict[str, float]]], known: dict[str, tuple[float, float]], size: str
) -> list[dict[str, str]]:  # fmt: skip
    """One row a way; ratios to our job with sheets."""
    middle = {
        name: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for name, runs in taken.items()
    }
    ours = middle[next(iter(OURS))]
    rows = []
    for name, kind in QUALITIES.items():
        used = middle.get(name)
        row = {"date": today(), "size": size, "what": name}
        if used:
            asked = used.get("asked")
            row |= {"how": f"extrapolated from {asked:.0f} needs, reading is not" if asked else "whole"}
            row |= {key: f"{used[key]:.1f}" for key in ("cpu", "seconds")} | {"peak_mb": f"{used['peak_mb']:.0f}"}
            row |= {f"{key}_ratio": f"{used[key] / ours[key]:.2f}" for key in ("cpu", "seconds")}
        if kind in known:
            ndcg, first = known[kind]
            row |= {"ndcg_at_10": f"{ndcg:.3f}", "first_fit": f"{first:.3f}"}
        rows.append(row)
    return rows


if __name__ == "__main__":
    main()
