"""Files of made-up input-output tables: their signs, and decimals that a text leaves open and a number does not."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from integrator.errors import InputRefused
from integrator.valuation.leontief import Economy, multipliers
from integrator.valuation.reading.economy_file import read_economy
from integrator.workbooks.files import InputFile

ROWS = (
    ("secteur", "véhicule", "câble"),
    ("véhicule", "0", "0"),
    ("câble", "1.125", "0"),
    ("importations", "8.875", "3.5"),
    ("production", "20", "7"),
)
"""In amounts: 1.125 of a text may be 1125."""


def economy_of(path: Path, **how: str) -> Economy:
    economy, problems, count = read_economy(InputFile(path.name, path), **how)
    assert problems == ()
    assert (count.header_row, count.used) == (1, 4)
    return economy


def workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("table")
        for row, cells in enumerate(ROWS):
            for column, text in enumerate(cells):
                if row and column:
                    sheet.write_number(row, column, float(text))
                else:
                    sheet.write_string(row, column, text)
    return path


def test_a_number_of_a_workbook_has_one_reading(tmp_path: Path) -> None:
    economy = economy_of(workbook(tmp_path / "table.xlsx"))
    assert multipliers(economy)[0] == pytest.approx([10 / 20 + 1.125 / 20 * 0.5, 0.5])


def test_a_text_with_two_readings_is_refused_with_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("\n".join(";".join(row) for row in ROWS), encoding="utf-8")
    with pytest.raises(InputRefused, match="may be two") as refused:
        read_economy(InputFile(path.name, path))
    assert [(problem.row, problem.column) for problem in refused.value.problems] == [(3, "véhicule"), (4, "véhicule")]


def test_the_signs_that_the_caller_names_are_used(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    lines = ["~".join(row).replace("1.125", "1,1250").replace("8.875", "8,8750") for row in ROWS]
    path.write_bytes("\n".join(lines).encode("cp1252"))
    found = economy_of(path, encoding="cp1252", delimiter="~")
    assert found.sectors == ("véhicule", "câble")
    assert multipliers(found)[0] == pytest.approx(multipliers(economy_of(workbook(tmp_path / "table.xlsx")))[0])
