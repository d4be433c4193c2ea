"""Pairs to judge -> a workbook a reviewer fills in."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from integrator import judging
from integrator.judging import Pair
from integrator.review.choosing import Choice, choose
from integrator.review.questions import batch
from integrator.text.remarks import apart
from integrator.wording import RIGHT_TO_LEFT, Wording, wording
from integrator.workbooks.wrapping import height, lines_of, pixels
from integrator.workbooks.writing import WorkbookWriter

COLUMNS: Mapping[str, int] = {
    "need_id": 9,
    "component": 34,
    "supplier_id": 9,
    "name": 28,
    "products": 44,
    "score": 8,
    "proposed": 9,
    "reasons": 44,
    "missing": 36,
    "conflict": 36,
    "earlier": 36,
    "decision": 11,
    "grade": 8,
    "reason": 36,
    "reviewer": 16,
    "date": 12,
    "run": 10,
}
"""Widths of the columns, in order."""
BLIND: Mapping[str, int] = {
    "need_id": 9,
    "component": 34,
    "asked": 36,
    "supplier_id": 9,
    "name": 28,
    "products": 44,
    "offered": 44,
    "decision": 11,
    "grade": 8,
    "reason": 36,
    "reviewer": 16,
    "date": 12,
    "run": 10,
}
"""Of a blind review: what both sides say, and nothing that the tool or another reviewer makes of it."""
EDITABLE = ("decision", "grade", "reason", "reviewer", "date")
HEADER = 2
"""0-based row of the header; row 0 is the title, row 1 the instructions."""
_ONLY_WHEN_FILLED = ("conflict", "earlier")
_ALLOWED = ("autofilter", "sort", "format_cells", "format_columns", "format_rows")
"""What a reviewer may do to the protected sheet. Spreadsheets sort locked cells only without protection: the import
takes any order, and there is no password."""

_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 9, "text_wrap": True, "valign": "top"}
_HEAD = {**_BASE, "bold": True, "font_color": "#FFFFFF", "bg_color": "#17324D"}
_LOCKED = {**_BASE, "bottom": 4, "bottom_color": "#C9D2DA", "locked": True}
_OPEN = {**_LOCKED, "bg_color": "#FFFBE6", "locked": False}


@dataclass(frozen=True)
class Form:
    """How the workbook asks."""

    blind: bool = False
    """Without score, grade, reasons, conflict and earlier answers, in an order that tells nothing of the rank."""
    reviewer: str = ""
    """Written into every row."""


def write_review(
    path: Path, tables: Mapping[str, pd.DataFrame], language: str, run_date: str, choice: Choice | None = None,
    notice: str = "", form: Form | None = None,
) -> tuple[Pair, ...]:  # fmt: skip
    """One row a pair; ids are locked, decision cells are open and checked by lists. Returns the pairs in their order.

    Every row bears the mark of the run, as the title does: a row that is cut out or sorted away keeps it. A `notice`
    stands in the header of the pages and before the instructions: rows and columns stay where they are. The columns of
    conflicts and of earlier answers (`decisions` among the tables) are there only when a pair has one. Raises
    `UsageError` as `choose` does.
    """
    words, form = wording(language), form or Form()
    created = datetime.date.fromisoformat(run_date) if run_date else None
    rows = _rows(tables, choice or Choice(), form, words)
    columns = BLIND if form.blind else COLUMNS
    columns = {n: width for n, width in columns.items() if n not in _ONLY_WHEN_FILLED or any(r[n] for r in rows)}
    title = f"{words('review.title')}  ·  {words('review.batch')} {batch(tables)}"
    with WorkbookWriter(path, words("review.title"), created, notice, rtl=language in RIGHT_TO_LEFT) as book:
        sheet = book.sheet(words("review.sheet"))
        book.put(sheet, 0, 0, title, {**_BASE, "bold": True, "font_size": 14, "text_wrap": False})
        help_text = words("review.blind.help" if form.blind else "review.help")
        told = "  ".join(part for part in (book.notice, help_text) if part)
        book.put(sheet, 1, 0, told, {**_BASE, "text_wrap": False, "italic": True})
        for column, (name, width) in enumerate(columns.items()):
            sheet.set_column(column, column, width)
            book.put(sheet, HEADER, column, words(f"review.col.{name}"), _HEAD)
        sheet.set_row(HEADER, 28)
        for row, values in enumerate(rows, start=HEADER + 1):
            for column, name in enumerate(columns):
                book.put(sheet, row, column, values.get(name), _look(name))
            sheet.set_row(row, _height(values, columns))
        last = HEADER + max(len(rows), 1)
        _lists(sheet, last, list(columns), words)
        sheet.autofilter(HEADER, 0, last, len(columns) - 1)
        sheet.freeze_panes(HEADER + 1, list(columns).index("name") + 1)
        sheet.protect("", dict.fromkeys(_ALLOWED, True))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER)
        sheet.set_footer("&R&8 &P / &N")
    return tuple((row["need_id"], row["supplier_id"]) for row in rows)


def _look(name: str) -> dict[str, Any]:
    if name in EDITABLE:
        return {**_OPEN, "num_format": "yyyy-mm-dd"} if name == "date" else _OPEN
    return {**_LOCKED, "num_format": "0", "align": "center"} if name in ("score", "proposed") else _LOCKED


def _height(values: Mapping[str, Any], columns: Mapping[str, int]) -> float:
    texts = ((str(values.get(name, "")), width) for name, width in columns.items())
    return min(height(max(len(lines_of(text, pixels(width))) for text, width in texts)), 409.0)


def _lists(sheet: Any, last: int, columns: list[str], words: Wording) -> None:
    decisions = [words(f"review.{answer}") for answer in ("yes", "no", "unsure")]
    for name, source in (("decision", decisions), ("grade", [0, 1, 2, 3, 4])):
        column = columns.index(name)
        sheet.data_validation(HEADER + 1, column, last, column, {"validate": "list", "source": source})


def _rows(tables: Mapping[str, pd.DataFrame], choice: Choice, form: Form, words: Wording) -> list[dict[str, Any]]:
    mark = batch(tables)
    chosen = choose(tables, choice)
    suppliers, needs = _named(tables, "suppliers", "supplier_id", chosen), _named(tables, "needs", "need_id", chosen)
    earlier = _earlier(tables, words)
    rows = [
        {
            "need_id": row["need_id"],
            "component": needs[row["need_id"]]["component"],
            "asked": _joined(needs[row["need_id"]], "processes", "materials"),
            "supplier_id": row["supplier_id"],
            "name": suppliers[row["supplier_id"]]["name"],
            "products": suppliers[row["supplier_id"]]["products"],
            "offered": _joined(suppliers[row["supplier_id"]], "processes", "materials", "certifications"),
            "score": float(row["score"]),
            "proposed": int(row["grade"]),
            "reasons": words.joined(apart(row["reasons"])),
            "missing": words.joined(apart(row["missing"])),
            "conflict": row["conflict"],
            "earlier": earlier.get((row["need_id"], row["supplier_id"]), ""),
            "reviewer": form.reviewer or None,
            "run": mark,
        }
        for row in chosen.to_dict("records")
    ]
    return sorted(rows, key=lambda row: (row["need_id"], _lot(mark, row))) if form.blind else rows


def _named(tables: Mapping[str, pd.DataFrame], name: str, key: str, chosen: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    """The rows of a table that chosen pairs name: of a large job few."""
    frame = tables[name]
    return {str(row[key]): row for row in frame[frame[key].isin(chosen[key])].to_dict("records")}


def _lot(mark: str, row: Mapping[str, Any]) -> str:
    """A place drawn for a pair: the same for all reviewers of a run, and blind to score and rank."""
    return hashlib.sha256("|".join((mark, row["need_id"], row["supplier_id"])).encode()).hexdigest()


def _joined(row: Mapping[Any, Any], *fields: str) -> str:
    return "\n".join(str(row[field]) for field in fields if row[field])


def _earlier(tables: Mapping[str, pd.DataFrame], words: Wording) -> dict[Pair, str]:
    """What reviewers have said of each pair so far, a line a reviewer."""
    if "decisions" not in tables:
        return {}
    stands = tables["decisions"].query("standing == 'yes' and source == 'review'")
    lines: dict[Pair, list[str]] = {}
    for row in stands.to_dict("records"):
        lines.setdefault((row["need_id"], row["supplier_id"]), []).append(judging.told(row, words))
    return {pair: "\n".join(said) for pair, said in lines.items()}
