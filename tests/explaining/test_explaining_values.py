"""Every number of every table of a valuation is traced to its inputs, formula and source; on a made-up job."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

import pandas as pd
import pytest
from value_world import valued_run

from integrator import data, pipeline, tables
from integrator.errors import UsageError
from integrator.explaining import Interval, TracedRow, ValueExplanation, explain_value, value_data, value_text
from integrator.explaining.value_text import amount_text
from integrator.explaining.values import PORTFOLIO
from integrator.valuation import described
from integrator.valuation.rates import definitions
from integrator.wording import wording

OF_VALUE = (
    "values rates origins bill_lines multipliers sensitivities pools allocations covers capacities teams upstream"
    " trades skills supports axes"
).split()
PLACES = {("teams", "team"), ("teams", "step")}
"""Whole numbers that only tell rows apart."""


def everything(run: pipeline.Run) -> dict[str, ValueExplanation]:
    return {one: explain_value(run, one) for one in (*run.tables["needs"]["need_id"], PORTFOLIO)}


def rows(run: pipeline.Run) -> Iterator[tuple[str, TracedRow]]:
    for need_id, explained in everything(run).items():
        for row in explained.rows:
            yield need_id, row


def numbers_of(table: str) -> list[str]:
    return [name for name, kind in tables.ALL[table].columns if kind in ("number", "integer")]


def test_the_made_up_job_fills_every_table(valued: pipeline.Run) -> None:
    for table in OF_VALUE:
        assert len(valued.tables[table]), table


def test_every_row_of_every_table_is_explained_once(any_run: pipeline.Run) -> None:
    for table in OF_VALUE:
        frame = any_run.tables[table]
        key = [name for name in tables.ALL[table].key if name != "need_id"]
        told = [
            (need_id if "need_id" in tables.ALL[table].key and need_id != PORTFOLIO else "", *dict(row.key).items())
            for need_id, row in rows(any_run)
            if row.table == table
        ]
        wanted = [
            (row.get("need_id", "") if "need_id" in tables.ALL[table].key else "",
             *((name, str(row[name])) for name in key))
            for row in frame.to_dict("records")
        ]  # fmt: skip
        told = [(need_id, *(pair for pair in pairs if pair[0] != "need_id")) for need_id, *pairs in told]
        if table == "rates":  # a part stands under its need, whatever its key says
            assert len(told) == len(wanted)
            continue
        if table == "origins":
            told = [(dict(pairs).get("need_id", need_id), *pairs) for need_id, *pairs in told]
        assert sorted(told) == sorted(wanted), table


@pytest.mark.parametrize("table", [one for one in OF_VALUE if one != "values"])
def test_every_number_of_a_table_has_a_line_of_columns(table: str) -> None:
    told = [name for one in described.columns_described()[table] for name in one.columns]
    missing = [one for one in numbers_of(table) if (table, one) not in PLACES and one not in told]
    assert missing == []


def test_every_number_known_is_told_as_it_stands(any_run: pipeline.Run) -> None:
    for _, row in rows(any_run):
        if row.table != "values":
            continue
        for one in row.numbers:
            found = any_run.tables["values"].query("figure == @one.name")
            assert one.value is None or any(_same(one.value, line) for line in found.to_dict("records"))


def _same(value: Interval, line: dict[str, object]) -> bool:
    def finite(end: object) -> float | None:
        return None if pd.isna(end) or math.isinf(float(end)) else float(end)  # type: ignore[arg-type]

    return (value.low, value.high) == (finite(line["low"]), finite(line["high"]))


def test_every_number_has_formula_source_and_name(any_run: pipeline.Run) -> None:
    count = 0
    for _, row in rows(any_run):
        for one in row.numbers:
            assert all((one.formula, one.source, one.label)), (row.table, one)
            assert "{" not in one.formula
            count += 1
    assert count > 500


def test_every_known_figure_has_inputs_that_can_be_found(any_run: pipeline.Run) -> None:
    """Stated: a cell or a file; default: a published source; assumption: none, and marked."""
    for need_id, row in rows(any_run):
        if row.table == "values" and row.status != "missing" and dict(row.key)["figure"] not in UNSOURCED:
            assert row.inputs, (need_id, row.key)
        for one in row.inputs:
            assert one.kind in ("stated", "derived", "default", "assumption")
            assert one.value is not None or one.raw
            if one.kind == "stated":
                assert one.cell or one.source or one.name in ("assembly", "other")
            if one.kind == "default" and one.name not in PARTS_OF_SUMS:
                assert one.source
            if one.kind in ("default", "assumption"):
                assert row.status == "estimated" or all(number.value is None for number in row.numbers), row


UNSOURCED = ("support_premium",)
"""Known to be nothing, as no measure applies."""
PARTS_OF_SUMS = tuple(f"{letter}{i}" for letter in "NV" for i in range(1, 7))
"""Needs in a sum over needs; what they rest on is told of each need."""


def test_a_derived_input_brings_its_own_inputs(valued: pipeline.Run) -> None:
    (row,) = explain_value(valued, "N1", ["net_domestic_value"]).rows
    names = [one.name for one in row.inputs]
    assert names[:3] == ["gross_import_replaced", "volume", "unit_price"]
    price = row.inputs[names.index("unit_price")]
    assert price.value == Interval(4.5, 4.5, 4.5)
    assert price.cell.startswith("needs.csv")
    assert price.kind == "stated"


def test_a_rate_never_stands_without_its_cost_gap(valued: pipeline.Run) -> None:
    for _, row in rows(valued):
        if row.table == "rates":
            assert [one.name for one in row.numbers] == ["before", "after", "change", "gap"]
            key, facts = dict(row.key), dict(row.facts)
            assert row.numbers[0].formula == definitions()[key["rate"]].formula
            assert facts["definition"] == definitions()[key["rate"]].names["fr"]
            assert facts["depth"] in ("tier1", "all_tiers")
            assert ("left_out" in facts) == (key["rate"] == "B" and key["scope"] != "part")


def test_rates_of_a_vehicle_rest_on_the_lines_and_the_value_added_of_its_bill(valued: pipeline.Run) -> None:
    found = [row for row in explain_value(valued, "N1", ["rates"]).rows if dict(row.key)["scope"] == "vehicle"]
    assert len(found) == 6
    assert {one.name for one in found[0].inputs} == {"assembly", "other", "connecteur", "tôlerie", "moteur"}
    assert {one.cell for one in found[0].inputs if one.name == "moteur"} == {"boms.csv E2"}
    parts = [row for row in explain_value(valued, "N1", ["rates"]).rows if dict(row.key)["scope"] == "part"]
    assert "unit_price" in {one.name for one in parts[0].inputs}
    assert "moteur" not in {one.name for one in parts[0].inputs}


def test_a_team_rests_on_what_is_stated_of_its_process(valued: pipeline.Run) -> None:
    found = [row for row in explain_value(valued, "N3", ["teams"]).rows if dict(row.key)["supplier_id"] == "S2"]
    names = {one.name for one in found[0].inputs}
    assert {"process_price[emboutissage]", "process_capacity[emboutissage]", "coordination"} <= names
    other = [row for row in explain_value(valued, "N3", ["teams"]).rows if dict(row.key)["supplier_id"] == "S3"]
    assert not any("emboutissage" in one.name for row in other for one in row.inputs)


def test_capacities_rest_on_what_is_stated_else_on_the_cell_of_the_supplier(valued: pipeline.Run) -> None:
    found = {dict(row.key)["supplier_id"]: row for row in explain_value(valued, PORTFOLIO, ["capacities"]).rows}
    assert [one.name for one in found["S1"].inputs] == ["spare_capacity"]
    assert found["S1"].inputs[0].raw == "300000 pièces/an"
    if "S2" in found:
        assert "capacity" in [one.name for one in found["S2"].inputs]


def test_only_narrows_to_figures_and_tables(valued: pipeline.Run) -> None:
    found = explain_value(valued, "N1", ["jobs", "trades"]).rows
    assert {row.table for row in found} == {"values", "trades"}
    assert [one.name for one in found[0].numbers] == ["jobs"]
    moved = explain_value(valued, "N1", ["cost_gap"]).rows
    assert {row.table for row in moved} == {"values", "sensitivities"}


@pytest.mark.parametrize(
    ("need_id", "only", "says"),
    [
        ("N9", (), "no need has the id 'N9': see tables/needs.csv; did you mean N"),
        ("n1", (), "did you mean N1?"),
        ("N1", ("net_domestik",), "did you mean net_domestic_value?"),
        ("N1", ("skills",), "no figure or table is called 'skills'"),
        (PORTFOLIO, ("teams",), "no figure or table is called 'teams'"),
    ],
)
def test_a_name_that_is_none_is_one_sentence_with_the_nearest(
    valued: pipeline.Run, need_id: str, only: tuple[str, ...], says: str
) -> None:
    with pytest.raises(UsageError) as caught:
        explain_value(valued, need_id, only)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_data_are_json_without_endless_numbers(any_run: pipeline.Run) -> None:
    for explained in everything(any_run).values():
        json.dumps(value_data(explained), allow_nan=False)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_text_says_every_number_and_numbers_every_input(lang: str) -> None:
    run = valued_run(lang)
    for need_id, explained in everything(run).items():
        text = value_text(explained)
        for row in explained.rows:
            for one in row.numbers:
                assert one.value is None or f"{one.label} ({one.name}) : " in text
            for one in row.inputs:
                assert f"] {one.name}" in text, (need_id, one)
            assert all(name in text for name in row.missing)
        assert "{" not in text
        assert "nan" not in text.split()


def test_what_rests_on_a_default_is_marked_in_the_text(any_run: pipeline.Run) -> None:
    for explained in everything(any_run).values():
        for row in explained.rows:
            text = value_text(ValueExplanation("X", "", "fr", (row,)))
            values = [line for line in text.splitlines() if line.startswith("    ") and " : " in line[:90]]
            marked = [one for one in row.numbers if one.status == "estimated" and one.value is not None]
            assert sum(" : ≈ " in line for line in values) == len(marked)
            assert bool(marked) == (row.status == "estimated")


@pytest.mark.parametrize(
    ("value", "unit", "fr", "en"),
    [
        (None, "share", "non chiffré", "not known"),
        (Interval(0.36, None, 0.48), "share", "36 à 48 %", "36 to 48%"),
        (Interval(0.36, 0.4, 0.48), "share", "36 à 48 % (plutôt 40)", "36 to 48% (rather 40)"),
        (Interval(4.5, 4.5, 4.5), "EUR/part", "4,5 EUR/pièce", "4.5 EUR/part"),
        (Interval(1e6, None, None), "part/year", "1 000 000 ou plus pièces/an", "1,000,000 or more parts/year"),
        (Interval(8e3, None, None, True), "part/year", "8 000 ou plus pièces/an (plutôt hors d'atteinte)",
         "8,000 or more parts/year (rather out of reach)"),
        (Interval(None, None, None, True), "part/year", "hors d'atteinte", "out of reach"),
        (Interval(0.0, 0.0, 0.0), "MAD", "0 MAD", "0 MAD"),
        (Interval(-0.05, -0.05, -0.05), "points", "-5 points", "-5 points"),
        (Interval(0.08, 0.08, 0.08), "share/year", "8 %/an", "8%/year"),
        (Interval(2 / 3, 2 / 3, 2 / 3), "", "0,666667", "0.666667"),
    ],
)  # fmt: skip
def test_amounts_in_words(value: Interval | None, unit: str, fr: str, en: str) -> None:
    for language, says in (("fr", fr), ("en", en)):
        assert amount_text(value, unit, wording(language)).replace("\u202f", " ") == says


@pytest.mark.parametrize("file", [described.FIGURES, described.COLUMNS])
def test_every_line_has_formula_source_and_names_in_three_languages(file: str) -> None:
    for row in data.rows(file):
        assert all(row[name] for name in ("formula", "source", "name_fr", "name_en", "name_ar")), row


def test_every_figure_of_a_run_is_described(any_run: pipeline.Run) -> None:
    told = set(any_run.tables["values"]["figure"]) | set(any_run.tables["sensitivities"]["figure"])
    assert told <= set(described.figures_described())


@pytest.mark.parametrize(
    ("file", "change", "says"),
    [
        (described.FIGURES, {"formula": ""}, "line 1 below the header: formula, source and the names"),
        (described.FIGURES, {"name_ar": ""}, "line 1 below the header"),
        (described.COLUMNS, {"table": "nowhere"}, "no table is called 'nowhere'"),
        (described.COLUMNS, {"columns": "depth"}, "no one to three numbers"),
        (described.COLUMNS, {"rests_on": "luck X"}, "begins with another word"),
    ],
)
def test_a_damaged_line_is_named(file: str, change: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = data.rows
    row = {**shipped(file)[0], **change}
    load = described.figures_described if file == described.FIGURES else described.columns_described
    monkeypatch.setattr(data, "rows", lambda name: (row,) if name == file else shipped(name))
    load.cache_clear()
    with pytest.raises(data.KnowledgeError, match=says):
        load()
    monkeypatch.undo()
    load.cache_clear()


def triples(table: str) -> list[tuple[str, ...]]:
    return [one.columns for one in described.columns_described()[table] if len(one.columns) > 1]


@pytest.mark.parametrize("table", OF_VALUE)
def test_every_range_of_every_table_holds_its_point(any_run: pipeline.Run, table: str) -> None:
    for columns in [("low", "point", "high")] if table == "values" else triples(table):
        for row in any_run.tables[table][list(columns)].astype(float).to_dict("records"):
            low, high = row[columns[0]], row[columns[-1]]
            point = row[columns[1]] if len(columns) == 3 else math.nan
            assert math.isnan(low) == math.isnan(high)
            assert math.isnan(low) or low <= high
            assert math.isnan(point) or low <= point <= high


def test_what_is_missing_has_no_value_and_names_what_it_lacks(any_run: pipeline.Run) -> None:
    for row in any_run.tables["values"].to_dict("records"):
        is_missing = row["status"] == "missing"
        assert is_missing == math.isnan(row["low"])
        assert not is_missing or row["missing"] or row["note"], row
