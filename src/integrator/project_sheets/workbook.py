"""The workbook of project sheets."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from integrator.project_sheets.content import gather
from integrator.project_sheets.portfolio import write_portfolio
from integrator.project_sheets.sheet import write_sheet
from integrator.project_sheets.wording import wording
from integrator.workbooks.writing import WorkbookWriter, sheet_names


def write_project_sheets(
    path: Path, tables: Mapping[str, pd.DataFrame], language: str, top: int, run_date: str
) -> None:
    """One portfolio page and one A4 sheet a need; `tables` as in `integrator.tables`, `run_date` ISO or ""."""
    words = wording(language)
    contents = list(gather(tables, top))
    created = datetime.date.fromisoformat(run_date) if run_date else None
    portfolio, *sheets = sheet_names(
        [words("portfolio.sheet"), *(str(content.opportunity["sheet_id"]) for content in contents)]
    )
    with WorkbookWriter(path, words("portfolio.title"), created) as book:
        write_portfolio(book, portfolio, sheets, contents, len(tables["suppliers"]), run_date, words)
        for name, content in zip(sheets, contents, strict=True):
            write_sheet(book, name, content, portfolio, run_date, words)
