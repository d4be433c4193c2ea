"""The made-up job of examples/value through the whole pipeline, against numbers worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from integrator import config, data, pipeline, tables

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


@pytest.fixture(scope="module")
def run() -> pipeline.Run:
    return pipeline.run(config.load(ROOT / "examples/value/job.toml"))


def only(frame: pd.DataFrame, **values: str) -> pd.Series:
    for name, value in values.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1, values
    return frame.iloc[0]


def number(text: str) -> float:
    return float(text) if text else math.nan


@pytest.mark.parametrize("case", table("example_figures.csv"), ids=lambda case: f"{case['need_id']} {case['figure']}")
def test_figures_are_those_worked_out_by_hand(run, case):
    row = only(run.tables["values"], need_id=case["need_id"], figure=case["figure"])
    for name in ("low", "point", "high"):
        assert row[name] == pytest.approx(number(case[name]), rel=2e-6, nan_ok=True)
    assert (row["unit"] or case["unit"], row["status"]) == (case["unit"], case["status"])
    assert bool(row["missing"]) or row["status"] != "missing"


@pytest.mark.parametrize("case", table("example_rates.csv"), ids=lambda case: case["rate"])
def test_rates_of_the_car_stand_beside_its_cost_gap(run, case):
    row = only(run.tables["rates"], scope="vehicle", of="Citadine Démo", need_id="", rate=case["rate"])
    assert (row["before"], row["after"]) == (
        pytest.approx(float(case["before"]), abs=1e-6),
        pytest.approx(float(case["after"]), abs=1e-6),
    )
    assert (row["gap"], row["currency"], row["year"]) == (pytest.approx(12), "EUR", "2026")


@pytest.mark.parametrize("line", ["faisceau", "pneus"])
def test_a_line_of_the_bill_is_listed_with_all_that_was_read(run, line):
    row = only(run.tables["bill_lines"], line=line)
    said = {case["column"]: case[line] for case in table("example_bill_lines.csv")}
    assert {*said, "line"} == set(row.index)
    for column, expected in said.items():
        if isinstance(row[column], str):
            assert row[column] == expected, column
        else:
            assert row[column] == pytest.approx(number(expected), nan_ok=True), column


def test_origin_under_each_agreement_in_force(run):
    assert {*run.tables["origins"]["state"]} == {"today", "localised"}
    row = only(run.tables["origins"], of="Citadine Démo", state="today", agreement="eu_revised")
    assert row["originating"] == "yes"
    assert row["share"] == pytest.approx(0.175556, abs=1e-6)
    assert row["unverified"]
    assert "eu_older" not in set(run.tables["origins"]["agreement"])


def test_input_output_table_gives_multipliers_that_sum_to_one(run):
    found = run.tables["multipliers"]
    assert only(found, sector="véhicule")["domestic_share"] == pytest.approx(0.335039, abs=1e-6)
    assert (found["domestic_share"] + found["import_content"]).to_numpy() == pytest.approx(1)
    parts = found[["own", "tier_1", "tier_2", "further"]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(found["domestic_share"].to_numpy())


def test_net_never_exceeds_gross_and_ranges_hold_their_point(run):
    values = run.tables["values"]
    of = {
        name: values[values["figure"] == name].set_index("need_id")
        for name in ("gross_import_replaced", "net_domestic_value")
    }
    gross, net = of["gross_import_replaced"], of["net_domestic_value"]
    both = gross.index[gross["high"].notna() & net["high"].notna()]
    assert len(both) >= 5
    assert (net.loc[both, "high"] <= gross.loc[both, "high"] + 1e-6).all()
    known = values[values["point"].notna()]
    assert ((known["low"] <= known["point"]) & (known["point"] <= known["high"])).all()


def test_what_rests_on_a_default_is_marked(run):
    inputs, values = run.tables["value_inputs"], run.tables["values"]
    weak = inputs[inputs["kind"].isin(("default", "assumption")) | (inputs["verified"] == "no")]
    keys = set(map(tuple, weak[["need_id", "figure"]].to_numpy()))
    marked = values[values["status"] == "estimated"]
    known = values[values["status"] == "known"]
    assert set(map(tuple, marked[["need_id", "figure"]].to_numpy())) <= keys
    assert not keys & set(map(tuple, known[["need_id", "figure"]].to_numpy()))


def test_every_input_says_where_it_comes_from(run):
    inputs = run.tables["value_inputs"]
    assert inputs.loc[inputs["kind"] == "stated", ["source", "cell"]].ne("").any(axis=1).all()
    assert inputs.loc[inputs["kind"] == "default", "source"].ne("").all()


def test_every_figure_is_registered_and_no_registered_figure_is_absent(run):
    listed = {row["figure"] for row in data.rows("valuation/figures.csv")}
    assert set(run.tables["values"]["figure"]) == listed


def test_sums_over_the_job_count_what_they_leave_out(run):
    row = only(run.tables["values"], need_id="", figure="gross_import_replaced")
    assert row["low"] == pytest.approx(10.8 * (2658000 + 1380000 + 1860000 + 36000000) + 50000000)
    assert row["note"].startswith("5 of 6 needs")


def test_a_missing_price_leaves_no_number_and_a_question(run):
    row = only(run.tables["values"], need_id="V6", figure="net_domestic_value")
    assert math.isnan(row["low"])
    assert set(row["missing"].split("; ")) >= {"volume", "unit_price"}


def test_the_largest_imported_input_is_the_next_need(run):
    row = only(run.tables["upstream"], need_id="V4")
    assert (row["name"], row["basis"], row["depth"]) == ("fil de cuivre isolé", "bom", 1)


def test_trades_have_a_time_and_a_place(run):
    trades = run.tables["trades"]
    found = trades[trades["need_id"] == "V4"]
    assert set(found["region"]) == {"Rabat-Salé-Kénitra"}
    assert (set(found["first"]), set(found["last"])) == ({"2025-10"}, {"2027-03"})
    skills = run.tables["skills"]
    assert {"unknown", "needs"} <= set(skills.columns)
    assert (skills["needs"] + skills["unknown"]).min() >= 1


def test_support_follows_from_stated_jobs_and_investment(run):
    supports = run.tables["supports"]
    assert only(supports, need_id="V4", measure="charter")["eligible"] == "yes"
    assert only(supports, need_id="V4", measure="future_trades")["eligible"] == "no"
    assert only(supports, need_id="V2", measure="charter")["eligible"] == ""


def test_axes_carry_the_cost_gap(run):
    axes = run.tables["axes"]
    assert only(axes, need_id="V1")["gap"] == pytest.approx(4.854538 / 4.655518 - 1, abs=1e-6)
    assert axes["rank"].tolist()
    assert set(axes["rank"].dropna()) == set(range(1, axes["rank"].notna().sum() + 1))
    ranked = axes.dropna(subset=["rank"])
    assert (ranked["best_rank"] <= ranked["rank"]).all()
    assert (ranked["rank"] <= ranked["worst_rank"]).all()


def test_operators_at_stations_are_not_shown_as_all_jobs(run, tmp_path):
    folder = ROOT / "examples/value"
    for path in (folder / "job.toml", *folder.glob("*.csv"), *folder.glob("trade/*.csv")):
        target = tmp_path / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        target.write_text("".join(line for line in lines if "operator_share" not in line), encoding="utf-8")
    tables_ = pipeline.run(config.load(tmp_path / "job.toml")).tables
    row = only(tables_["values"], need_id="V1", figure="jobs_by_station")
    stated = only(run.tables["values"], need_id="V1", figure="jobs_by_station")
    assert row["status"] == "estimated"
    assert row["low"] == pytest.approx(stated["low"]), "the published share is the one that the example states"
    share = only(tables_["value_inputs"], need_id="V1", figure="jobs_by_station", input="operator_share")
    assert (share["kind"], bool(share["source"])) == ("default", True)


def test_tables_do_not_depend_on_the_order_of_the_rows(run, tmp_path):
    folder = ROOT / "examples/value"
    for path in (folder / "job.toml", *folder.glob("*.csv"), *folder.glob("trade/*.csv")):
        target = tmp_path / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        if path.name in ("needs.csv", "suppliers.csv", "bom.csv", "values.csv"):
            first, head, *rest = text.splitlines()
            text = "\n".join([first, head, *reversed(rest)]) + "\n"
        target.write_text(text, encoding="utf-8")
    again = pipeline.run(config.load(tmp_path / "job.toml"))
    places = {"file", "sheet", "row", "cell", "need_cell", "supplier_cell", "source"}  # a source may be a cell
    for name in (
        "values",
        "rates",
        "origins",
        "axes",
        "trades",
        "skills",
        "supports",
        "allocations",
        "teams",
        "upstream",
    ):
        columns = [column for column in tables.ALL[name].names if column not in places]
        pd.testing.assert_frame_equal(again.tables[name][columns], run.tables[name][columns])
