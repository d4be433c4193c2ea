"""How long pools, shared capacities and teams take from the tables of a job, on made-up needs and suppliers.

The default size is 2,000 needs and 500 suppliers: 50 matches a need, 10 of them of grade 3, 300 matches in all failing
a hard criterion, one need in ten without a demand, one supplier in five without a capacity, half of the capacities
stated and the others read in the supplier's table; two to four processes a need, said by three suppliers in ten,
nothing stated of them. Columns of the result: `case` the size; `what` cases (the needs with what belongs to them),
pools, shared (capacities, without rules), shared ruled (least lot, partners limited), teams; `seconds` elapsed and
`cpu` of the processor, one process; `rows` of the tables.

Usage: python benchmarks/valuation_tables.py [--needs N] [--suppliers N] [--seed N] [--results FILE]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from results_file import write_results

from integrator import taxonomy
from integrator.normalization import (
    capabilities_table,
    facts_table,
    needs_table,
    requirements_table,
    suppliers_table,
)
from integrator.records import CellRef, EntityKind, Record
from integrator.valuation import Context, Options, opportunities_table
from integrator.valuation.assessing.capacity import shared_out
from integrator.valuation.assessing.context import cases
from integrator.valuation.assessing.pooled import pools_of, pools_table
from integrator.valuation.assessing.team_building import team_rows
from integrator.valuation.figures import Given, exact
from integrator.valuation.stated import Stated

RESULTS = Path(__file__).parent / "results" / "valuation_tables.csv"
LEXICON = taxonomy.load()
PARTS = [one for one in sorted(LEXICON.concepts) if LEXICON.kind(one) == "component"]
STEPS = ("emboutissage", "soudage", "peinture", "cataphorèse", "usinage", "injection plastique", "assemblage")
MATCHES, ABLE, FAILING = 50, 10, 300
RULES = Options(lot=500, suppliers_per_need=3, needs_per_supplier=8)


def records(kind: EntityKind, rows: Iterable[dict[str, str]]) -> list[Record]:
    """Rows as if they had been read from a file."""
    found = []
    for number, row in enumerate(rows, start=2):
        ref = CellRef(f"{kind}s.csv", "", number)
        found.append(Record(kind, ref, row, dict.fromkeys(row, ref)))
    return found


def made_up(needs: int, suppliers: int, seed: int) -> Context:
    """A random job, matched."""
    rng = np.random.default_rng(seed)
    volumes = np.round(rng.lognormal(9, 1, needs), 0)
    free = volumes.sum() * 2 / 3 * rng.dirichlet(np.full(suppliers, 2.0))

    def some(least: int, most: int) -> str:
        return "; ".join(rng.choice(STEPS, rng.integers(least, most + 1), replace=False))

    asked = [
        {
            "need_id": f"N{i:05}",
            "component": LEXICON.label(str(rng.choice(PARTS)), "fr"),
            "buyer": f"Acheteur {i % 40}",
            "processes": some(2, 4),
            **({} if rng.random() < 0.1 else {"annual_volume": f"{volume:.0f}", "unit": "pièces/an"}),
        }
        for i, volume in enumerate(volumes)
    ]
    offered = [
        {
            "supplier_id": f"S{i:04}",
            "name": f"Fournisseur {i}",
            "city": str(rng.choice(["Tanger", "Casablanca", "Kénitra", "Fès"])),
            "processes": some(1, 3),
            **({"annual_capacity": f"{one:.0f} pièces/an"} if rng.random() < 0.8 else {}),
        }
        for i, one in enumerate(free)
    ]
    read, given = records("need", asked), records("supplier", offered)
    table, matches = needs_table(read), _matches(needs, suppliers, rng)
    stated = {
        f"S{i:04}": {"capacity": Given("capacity", exact(float(free[i])), "part/year", "stated")}
        for i in range(0, suppliers, 2)
    }
    return Context(
        needs=table,
        suppliers=suppliers_table(given),
        requirements=requirements_table(read, LEXICON),
        capabilities=capabilities_table(given, LEXICON),
        facts=facts_table(given, read),
        matches=matches,
        reasons=_reasons(matches, rng),
        opportunities=opportunities_table(table, matches, "fr"),
        lexicon=LEXICON,
        options=Options(),
        language="fr",
        day="2026-01-01",
        stated=Stated(of_suppliers=stated),
    )


def _matches(needs: int, suppliers: int, rng: np.random.Generator) -> pd.DataFrame:
    count = min(MATCHES, suppliers)
    chosen = np.concatenate([rng.choice(suppliers, count, replace=False) for _ in range(needs)])
    rank = np.tile(np.arange(1, count + 1), needs)
    return pd.DataFrame(
        {
            "need_id": np.repeat([f"N{i:05}" for i in range(needs)], count),
            "supplier_id": [f"S{i:04}" for i in chosen],
            "rank": rank,
            "grade": np.where(rank <= ABLE, 3, 1),
            "score": 50.0,
            "probability": np.nan,
        }
    )


def _reasons(matches: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Twelve criteria a match, as a run has them; a few of them hard and failed."""
    names = [f"other_{i}" for i in range(10)] + ["active", "main_process"]
    frame = matches.loc[matches.index.repeat(len(names)), ["need_id", "supplier_id"]].reset_index(drop=True)
    frame["criterion"] = np.tile(names, len(matches))
    frame["state"] = "met"
    hard = np.flatnonzero(frame["criterion"].isin(("active", "main_process")))
    frame.loc[rng.choice(hard, min(FAILING, len(hard)), replace=False), "state"] = "failed"
    return frame


def measured(needs: int, suppliers: int, seed: int) -> list[dict[str, str]]:
    """One line for each piece of work."""
    context = made_up(needs, suppliers, seed)
    listed = list(cases(context))
    ruled = replace(context, options=RULES)

    def shared(of: Context) -> int:
        found = shared_out(listed, of, {})
        return len(found.allocations) + len(found.covers) + len(found.capacities)

    works: dict[str, Callable[[], int]] = {
        "cases": lambda: len(list(cases(context))),
        "pools": lambda: len(pools_table(pools_of(listed, LEXICON), context)),
        "shared": lambda: shared(context),
        "shared ruled": lambda: shared(ruled),
        "teams": lambda: len(list(team_rows(listed, context))),
    }
    lines = []
    for what, work in works.items():
        start, cpu = time.perf_counter(), time.process_time()
        rows = work()
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        case = f"{needs}x{suppliers}"
        lines.append({"case": case, "what": what, "seconds": f"{seconds:.2f}", "cpu": f"{cpu:.2f}", "rows": str(rows)})
        print(lines[-1])
    return lines


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--needs", type=int, default=2000)
    parser.add_argument("--suppliers", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    lines = measured(options.needs, options.suppliers, options.seed)
    write_results(options.results, lines, [f"Made-up data, seed {options.seed}."], ["scipy"])


if __name__ == "__main__":
    main()
