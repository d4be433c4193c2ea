"""Figures that could be read in two ways, settled by their column or their cell (C3)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.data import read
from integrator.normalization import facts_table, value_problems
from integrator.sources import read_inputs
from integrator.sources.decimals import _decimal_sign
from integrator.text.numbers import parse_number

CASES = Path(__file__).with_name("decimal_cases.csv")


def _cases() -> Iterator[object]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        for case in read(stream, CASES.name):
            cells, values = case["cells"].split("|"), case["values"].split("|")
            yield pytest.param(cells, values, id=f"C3 {case['name']}")


@pytest.mark.parametrize(("cells", "values"), list(_cases()))
def test_c03_a_column_settles_its_doubtful_figures(tmp_path: Path, cells: list[str], values: list[str]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Raison sociale", "Chiffre d'affaires"])
    for number, cell in enumerate(cells):
        book.active.append([f"Usine {number}", float(cell[1:]) if cell.startswith("#") else cell])
    book.save(tmp_path / "a.xlsx")
    records = read_inputs(["a.xlsx"], "supplier", tmp_path).records
    facts = facts_table(records, ())
    found = facts[facts["field"] == "revenue"].sort_values("cell", key=lambda s: s.str[1:].astype(int))
    asked = {p.row for p in value_problems(records) if p.code == "unread_value"}
    shown = ["?" if row in asked else f"{low:.15g}" for row, low in enumerate(found["low"], start=2)]
    assert shown == values


def test_c03_a_csv_is_settled_like_a_workbook(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([("Nom", "Effectif"), ("A", "1.234"), ("B", "1.234.567,0")])
    (first, _) = sorted(read_inputs(["a.csv"], "supplier", tmp_path).records, key=lambda r: r.get("name"))
    assert first.decimals == {"headcount": ","}


_EITHER = st.sampled_from([",", "."])


@given(st.integers(1, 10**9), st.integers(0, 10**4), st.integers(1, 5), _EITHER)
def test_c03_a_figure_that_tells_its_sign_is_read_with_it(whole: int, part: int, size: int, sign: str) -> None:
    """Whatever sign a lone figure must have, the reading without a convention agrees with the one under it."""
    separator = {",": ".", ".": ","}[sign]
    figure = f"{whole:,}".replace(",", separator) + f"{sign}{part:0{size}d}"
    told = _decimal_sign(figure)
    if told:
        assert told == sign
        assert parse_number(figure) == parse_number(figure, told)
