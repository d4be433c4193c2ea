"""Who got which file: a line a pack, days and answers checked, in three languages. Receivers are made up."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from integrator.circulation import Pack, write_list
from integrator.circulation.listing import COLUMNS, OPEN
from integrator.wording import texts, wording

PACKS = (Pack("=Usine démo", "S1", ("X1", "X2")), Pack("", "FP-X2", ("X2",)))
SHEETS = {"X1": "FP-X1", "X2": "FP-X2"}


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_a_line_a_pack_with_columns_to_fill_in(tmp_path, language):
    write_list(tmp_path, PACKS, SHEETS, "members", wording(language), "2026-01-01", "à usage interne")
    sheet = openpyxl.load_workbook(tmp_path / "circulation.xlsx").active
    heads = texts("circulation.col", language)
    assert [cell.value for cell in sheet[3]] == [heads[name] for name in COLUMNS]
    assert [cell.value for cell in sheet[4]][:4] == [
        "=Usine démo", "S1.xlsx", texts("level", language)["members"], "FP-X1, FP-X2",
    ]  # fmt: skip
    assert sheet["A4"].data_type == "s"
    assert sheet["A5"].value is None
    checks = {str(check.sqref): (check.type, check.formula1) for check in sheet.data_validations.dataValidation}
    letters = {name: openpyxl.utils.get_column_letter(i) for i, name in enumerate(COLUMNS, start=1)}
    answers = texts("circulation.acknowledged", language)
    assert checks[f"{letters['acknowledged']}4:{letters['acknowledged']}5"] == (
        "list", f'"{answers["yes"]},{answers["no"]}"',
    )  # fmt: skip
    assert [checks[f"{letters[name]}4:{letters[name]}5"][0] for name in ("sent_on", "acknowledged_on")] == ["date"] * 2
    assert "à usage interne" in str(sheet["A2"].value)


def test_the_same_lines_as_csv(tmp_path):
    write_list(tmp_path, PACKS, SHEETS, "public", wording("fr"), "")
    with (tmp_path / "circulation.csv").open(encoding="utf-8", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert (first["receiver"], first["file"], first["level"], first["sheets"]) == (
        "'=Usine démo", "S1", "public", "FP-X1 FP-X2",
    )  # fmt: skip
    assert second["receiver"] == ""
    assert {first[name] for name in OPEN} == {""}
