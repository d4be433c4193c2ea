"""The map: sites by their best grade and plants to be served, by position, with a table of regions below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from integrator import places
from integrator.project_sheets import theme
from integrator.project_sheets.notice import write_notice
from integrator.project_sheets.pages.above import text_line
from integrator.project_sheets.pages.map_drawing import COLUMNS, WIDTH, draw_map
from integrator.project_sheets.pages.positions import ALL, Positions, by_region, has_positions, positions
from integrator.workbooks.writing import footer_text

if TYPE_CHECKING:
    from integrator.project_sheets.pages.job import Job
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

__all__ = ["has_positions", "write_map"]

_SPANS = {"region": (0, 3), "sites": (4, 5), "able": (6, 7), "convertible": (8, 9), "served": (10, 11)}
_COUNT = {**theme.ROW, "align": "center"}


def write_map(book: WorkbookWriter, name: str, job: Job, words: Wording) -> None:
    """One portrait page; the positions stand to the right of what is printed."""
    sheet = book.sheet(name)
    sheet.hide_gridlines(2)
    sheet.set_column(0, COLUMNS - 1, WIDTH)
    last = COLUMNS - 1
    row = write_notice(book, sheet, 0, last)
    row = text_line(book, sheet, row, last, words("map.title"), theme.SECTION)
    found = positions(job.tables, job.contents)
    for text in _counts(found, job, words):
        row = text_line(book, sheet, row, last, text, theme.TEXT)
    row = draw_map(book, sheet, row, found, job, words)
    for text in (words("map.note"), _about_outline(job, words)):
        row = text_line(book, sheet, row, last, text, theme.SMALL)
    row = _regions(book, sheet, row + 1, job, words)
    row = text_line(book, sheet, row, last, words("map.regions.note"), theme.SMALL)
    _print(sheet, row - 1, job.date)


def _counts(found: Positions, job: Job, words: Wording) -> Iterable[str]:
    """How many sites and needs are on the map, how many are not, and how many positions nobody verified."""
    for key, placed, absent in (
        ("sites", found.placed, found.absent_sites), ("plants", found.plants, found.absent_needs)
    ):  # fmt: skip
        counts = {
            "placed": len(placed), "total": len(placed) + absent, "absent": absent,
            "unverified": sum(not one.is_verified for one in placed),
        }  # fmt: skip
        yield words(f"map.counts.{key}", **{name: words.number(count) for name, count in counts.items()})


def _about_outline(job: Job, words: Wording) -> str:
    return words("map.outline.given") if job.outline else words("map.outline.none", option="[output] outline")


def _regions(book: WorkbookWriter, sheet: Worksheet, row: int, job: Job, words: Wording) -> int:
    for key, span in _SPANS.items():
        look = theme.HEAD if key == "region" else theme.HEAD_CENTRE
        book.put_across(sheet, row, *span, words(f"map.col.{key}"), look)
    sheet.set_row(row, 28)
    for below, one in enumerate(by_region(job.tables, job.contents), start=row + 1):
        if one.name == ALL:
            name = words("map.all")
        else:
            name = places.region_name(one.name, words.language) or words("overview.region.unknown")
        bold = {"bold": True} if one.name == ALL else {}
        for key, value in zip(_SPANS, (name, *one[1:]), strict=True):
            book.put_across(sheet, below, *_SPANS[key], value, {**(theme.ROW if key == "region" else _COUNT), **bold})
        row = below
    return row + 1


def _print(sheet: Worksheet, last: int, date: str) -> None:
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.print_area(0, 0, last, COLUMNS - 1)
    sheet.set_footer(f"&L&8 {footer_text(date)}&R&8 &P / &N")
