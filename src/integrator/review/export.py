"""Pairs to judge -> a workbook a reviewer fills in."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from integrator.review.choosing import Choice, choose
from integrator.wording import RIGHT_TO_LEFT, texts
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
    "decision": 11,
    "grade": 8,
    "reason": 36,
    "reviewer": 16,
    "date": 12,
}
EDITABLE = ("decision", "grade", "reason", "reviewer", "date")
MARKED = ("need_id", "component", "supplier_id", "name", "products", "proposed")
HEADER = 2
"""0-based row of the header; row 0 is the title, row 1 the instructions."""

_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 9, "text_wrap": True, "valign": "top"}
_HEAD = {**_BASE, "bold": True, "font_color": "#FFFFFF", "bg_color": "#17324D"}
_LOCKED = {**_BASE, "bottom": 4, "bottom_color": "#C9D2DA", "locked": True}
_OPEN = {**_LOCKED, "bg_color": "#FFFBE6", "locked": False}


def write_review(
    path: Path, tables: Mapping[str, pd.DataFrame], language: str, run_date: str, choice: Choice | None = None,
    notice: str = "",
) -> int:  # fmt: skip
    """One row a pair; ids are locked, decision cells are open and checked by lists. Returns how many pairs.

    A `notice` stands in the header of the pages and before the instructions: rows and columns stay where they are.
    The column of conflicts is there only when a pair has one. Raises `UsageError` as `choose` does.
    """
    words = {f"review.{key}": text for key, text in texts("review", language).items()}
    created = datetime.date.fromisoformat(run_date) if run_date else None
    rows = _rows(tables, choice or Choice())
    columns = {name: width for name, width in COLUMNS.items() if name != "conflict" or any(r[name] for r in rows)}
    title = f"{words['review.title']}  ·  {words['review.batch']} {batch(tables)}"
    with WorkbookWriter(path, words["review.title"], created, notice, rtl=language in RIGHT_TO_LEFT) as book:
        sheet = book.sheet(words["review.sheet"])
        book.put(sheet, 0, 0, title, {**_BASE, "bold": True, "font_size": 14, "text_wrap": False})
        told = "  ".join(part for part in (book.notice, words["review.help"]) if part)
        book.put(sheet, 1, 0, told, {**_BASE, "text_wrap": False, "italic": True})
        for column, (name, width) in enumerate(columns.items()):
            sheet.set_column(column, column, width)
            book.put(sheet, HEADER, column, words[f"review.col.{name}"], _HEAD)
        sheet.set_row(HEADER, 28)
        for row, values in enumerate(rows, start=HEADER + 1):
            for column, name in enumerate(columns):
                book.put(sheet, row, column, values.get(name), _look(name))
            sheet.set_row(row, _height(values, columns))
        last = HEADER + max(len(rows), 1)
        _lists(sheet, last, list(columns), words)
        sheet.autofilter(HEADER, 0, last, len(columns) - 1)
        sheet.freeze_panes(HEADER + 1, 4)
        sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER)
        sheet.set_footer("&R&8 &P / &N")
    return len(rows)


def _look(name: str) -> dict[str, Any]:
    if name in EDITABLE:
        return _OPEN
    return {**_LOCKED, "num_format": "0", "align": "center"} if name in ("score", "proposed") else _LOCKED


def _height(values: Mapping[str, Any], columns: Mapping[str, int]) -> float:
    texts = ((str(values.get(name, "")), width) for name, width in columns.items())
    return min(height(max(len(lines_of(text, pixels(width))) for text, width in texts)), 409.0)


def _lists(sheet: Any, last: int, columns: list[str], words: Mapping[str, str]) -> None:
    decisions = [words[f"review.{answer}"] for answer in ("yes", "no", "unsure")]
    for name, source in (("decision", decisions), ("grade", [0, 1, 2, 3, 4])):
        column = columns.index(name)
        sheet.data_validation(HEADER + 1, column, last, column, {"validate": "list", "source": source})


def batch(tables: Mapping[str, pd.DataFrame]) -> str:
    """A short mark of the pairs that a run may ask about, with what a reviewer is shown of them.

    A workbook with another mark was exported before the inputs, the rules or the version changed. Which of the pairs
    were chosen does not count: a choice depends on what was judged before.
    """
    matches = tables["matches"]
    pairs = matches[matches["supplier_id"] != ""].sort_values(["need_id", "supplier_id"])
    suppliers, needs = tables["suppliers"].set_index("supplier_id"), tables["needs"].set_index("need_id")
    shown = pd.DataFrame(
        {
            "need_id": pairs["need_id"],
            "component": pairs["need_id"].map(needs["component"]),
            "supplier_id": pairs["supplier_id"],
            "name": pairs["supplier_id"].map(suppliers["name"]),
            "products": pairs["supplier_id"].map(suppliers["products"]),
            "proposed": pairs["grade"],
        }
    )
    lines = ("|".join(map(str, row)) for row in shown[list(MARKED)].itertuples(index=False, name=None))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def _rows(tables: Mapping[str, pd.DataFrame], choice: Choice) -> list[dict[str, Any]]:
    chosen = choose(tables, choice)
    suppliers = tables["suppliers"].set_index("supplier_id")
    components = tables["needs"].set_index("need_id")["component"]
    return [
        {
            "need_id": row["need_id"],
            "component": components[row["need_id"]],
            "supplier_id": row["supplier_id"],
            "name": suppliers.at[row["supplier_id"], "name"],
            "products": suppliers.at[row["supplier_id"], "products"],
            "score": float(row["score"]),
            "proposed": int(row["grade"]),
            "reasons": row["reasons"],
            "missing": row["missing"],
            "conflict": row["conflict"],
        }
        for _, row in chosen.iterrows()
    ]
