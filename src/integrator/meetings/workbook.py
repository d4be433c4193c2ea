"""The agenda as a workbook: overview, grid, one page a participant, requests without a meeting, all meetings."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from integrator.errors import Problem
from integrator.meetings.agenda import Meeting
from integrator.meetings.clock import Clock
from integrator.meetings.looks import Looks, height
from integrator.meetings.overview import write_overview
from integrator.meetings.salon import Salon
from integrator.meetings.saying import Teller
from integrator.wording import RIGHT_TO_LEFT, wording
from integrator.workbooks.writing import WorkbookWriter, Worksheet, sheet_names

_SHEETS = ("overview", "grid", "buyers", "suppliers", "unplaced", "all")
_OF = {"buyers": "buyer", "suppliers": "supplier"}
_WIDTHS = {
    "slot": 7.0, "day": 6.0, "time": 12.0, "table": 7.0, "with": 26.0, "about": 26.0, "reason": 42.0, "question": 32.0
}  # fmt: skip
_CENTRED = {"slot", "day", "time", "table", "grade", "priority", "worth"}


def write_agenda(
    path: Path,
    salon: Salon,
    people: Mapping[str, str],
    clock: Clock,
    language: str,
    run_date: str,
    notice: str = "",
    unread: Sequence[Problem] = (),
) -> None:
    """Write the agenda; `people` gives the name (and, below it, the place) of each supplier id.

    Slots are shown from 1, with their times where the clock has a start. A `notice` stands in the header of the pages.
    `unread`: rows of the requests that were set aside; they are listed with the requests that got no meeting.
    """
    words = wording(language)
    created = datetime.date.fromisoformat(run_date) if run_date else None
    tell = Teller(salon, people, clock, words)
    with WorkbookWriter(path, words("agenda.title"), created, notice, rtl=language in RIGHT_TO_LEFT) as book:
        names = sheet_names([words(f"agenda.sheet.{key}") for key in _SHEETS])
        page = _Book(book, Looks(), tell, dict(zip(_SHEETS, names, strict=True)))
        sheets = {key: book.sheet(name) for key, name in page.names.items()}
        for key, sheet in sheets.items():
            page.looks.page(sheet, book, words("agenda.page"), landscape=key != "overview")
        starts = {side: _write_blocks(page, sheets[key], side) for key, side in _OF.items()}
        _write_grid(page, sheets["grid"])
        _write_unplaced(page, sheets["unplaced"], unread)
        _write_all(page, sheets["all"])
        places = {("buyer", name): (page.names["buyers"], row) for name, row in starts["buyer"].items()}
        places |= {("supplier", name): (page.names["suppliers"], row) for name, row in starts["supplier"].items()}
        write_overview(book, sheets["overview"], page.looks, tell, places)


@dataclass(frozen=True)
class _Book:
    book: WorkbookWriter
    looks: Looks
    tell: Teller
    names: Mapping[str, str]

    def head(self, sheet: Worksheet, columns: Sequence[tuple[str, str, float]]) -> None:
        """The header of a sheet: key, text and width of each column."""
        for i, (key, text, width) in enumerate(columns):
            sheet.set_column(i, i, width)
            self.book.put(sheet, 0, i, text, self.looks.head_centre if key in _CENTRED else self.looks.head)
        sheet.set_row(0, height([text for _, text, _ in columns], [width for *_, width in columns], 20))
        sheet.repeat_rows(0)

    def line(
        self, sheet: Worksheet, row: int, columns: Sequence[tuple[str, str, float]], values: Sequence[object]
    ) -> None:
        """One row of values below such a header."""
        for i, ((key, _, _), value) in enumerate(zip(columns, values, strict=True)):
            style = self.looks.number if key in _CENTRED else self.looks.bold if key == "with" else self.looks.text
            self.book.put(sheet, row, i, value, style)
        sheet.set_row(row, height([str(value) for value in values], [width for *_, width in columns]))


def _write_blocks(page: _Book, sheet: Worksheet, side: str) -> dict[str, int]:
    """One page a participant of a side; the row where each begins."""
    tell, words = page.tell, page.tell.words
    columns = [
        (key, words("agenda.asked_you" if side == "supplier" and key == "question" else f"agenda.{key}"), width)
        for key, width in _WIDTHS.items()
        if (key != "day" or tell.clock.days > 1) and (key != "time" or tell.clock.start is not None)
    ]
    page.head(sheet, columns)
    sheet.freeze_panes(1, 0)
    sheet.set_print_scale(80)
    starts: dict[str, int] = {}
    breaks, row = [], 1
    for name, meetings in tell.by_participant(side).items():
        if starts:
            breaks.append(row)
        starts[name] = row
        title = tell.told(tell.one_line(side, name), tell.count(len(meetings)))
        page.book.put_across(sheet, row, 0, len(columns) - 1, title, page.looks.band)
        sheet.set_row(row, 24)
        for meeting in meetings:
            row += 1
            page.line(sheet, row, columns, [tell.cell(key, meeting, side) for key, _, _ in columns])
        row += 1
    if breaks:
        sheet.set_h_pagebreaks(breaks)
    row += not starts
    page.book.put_across(
        sheet, row, 0, len(columns) - 1, words("agenda.note" if starts else "agenda.none"), page.looks.note
    )
    sheet.print_area(0, 0, row, len(columns) - 1)
    return starts


def _write_grid(page: _Book, sheet: Worksheet) -> None:
    """Slots down, tables across."""
    tell, words = page.tell, page.tell.words
    at: dict[tuple[int, int], Meeting] = {(m.slot, m.table): m for m in tell.salon.plan.meetings}
    tables = max((table for _, table in at), default=0)
    page.book.put(sheet, 0, 0, words("agenda.grid_head"), page.looks.head)
    sheet.set_column(0, 0, 17)
    for table in range(1, tables + 1):
        page.book.put(sheet, 0, table, f"{words('agenda.table')} {table}", page.looks.head_centre)
    if tables:
        sheet.set_column(1, tables, 20)
    sheet.set_row(0, 27)
    for slot in range(tell.clock.slots):
        shown = {table: tell.in_grid(at[slot, table]) for table in range(1, tables + 1) if (slot, table) in at}
        label = tell.slot_label(slot)
        page.book.put(sheet, slot + 1, 0, label, page.looks.bold)
        for table in range(1, tables + 1):
            page.book.put(sheet, slot + 1, table, shown.get(table, ""), page.looks.cell)
        sheet.set_row(slot + 1, height([label, *shown.values()], [17, *[22.0] * len(shown)], 27))
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_print_scale(75)
    sheet.print_across()


def _write_unplaced(page: _Book, sheet: Worksheet, unread: Sequence[Problem]) -> None:
    tell, words = page.tell, page.tell.words
    widths = {"buyer": 26.0, "supplier": 34.0, "asked_by": 18.0, "priority": 14.0, "grade": 9.0, "why": 60.0}
    columns = [(key, words(f"agenda.{key}"), width) for key, width in widths.items()]
    page.head(sheet, columns)
    lines = [*tell.unplaced(), *(tell.unread(problem) for problem in unread)]
    for row, values in enumerate(lines, start=1):
        page.line(sheet, row, columns, values)
    _finish_list(page, sheet, len(columns), len(lines))


def _write_all(page: _Book, sheet: Worksheet) -> None:
    tell, words = page.tell, page.tell.words
    widths = {
        "slot": 7.0, "day": 6.0, "time": 12.0, "table": 7.0, "buyer": 24.0, "id": 11.0, "supplier": 32.0, "about": 34.0,
        "grade": 7.0, "asked_by": 30.0, "worth": 9.0,
    }  # fmt: skip
    columns = [(key, words(f"agenda.{key}"), width) for key, width in widths.items()]
    page.head(sheet, columns)
    meetings = tell.salon.plan.meetings
    for row, meeting in enumerate(meetings, start=1):
        page.line(sheet, row, columns, [tell.cell(key, meeting, "buyer") for key in widths])
    _finish_list(page, sheet, len(columns), len(meetings))


def _finish_list(page: _Book, sheet: Worksheet, columns: int, lines: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.fit_to_pages(1, 0)
    if lines:
        sheet.autofilter(0, 0, lines, columns - 1)
    else:
        page.book.put(sheet, 1, 0, "-", page.looks.text)
