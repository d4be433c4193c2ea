"""docs/value.md lists every input that can be stated, and its example is read; the example is made up."""

from __future__ import annotations

import re
from pathlib import Path

from integrator.sources import read_inputs
from integrator.valuation.reading.input_names import inputs
from integrator.valuation.reading.stating import read_stated

PAGE = (Path(__file__).parents[2] / "docs" / "value.md").read_text(encoding="utf-8")
WHOM = {"need": "need", "supplier": "supplier", "pair": "need and supplier", "job": "job"}


def test_the_page_lists_the_table() -> None:
    lines = ["| input | French name | unit | stated of | note |", "|---|---|---|---|---|"]
    for one in inputs().values():
        name = f"{one.name}[STEP]" if one.has_step else one.name
        of = ", ".join(said for owner, said in WHOM.items() if owner in one.of)
        lines.append(f"| `{name}` | {one.names['fr']} | {', '.join(one.units)} | {of} | {one.note} |")
    assert "\n".join(lines) in PAGE, "write the table above into docs/value.md"


def test_the_example_is_read_in_full(tmp_path: Path) -> None:
    example = re.search(r"(?:^    .*;.*\n)+", PAGE, re.MULTILINE)
    assert example
    (tmp_path / "values.csv").write_text(re.sub(r"^    ", "", example[0], flags=re.MULTILINE), encoding="utf-8")
    found = read_inputs(["values.csv"], "value", tmp_path)
    stated, problems = read_stated(found.records)
    assert (*found.problems, *problems) == ()
    assert set(stated.of_needs["N016"]) == {"cif_price", "capex", "labour", "cycle_seconds[injection]"}
    assert stated.of_suppliers["A001"]["capacity"].unit == "hour/year"
    assert stated.of_pairs["N016", "A001"]["use"].unit == "hour/part"
    assert stated.of_job["exchange_rate"].unit == "MAD/EUR"
