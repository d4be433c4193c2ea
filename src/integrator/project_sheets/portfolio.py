"""The list of needs: one line a need, to filter, with a link to its sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.notice import write_notice
from integrator.project_sheets.pages.tags import TAGS
from integrator.workbooks.wrapping import height, lines_of, pixels
from integrator.workbooks.writing import footer_text

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.pages.job import Job
    from integrator.project_sheets.pages.marks import Marks
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

LIST = "portfolio.sheet"
"""The key of its name."""
COLUMNS: Mapping[str, float] = {
    "sheet": 9, "component": 29, "family": 16, "buyer": 13, "volume": 10, "volume_kind": 15, "best": 11, "grade4": 5,
    "grade3": 5, "grade2": 5, "actors": 27, "region": 15, "value": 11, "ev": 12, "decarbonation": 14, "status": 11,
    "owner": 12, "due": 9,
}  # fmt: skip
_ON_SCREEN: Mapping[str, float] = {
    "hs": 9, "origin": 24, "value_note": 46, "completeness": 11, "confidence": 11,
}  # fmt: skip
"""Columns to the right of what is printed, so that the print stays legible."""
_ALL = {**COLUMNS, **_ON_SCREEN}
_UNKNOWN: theme.Style = {"font_color": theme.GREY, "italic": True, "font_size": 8}
_AWAY: theme.Style = {"indent": 1, "align": "left"}
"""Of a text beside a number that ends where it begins."""
_CURRENCY = re.compile(r"[A-Za-z]{1,4}")
"""What may stand inside a cell format; currencies come from the users' files."""
_CENTRED = {"best", "grade4", "grade3", "grade2", "completeness", "confidence"}
_HEADER = 6
"""Rows above the head of the list: title, cards and air."""
_LONGEST_TEXT = 160
"""Longer texts are shortened here with a visible mark; the sheet of the need holds the whole text."""


def write_portfolio(book: WorkbookWriter, name: str, job: Job, words: Wording) -> None:
    """Write the list of the needs of a job."""
    contents, date = job.contents, job.date
    sheet = book.sheet(name)
    sheet.hide_gridlines(2)
    for column, width in enumerate(_ALL.values()):
        sheet.set_column(column, column, width)
    top = write_notice(book, sheet, 0, len(COLUMNS) - 1)
    _title(book, sheet, top, job, words)
    _cards(book, sheet, top + 3, contents, words)
    header = top + _HEADER
    for column, key in enumerate(_ALL):
        look = theme.HEAD_CENTRE if key in _CENTRED else theme.HEAD
        book.put(sheet, header, column, words(f"portfolio.col.{key}"), look)
    sheet.set_row(header, 28)
    for row, content in enumerate(contents, start=header + 1):
        need_id = content.need["need_id"]
        values = _values(content, job.marks[need_id], words)
        _line(book, sheet, row, job.sheets.get(need_id), values, content.opportunity, words)
    last = header + len(contents)
    sheet.autofilter(header, 0, max(last, header), len(_ALL) - 1)
    sheet.freeze_panes(header + 1, 2)
    book.put_across(sheet, last + 2, 0, len(COLUMNS) - 1, words("portfolio.note"), theme.SMALL)
    sheet.set_row(last + 2, 26)
    _print(sheet, header, last + 2, date)


def _print(sheet: Worksheet, header: int, last: int, date: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.3, right=0.3, top=0.35, bottom=0.5)
    sheet.repeat_rows(header)
    sheet.print_area(0, 0, last, len(COLUMNS) - 1)
    sheet.set_footer(f"&L&8 {footer_text(date)}&R&8 &P / &N")


def _title(book: WorkbookWriter, sheet: Worksheet, row: int, job: Job, words: Wording) -> None:
    last = len(COLUMNS) - 1
    book.put_across(sheet, row, 0, last, words("portfolio.title"), theme.BAND_TITLE)
    sizes = {"needs": words.number(len(job.contents)), "suppliers": words.number(len(job.tables["suppliers"]))}
    subtitle = (words("portfolio.subtitle", **sizes), job.cut(words), job.date)
    book.put_across(sheet, row + 1, 0, last, "  |  ".join(filter(None, subtitle)), theme.BAND_SUB)
    for below, points in enumerate((30, 17, 6)):
        sheet.set_row(row + below, points)


def _cards(book: WorkbookWriter, sheet: Worksheet, row: int, contents: Sequence[SheetContent], words: Wording) -> None:
    best = [content.opportunity["best_grade"] for content in contents]
    counts = {
        "needs": len(contents),
        "maker": sum(grade == 4 for grade in best),
        "sibling": sum(grade == 3 for grade in best),
        "convertible": sum(grade == 2 for grade in best),
        "nobody": sum(grade is None or grade < 2 for grade in best),
    }
    places = ((0, 0), (1, 1), (2, 4), (5, 9), (10, 10))
    for (first, last), (key, count) in zip(places, counts.items(), strict=True):
        value = theme.CARD_SIGNAL if key == "nobody" else theme.CARD_VALUE
        book.put_across(sheet, row, first, last, count, {**value, "align": "left", "font_size": 20})
        book.put_across(sheet, row + 1, first, last, words(f"portfolio.card.{key}"), theme.CARD_NOTE)
    for below, points in enumerate((28, 16, 6)):
        sheet.set_row(row + below, points)


