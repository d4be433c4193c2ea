"""The agenda as a workbook: one sheet by buyer, one by supplier."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from integrator.meetings.agenda import Meeting
from integrator.wording import RIGHT_TO_LEFT, texts
from integrator.workbooks.writing import WorkbookWriter

_TEXT: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "bottom": 4, "bottom_color": "#C9D2DA"}
_HEAD: dict[str, Any] = {**_TEXT, "bold": True, "font_color": "#FFFFFF", "bg_color": "#17324D"}
_NOTE: dict[str, Any] = {"font_name": "Calibri", "font_size": 8, "italic": True, "font_color": "#5F6B78"}
_ORDERS = {"by_buyer": ("buyer", "slot", "supplier"), "by_supplier": ("supplier", "slot", "buyer")}


def write_agenda(
    path: Path, meetings: Sequence[Meeting], names: Mapping[str, str], language: str, run_date: str, notice: str = ""
) -> None:
    """Write the agenda; `names` gives the name of each supplier id, slots are shown from 1.

    A `notice` stands in the header of the pages.
    """
    words = texts("meetings", language)
    created = datetime.date.fromisoformat(run_date) if run_date else None
    with WorkbookWriter(path, words["title"], created, notice, rtl=language in RIGHT_TO_LEFT) as book:
        for key, order in _ORDERS.items():
            sheet = book.sheet(words[key])
            for column, (name, width) in enumerate(zip((*order, "weight"), (38, 10, 38, 14), strict=True)):
                sheet.set_column(column, column, 10 if name == "slot" else width)
                book.put(sheet, 0, column, words[name], _HEAD)
            lines = sorted(_line(meeting, order, names) for meeting in meetings)
            for row, line in enumerate(lines, start=1):
                for column, value in enumerate(line):
                    book.put(sheet, row, column, value, _TEXT)
            book.put(sheet, len(lines) + 2, 0, words["note"], _NOTE)
            sheet.freeze_panes(1, 0)
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)


def _line(meeting: Meeting, order: Sequence[str], names: Mapping[str, str]) -> tuple[Any, ...]:
    values: dict[str, Any] = {
        "buyer": meeting.buyer,
        "supplier": names.get(meeting.supplier, meeting.supplier),
        "slot": meeting.slot + 1,
    }
    return (*(values[name] for name in order), round(meeting.weight, 1))
