"""What the cache spares: CPU time of the stages that use it, without a cache, with an empty one and with a full one.

Each is a process of its own; the rounds are taken in turn and the medians printed. The store of the job is not
touched: the cache lies in a temporary folder. `benchmarks/sized_job.py` makes a job of any size.

Usage: python benchmarks/caching.py JOB.toml [--rounds N]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STATES = ("none", "empty", "full")
STAGES = ("read", "link", "fit")


def measured(job: Path, folder: str) -> dict[str, float]:
    """CPU seconds by stage in this process; `folder` = "" keeps nothing."""
    from integrator import normalization, retrieval
    from integrator.config import load
    from integrator.intake import read
    from integrator.taxonomy import load as load_lexicon
    from integrator.taxonomy.space import ConceptSpace

    config = load(job).with_changes({"store": {"path": folder}} if folder else {"resources": {"cache": False}})
    times = [time.process_time()]
    inputs = read(config)
    times.append(time.process_time())
    suppliers, rows, _ = normalization.joined(inputs.records["supplier"], inputs.decisions)
    table = normalization.suppliers_table(suppliers)
    lexicon = load_lexicon(config.terms)
    space = ConceptSpace(lexicon)
    linker = normalization.KeptLinks(config.cache_folder)
    times.append(time.process_time())
    normalization.said_lines(inputs.records["need"], "need", lexicon, linker)
    offered = normalization.said_lines(rows, "supplier", lexicon, linker)
    times.append(time.process_time())
    capabilities = normalization.offered_in(offered, lexicon, config.output.lang)
    times.append(time.process_time())
    retrieval.all_channels(table, capabilities, space, lexicon, config.cache_folder)
    times.append(time.process_time())
    return {"read": times[1] - times[0], "link": times[3] - times[2], "fit": times[5] - times[4]}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("job", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", default=None, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        print(json.dumps(measured(given.job, given.one)))
        return
    found: dict[str, list[dict[str, float]]] = {state: [] for state in STATES}
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as folder:
            for state, where in zip(STATES, ("", folder, folder), strict=True):
                command = [sys.executable, __file__, str(given.job.resolve()), "--one", where]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                found[state].append(json.loads(done.stdout))
            size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    print("stage  " + "".join(f"{state:>8}" for state in STATES))
    for stage in STAGES:
        print(f"{stage:<7}" + "".join(f"{statistics.median(o[stage] for o in found[s]):8.2f}" for s in STATES))
    print(f"kept: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
