"""The yellow cells of a sheet and the formulas that follow: what another program works out is what the sheet says."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import formulas
import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import pipeline
from integrator.config import load
from integrator.data import KnowledgeError
from integrator.project_sheets import write_project_sheets
from integrator.project_sheets.calculator.arithmetic import End, cell_formula, value_of

JOB = Path(__file__).parents[2] / "examples" / "value"
SHEETS = ("FP-V1", "FP-V2", "FP-V4", "FP-V5", "FP-V6")


def _recalculated(sheet, changed=None):
    """Every cell of a sheet with its value, formulas worked out anew by another library, some inputs changed."""
    values = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row} | (changed or {})
    found = {}

    def value(place):
        said = values.get(place)
        if not (isinstance(said, str) and said.startswith("=") and not sheet[place].quotePrefix):
            return said
        if place not in found:
            function = formulas.Parser().ast(said)[1].compile()
            given_ = [value(name.rsplit("!", 1)[-1].replace("$", "")) for name in function.inputs]
            found[place] = _answer(function, given_)
        return found[place]

    for place in values:
        value(place)
    return found


def _answer(function, values):
    """What a compiled formula gives for the values of its cells; a blank cell is a blank text."""
    cells = (np.asarray([["" if one is None else one]], dtype=object) for one in values)
    answer = function(*cells)
    answer = answer.tolist() if hasattr(answer, "tolist") else answer
    while isinstance(answer, list):
        answer = answer[0]
    return answer


def _written(folder, job):
    run = pipeline.run(load(job))
    path = folder / "s.xlsx"
    write_project_sheets(path, run.tables, "fr", 10, "2026-01-31")
    return openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """The made-up job of `examples/value` as formulas and as stored values."""
    return _written(tmp_path_factory.mktemp("value"), JOB / "job.toml")


@pytest.fixture(scope="module")
def smaller(tmp_path_factory):
    """The same job, V1 asked for in another volume and at another price."""
    folder = tmp_path_factory.mktemp("smaller")
    for path in JOB.rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(JOB)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    with (folder / "needs.csv").open(encoding="utf-8", newline="") as stream:
        comment, *lines = stream.read().splitlines()
    rows = list(csv.reader(lines, delimiter=";"))
    volume, price = rows[0].index("Volume annuel"), rows[0].index("Prix unitaire")
    (row,) = (row for row in rows if row[0] == "V1")
    row[volume], row[price] = "450000", "5"
    with (folder / "needs.csv").open("w", encoding="utf-8", newline="") as stream:
        stream.write(comment + "\n")
        csv.writer(stream, delimiter=";").writerows(rows)
    return _written(folder, folder / "job.toml")


def _cell(sheet, name):
    return sheet.defined_names[name].attr_text.split("!")[1].replace("$", "")


def test_every_formula_of_the_workbook_gives_the_value_stored_beside_it(books):
    live, stored = books
    count = 0
    for name in SHEETS:
        for place, value in _recalculated(live[name]).items():
            said = stored[name][place].value
            count += 1
            assert value == pytest.approx(said, rel=1e-12) if isinstance(said, float | int) else value in ("", said)
    assert count > 60


def test_what_the_formulas_give_for_changed_cells_is_what_a_new_run_gives(books, smaller):
    sheet, again = books[0]["FP-V1"], smaller[1]["FP-V1"]
    changed = {_cell(sheet, "volume_low"): 450000, _cell(sheet, "unit_price_low"): 5}
    found = _recalculated(sheet, changed)
    for name in ("gross", "net", "remaining", "landed", "local", "gap", "break_even", "break_even_share"):
        for side in ("low", "high"):
            expected = again[_cell(smaller[0]["FP-V1"], f"{name}_{side}")].value
            assert found[_cell(sheet, f"{name}_{side}")] == pytest.approx(expected, rel=1e-9), (name, side)


def test_a_need_without_volume_or_price_has_cells_to_fill_in_that_work(books):
    sheet, stored = books[0]["FP-V6"], books[1]["FP-V6"]
    volume, price, net = (_cell(sheet, name) for name in ("volume_low", "unit_price_low", "net_high"))
    assert sheet[volume].value is None
    assert stored[net].value in (None, "")
    assert _recalculated(sheet, {volume: 1000, price: 20})[net] == pytest.approx(1000 * 20 * 0.49)


def test_an_input_that_is_a_default_is_marked_and_in_italics(books):
    sheet = books[0]["FP-V2"]
    cell = sheet[_cell(sheet, "domestic_share_low")]
    assert "≈" in cell.number_format
    assert cell.font.italic


ENDS = {
    End(name, side): f"{letter}{row}"
    for row, name in enumerate("abc", 1)
    for side, letter in (("low", "A"), ("high", "B"))
}
FORMULAS = (
    "{a.low}*{b.high}",
    "({a.low}+{b.low})/({c.high}-2)",
    "{a.high}*{b.low}/(1-(1+{b.low})^(-{c.low}))",
    "-{a.low}+1",
)


@given(st.sampled_from(FORMULAS), st.lists(st.floats(0.25, 8).map(lambda x: round(x, 2)), min_size=6, max_size=6))
def test_a_formula_is_worked_out_as_a_spreadsheet_does(formula, numbers):
    known = dict(zip(ENDS, numbers, strict=True))
    function = formulas.Parser().ast(cell_formula(formula, ENDS))[1].compile()
    by_cell = {ENDS[end]: number for end, number in known.items()}
    answer = _answer(function, [by_cell[name.rsplit("!", 1)[-1]] for name in function.inputs])
    expected = value_of(formula, known)
    assert answer == ("" if expected is None else pytest.approx(expected))


def test_nothing_but_arithmetic_is_a_formula():
    for wrong in ("{a.low} + __import__('os')", "abs({a.low})", "{a.low} if 1 else 2", "1 +"):
        with pytest.raises(KnowledgeError):
            value_of(wrong, {End("a", "low"): 1.0})
    assert value_of("{a.low}/{a.high}", {End("a", "low"): 1.0}) is None
    assert value_of("1/0", {}) is None
    assert re.fullmatch(r'=IFERROR\(IF\(COUNT\(A1\)=1,IF\(A1>0,1/A1,""\),""\),""\)',
                        cell_formula("1/{a.low}", {End("a", "low"): "A1"}, "{a.low}"))  # fmt: skip
