"""Value added by tier from an input-output table: worked numbers, identities, a slow twin, bad tables (made up)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.valuation.leontief import Economy, TableError, effect, localise, multipliers, tiers
from integrator.valuation.reading.input_output import read_input_output_rows

SECTORS = ("vehicle", "harness", "cable", "services")
TABLE = [
    {"supplier": "vehicle", "vehicle": "0", "harness": "0", "cable": "0", "services": "0"},
    {"supplier": "Harness", "vehicle": "0,06", "harness": "0", "cable": "0", "services": "0"},
    {"supplier": "cable", "vehicle": "0", "harness": "0,22", "cable": "0", "services": "0"},
    {"supplier": "services", "vehicle": "0.05", "harness": "0.04", "cable": "0.05", "services": "0.08"},
    {"supplier": "Importations", "vehicle": "0.62", "harness": "0.48", "cable": "0.70", "services": "0.12"},
]


def worked() -> Economy:
    economy, problems = read_input_output_rows(TABLE)
    assert problems == ()
    assert economy is not None
    return economy


def test_worked_table() -> None:
    economy = worked()
    assert economy.sectors == SECTORS
    assert economy.value_added == pytest.approx([0.27, 0.26, 0.25, 0.80])
    added, content = multipliers(economy)
    assert added == pytest.approx([0.335039, 0.359348, 0.293478, 0.869565], abs=5e-7)
    assert content == pytest.approx([0.664961, 0.640652, 0.706522, 0.130435], abs=5e-7)
    found = tiers(economy, [1000, 0, 0, 0])
    assert found == pytest.approx([270.0, 55.6, 8.42, 1.019130], rel=1e-6)
    assert found.sum() == pytest.approx(335.039130, rel=1e-8)


def test_worked_localisation() -> None:
    moved = effect(worked(), {("harness", "vehicle"): 0.05}, [1000, 0, 0, 0])
    assert moved.before == pytest.approx(335.039130, rel=1e-8)
    assert moved.after / 1000 == pytest.approx(0.353007, abs=5e-7)
    assert moved.gain == pytest.approx(17.967391, rel=1e-7)
    assert moved.face_value == pytest.approx(50.0)
    assert moved.retained == pytest.approx(0.359348, abs=5e-7)
    assert moved.retained == pytest.approx(multipliers(worked())[0][1])
    assert effect(worked(), {}, [1000, 0, 0, 0]).retained is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"domestic": [[0.5, 0.9], [0.6, 0.5]]}, r"spectral radius 1.235, must be below 1"),
        ({"domestic": [[0.0, 1.0], [1.0, 0.0]]}, "spectral radius 1, must"),
        ({"domestic": [[0.5, 0.0], [0.0, 0.5]], "imported": [0.6, 0.1]}, "'a': its inputs are more than its output"),
        ({"domestic": [[0.5, -0.1], [0.0, 0.5]]}, "'b': an input is negative"),
        ({"domestic": [[0.5, float("nan")], [0.0, 0.5]]}, "'b': an input is negative or not a number"),
        ({"domestic": [[0.5]]}, "2 x 2"),
        ({"sectors": ("a", "a")}, "two sectors have one name"),
    ],
)
def test_a_table_that_cannot_be_says_why(change: dict[str, object], fault: str) -> None:
    made = {"sectors": ("a", "b"), "domestic": [[0.1, 0.2], [0.2, 0.1]], "imported": [0.1, 0.1], **change}
    with pytest.raises(TableError, match=fault):
        Economy(**made)  # type: ignore[arg-type]


def test_a_localisation_that_cannot_be_says_why() -> None:
    for moves, fault in (
        ({("harness", "vehicle"): 0.7}, "imports less"),
        ({("harness", "vehicle"): -0.1}, "below 0"),
        ({("harness", "ship"): 0.1}, "no sector 'ship'"),
    ):
        with pytest.raises(TableError, match=fault):
            localise(worked(), moves)
    with pytest.raises(TableError, match="needs 4 figures"):
        tiers(worked(), [1.0])


@pytest.mark.parametrize(
    ("rows", "address", "fault"),
    [
        ([], "", "no sector"),
        (TABLE[:-1], "", "no row of imported inputs"),
        (TABLE[1:], "", "no row of 'vehicle'"),
        ([*TABLE, TABLE[0]], "row 7", "stands twice"),
        ([*TABLE, {**TABLE[0], "supplier": "steel"}], "row 7", "is no column"),
        ([*TABLE[:-1], {**TABLE[-1], "cable": " "}], "row 6, column 'cable'", "not taken for 0"),
        ([*TABLE[:-1], {**TABLE[-1], "cable": "1,234"}], "row 6, column 'cable'", "may be two"),
        ([*TABLE[:-1], {**TABLE[-1], "cable": "0.98"}], "", "more than its output"),
        ([*TABLE, {**TABLE[0], "supplier": "Valeur ajoutée"}], "row 7, column 'vehicle'", "do not sum"),
        ([*TABLE, {**TABLE[0], "supplier": "output"}], "row 7", "not above 0"),
    ],
)
def test_a_bad_file_names_the_cell(rows: list[dict[str, str]], address: str, fault: str) -> None:
    economy, problems = read_input_output_rows(rows, "tes.xlsx", "2022")
    assert economy is None
    assert any(fault in str(problem) and address in problem.address for problem in problems)
    assert all(problem.severity == "refused" and problem.action for problem in problems)


def test_amounts_are_divided_by_output_and_order_does_not_matter() -> None:
    scale = {"vehicle": 200.0, "harness": 50.0, "cable": 10.0, "services": 80.0}
    amounts = [
        {"supplier": row["supplier"]}
        | {name: repr(float(row[name].replace(",", ".")) * scale[name]) for name in SECTORS}
        for row in TABLE
    ]
    added = {"supplier": "value added"} | dict(zip(SECTORS, ("54", "13", "2.5", "64"), strict=True))
    output = {"supplier": "Production"} | {name: repr(value) for name, value in scale.items()}
    economy, problems = read_input_output_rows([output, added, *amounts[::-1]], decimal=".")
    assert problems == ()
    assert economy is not None
    assert multipliers(economy)[0] == pytest.approx(multipliers(worked())[0])


@st.composite
def economies(draw: st.DrawFn) -> Economy:
    count = draw(st.integers(1, 4))
    raw = np.array(draw(st.lists(st.lists(st.integers(0, 9), min_size=count, max_size=count),
                                 min_size=count + 2, max_size=count + 2)), dtype=float)  # fmt: skip
    raw[-1] += 1.0
    raw /= raw.sum(axis=0)
    return Economy(tuple(f"s{i}" for i in range(count)), raw[:count], raw[count])


@given(economies(), st.data())
def test_identities(economy: Economy, draw: st.DataObject) -> None:
    count = len(economy.sectors)
    added, content = multipliers(economy)
    assert added + content == pytest.approx(np.ones(count))
    series, power = np.zeros((count, count)), np.eye(count)
    for _ in range(2000):
        series, power = series + power, economy.domestic @ power
    assert added == pytest.approx(economy.value_added @ series)
    demand = np.array(draw.draw(st.lists(st.integers(0, 100), min_size=count, max_size=count)), dtype=float)
    assert tiers(economy, demand, draw.draw(st.integers(0, 4))).sum() == pytest.approx(added @ demand)
    supplier, user = (draw.draw(st.sampled_from(economy.sectors)) for _ in range(2))
    share = economy.imported[economy.index(user)] * draw.draw(st.sampled_from([0.25, 0.5, 1.0]))
    changed = localise(economy, {(supplier, user): share})
    assert changed.value_added == pytest.approx(economy.value_added)
    assert (multipliers(changed)[0] >= added - 1e-9).all()
    assert effect(economy, {(supplier, user): share}, demand).gain >= -1e-9
