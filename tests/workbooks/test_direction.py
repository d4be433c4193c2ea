"""Looks, page footers and charts of sheets that run from the right."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest

from integrator.workbooks.charts import bar_chart, place_chart
from integrator.workbooks.direction import mirrored, swapped
from integrator.workbooks.wrapping import lines_of
from integrator.workbooks.writing import WorkbookWriter


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({}, {"align": "right"}),
        ({"align": "left", "indent": 1}, {"align": "right", "indent": 1}),
        ({"align": "right"}, {"align": "left"}),
        ({"align": "center"}, {"align": "center"}),
        ({"left": 5}, {"left": 5, "align": "right"}),
        ({"align": "right", "reading_order": 2}, {"align": "right", "reading_order": 2}),
    ],
)
def test_looks(given, meant):
    assert mirrored(given) == meant
    assert mirrored(given, "NTG 12") == meant
    assert mirrored(given, "NTG مورّد") == {**meant, "reading_order": 2}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("&L&8 FP-1&R&8 &P / &N", "&L&8 &P / &N&R&8 FP-1"),
        ("&C&8 notice", "&C&8 notice"),
        ("notice", "&Cnotice"),
        ("&LA && B && Co.&CC&RR&&L", "&LR&&L&CC&RA && B && Co."),
        ("", ""),
    ],
)
def test_page_footers(given, meant):
    assert swapped(given) == meant


def test_a_workbook_from_the_right(tmp_path):
    path = tmp_path / "right.xlsx"
    style = {"font_size": 9, "indent": 1}
    with WorkbookWriter(path, "t", notice="تنبيه", rtl=True) as book:
        sheet = book.sheet("A")
        for row, value in enumerate(("=1+1", "مورّد: NTG", "NTG", 12.5)):
            book.put(sheet, row, 0, value, style)
        book.put(sheet, 4, 0, 12.5, {**style, "num_format": '0.0" طن"'})
        place_chart(
            sheet, 6, bar_chart(book, sheet, "t", (0, 0, 1, 0), [("s", (3, 0, 4, 0), "#000000")], "0"), (200, 100)
        )
    found = openpyxl.load_workbook(path)["A"]
    assert found.sheet_view.rightToLeft
    assert (found["A1"].data_type, found["A1"].quotePrefix) == ("s", True)
    assert [found.cell(row, 1).alignment.readingOrder for row in range(1, 6)] == [0, 2, 0, 0, 2]
    assert {found.cell(row, 1).alignment.horizontal for row in range(1, 6)} == {"right"}
    assert "تنبيه" in found.oddHeader.center.text
    with zipfile.ZipFile(path) as archive:
        assert '<c:orientation val="maxMin"/>' in archive.read("xl/charts/chart1.xml").decode()


def test_arabic_letters_are_narrower_within_a_word():
    """Twelve letters that join take less room than the same letters apart."""
    assert len(lines_of("ب" * 12, 60)) < len(lines_of(" ".join("ب" * 12), 60))
    assert len(lines_of("القيمة المضافة المحلية", 120, bold=True)) >= len(lines_of("القيمة المضافة المحلية", 120))
