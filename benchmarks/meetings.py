"""How near to the proven bound an agenda comes, and how long it takes, on made-up days from a seed.

The default day: 50 buyers, 100 suppliers, 62 slots on two days, 40 tables, 3,500 requested pairs worth 10 to 100
points. Cases differ in who is away when: `all there`; `scattered` (each participant misses 15 % of the slots, by
chance); `often away` (50 %); `half days` (each misses one of four quarters, one in three misses two); `capped` (as half
days, at most 18 meetings a supplier and 40 a buyer); `spells` (each is there for half of the slots in one piece that
begins anywhere in the first half, some participants are asked for far more, at most 18 meetings a supplier).
Columns of the result: `case`; `method` (planned: without fairness; fair: with it; greedy: best pair first into the
earliest free slot; program: one 0-1 variable a pair and slot, by branch and bound within --program seconds); `seconds`
elapsed and `cpu`, one process; `meetings`; `weight`; `bound` proven for the weight, `gap` to it, 0-1; for fair the gap
of the value with the points of fairness is `fair_gap`; `none` participants without a meeting who could have one;
`least` meetings of a participant; `idle` free slots between meetings over all participants, `before` meetings changed
slots; `moves` of buyers between tables.

Usage: python benchmarks/meetings.py [--seed N] [--buyers N] [--suppliers N] [--slots N] [--tables N] [--requests N]
       [--program SECONDS] [--results FILE]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import numpy as np
from results_file import write_results
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from integrator.meetings import Rules, arrange
from integrator.meetings.fairness import points
from integrator.meetings.figures import moves

RESULTS = Path(__file__).parent / "results" / "meetings.csv"
COLUMNS = "case method seconds cpu meetings weight bound gap fair_gap none least before idle moves".split()
Weights = dict[tuple[str, str], float]


def made_up(options: argparse.Namespace, *, popular: bool) -> Weights:
    """Requested pairs and what each is worth; `popular`: some participants are asked for far more than others."""
    rng = np.random.default_rng(options.seed)
    fame = [1 / (np.arange(count) + 3) if popular else np.ones(count) for count in (options.buyers, options.suppliers)]
    chance = np.outer(*fame).ravel()
    pairs = rng.choice(len(chance), options.requests, replace=False, p=chance / chance.sum())
    worth = np.round(rng.uniform(10, 100, options.requests), 1)
    return {
        (f"B{pair // options.suppliers:03}", f"S{pair % options.suppliers:03}"): float(weight)
        for pair, weight in zip(pairs.tolist(), worth, strict=True)
    }


def cases(options: argparse.Namespace) -> dict[str, tuple[Weights, Rules]]:
    """The pairs and rules of each case, without fairness."""
    weights, popular = (made_up(options, popular=which) for which in (False, True))
    rng = np.random.default_rng(options.seed + 1)
    names = sorted({name for pair in weights for name in pair})
    slots, tables = options.slots, options.tables

    def scattered(share: float) -> set[tuple[str, int]]:
        return {(name, slot) for name in names for slot in range(slots) if rng.random() < share}

    quarters = np.array_split(np.arange(slots), 4)
    halves = set()
    for name in names:
        for quarter in rng.choice(4, 2 if rng.random() < 1 / 3 else 1, replace=False):
            halves |= {(name, int(slot)) for slot in quarters[quarter]}
    spells = set()
    for name in sorted({name for pair in popular for name in pair} | set(names)):
        first = int(rng.integers(0, slots // 2))
        spells |= {(name, slot) for slot in range(slots) if not first <= slot < first + slots // 2}
    return {
        "all there": (weights, Rules(slots, tables, days=2)),
        "scattered": (weights, Rules(slots, tables, unavailable=scattered(0.15), days=2)),
        "often away": (weights, Rules(slots, tables, unavailable=scattered(0.5), days=2)),
        "half days": (weights, Rules(slots, tables, unavailable=halves, days=2)),
        "capped": (weights, Rules(slots, tables, per_supplier=18, unavailable=halves, per_buyer=40, days=2)),
        "spells": (popular, Rules(slots, tables, per_supplier=18, unavailable=spells, days=2)),
    }


def planned(weights: Weights, rules: Rules, *, fair: bool) -> dict[str, object]:
    """Our agenda."""
    if fair:
        rules = Rules(
            rules.slots, rules.tables, rules.per_supplier, rules.unavailable, rules.per_buyer,
            fairness=points(weights.values()), days=rules.days,
        )  # fmt: skip
    start, cpu = time.perf_counter(), time.process_time()
    plan = arrange(weights, rules)
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    held = Counter(name for m in plan.meetings for name in (m.buyer, m.supplier))
    counts = [held[name] for name in {name for pair in weights for name in pair}]
    return {
        "method": "fair" if fair else "planned", "seconds": f"{seconds:.2f}", "cpu": f"{used:.2f}",
        "meetings": len(plan.meetings), "weight": f"{plan.weight:.1f}", "bound": f"{plan.weight_bound:.1f}",
        "gap": f"{max(0.0, 1 - plan.weight / plan.weight_bound):.5f}", "fair_gap": f"{plan.gap:.5f}" if fair else "",
        "none": counts.count(0), "least": min(counts), "before": plan.idle_before, "idle": plan.idle,
        "moves": moves(plan.meetings),
    }  # fmt: skip


def greedy(weights: Weights, rules: Rules, bound: float) -> dict[str, object]:
    """Best pair first, into the earliest slot in which both are free and a table is left."""
    start, cpu = time.perf_counter(), time.process_time()
    busy, load, held, total, count = set(rules.unavailable), Counter[int](), Counter[str](), 0.0, 0
    caps = rules.per_buyer or rules.slots, rules.per_supplier or rules.slots
    for (buyer, supplier), weight in sorted(weights.items(), key=lambda each: (-each[1], each[0])):
        if held[buyer] >= caps[0] or held[supplier] >= caps[1]:
            continue
        for slot in range(rules.slots):
            if load[slot] < (rules.tables or 10**9) and not {(buyer, slot), (supplier, slot)} & busy:
                busy |= {(buyer, slot), (supplier, slot)}
                load[slot] += 1
                held.update((buyer, supplier))
                total, count = total + weight, count + 1
                break
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    return {
        "method": "greedy", "seconds": f"{seconds:.2f}", "cpu": f"{used:.2f}", "meetings": count,
        "weight": f"{total:.1f}", "bound": f"{bound:.1f}", "gap": f"{1 - total / bound:.5f}",
    }  # fmt: skip


def program(weights: Weights, rules: Rules, limit: float) -> dict[str, object]:
    """The plain program: a 0-1 variable a pair and slot. Its own bound, not ours."""
    away = set(rules.unavailable)
    possible = [
        (buyer, supplier, slot)
        for buyer, supplier in sorted(weights)
        for slot in range(rules.slots)
        if (buyer, slot) not in away and (supplier, slot) not in away
    ]
    rows: dict[tuple[object, ...], list[int]] = {}
    for i, (buyer, supplier, slot) in enumerate(possible):
        for key in (("pair", buyer, supplier), ("one", buyer, slot), ("one", supplier, slot), ("tables", slot),
                    ("buyer", buyer), ("supplier", supplier)):  # fmt: skip
            rows.setdefault(key, []).append(i)
    most = {"pair": 1, "one": 1, "tables": rules.tables, "buyer": rules.per_buyer, "supplier": rules.per_supplier}
    limits = [float(most[str(key[0])] or rules.slots) for key in rows]
    row = np.repeat(np.arange(len(rows)), [len(found) for found in rows.values()])
    column = np.concatenate([np.asarray(found) for found in rows.values()])
    matrix = sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=(len(rows), len(possible)))
    values = np.asarray([weights[buyer, supplier] for buyer, supplier, _ in possible])
    start, cpu = time.perf_counter(), time.process_time()
    found = milp(
        -values, constraints=LinearConstraint(matrix, -np.inf, limits), integrality=np.ones(len(values)),
        bounds=Bounds(0, 1), options={"time_limit": limit},
    )  # fmt: skip
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    total = 0.0 if found.x is None else float(values @ np.round(found.x))
    bound = float("nan") if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    return {
        "method": "program", "seconds": f"{seconds:.2f}", "cpu": f"{used:.2f}",
        "meetings": 0 if found.x is None else int(np.round(found.x).sum()), "weight": f"{total:.1f}",
        "bound": f"{bound:.1f}", "gap": f"{1 - total / bound:.5f}",
    }  # fmt: skip


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (
        ("seed", 1), ("buyers", 50), ("suppliers", 100), ("slots", 62), ("tables", 40), ("requests", 3500),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--program", type=float, default=0, help="seconds for the plain program; 0 = leave it out")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    lines: list[dict[str, object]] = []
    for case, (weights, rules) in cases(options).items():
        found = [planned(weights, rules, fair=fair) for fair in (False, True)]
        found.append(greedy(weights, rules, float(str(found[0]["bound"]))))
        if options.program and case == "scattered":
            found.append(program(weights, rules, options.program))
        for line in found:
            lines.append({"case": case, **line})
            print(lines[-1])
    size = (
        f"{options.buyers} x {options.suppliers} x {options.slots}, {options.tables} tables, {options.requests} pairs"
    )
    rows = [{name: line.get(name, "") for name in COLUMNS} for line in lines]
    write_results(options.results, rows, [f"Made-up days, {size}, seed {options.seed}."], ["scipy"])


if __name__ == "__main__":
    main()
