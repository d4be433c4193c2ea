"""The workbook of project sheets."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from integrator.project_sheets.content import gather
from integrator.project_sheets.pages import PAGES
from integrator.project_sheets.pages.job import Job
from integrator.project_sheets.portfolio import write_portfolio
from integrator.project_sheets.sheet import write_sheet
from integrator.project_sheets.valuations import valuations
from integrator.wording import wording
from integrator.workbooks.writing import WorkbookWriter, sheet_names


def write_project_sheets(
    path: Path, tables: Mapping[str, pd.DataFrame], language: str, top: int, run_date: str, notice: str = "",
    *, of_job: bool = True,
) -> None:  # fmt: skip
    """A portfolio page, pages of the job that have content (unless `of_job` is off), and one A4 sheet a need.

    `tables` as in `integrator.tables`, `run_date` ISO or "", `notice` a sentence for every page or "".
    """
    words = wording(language)
    valued = valuations(tables)
    contents = list(gather(tables, top, valued))
    created = datetime.date.fromisoformat(run_date) if run_date else None
    pages = [page for page in PAGES if of_job and page.has_content(tables)]
    ids = [str(content.opportunity["sheet_id"]) for content in contents]
    portfolio, *rest = sheet_names([words("portfolio.sheet"), *(words(page.name) for page in pages), *ids])
    titles, sheets = rest[: len(pages)], rest[len(pages) :]
    places = {str(content.need["need_id"]): name for content, name in zip(contents, sheets, strict=True)}
    job = Job(tables, contents, places, valued[""])
    with WorkbookWriter(path, words("portfolio.title"), created, notice, rtl=words.is_rtl) as book:
        write_portfolio(book, portfolio, sheets, contents, len(tables["suppliers"]), run_date, words)
        for page, name in zip(pages, titles, strict=True):
            page.write(book, name, job, words)
        for name, content in zip(sheets, contents, strict=True):
            write_sheet(book, name, content, portfolio, run_date, words)
