"""How long sharing out takes and how much of the bound it reaches, on made-up needs and suppliers from a seed.

The default size is 2,000 needs and 500 suppliers with 10 pairs a need, capacities that cover about two thirds of what
is asked. Columns of the result: `case` the size; `method` linear (amounts split freely), greedy (the same, best pair
first; gap to linear), rounded (least lot, partners limited, rounding with a bound), integer (the same by branch and
bound), whole (all of `share_out`: a run for each end of the intervals, and the reasons); `seconds` elapsed
and `cpu` of the processor, one process; `value` (of the cautious run); `gap` to the proven bound, 0-1, the worse of
both runs.

Usage: python benchmarks/allocation.py [--needs N] [--suppliers N] [--seed N] [--nodes N] [--results FILE]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from greedy_plans import greedy
from results_file import write_results

from integrator.valuation.allocation.integer import solve_integer, solve_rounded
from integrator.valuation.allocation.linear import solve_linear
from integrator.valuation.allocation.problem import Capacity, Need, Pair, Problem, Rules, scenario
from integrator.valuation.allocation.sharing import share_out
from integrator.valuation.figures import Range, exact

RESULTS = Path(__file__).parent / "results" / "allocation.csv"
UNITS = ("hour/month", "part/month")
RULES = Rules(lot=500, suppliers_per_need=3, needs_per_supplier=8)


def made_up(needs: int, suppliers: int, pairs: int, seed: int, rules: Rules, *, wide: bool) -> Problem:
    """A random problem; `wide`: one capacity in five is unknown and the others are intervals."""
    rng = np.random.default_rng(seed)
    volumes = np.round(rng.lognormal(9, 1, needs), 0)
    hours = rng.uniform(0.005, 0.06, (needs, pairs))
    spare = volumes.sum() * hours.mean() * 2 / 3 * rng.dirichlet(np.full(suppliers, 2.0))
    able = [rng.choice(suppliers, min(pairs, suppliers), replace=False) for _ in range(needs)]
    weights = rng.uniform(3, 15, needs)[:, None] * rng.uniform(0.8, 1.2, (needs, pairs))
    capacities = tuple(
        Capacity(
            f"S{i:04}",
            None if wide and rng.random() < 0.2 else Range(0.7 * one, one, 0.9 * one) if wide else exact(float(one)),
            "hour/month",
        )
        for i, one in enumerate(spare)
    )
    return Problem(
        tuple(Need(f"N{i:05}", exact(float(one)), "part/month") for i, one in enumerate(volumes)),
        capacities,
        tuple(
            Pair(
                f"S{s:04}",
                f"N{n:05}",
                exact(float(weights[n, j])),
                exact(float(hours[n, j])),
                "hour/month",
                "part/month",
            )
            for n, ones in enumerate(able)
            for j, s in enumerate(ones)
        ),
        rules,
    )


def timed(work: Callable[[], tuple[float, float]]) -> tuple[float, float, float, float]:
    """Seconds elapsed and of the processor, value and gap of one piece of work."""
    start, cpu = time.perf_counter(), time.process_time()
    value, gap = work()
    return time.perf_counter() - start, time.process_time() - cpu, value, gap


def measured(needs: int, suppliers: int, seed: int, nodes: int) -> list[dict[str, str]]:
    """One line a method."""
    free = scenario(made_up(needs, suppliers, 10, seed, Rules(), wide=False), "cautious")
    ruled = scenario(made_up(needs, suppliers, 10, seed, RULES, wide=False), "cautious")

    def linear() -> tuple[float, float]:
        solved = solve_linear(free)
        assert solved is not None
        return solved.value, 0.0

    def by_greed() -> tuple[float, float]:
        value = greedy(free)[1]
        return value, 1 - value / linear()[0]

    def rounded() -> tuple[float, float]:
        found = solve_rounded(ruled)
        return found.solved.value, found.gap

    def integer() -> tuple[float, float]:
        found = solve_integer(ruled, nodes)
        return (found.solved.value, found.gap) if found else (0.0, 1.0)

    def whole(rules: Rules) -> tuple[float, float]:
        found = share_out(made_up(needs, suppliers, 10, seed, rules, wide=True))
        return found.value.low, max(found.cautious.gap, found.hopeful.gap)

    methods: dict[str, Callable[[], tuple[float, float]]] = {
        "linear": linear,
        "greedy": by_greed,
        "rounded": rounded,
        "whole, free": lambda: whole(Rules()),
        "whole, ruled": lambda: whole(RULES),
    }
    if nodes:
        methods["integer"] = integer
    lines = []
    for method, work in methods.items():
        seconds, cpu, value, gap = timed(work)
        case = f"{needs}x{suppliers}"
        lines.append(
            {
                "case": case,
                "method": method,
                "seconds": f"{seconds:.2f}",
                "cpu": f"{cpu:.2f}",
                "value": f"{value:.0f}",
                "gap": f"{gap:.4f}",
            }
        )
        print(lines[-1])
    return lines


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--needs", type=int, default=2000)
    parser.add_argument("--suppliers", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--nodes", type=int, default=0, help="nodes of branch and bound; 0 = leave it out")
    parser.add_argument("--results", type=Path, default=RESULTS)
    options = parser.parse_args()
    lines = measured(options.needs, options.suppliers, options.seed, options.nodes)
    write_results(options.results, lines, [f"Made-up data, seed {options.seed}."], ["scipy"])


if __name__ == "__main__":
    main()
