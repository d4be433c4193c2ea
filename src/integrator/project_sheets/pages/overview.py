"""The overview: one page for a reader who opens nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.notice import write_notice
from integrator.project_sheets.pages.axes import places, unknown_line
from integrator.project_sheets.pages.cards import Card, amounts, counts
from integrator.project_sheets.pages.drawings import Drawing, drawings
from integrator.project_sheets.pages.summary import first
from integrator.project_sheets.pages.white import process_name
from integrator.project_sheets.valuations import rows_of
from integrator.workbooks.charts import place_chart
from integrator.workbooks.wrapping import height, lines_of, pixels
from integrator.workbooks.writing import footer_text

if TYPE_CHECKING:
    from integrator.project_sheets.pages.job import Job
    from integrator.project_sheets.pages.lacking import Process
    from integrator.project_sheets.theme import Style
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

COLUMNS = 24
_WIDTH = 5.57
_CHART_ROWS = 12
_CHART_SPANS = {1: (24,), 2: (14, 10), 3: (10, 7, 7), 4: (8, 6, 5, 5)}
"""Columns of the charts by their number; the first has the longest names."""
_ROW_PIXELS = 20
_SPOTS = 8
"""Processes named in short; their page holds all."""
_DATA = COLUMNS + 2
"""First column of the numbers of the charts, right of what is printed."""
_FIRST_SPANS = {"sheet": (0, 1), "component": (2, 6), "best": (7, 9), "actor": (10, 12), "places": (13, 14)}
_SPOT_SPANS = {"process": (16, 19), "asked": (20, 20), "sites": (21, 21), "blocked": (22, 23)}
_LINE = theme.style(bottom=4, bottom_color=theme.HAIRLINE, valign="vcenter", font_size=8.5)
_NOTE = {**theme.CARD_NOTE, "font_size": 7.5, "valign": "top", "align": "left"}
_LABEL = {**theme.CARD_NOTE, "font_color": theme.INK, "align": "left", "bold": True}
_COUNT = {**_LINE, "align": "center"}
_HEAD = {**theme.HEAD, "font_size": 8}


def write_overview(book: WorkbookWriter, name: str, job: Job, words: Wording) -> None:
    """Cards, charts, the opportunities to look at first and the scarce processes, on one landscape page."""
    sheet = book.sheet(name)
    sheet.hide_gridlines(2)
    sheet.set_column(0, COLUMNS - 1, _WIDTH)
    row = write_notice(book, sheet, 0, COLUMNS - 1)
    row = _title(book, sheet, row, job, words)
    row = _cards(book, sheet, row, counts(job, words), 20)
    row = _cards(book, sheet, row, amounts(job, words), 13)
    found, said = drawings(job, words)
    row = _charts(book, sheet, row, found)
    below = _first(book, sheet, row, job, words)
    _spots(book, sheet, row, job, words)
    axes = {one["need_id"]: one for one in rows_of(job.tables["axes"])}
    notes = [unknown_line(axes, job.contents, words), *said, words("overview.note.files")]
    last = _notes(book, sheet, below, "  ".join(notes))
    _print(sheet, last, job.date)


def _title(book: WorkbookWriter, sheet: Worksheet, row: int, job: Job, words: Wording) -> int:
    book.put_across(sheet, row, 0, COLUMNS - 1, words("portfolio.title"), theme.BAND_TITLE)
    sizes = {"needs": words.number(len(job.contents)), "suppliers": words.number(len(job.tables["suppliers"]))}
    subtitle = (words("overview.title"), words("portfolio.subtitle", **sizes), job.cut(words), job.date)
    book.put_across(sheet, row + 1, 0, COLUMNS - 1, "  |  ".join(filter(None, subtitle)), theme.BAND_SUB)
    links = [(key, target) for key, target in job.pages.items() if target != sheet.get_name()]
    span = min(3, COLUMNS // max(len(links), 1))
    for number, (key, target) in enumerate(links):
        place = (span * number, span * (number + 1) - 1)
        sheet.merge_range(row + 2, place[0], row + 2, place[1], "", book.style(theme.BACK))
        book.link_sheet(sheet, row + 2, place[0], target, f"→ {words(key)}", {**theme.BACK, "align": "left"})
    for below, points in enumerate((28, 16, 15)):
        sheet.set_row(row + below, points)
    return row + 3


def _cards(book: WorkbookWriter, sheet: Worksheet, row: int, cards: Sequence[Card], size: int) -> int:
    span = COLUMNS // len(cards)
    room = pixels(_WIDTH, span) - 10
    lines = 1
    for number, card in enumerate(cards):
        left, right = number * span, (number + 1) * span - 1
        look = {**(theme.CARD_SIGNAL if card.signal else theme.CARD_VALUE), "align": "left", "font_size": size}
        text = str(card.value)
        if isinstance(card.value, str) and len(lines_of(text, room, size, bold=True)) > 1:
            look = {**look, "font_size": size - 3}
        if text.startswith("≈"):
            look = {**look, "italic": True}
        book.put_across(sheet, row, left, right, card.value, look)
        book.put_across(sheet, row + 1, left, right, card.label, _LABEL)
        note = phrases.short(card.note, 170)
        lines = max(lines, len(lines_of(note, room, 8)))
        book.put_across(sheet, row + 2, left, right, note, _NOTE)
    labels = max(len(lines_of(card.label, room, 8)) for card in cards)
    for below, points in enumerate((size * 1.35, height(labels, 8), height(min(lines, 3), 8), 6)):
        sheet.set_row(row + below, points)
    return row + 4


def _charts(book: WorkbookWriter, sheet: Worksheet, row: int, found: Sequence[Drawing]) -> int:
    """The charts side by side; their numbers one block after the other on the right."""
    if not found:
        return row
    left, place = _DATA, 0
    for one, span in zip(found, _CHART_SPANS[len(found)], strict=True):
        for column, head in enumerate(one.heads, start=left):
            book.put(sheet, row, column, head, theme.SMALL)
        for below, values in enumerate(one.rows, start=row + 1):
            for column, value in enumerate(values, start=left):
                book.put(sheet, below, column, value, {**theme.SMALL, "num_format": one.decimals})
        size = (pixels(_WIDTH, span) - 8, _CHART_ROWS * _ROW_PIXELS)
        place_chart(sheet, row, one.draw(book, sheet, row, left), size, place)
        left, place = left + len(one.heads) + 1, place + span
    return row + _CHART_ROWS


def _first(book: WorkbookWriter, sheet: Worksheet, row: int, job: Job, words: Wording) -> int:
    """The opportunities to look at first; returns the row below."""
    last = _FIRST_SPANS["places"][1]
    book.put_across(sheet, row, 0, last, words("overview.first"), theme.SECTION)
    sheet.set_row(row, 18)
    _heads(book, sheet, row + 1, _FIRST_SPANS, words)
    found = first(job.contents, job.tables["axes"])
    if not found:
        book.put_across(sheet, row + 2, 0, last, words("overview.first.none"), theme.SMALL)
    for below, (content, axes) in enumerate(found, start=row + 2):
        opportunity = content.opportunity
        grade = opportunity["best_grade"]
        values = {
            "component": phrases.component(content.need, words),
            "best": phrases.grade(grade, words),
            "actor": content.leading[0] if content.leading else words("overview.nobody"),
            "places": places(axes, "", words),
        }
        place, leads = _FIRST_SPANS["sheet"], job.link(content)
        if isinstance(leads, str):
            _put(book, sheet, below, place, leads, _LINE)
        else:
            link = {**theme.LINK, **_LINE, "font_color": theme.ACCENT}
            sheet.merge_range(below, place[0], below, place[1], "", book.style(link))
            book.link_sheet(sheet, below, place[0], leads.sheet, leads.text, link)
        for key, value in values.items():
            look = {**_LINE, "bold": True, "font_color": theme.GRADE_INK[grade or 0]} if key == "best" else _LINE
            _put(book, sheet, below, _FIRST_SPANS[key], value, {**_COUNT} if key == "places" else look)
    for below in range(_rows(job)):
        sheet.set_row(row + 2 + below, 14)
    return row + 2 + _rows(job)


def _rows(job: Job) -> int:
    """Lines of the lower part, which has two lists beside each other."""
    return max(len(first(job.contents, job.tables["axes"])), min(len(_scarce(job)), _SPOTS) + 1, 2)


def _spots(book: WorkbookWriter, sheet: Worksheet, row: int, job: Job, words: Wording) -> None:
    """The processes that few sites have or none: those that stand between a need and an actor first."""
    left, last = _SPOT_SPANS["process"][0], _SPOT_SPANS["blocked"][1]
    book.put_across(sheet, row, left, last, words("overview.spots"), theme.SECTION)
    _heads(book, sheet, row + 1, _SPOT_SPANS, words)
    found = _scarce(job)
    for below, one in enumerate(found[:_SPOTS], start=row + 2):
        asked = len(one.asked) + len(one.usual)
        signal = {**_COUNT, "bold": True, "font_color": theme.SIGNAL} if one.sites == 0 else _COUNT
        _put(book, sheet, below, _SPOT_SPANS["process"], process_name(one, words), _LINE)
        _put(book, sheet, below, _SPOT_SPANS["asked"], asked, _COUNT)
        _put(book, sheet, below, _SPOT_SPANS["sites"], one.sites, signal)
        _put(book, sheet, below, _SPOT_SPANS["blocked"], len(one.blocked), _COUNT)
    more = len(found) - _SPOTS
    text = words("overview.spots.more", count=words.number(more)) if more > 0 else ""
    text = text if found else words("overview.spots.none")
    book.put_across(sheet, row + 2 + min(len(found), _SPOTS), left, last, text, theme.SMALL)


def _scarce(job: Job) -> list[Process]:
    few = [one for one in job.processes if one.offer != "several"]
    return sorted(few, key=lambda one: (-len(one.blocked), one.sites, -len(one.asked) - len(one.usual), one.concept))


def _heads(
    book: WorkbookWriter, sheet: Worksheet, row: int, spans: Mapping[str, tuple[int, int]], words: Wording
) -> None:  # fmt: skip
    for key, (first_column, last_column) in spans.items():
        centred = key in ("places", "asked", "sites", "blocked")
        look = {**_HEAD, "align": "center"} if centred else _HEAD
        book.put_across(sheet, row, first_column, last_column, words(f"overview.col.{key}"), look)
    sheet.set_row(row, 15)


def _put(book: WorkbookWriter, sheet: Worksheet, row: int, span: tuple[int, int], value: object, look: Style) -> None:
    """A value on one line, cut with a visible mark when it is too long."""
    if isinstance(value, str):
        value = _one_line(value, pixels(_WIDTH, span[1] - span[0] + 1), look)
    book.put_across(sheet, row, *span, value, look)


def _one_line(text: str, room: float, look: Style) -> str:
    plain = phrases.short(text, 200)
    lines = lines_of(plain, room, look["font_size"], look.get("bold", False))
    return plain if len(lines) == 1 else lines_of(plain, room - 14, look["font_size"])[0].rstrip(" ,;(") + " …"


def _notes(book: WorkbookWriter, sheet: Worksheet, row: int, text: str) -> int:
    lines = len(lines_of(text, pixels(_WIDTH, COLUMNS), 8))
    sheet.set_row(row, 5)
    book.put_across(sheet, row + 1, 0, COLUMNS - 1, text, theme.SMALL)
    sheet.set_row(row + 1, height(lines, 8))
    return row + 1


def _print(sheet: Worksheet, last: int, date: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    sheet.print_area(0, 0, last, COLUMNS - 1)
    sheet.set_footer(f"&L&8 {footer_text(date)}&R&8 &P / &N")
