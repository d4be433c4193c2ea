"""What leaves through the write gate is inert, complete, valid and the same twice."""

from __future__ import annotations

import csv
import datetime
import math
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.data import read
from integrator.errors import OutputError
from integrator.workbooks.csv_tables import write_csv
from integrator.workbooks.writing import LONGEST_CELL, WorkbookWriter, clean, footer_text, sheet_names

TEXTS = Path(__file__).parent / "hostile_texts.csv"


def unescape(text: str) -> str:
    return "".join(
        chr(int(part[:size], 16)) + part[size:] if i else part
        for mark, size in (("\\x", 2), ("\\u", 4))
        if mark in text
        for i, part in enumerate(text.split(mark))
    ) if "\\x" in text or "\\u" in text else text  # fmt: skip


with TEXTS.open(encoding="utf-8") as stream:
    HOSTILE = [(unescape(row["text"]), row["shown"]) for row in read(stream, "hostile_texts.csv")]


def one_cell(folder: Path, value: object) -> openpyxl.cell.Cell:
    path = folder / "one.xlsx"
    with WorkbookWriter(path, "t") as book:
        book.put(book.sheet("A"), 0, 0, value, {"font_size": 9})
    return openpyxl.load_workbook(path).active["A1"]


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
def test_text_stays_text(tmp_path, text, shown):
    cell = one_cell(tmp_path, text)
    assert (cell.value.rstrip(), cell.data_type, cell.hyperlink) == (shown, "s", None)
    assert cell.quotePrefix == shown.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("value", [None, math.nan, math.inf, "", "\x00", pd.NA, pd.NaT, np.float64("nan")])
def test_the_unknown_is_blank(tmp_path, value):
    assert one_cell(tmp_path, value).value is None


@pytest.mark.parametrize(("value", "shown"), [(3, 3), (0, 0), (-2.5, -2.5), (np.int64(7), 7), (np.float64(0.1), 0.1)])
def test_numbers_stay_numbers(tmp_path, value, shown):
    cell = one_cell(tmp_path, value)
    assert (cell.value, cell.data_type) == (shown, "n")


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_a_formula_without_a_finite_value_stores_none(tmp_path, value):
    path = tmp_path / "one.xlsx"
    with WorkbookWriter(path, "t") as book:
        book.formula(book.sheet("s"), 0, 0, '=IF(COUNT(B1)=1,B1,"")', value, {})
    assert openpyxl.load_workbook(path, data_only=True).active["A1"].value in (None, "")


@pytest.mark.parametrize("letter", ["a", "é", "\U0001f697"])
def test_a_too_long_text_is_cut_with_a_mark(tmp_path, letter):
    held = one_cell(tmp_path, letter * 50_000).value
    assert len(held.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert held.endswith(f"{letter} […]")


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text)
    assert clean(once) == once
    assert not any(ord(letter) < 32 and letter not in "\t\n\r" for letter in once)


@given(st.lists(st.text(max_size=40), max_size=8))
def test_sheet_names_are_valid_and_unique(names):
    made = sheet_names(names)
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        assert 1 <= len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")
        assert name.casefold() != "history"


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        (["FP-1", "fp-1"], ["FP-1", "fp-1~2"]),
        (["History", ""], ["History-", "-"]),
        (["Lignes écartées", "../a"], ["Lignes écartées", "..-a"]),
        (["x" * 40, "x" * 41], ["x" * 31, "x" * 29 + "~2"]),
    ],
)
def test_sheet_names_of_odd_wishes(asked, made):
    assert sheet_names(asked) == made


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/a?b=c&d=é#e", True),
        ("http://example.org", True),
        ("file:///etc/passwd", False),
        ("\\\\server\\share", False),
        ("https://example.org\\..\\x", False),
        ("javascript:alert(1)", False),
        ("internal:'A'!A1", False),
        ("https://example.org/" + "a" * 3000, False),
        ("https://example.org/" + "[" * 1000, False),
        ("", False),
    ],
)
def test_only_short_web_addresses_become_links(tmp_path, address, linked):
    path = tmp_path / "link.xlsx"
    with WorkbookWriter(path, "t") as book:
        book.link(book.sheet("A"), 0, 0, address, "=lire", {})
    cell = openpyxl.load_workbook(path).active["A1"]
    assert (cell.value, bool(cell.hyperlink)) == ("=lire", linked)
    assert cell.data_type == "s"


def test_a_link_between_sheets(tmp_path):
    first, second = sheet_names(["un", "a:b"])
    with WorkbookWriter(tmp_path / "l.xlsx", "t") as book:
        book.link_sheet(book.sheet(first), 0, 0, second, "là", {})
        book.sheet(second)
    book = openpyxl.load_workbook(tmp_path / "l.xlsx")
    assert book["un"]["A1"].hyperlink.location == f"'{book.sheetnames[1]}'!A1"


def test_same_bytes_twice_and_the_date_of_the_run(tmp_path):
    for name in ("a", "b"):
        with WorkbookWriter(tmp_path / name, "t", datetime.date(2026, 1, 31)) as book:
            book.put_across(book.sheet("A"), 0, 0, 3, "x", {"bold": True})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_failure_leaves_nothing_and_keeps_the_old_file(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), WorkbookWriter(path, "t") as book:
        book.sheet("A").write_number(0, 0, 1 / 0)
    assert [(item.name, item.read_text()) for item in tmp_path.iterdir()] == [("a.xlsx", "before")]


def test_an_impossible_place_is_said_in_one_sentence(tmp_path):
    place, sentence = tmp_path / "missing" / "a.xlsx", r"missing/a\.xlsx: cannot be written"
    with pytest.raises(OutputError, match=sentence), WorkbookWriter(place, "t") as book:
        book.sheet("A")


def test_footer_holds_no_codes_of_the_input():
    assert footer_text("A&B\n&P") == "A&&B &&P"
    assert len(footer_text("x" * 500)) == 60


def test_csv_is_safe_plain_and_the_same_twice(tmp_path):
    frame = pd.DataFrame(
        {
            "text": ["=1+1", "+212 5", "-3", "+4.5", "@x", "\ty", "é;\n\"q\"", "a\x00b"],
            "number": [0.1 + 0.2, 1e-12, 1234567.891, math.nan, 2.0, -0.5, 1e20, 3.0],
            "count": pd.array([1, None, 3, 4, 5, 6, 7, 8], dtype="Int64"),
        }
    )  # fmt: skip
    for name in ("a", "b"):
        write_csv(tmp_path / f"{name}.csv", frame)
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw == (tmp_path / "b.csv").read_bytes()
    assert b"\r" not in raw
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+212 5", "-3", "+4.5", "'@x", "'\ty", 'é;\n"q"', "ab"]
    assert [row[1] for row in rows[1:]] == ["0.3", "1e-12", "1234567.891", "", "2", "-0.5", "1e+20", "3"]
    assert [row[2] for row in rows[1:3]] == ["1", ""]
