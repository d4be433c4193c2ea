"""The workbook of project sheets."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from integrator.project_sheets.choosing import best_needs
from integrator.project_sheets.content import gather
from integrator.project_sheets.pages import PAGES
from integrator.project_sheets.pages.job import Job
from integrator.project_sheets.pages.marks import marks
from integrator.project_sheets.portfolio import LIST, write_portfolio
from integrator.project_sheets.sheet import write_sheet
from integrator.project_sheets.valuations import valuations
from integrator.wording import wording
from integrator.workbooks.writing import WorkbookWriter, sheet_names


def write_project_sheets(
    path: Path, tables: Mapping[str, pd.DataFrame], language: str, top: int, run_date: str, notice: str = "",
    *, of_job: bool = True, outline: Sequence[Sequence[tuple[float, float]]] = (), sheets: int | None = None,
) -> None:  # fmt: skip
    """An overview, the list of needs, pages of the job that have content, and one A4 sheet a need.

    Without `of_job` only the list and the sheets. Of more than `sheets` opportunities the best get a sheet (see
    `choosing`); all are on the pages of the job and in the list, and both say how many have a sheet.

    `tables` as in `integrator.tables`, `run_date` ISO or "", `notice` a sentence for every page or "",
    `outline` closed rings of longitude and latitude for the map.
    """
    words = wording(language)
    chosen = best_needs(tables, sheets)
    valued = valuations(tables, chosen if len(chosen) < len(tables["opportunities"]) else None)
    contents = list(gather(tables, top, valued, chosen))
    sheeted = [content for content in contents if content.need["need_id"] in chosen]
    created = datetime.date.fromisoformat(run_date) if run_date else None
    pages = [page for page in PAGES if of_job and page.has_content(tables)]
    before = [page for page in pages if page.is_first]
    keys = [page.name for page in sorted(pages, key=lambda page: not page.is_first)]
    keys.insert(len(before), LIST)
    ids = [str(content.opportunity["sheet_id"]) for content in sheeted]
    named = sheet_names([*map(words, keys), *ids])
    titles, own = dict(zip(keys, named, strict=False)), named[len(keys) :]
    places = {str(content.need["need_id"]): name for content, name in zip(sheeted, own, strict=True)}
    filed = marks(tables, contents, words)
    job = Job(tables, contents, places, valued[""], titles, filed, run_date, outline)
    with WorkbookWriter(path, words("portfolio.title"), created, notice, rtl=words.is_rtl) as book:
        for page in before:
            page.write(book, titles[page.name], job, words)
        book.describe(subject=words("portfolio.subject"), keywords=words("portfolio.keywords"))
        write_portfolio(book, titles[LIST], job, words)
        for page in pages:
            if not page.is_first:
                page.write(book, titles[page.name], job, words)
        for name, content in zip(own, sheeted, strict=True):
            write_sheet(book, name, content, titles[LIST], run_date, words)
