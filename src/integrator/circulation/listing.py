"""Who got which file: a list that is filled in while packs are sent."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from integrator.circulation.packs import Pack
from integrator.records import Level
from integrator.wording import Wording
from integrator.workbooks.csv_tables import write_csv
from integrator.workbooks.wrapping import height, lines_of, pixels
from integrator.workbooks.writing import WorkbookWriter

COLUMNS: Mapping[str, int] = {
    "receiver": 34, "file": 24, "level": 18, "sheets": 34, "sent_on": 13, "sent_by": 20, "acknowledged": 13,
    "acknowledged_on": 13, "remark": 30,
}  # fmt: skip
OPEN = ("sent_on", "sent_by", "acknowledged", "acknowledged_on", "remark")
"""Columns to fill in; the receiver too, where a pack has none."""
_DAYS = ("sent_on", "acknowledged_on")
_HEADER = 2
_FIRST_DAY = datetime.date(2000, 1, 1)

_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "text_wrap": True, "valign": "top"}
_HEAD = {**_BASE, "bold": True, "font_color": "#FFFFFF", "bg_color": "#17324D"}
_LINE = {**_BASE, "bottom": 4, "bottom_color": "#C9D2DA"}
_FILL_IN = {**_LINE, "bg_color": "#FFFBE6"}


def write_list(
    folder: Path, packs: Sequence[Pack], sheets: Mapping[str, str], level: Level, words: Wording, run_date: str,
    notice: str = "",
) -> None:  # fmt: skip
    """`circulation.xlsx` to fill in, and `circulation.csv` with the same lines; `sheets` are sheet ids by need."""
    ids = [[sheets[need] for need in pack.needs] for pack in packs]
    frame = pd.DataFrame(
        {
            "file": [pack.file for pack in packs],
            "receiver": [pack.name for pack in packs],
            "level": level,
            "needs": [" ".join(pack.needs) for pack in packs],
            "sheets": [" ".join(one) for one in ids],
            **dict.fromkeys(OPEN, ""),
        }
    )
    write_csv(folder / "circulation.csv", frame)
    created = datetime.date.fromisoformat(run_date) if run_date else None
    with WorkbookWriter(folder / "circulation.xlsx", words("circulation.sheet"), created, notice) as book:
        sheet = book.sheet(words("circulation.sheet"))
        book.put(sheet, 0, 0, words("circulation.sheet"), {**_BASE, "bold": True, "font_size": 14, "text_wrap": False})
        told = "  ".join(part for part in (book.notice, words("circulation.help")) if part)
        book.put(sheet, 1, 0, told, {**_BASE, "text_wrap": False, "italic": True})
        for column, (name, width) in enumerate(COLUMNS.items()):
            sheet.set_column(column, column, width)
            book.put(sheet, _HEADER, column, words(f"circulation.col.{name}"), _HEAD)
        sheet.set_row(_HEADER, 30)
        for row, (pack, own) in enumerate(zip(packs, ids, strict=True), start=_HEADER + 1):
            values = {"receiver": pack.name, "file": f"{pack.file}.xlsx", "level": words(f"level.{level}")}
            _line(book, sheet, row, values | {"sheets": ", ".join(own)})
        last = _HEADER + max(len(packs), 1)
        _checks(sheet, last, words)
        sheet.autofilter(_HEADER, 0, last, len(COLUMNS) - 1)
        sheet.freeze_panes(_HEADER + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEADER)
        sheet.set_footer("&R&8 &P / &N")


def _line(book: WorkbookWriter, sheet: Any, row: int, values: Mapping[str, str]) -> None:
    for column, name in enumerate(COLUMNS):
        text = values.get(name, "")
        look = _LINE if text else _FILL_IN
        if name in _DAYS:
            look = {**look, "num_format": "yyyy-mm-dd"}
        book.put(sheet, row, column, text, look)
    lines = max(len(lines_of(text, pixels(COLUMNS[name]))) for name, text in values.items())
    sheet.set_row(row, min(max(height(lines), 15.0), 409.0))


def _checks(sheet: Any, last: int, words: Wording) -> None:
    """A list for the answer, days for the days."""
    names = list(COLUMNS)
    answers = [words(f"circulation.acknowledged.{answer}") for answer in ("yes", "no")]
    column = names.index("acknowledged")
    sheet.data_validation(_HEADER + 1, column, last, column, {"validate": "list", "source": answers})
    for column in map(names.index, _DAYS):
        check = {
            "validate": "date", "criteria": ">=", "value": _FIRST_DAY, "error_message": words("circulation.date_wrong"),
        }  # fmt: skip
        sheet.data_validation(_HEADER + 1, column, last, column, check)
