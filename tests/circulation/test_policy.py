"""What each level shows: complete, in step with tables, sheets and documentation, closed under working back."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from integrator import config, data, pipeline, tables
from integrator.circulation import policy
from integrator.records import LEVELS
from integrator.wording import texts

ROOT = Path(__file__).parents[2]
LINES = data.rows("confidentiality.csv")
FIGURES = {row["figure"] for row in data.rows("valuation/figures.csv")}
DISPLAYED_TABLES = ("needs", "suppliers")


def test_every_column_of_every_table_and_every_figure_has_a_level():
    listed = {(row["of"], row["name"]) for row in LINES}
    lacking = [
        f"{table.name}.{column}"
        for table in tables.ALL.values()
        for column in table.names
        if (table.name, column) not in listed and (table.name, "*") not in listed
    ]
    assert lacking == []
    assert {name for of, name in listed if of == "figure"} == FIGURES


def test_no_line_is_of_something_that_does_not_exist_or_stands_twice():
    keys = [(row["of"], row["name"]) for row in LINES]
    assert len(keys) == len(set(keys))
    for of, name in keys:
        assert of == "figure" or name == "*" or name in tables.ALL[of].names, (of, name)


@pytest.mark.parametrize("row", LINES, ids=lambda row: f"{row['of']}.{row['name']}")
def test_a_line_says_level_reason_and_only_what_is_known(row):
    assert row["level"] in LEVELS
    assert row["why"]
    assert row["instead"] in policy.INSTEAD
    assert not row["section"] or row["section"] in texts("section", "en")
    if row["name"] == "*":
        assert row["level"] != "public", "a new column of a table would be open unseen"
    if row["level"] == "public" and row["instead"]:
        assert row["instead"] in ("sentences", "quoted")


def test_what_has_no_line_is_restricted():
    assert policy.of_column("needs", "new").level == "restricted"
    assert policy.of_column("new", "need_id").level == "restricted"
    assert policy.of_figure("new").level == "restricted"
    whole = policy.of_table("new")
    assert whole is not None
    assert whole.level == "restricted"


INPUTS = {"unit_price": "unit_price", "annual_value": "annual_value", "volume": "annual_volume"}


@pytest.fixture(scope="module")
def inputs() -> pd.DataFrame:
    """What every figure of the made-up example rests on."""
    run = pipeline.run(config.load(ROOT / "examples" / "value" / "job.toml"))
    return run.tables["value_inputs"]


def test_a_figure_is_never_more_open_than_what_it_can_be_worked_back_to(inputs):
    trade = {"import_value", "rca", "density", "outlook_gain"}
    checked = 0
    for figure, name, kind in inputs[["figure", "input", "kind"]].drop_duplicates().itertuples(index=False):
        if kind in ("default", "assumption") or figure in trade:
            continue  # published, or from the trade file
        if name in FIGURES:
            level = policy.of_figure(name).level
        elif name in INPUTS:
            level = policy.of_column("needs", INPUTS[name]).level
        elif figure == "pooled_volume":
            level = policy.of_column("needs", "annual_volume").level
        else:
            level = policy.of_column("stated", name).level
        checked += 1
        assert not policy.is_above(level, policy.of_figure(figure).level), (figure, name)
    assert checked > 20


def shown_rows(of):
    """Level -> names, as the documentation lists them."""
    return {
        level: ", ".join(f"`{row['name']}`" for row in LINES if row["of"] == of and row["level"] == level)
        for level in LEVELS
    }


def documented():
    """The table of the documentation, from the lines of the policy."""
    lines = ["| of | public | members too | restricted only |", "|---|---|---|---|"]
    for of in dict.fromkeys(row["of"] for row in LINES):
        cells = shown_rows(of)
        title = "figures of a valuation" if of == "figure" else f"`{of}`"
        lines.append(f"| {title} | {' | '.join(cells[level] or '-' for level in LEVELS)} |")
    return "\n".join(lines)


def test_the_documentation_lists_what_each_level_shows():
    page = (ROOT / "docs" / "distribution.md").read_text(encoding="utf-8")
    assert documented() in page, f"docs/distribution.md must hold this table:\n{documented()}"