def _line(
    book: WorkbookWriter, sheet: Worksheet, row: int, target: str | None, values: Mapping[str, Any],
    opportunity: Mapping[str, Any], words: Wording,
) -> None:  # fmt: skip
    grade = opportunity["best_grade"]
    formats: dict[str, dict[str, Any]] = {
        "volume": {"num_format": words.number_format(values["volume"] or 0)},
        "value": _money(values["value"], opportunity["currency"], words),
        **{key: {**(_UNKNOWN if not values[key] else {}), **_AWAY} for key in TAGS},
        "completeness": {"num_format": words.percent_format},
    }
    for column, key in enumerate(_ALL):
        look = {**theme.ROW, **formats.get(key, {}), **({"align": "center"} if key in _CENTRED else {})}
        if key == "best" and grade is not None:
            look = {**look, "bold": True, "font_color": theme.GRADE_INK[grade]}
        if key == "volume_kind":
            look = {**look, **_AWAY}
        if key == "sheet" and target:
            book.link_sheet(sheet, row, column, target, values[key], {**theme.LINK, "bottom": 4})
        else:
            book.put(
                sheet, row, column, values[key] or words("portfolio.not_tagged") if key in TAGS else values[key], look
            )
    texts = ((values[key], width) for key, width in _ALL.items() if isinstance(values[key], str))
    lines = max((len(lines_of(text, pixels(width))) for text, width in texts), default=1)
    sheet.set_row(row, max(15.0, height(lines)))


def _money(value: object, currency: str, words: Wording) -> theme.Style:
    """The look of a value in millions, with its currency beside the number."""
    if not isinstance(value, float):
        return {**_UNKNOWN, "align": "right"}
    tail = f'" {currency}"' if _CURRENCY.fullmatch(currency) else ""
    return {"num_format": words.number_format(0.5) + tail}


def _values(content: SheetContent, marks: Marks, words: Wording) -> dict[str, Any]:
    need, opportunity = content.need, content.opportunity
    gross = opportunity["gross_value"]
    texts = {
        "buyer": phrases.buyer(need, words),
        "component": phrases.component(need, words),
        "hs": need["hs_code"],
        "volume_kind": _volume_kind(opportunity, need, words),
        "origin": need["imported_from"],
        "best": phrases.grade(opportunity["best_grade"], words),
        "value_note": _value_note(opportunity, words),
        "confidence": words.known(f"confidence.{need['confidence']}", need["confidence"]),
        "family": marks.family or words("overview.family.unknown"),
        "region": marks.region or ("" if marks.has_actor else words("overview.region.nobody")),
        "status": words.known(f"status.{marks.status}", marks.status),
        "owner": marks.owner,
        "due": marks.due,
        **{tag: ", ".join(marks.tags.get(tag, ())) for tag in TAGS},
    }
    return {
        **{key: phrases.short(text, _LONGEST_TEXT) for key, text in texts.items()},
        "actors": "\n".join(phrases.short(name, 60) for name in content.leading),
        "sheet": opportunity["sheet_id"],
        "volume": opportunity["volume"],
        "grade4": opportunity["actors_4"],
        "grade3": opportunity["actors_3"],
        "grade2": opportunity["actors_2"],
        "value": gross / 1e6 if gross is not None else _no_value(opportunity, words),
        "completeness": opportunity["completeness"],
    }


def _no_value(opportunity: Mapping[str, Any], words: Wording) -> str:
    """That a value is withheld is not that nobody knows it."""
    return words("level.word" if opportunity["value_missing"] == "confidential" else "pages.unknown")


def _value_note(opportunity: Mapping[str, Any], words: Wording) -> str:
    note = phrases.value_note(dict(opportunity), words)
    return f"{opportunity['currency']}, {note}" if opportunity["gross_value"] is not None else note


def _volume_kind(opportunity: dict[str, Any], need: dict[str, Any], words: Wording) -> str:
    """Unit and kind of the number in the column before; of a range, which has no one number, its ends too."""
    kind = phrases.volume_kind(need, words)
    unit = words.known(f"unit.{need['volume_unit']}", str(need["volume_unit"]))
    period = words(f"period.{need['volume_period']}")
    text = phrases.volume(opportunity, need, words) if opportunity["volume"] is None else f"{unit}{period}"
    return ", ".join(part for part in (text, kind) if part) if kind else ""
