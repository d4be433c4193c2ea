"""The quality workbook: accounting, problems, rows set aside, duplicates, unknown terms, coverage, conflicts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from integrator.project_sheets import theme
from integrator.project_sheets.conflicts import write_conflicts
from integrator.project_sheets.coverage import write_coverage, write_recall
from integrator.project_sheets.lists import write_list
from integrator.records import SheetCount
from integrator.wording import Wording, wording
from integrator.workbooks.writing import WorkbookWriter

_PROBLEM_COLUMNS = {
    "severity": 14, "code": 18, "file": 40, "sheet": 18, "row": 8, "column": 22, "message": 60, "action": 45, "raw": 40,
}  # fmt: skip


def write_quality(
    path: Path, counts: Sequence[SheetCount], tables: Mapping[str, pd.DataFrame], language: str, run_date: str,
    notice: str = "",
) -> None:  # fmt: skip
    """Write the quality workbook of the tables of a run, `unknown_terms` in the order to decide them."""
    problems = tables["problems"]
    words = wording(language)
    created = datetime.date.fromisoformat(run_date) if run_date else None
    with WorkbookWriter(path, words("quality.title"), created, notice, rtl=words.is_rtl) as book:
        _counts(book, counts, words)
        aside = problems["severity"] == "set_aside"
        _problems(book, words("quality.problems"), problems[~aside], words)
        _problems(book, words("quality.set_aside"), problems[aside], words)
        _duplicates(book, tables["duplicates"], words)
        _terms(book, tables["unknown_terms"], words)
        write_coverage(book, tables["coverage"], words)
        write_recall(book, tables["recall"], words)
        write_conflicts(book, tables, words)


def _counts(book: WorkbookWriter, counts: Sequence[SheetCount], words: Wording) -> None:
    widths = {
        "file": 48, "sheet": 22, "kind": 14, "header": 10, "rows": 10, "used": 10, "aside": 10, "records": 10,
        "check": 10,
    }  # fmt: skip
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
    write_list(book, words("quality.counts"), _heads(widths, words), rows, words)


def _problems(book: WorkbookWriter, name: str, problems: pd.DataFrame, words: Wording) -> None:
    rows = [
        (words(f"severity.{severity}"), *rest)
        for severity, *rest in problems[list(_PROBLEM_COLUMNS)].itertuples(index=False, name=None)
    ]
    write_list(book, name, _heads(_PROBLEM_COLUMNS, words), rows, words)


def _duplicates(book: WorkbookWriter, pairs: pd.DataFrame, words: Wording) -> None:
    """Pairs that may be one company, the likeliest first: to decide with `integrator identities decide`."""
    widths = {
        "supplier_id": 14, "name": 34, "cell": 40, "other_id": 14, "other_name": 34, "other_cell": 40, "score": 10,
        "evidence": 30, "city_agrees": 12, "group_agrees": 12, "trade_agrees": 12, "weights": 60,
    }  # fmt: skip
    agrees = {"yes": words("quality.agrees.yes"), "no": words("quality.agrees.no"), "": words("quality.agrees.unknown")}
    flags = ("city_agrees", "group_agrees", "trade_agrees")
    likeliest = pairs.sort_values("score", ascending=False, kind="stable")
    shown = likeliest[list(widths)].assign(**{name: likeliest[name].map(agrees) for name in flags})
    rows = list(shown.itertuples(index=False, name=None))
    write_list(book, words("quality.duplicates"), _heads(widths, words), rows, words)


def _terms(book: WorkbookWriter, terms: pd.DataFrame, words: Wording) -> None:
    """Terms without a concept: to decide with `integrator terms unknown --out`."""
    widths = {
        "term": 60, "state": 16, "field": 24, "lines": 8, "needs": 9, "value": 16, "currency": 9, "proposed": 20,
        "likeness": 12, "example": 60,
    }  # fmt: skip
    states = {state: words(f"terms.state.{state}") for state in ("nothing", "no_component")}
    shown = terms.assign(state=terms["state"].map(states))
    columns = ["term", "state", "field", "rows", "needs", "value", "currency", "proposed", "score", "example"]
    rows = list(shown[columns].itertuples(index=False, name=None))
    money = {columns.index("value"): {**theme.ROW, "num_format": words.number_format(1e9)}}
    write_list(book, words("quality.terms"), _heads(widths, words), rows, words, money)


def _heads(widths: Mapping[str, float], words: Wording) -> dict[str, float]:
    return {words(f"quality.col.{name}"): width for name, width in widths.items()}
