"""The workbook of the agenda, read back: a page a participant, the grid, requests without a meeting. Made-up data."""

from __future__ import annotations

from collections import Counter

import openpyxl
import pandas as pd
import pytest

from integrator import tables
from integrator.errors import Problem
from integrator.meetings import Rules, clock, hold, people, write_agenda

BUYERS = ["Alpha", "=1+1", "Gamma"]
SUPPLIERS = pd.DataFrame(
    {
        "supplier_id": ["S1", "S2", "S3", "S4"],
        "name": ["Atelier Un", "=HYPERLINK(1)", "Alpha Kénitra", "Moules Quatre"],
        "group": ["", "", "Alpha", ""],
        "city": ["Tanger", "", "Kénitra", "Fès"],
    }
)
NEEDS = pd.DataFrame({"need_id": ["X1", "X2", "X3"], "buyer": BUYERS, "named_buyer": "yes", "component": "pièce"})
PAIRS = [(need, supplier) for need in ("X1", "X2", "X3") for supplier in ("S1", "S2", "S3")]
MATCHES = pd.DataFrame(PAIRS, columns=["need_id", "supplier_id"]).assign(
    grade=pd.array([3] * 9, dtype="Int64"), score=40.0, reasons="procédé : « forge »", questions="Combien ? ; Où ?"
)
WISHES = pd.DataFrame(
    [("Alpha", "S1", "buyer", 1), ("Alpha", "S3", "buyer", 1), ("Gamma", "S4", "supplier", 2)],
    columns=["buyer", "supplier_id", "asked_by", "priority"],
).assign(file="r.csv", sheet="", row=[2, 3, 4])
UNREAD = [Problem("r.csv", "", 9, "buyer", "request_unknown", "set_aside", "unknown", "check", "Zeta")]


@pytest.fixture(params=["fr", "en", "ar"])
def made(request, tmp_path):
    salon = hold(NEEDS, SUPPLIERS, MATCHES, Rules(4, 2, days=2), requests=tables.check(tables.REQUESTS, WISHES))
    for name in ("one.xlsx", "two.xlsx"):
        times = clock(4, 2, "09:00", 30, ["1:15"])
        write_agenda(tmp_path / name, salon, people(SUPPLIERS), times, request.param, "2026-01-01", "Réservé", UNREAD)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    return salon, openpyxl.load_workbook(tmp_path / "one.xlsx"), request.param


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_meeting_stands_on_both_pages_in_the_grid_and_in_the_list(made):
    salon, book, _ = made
    _, grid, buyers, suppliers, _, every = book.worksheets
    held = [(m.slot + 1, m.table) for m in salon.plan.meetings]
    assert len(held) >= 6
    for sheet in (buyers, suppliers):
        rows = [row for row in values(sheet)[1:] if isinstance(row[0], int)]
        assert Counter((row[0], row[3]) for row in rows) == Counter(held)
        assert all(row[2] in ("09:00-09:30", "09:45-10:15") for row in rows)
        assert all("forge" in row[6] and row[7] == "Combien ?" and row[5].startswith("pièce") for row in rows)
    cells = {(r, c): cell for r, row in enumerate(values(grid)) for c, cell in enumerate(row) if r and c and cell}
    assert set(cells) == set(held)
    listed = {(row[0], row[3], row[4], row[5]) for row in values(every)[1:]}
    assert listed == {(m.slot + 1, m.table, m.buyer, m.supplier) for m in salon.plan.meetings}


def test_a_page_each_and_headers_that_stay(made):
    _, book, language = made
    _, grid, buyers, suppliers, unplaced, every = book.worksheets
    assert [len(sheet.row_breaks.brk) for sheet in (buyers, suppliers)] == [2, 2]
    assert [sheet.freeze_panes for sheet in (grid, buyers, suppliers, unplaced, every)] == ["B2", *["A2"] * 4]
    for sheet in book.worksheets:
        assert int(sheet.page_setup.paperSize) == 9
        assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")
        assert sheet.print_title_rows == (None if sheet is book.worksheets[0] else "$1:$1")


def test_requests_without_a_meeting_and_rows_that_were_not_read(made):
    _, book, _ = made
    rows = values(book.worksheets[4])[1:]
    assert [row[:2] for row in rows] == [
        ["Alpha", "Alpha Kénitra (Kénitra)"],
        ["Gamma", "Moules Quatre (Fès)"],
        [None, None],
    ]
    assert all(row[5] for row in rows)
    assert "Zeta" in rows[2][5]
    assert "r.csv, row 9" in rows[2][5]


def test_the_overview_counts_and_leads_to_the_pages(made):
    salon, book, _ = made
    overview = book.worksheets[0]
    shown = [value for row in values(overview) for value in row]
    assert len(salon.plan.meetings) in shown
    assert round(salon.plan.bound, 1) in shown
    links = {cell.value: cell.hyperlink.location for row in overview.iter_rows() for cell in row if cell.hyperlink}
    assert set(links) == {*BUYERS, "Atelier Un (Tanger)", "=HYPERLINK(1)", "Alpha Kénitra (Kénitra)"}
    for name, place in links.items():
        sheet, _, cell = place.rpartition("!")
        assert str(book[sheet.strip("'")][cell].value).startswith(name)


def test_names_never_become_formulas(made):
    _, book, _ = made
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == "=1+1" for cell in cells)


def test_a_salon_without_any_meeting(tmp_path):
    salon = hold(NEEDS, SUPPLIERS, MATCHES.head(0), Rules(2))
    for language in ("fr", "en", "ar"):
        write_agenda(tmp_path / "a.xlsx", salon, people(SUPPLIERS), clock(2, 1, None, 20, []), language, "")
        assert len(openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets) == 6
