"""The quality workbook: accounting of rows, problems, rows set aside, unknown terms."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from integrator.project_sheets import theme
from integrator.project_sheets.wording import Wording, wording
from integrator.records import SheetCount
from integrator.workbooks.wrapping import height, lines_of, pixels
from integrator.workbooks.writing import LAST_ROW, WorkbookWriter

if TYPE_CHECKING:
    from integrator.project_sheets.theme import Style

_PROBLEM_COLUMNS = {
    "severity": 14, "code": 18, "file": 40, "sheet": 18, "row": 8, "column": 22, "message": 60, "action": 45, "raw": 40,
}  # fmt: skip


def write_quality(
    path: Path, problems: pd.DataFrame, counts: Sequence[SheetCount], unknown_terms: pd.DataFrame,
    duplicates: pd.DataFrame, language: str, run_date: str,
) -> None:  # fmt: skip
    """Write the quality workbook; `problems` and `duplicates` as in `tables`."""
    words = wording(language)
    created = datetime.date.fromisoformat(run_date) if run_date else None
    with WorkbookWriter(path, words("quality.title"), created) as book:
        _counts(book, counts, words)
        aside = problems["severity"] == "set_aside"
        _problems(book, words("quality.problems"), problems[~aside], words)
        _problems(book, words("quality.set_aside"), problems[aside], words)
        _duplicates(book, duplicates, words)
        _terms(book, unknown_terms, words)


def _counts(book: WorkbookWriter, counts: Sequence[SheetCount], words: Wording) -> None:
    names = ("file", "sheet", "kind", "header", "rows", "used", "aside", "records", "check")
    rows: list[tuple[object, ...]] = [
        (
            count.file, count.sheet, words(f"kind.{count.kind}"), count.header_row, count.rows, count.used,
            count.set_aside, count.records,
            words("quality.check.ok" if count.rows == count.used + count.set_aside else "quality.check.wrong"),
        )
        for count in counts
    ]  # fmt: skip
    sums = (
        sum(count.rows for count in counts),
        sum(count.used for count in counts),
        sum(count.set_aside for count in counts),
        sum(count.records for count in counts),
    )
    rows.append((words("quality.total"), "", "", "", *sums, ""))
    heads = [words(f"quality.col.{name}") for name in names]
    _table(book, words("quality.counts"), heads, (48, 22, 14, 10, 10, 10, 10, 10, 10), rows, words)


def _problems(book: WorkbookWriter, name: str, problems: pd.DataFrame, words: Wording) -> None:
    heads = [words(f"quality.col.{column}") for column in _PROBLEM_COLUMNS]
    rows = [
        (words(f"severity.{severity}"), *rest)
        for severity, *rest in problems[list(_PROBLEM_COLUMNS)].itertuples(index=False, name=None)
    ]
    _table(book, name, heads, tuple(_PROBLEM_COLUMNS.values()), rows, words)


def _duplicates(book: WorkbookWriter, pairs: pd.DataFrame, words: Wording) -> None:
    """Pairs that may be one company: to decide with `integrator identities decide`."""
    widths = {
        "supplier_id": 14, "name": 34, "cell": 40, "other_id": 14, "other_name": 34, "other_cell": 40, "score": 10,
        "evidence": 30, "city_agrees": 12, "group_agrees": 12,
    }  # fmt: skip
    agrees = {"yes": words("quality.agrees.yes"), "no": words("quality.agrees.no"), "": words("quality.agrees.unknown")}
    shown = pairs[list(widths)].assign(**{name: pairs[name].map(agrees) for name in ("city_agrees", "group_agrees")})
    rows = list(shown.itertuples(index=False, name=None))
    heads = [words(f"quality.col.{name}") for name in widths]
    _table(book, words("quality.duplicates"), heads, tuple(widths.values()), rows, words)


def _terms(book: WorkbookWriter, terms: pd.DataFrame, words: Wording) -> None:
    names = ("term", "field", "lines", "proposed", "likeness", "step", "example")
    columns = ["term", "field", "rows", "proposed", "score", "step", "example"]
    rows = list(terms[columns].itertuples(index=False, name=None))
    heads = [words(f"quality.col.{name}") for name in names]
    _table(book, words("quality.terms"), heads, (60, 24, 8, 20, 12, 12, 60), rows, words)


def _table(
    book: WorkbookWriter, name: str, heads: Sequence[str], widths: Sequence[float],
    rows: Sequence[Sequence[object]], words: Wording,
) -> None:  # fmt: skip
    sheet = book.sheet(name)
    sheet.hide_gridlines(2)
    look: Style = theme.ROW
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        book.put(sheet, 0, column, head, theme.HEAD)
    sheet.set_row(0, 28)
    shown = rows[: LAST_ROW - 2]
    for row, values in enumerate(shown, start=1):
        for column, value in enumerate(values):
            book.put(sheet, row, column, value, look)
        texts = ((str(value), width) for value, width in zip(values, widths, strict=True))
        lines = max(len(lines_of(text, pixels(width))) for text, width in texts)
        sheet.set_row(row, min(max(height(lines), 13.0), 409.0))
    if len(shown) < len(rows):
        book.put(sheet, len(shown) + 1, 0, words("quality.more", count=len(rows) - len(shown)), theme.BANNER)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(shown), 1), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&R&8 &P / &N")
