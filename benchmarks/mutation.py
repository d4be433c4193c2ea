"""Mutation testing: faults are put into the code one at a time, and the tests of its room must find them.

mutmut makes the mutants and the switch between them. They are run here and not by `mutmut run`, which collects the
tests anew for each mutant: seconds for one whose test takes milliseconds. The tests are collected once; each mutant is
a copy of that process (`fork`, `mutation_runs.py`) in which nothing has run, so that no cache holds a sound answer.

    python benchmarks/mutation.py text valuation:600    every mutant of the one, 600 drawn by --seed of the other

Functions with a decorator and code outside of functions have no mutants. Caches by a text (`lru_cache` of 1,000 entries
or more) are taken off in the copy, or the functions behind them would have none either.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from results_file import peers, read_results, today, write_results

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "mutation.csv"
SURVIVORS = ROOT / "benchmarks" / "results" / "mutation-survivors.txt"
NEEDED = ("src", "tests", "benchmarks", "data", "docs", "examples", "pyproject.toml", "integrator.toml", "README.md",
          "CONTRIBUTING.md", "CHANGELOG.md", "Makefile")  # fmt: skip
TEXT = ("clauses", "dates", "figures", "money", "numbers", "quantities", "quantity_words", "scanning", "shapes")
ROOMS = {
    "text": ([f"text/{name}.py" for name in TEXT], ["tests/text"]),
    "valuation": (["valuation/**/*.py"], ["tests/valuation"]),
}
"""The modules of a room that are mutated, and the tests that must tell."""
NOT_FOUND = ("survived", "no test")
LEAST = 10
"""Of a module with fewer mutants run there is no score."""
_CACHE = re.compile(r"^@lru_cache\(maxsize=\d[\d_]{3,}\)\n", re.MULTILINE)


def copy(folder: Path) -> None:
    """All that the tests read, in a folder of its own."""
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        elif source.exists():
            shutil.copy2(source, folder / name)


def mutate(folder: Path, patterns: Sequence[str]) -> dict[str, str]:
    """Every mutant of the modules, written into the copy: its name, and how it differs."""
    from mutmut.mutation.file_mutation import mutate_file_contents

    os.chdir(folder)  # mutmut reads its settings where it is called
    found = {}
    base = folder / "src" / "integrator"
    for path in sorted({path for pattern in patterns for path in base.glob(pattern)}):
        module = ".".join(path.relative_to(base.parent).with_suffix("").parts).removesuffix(".__init__")
        made = mutate_file_contents(str(path), _CACHE.sub("", path.read_text(encoding="utf-8")))
        path.write_text(made.code, encoding="utf-8")
        said = _functions(made.code)
        found |= {f"{module}.{name}": _difference(said, name) for name in made.mutant_names}
    return found


def _functions(code: str) -> dict[str, str]:
    nodes = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.FunctionDef)]
    return {node.name: ast.unparse(node) for node in nodes if "__mutmut_" in node.name}


def _difference(functions: dict[str, str], name: str) -> str:
    original = functions[re.sub(r"__mutmut_\d+$", "__mutmut_orig", name)].splitlines()
    changed = difflib.unified_diff(original, functions[name].splitlines(), lineterm="", n=0)
    return "\n".join(line for line in changed if line[:1] in "+-" and "__mutmut_" not in line and line[3:])


def run(folder: Path, names: Sequence[str], tests: Sequence[str], processes: int, minutes: float) -> dict[str, str]:
    """What became of each mutant that was run: killed, survived, timeout, or `no test` that comes near it."""
    (folder / "mutants.json").write_text(json.dumps(list(names)), encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder / "src"), str(folder / "benchmarks"))),
        "MUTANT_UNDER_TEST": "",
        "MUTATION_PROCESSES": str(processes),
        "MUTATION_MINUTES": str(minutes),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "mutation_runs", "-p", "no:xdist", "-p", "no:cacheprovider"]
    subprocess.run([*command, "--capture=sys", "--tb=no", *tests], cwd=folder, env=environment, check=True)
    return dict(json.loads(line) for line in (folder / "mutants.jsonl").read_text(encoding="utf-8").splitlines())


def rows(found: dict[str, str], made: Counter[str], room: str, seed: int) -> list[dict[str, object]]:
    """A row a module with mutants enough to tell, and one of the room; one that took too much time counts as found."""
    table = []
    for name in [*sorted({*map(_module, found)}), room]:
        count = Counter(became for mutant, became in found.items() if name in (room, _module(mutant)))
        if name != room and count.total() < LEAST:
            continue
        table.append({
            "module": name.removeprefix("integrator."),
            "made": made.total() if name == room else made[name],
            "mutants": count.total(),
            **{became.replace(" ", "_"): count[became] for became in ("killed", "timeout", *NOT_FOUND)},
            "score": f"{(count['killed'] + count['timeout']) / count.total():.3f}",
            "seed": seed,
            "date": today(),
        })  # fmt: skip
    return table


def _module(name: str) -> str:
    return name.rpartition(".")[0]


def main() -> None:
    """Rooms, each with the number of mutants to draw, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="+", metavar="ROOM[:NUMBER]", help=f"of {', '.join(ROOMS)}")
    parser.add_argument("--seed", type=int, default=9, help="of the order in which mutants are run")
    parser.add_argument(
        "--minutes", type=float, default=0, help="of each room, after which no mutant is begun; 0: none"
    )
    parser.add_argument("--only", default="", help="a part of the names of the mutants to run")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where the copy is made, else among the temporary ones")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    table = []
    told = []
    for room, _, number in (asked.partition(":") for asked in given.rooms):
        patterns, tests = ROOMS[room]
        with tempfile.TemporaryDirectory(prefix="mutation-", dir=given.folder) as name:
            folder = Path(name)
            copy(folder)
            mutants = mutate(folder, patterns)
            chosen = sorted(mutant for mutant in mutants if given.only in mutant)
            random.Random(given.seed).shuffle(chosen)  # so that what is done when time is up is a sample too
            chosen = chosen[: int(number)] if number else chosen
            found = run(folder, chosen, tests, given.processes, given.minutes)
            os.chdir(ROOT)
        table += rows(found, Counter(map(_module, mutants)), room, given.seed)
        told += [f"{name}: {found[name]}\n{mutants[name]}\n" for name in sorted(found) if found[name] in NOT_FOUND]
    about = ("Faults put into the code one at a time, and how many of them its tests found; docs/testing.md.",
             peers("mutation.txt"))  # fmt: skip
    write_results(given.results, table, about)
    given.results.with_name("mutation-survivors.txt").write_text("\n".join(told), encoding="utf-8")
    for row in read_results(given.results):
        print(f"{row['module']:<40} {row['killed']:>5} + {row['timeout']} of {row['mutants']:>5}  {row['score']}")


if __name__ == "__main__":
    main()
