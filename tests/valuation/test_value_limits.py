"""docs/value-limits.md says of every default and assumption what the shipped tables say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrator import data

PAGE = (Path(__file__).parents[2] / "docs/value-limits.md").read_text(encoding="utf-8")
SOURCED = {"cost_shares": "item", "cost_defaults": "input", "job_coefficients": "basis", "headcount_split": "level"}
"""Table -> the column that says what its lines are."""


def rows(name: str) -> tuple[dict[str, str], ...]:
    return tuple(dict(row) for row in data.rows(f"valuation/{name}.csv"))


def families(row: dict[str, str]) -> str:
    return (row.get("family") or row.get("families", "")).replace(";", ", ")


def span(row: dict[str, str]) -> str:
    low, point, high = (row[name] for name in ("low", "point", "high"))
    ends = low if low == high else f"{low} to {high}"
    return f"{ends}, rather {point}" if point and low != high else ends


def defaults() -> Iterator[str]:
    """The lines of the table of defaults."""
    for name, column in SOURCED.items():
        for row in rows(name):
            if row["kind"] == "default":
                of = ", ".join(filter(None, (families(row), row.get("origin", ""))))
                said = (name, row[column], of, f"{span(row)} {row['unit']}", row["date"], row["verified"])
                yield f"| {' | '.join(said)} |"


def assumptions() -> Iterator[str]:
    """The lines of the table of assumptions: each input, with its widest family and how many have their own."""
    for name, column in SOURCED.items():
        found: dict[str, list[dict[str, str]]] = {}
        for row in rows(name):
            if row["kind"] == "assumption":
                found.setdefault(row[column], []).append(row)
        for what, lines in found.items():
            wide = next((row for row in lines if families(row) == "all"), lines[0])
            own = ", ".join(families(row) for row in lines if families(row) != "all")
            yield f"| {name} | {what} | {span(wide)} {wide['unit']} | {own} |"


@pytest.mark.parametrize("line", [*defaults(), *assumptions()])
def test_every_line_of_the_tables_stands_on_the_page(line: str) -> None:
    assert line in PAGE.splitlines()


def test_the_page_has_no_line_that_no_table_has() -> None:
    told = [line for line in PAGE.splitlines() if line.startswith(tuple(f"| {name} |" for name in SOURCED))]
    assert Counter(told) == Counter([*defaults(), *assumptions()])


def counts() -> Iterator[str]:
    """Sentences with numbers."""
    sourced = [row for name in SOURCED for row in rows(name)]
    kinds = Counter(row["kind"] for row in sourced)
    read = sum(row["kind"] == "default" and row["verified"] == "yes" for row in sourced)
    yield f"{kinds['default']} defaults, {read} of them read in the publication itself"
    yield f"{kinds['assumption']} assumptions of costs and cost shares"
    yield f"{len(rows('occupations'))} shares of trades in their level"
    yield f"{sum(row['isco_verified'] == 'yes' for row in rows('occupations'))} codes of ISCO-08 were read"
    yield f"{sum(bool(row['rome'] or row['rem']) for row in rows('occupations'))} codes of ROME and REM"
    rules = rows("origin_rules")
    yield f"{sum(row['verified'] == 'yes' for row in rules)} of {len(rules)} rules of origin were read"
    agreements = rows("origin_agreements")
    yield f"{sum(row['verified'] == 'yes' for row in agreements)} of {len(agreements)} agreements"
    measures = rows("support_rules")
    yield f"{sum(row['public'] == 'yes' for row in measures)} of {len(measures)} measures has a public condition"
    yield f"{sum(row['verified'] == 'yes' for row in measures)} was read in the decree"
    weights = [float(row["weight"]) for row in rows("completeness")]
    yield f"{len(weights)} weights of what a need should tell"
    yield f"{len(rows('axis_weights'))} weights of the axes, all {rows('axis_weights')[0]['weight']}"
    yield f"{len(rows('sensitivity_steps'))} steps of sensitivities"


@pytest.mark.parametrize("sentence", [*counts()])
def test_every_count_stands_on_the_page(sentence: str) -> None:
    assert sentence in " ".join(PAGE.split())


def test_equal_weights_are_equal() -> None:
    assert len({row["weight"] for row in rows("axis_weights")}) == 1
