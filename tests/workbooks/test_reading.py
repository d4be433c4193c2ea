"""Workbooks as an analyst sees them: places, merges, hidden sheets, plain text. All content is made up."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import hostile_files as make
import openpyxl
import pyarrow
import pyarrow.parquet
import pytest
import xlsxwriter

from integrator.errors import InputRefused
from integrator.workbooks import CellValue, Limits, cell_text, read_book


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (312381.0, "312381"),
        (1561191000066.0, "1561191000066"),
        (1234567890123456.0, "1234567890123456"),
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (-12.5, "-12.5"),
        (0.00001, "0.00001"),
        (-0.0, "0"),
        (1e300, "1e+300"),
        (float("nan"), "nan"),
        (7, "7"),
        (True, "TRUE"),
        (False, "FALSE"),
        (None, ""),
        (" 8708.30 ", " 8708.30 "),
        (datetime.date(2024, 3, 12), "2024-03-12"),
        (datetime.datetime.fromisoformat("2024-03-12"), "2024-03-12"),
        (datetime.datetime.fromisoformat("2024-03-12 08:30"), "2024-03-12 08:30:00"),
        (datetime.time(8, 30), "08:30:00"),
        (datetime.timedelta(hours=26, minutes=5), "26:05:00"),
    ],
    ids=repr,
)
def test_plain_text_of_a_cell(value: CellValue, text: str) -> None:
    assert cell_text(value) == text


def test_cells_keep_their_place(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["C4"] = "nom"
    book.active["D6"] = "001561191000066"
    book.active["D5"] = 8708.3
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_book(tmp_path / "a.xlsx", "a.xlsx").sheets
    assert sheet.rows == ((), (), (), (None, None, "nom", None), (None, None, None, 8708.3),
                          (None, None, None, "001561191000066"))  # fmt: skip


def test_hidden_sheets_say_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, state in (("B", "hidden"), ("C", "veryHidden")):
        book.create_sheet(name).sheet_state = state
    book.create_chartsheet("D")
    book.save(tmp_path / "a.xlsx")
    found = read_book(tmp_path / "a.xlsx", "a.xlsx")
    assert [(sheet.name, sheet.state, sheet.rows) for sheet in found.sheets] == [
        ("Sheet", "visible", ()), ("B", "hidden", ()), ("C", "very_hidden", ())]  # fmt: skip


def test_a_hidden_table_of_an_ods_says_so(tmp_path: Path) -> None:
    head = (
        '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    path = make.ods(tmp_path / "a.ods", make.ods_row(make.ods_cell("x")), head=head)
    assert read_book(path, "a.ods").sheets[0].state == "hidden"


def test_b2_b3_merged_ranges_stop_at_the_last_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["B3"] = "Adresse", "Alpha", "x"
    for area in ("A1:B1", "A2:A9", "C20:D30"):
        book.active.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_book(tmp_path / "a.xlsx", "a.xlsx").sheets
    assert sheet.merges == ((1, 1, 1, 2), (2, 1, 3, 1))


def test_b2_merged_ranges_of_an_ods(tmp_path: Path) -> None:
    rows = make.ods_row("<table:table-cell/>", 'table:number-rows-repeated="2"')
    rows += make.ods_row(
        make.ods_cell("Adresse", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>"
        + make.ods_cell("Prix", 'table:number-rows-spanned="2"')
    )
    rows += make.ods_row(make.ods_cell("Ville") + make.ods_cell("Rue"))
    (sheet,) = read_book(make.ods(tmp_path / "a.ods", rows), "a.ods").sheets
    assert sheet.rows[2:] == (("Adresse", None, "Prix"), ("Ville", "Rue", None))
    assert sheet.merges == ((3, 1, 3, 2), (3, 3, 4, 3))


def test_a_flood_of_merged_ranges_is_refused(tmp_path: Path) -> None:
    merges = "<mergeCells>" + '<mergeCell ref="A1:XFD50"/>' * 100 + "</mergeCells>"
    path = make.with_rows(tmp_path / "a.xlsx", make.number("A1") + make.number("A50"), after=merges)
    with pytest.raises(InputRefused) as caught:
        read_book(path, "a.xlsx")
    assert caught.value.problems[0].code == "damaged_workbook"


def test_two_sheets_of_one_name_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "un"
    book.create_sheet("Autre")["A1"] = "deux"
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'"Autre"', b'"Sheet"')
    path = make.zipped(tmp_path / "b.xlsx", list(parts.items()))
    with pytest.raises(InputRefused) as caught:
        read_book(path, "b.xlsx")
    assert [(problem.code, problem.sheet) for problem in caught.value.problems] == [("duplicate_sheet", "Sheet")]


def test_parquet_keeps_text_dates_and_unknowns(tmp_path: Path) -> None:
    table = pyarrow.table(
        {"code": ["001", None], "le": [datetime.date(2024, 3, 12), None], "liste": [["a", "b"], None]}
    )
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    found = read_book(tmp_path / "a.parquet", "a.parquet")
    assert found.kind == "parquet"
    assert found.sheets[0].rows == (("code", "le", "liste"), ("001", datetime.date(2024, 3, 12), "a; b"))
    with pytest.raises(InputRefused) as caught:
        read_book(tmp_path / "a.parquet", "a.parquet", Limits(rows=1))
    assert caught.value.problems[0].code == "too_large"


def test_text_of_page_footers_and_rules_belongs_to_no_cell(tmp_path):
    """Before, the last cell of a sheet took them for its own text where it stood in a row with a formula."""
    path = tmp_path / "foot.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["nom", "total", "note"])
        sheet.write_string(1, 0, "Atelier")
        sheet.write_formula(1, 1, "=1+1", None, 2)
        sheet.write_string(1, 2, "fin")
        sheet.set_footer("&L&8 FP-B01&R&8 &P / &N")
        sheet.data_validation(1, 0, 1, 0, {"validate": "list", "source": ["a", "b"]})
    (read,) = read_book(path, path.name).sheets
    assert [cell_text(value) for value in read.rows[1]] == ["Atelier", "2", "fin"]
