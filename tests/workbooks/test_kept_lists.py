"""Rows below a header, in any order and language; headings that are unknown or stand twice. All of it is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.workbooks.lists import Headings, read_list
from integrator.workbooks.reading import Book, Sheet

HEADINGS = Headings({"Fiche": "id", "Sheet": "id", "Avis": "said", "Note": "note"}, (["id"], ["said", "note"]), ["Vu"])


def book(*sheets: list[list[object]]) -> Book:
    return Book("list.xlsx", "xlsx", tuple(Sheet(f"S{n}", "visible", rows) for n, rows in enumerate(sheets, start=1)))


def read(*sheets: list[list[object]]):
    return read_list(book(*sheets), HEADINGS)


def test_titles_above_blank_lines_between_and_headers_below_are_no_lines():
    found = read([["A title"], ["SHEET", "", "avis"], ["a", "x", "yes"], [], ["Avis", "Fiche"], ["no", "b"]])
    assert [(line.number, line.get("id"), line.get("said"), line.get("note")) for line in found.lines] == [
        (3, "a", "yes", ""), (6, "b", "no", ""),
    ]  # fmt: skip
    assert (found.lines[0].cell("said").cell, found.lines[1].cell("said").cell) == ("C3", "A6")
    assert (found.lines[1].has("note"), found.lines[1].cell("note", otherwise="id").cell) == (False, "B6")


def test_a_line_with_nothing_in_the_columns_that_are_read_is_none():
    assert read([["Fiche", "Avis", "Vu"], ["", "", "hier"]]).lines == ()


@pytest.mark.parametrize("rows", [[], [[]], [["Fiche"], ["a"]], [["Avis", "Note"], ["a", "b"]]])
def test_without_the_columns_it_needs_a_file_has_no_header(rows):
    found = read(rows)
    assert (found.lines, found.is_headed) == ((), False)


def test_a_header_alone_is_a_header():
    assert read([["Fiche", "Avis"]]).is_headed


def test_headings_that_name_nothing_are_named_once_and_known_others_are_not():
    found = read([["Fiche", "Avis", "Couleur", "Vu", ""], ["a", "x", "bleu", "hier", "là"]])
    (one,) = found.unread
    assert (one.code, one.severity, one.row, one.column, one.raw) == ("unread_heading", "warning", 1, "C", "Couleur")
    assert one.action == "name it id, said, note, or leave it as your own"


def test_two_columns_that_mean_the_same_are_told_by_column():
    found = read([["Fiche", "Avis", "Sheet"], ["a", "x", "b"]])
    assert list(found.repeated) == ["id"]
    assert "the heading 'Sheet' means what column A means" in str(found.repeated["id"])


@given(st.lists(st.lists(st.sampled_from(["", "Fiche", "Avis", "Note", "x", "y"]), max_size=4), max_size=6))
def test_every_filled_cell_of_a_column_comes_back_from_its_place(rows):
    for line in read(rows).lines:
        for name in ("id", "said", "note"):
            cell = line.cell(name)
            said = (
                rows[cell.row - 1][cell.column - 1] if line.has(name) and cell.column <= len(rows[cell.row - 1]) else ""
            )
            assert line.get(name) == said
