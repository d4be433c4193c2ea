"""The table of features, their functions, the page and the scorecard say the same."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from integrator import data
from integrator.ranking.features import FEATURES, MEANING_FEATURES
from integrator.ranking.features.table import feature_rows, monotone
from integrator.ranking.scorecard import scorecard

ROWS = feature_rows()
PAGE = Path(__file__).parents[2] / "docs" / "features.md"


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_the_docstring_is_the_explanation(row):
    function = (FEATURES | MEANING_FEATURES)[row.name]
    assert " ".join((inspect.getdoc(function) or "").split()) == row.explanation_en
    assert row.explanation_fr
    assert row.unit
    assert row.fields


def test_every_row_is_a_feature_and_every_feature_a_row():
    assert [row.name for row in ROWS if not row.extra] == list(FEATURES)
    assert [row.name for row in ROWS if row.extra] == list(MEANING_FEATURES)


def test_the_scorecard_reads_features_of_which_more_is_better():
    directions = monotone()
    assert {directions[criterion.feature] for criterion in scorecard(with_meaning=True)} == {1}


def test_families_of_the_trades_are_families_of_the_lexicon():
    parts = {row["id"] for row in data.rows("taxonomy/concepts.csv") if row["kind"] == "component"}
    rows = data.rows("ranking/trades.csv")
    assert {row["family"] for row in rows} <= parts
    assert {row["trade"] for row in rows} == {"materials", "tools", "elsewhere"}


def test_the_page_of_features_is_the_table():
    assert page_table() in PAGE.read_text(encoding="utf-8"), (
        "docs/features.md must hold the table of data/ranking/features.csv: PYTHONPATH=tests/ranking python -c "
        "'import test_feature_table as t; print(t.page_table())'"
    )


def page_table() -> str:
    """The table as the page shows it."""
    counted = {criterion.feature: f"{criterion.weight:g}" for criterion in scorecard()}
    counted |= {row["feature"]: f"{row['weight']} (extra)" for row in data.rows("ranking/scorecard_meaning.csv")}
    lines = ["| feature | family | better | unit | from | scorecard | what it says |", "|---|---|---|---|---|---|---|"]
    better = {"+": "higher", "-": "lower", "": ""}
    lines += [
        f"| `{row.name}` | {row.family} | {better[row.direction]} | {row.unit} | {row.fields} "
        f"| {counted.get(row.name, '')} | {row.explanation_en}{' *Leaks.*' if row.leaks else ''} |"
        for row in ROWS
    ]
    return "\n".join(lines)
