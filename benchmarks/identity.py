"""Which company a name means, on published alias pairs and pairs to keep apart; and what is proposed as a duplicate.

Candidates are the sites of `tests/facts/suppliers.csv` and the other canonical names. `first` and `among five`: share
of the aliases whose company comes first or among the first five, without the table of aliases; `first, by the table`:
with it. `kept apart`: pairs of `never_merge.csv` that are proposed as one company (names alone, no towns). `proposed`,
`precision`: of all aliases put beside the sites as rows of their own.

Usage: python benchmarks/identity.py [--results FILE]
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from results_file import RESULTS, write_results

from integrator import data
from integrator.normalization import duplicates_table
from integrator.normalization.identities import Names, aliases
from integrator.records import CellRef, Record
from integrator.text.companies import fold_company

FACTS = Path(__file__).resolve().parents[1] / "tests" / "facts" / "suppliers.csv"


def measures() -> dict[str, float]:
    """Every measure by its name."""
    pairs = data.rows("identity/aliases.csv")
    with FACTS.open(encoding="utf-8", newline="") as stream:
        groups = {site["name"]: site["group"] for site in csv.DictReader(x for x in stream if not x.startswith("#"))}
    names = Names([*groups, *(pair["canonical_name"] for pair in pairs)], groups)
    ranks = [[one.name for one in names.resolve(p["alias"])].index(p["canonical_name"]) for p in pairs]
    meant: dict[str, set[str]] = {}
    for pair in pairs:
        meant.setdefault(fold_company(pair["alias"]), set()).add(pair["canonical_name"])
    by_table = [names.resolve(p["alias"], aliases())[0].name in meant[fold_company(p["alias"])] for p in pairs]
    apart = {frozenset((row["name_1"], row["name_2"])) for row in data.rows("identity/never_merge.csv")}
    canonical = {pair["alias"]: pair["canonical_name"] for pair in pairs if pair["canonical_name"] in groups}
    proposed = _proposed([*groups, *canonical])
    right = sum(len({canonical.get(name, name) for name in pair}) == 1 for pair in proposed)
    return {
        "aliases": len(pairs),
        "first": sum(rank == 0 for rank in ranks) / len(pairs),
        "among five": sum(rank < 5 for rank in ranks) / len(pairs),
        "first, by the table": sum(by_table) / len(pairs),
        "pairs to keep apart": len(apart),
        "kept apart: proposed": len(apart & _proposed(sorted(frozenset().union(*apart)))),
        "proposed": len(proposed),
        "precision": right / len(proposed),
    }


def _proposed(names: list[str]) -> set[frozenset[str]]:
    """The pairs of names proposed as one company, each name a row of its own."""
    records = []
    for row, name in enumerate(names):
        ref = CellRef("made_up.csv", "", row + 2)
        values = {"supplier_id": f"R{row}", "name": name}
        cells = {field: CellRef("made_up.csv", "", row + 2, place) for place, field in enumerate(values, start=1)}
        records.append(Record("supplier", ref, values, cells))
    found = duplicates_table(tuple(records), ())
    ids = zip(found["supplier_id"], found["other_id"], strict=True)
    return {frozenset(names[int(one[1:])] for one in pair) for pair in ids}


def main() -> None:
    """Measure, print and write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--results", type=Path, default=RESULTS / "identity.csv")
    given = options.parse_args()
    rows = [{"measure": name, "value": f"{value:.4g}"} for name, value in measures().items()]
    for row in rows:
        print(*row.values())
    write_results(given.results, rows, packages=["rapidfuzz"])


if __name__ == "__main__":
    main()
