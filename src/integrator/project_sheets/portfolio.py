"""The first page: one line a need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.page import text_height

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

COLUMNS: Mapping[str, float] = {
    "sheet": 9, "buyer": 14, "component": 34, "hs": 9, "volume": 12, "volume_kind": 17, "origin": 15, "best": 13,
    "grade4": 6, "grade3": 6, "grade2": 6, "actor1": 21, "actor2": 21, "actor3": 21, "value": 10, "currency": 7,
    "value_note": 20, "completeness": 10, "confidence": 10,
}  # fmt: skip
_FIRST_LINE = 8


def write_portfolio(
    book: WorkbookWriter, name: str, contents: Sequence[SheetContent], suppliers: Mapping[str, str], date: str,
    words: Wording,
) -> None:  # fmt: skip
    """Write the portfolio; `suppliers` gives the name of each supplier id."""
    sheet = book.sheet(name)
    sheet.hide_gridlines(2)
    for column, width in enumerate(COLUMNS.values()):
        sheet.set_column(column, column, width)
    _title(book, sheet, contents, len(suppliers), date, words)
    _cards(book, sheet, contents, words)
    header = _FIRST_LINE - 1
    for column, key in enumerate(COLUMNS):
        book.put(sheet, header, column, words(f"portfolio.col.{key}"), theme.HEAD)
    sheet.set_row(header, 28)
    for row, content in enumerate(contents, start=_FIRST_LINE):
        _line(book, sheet, row, content, suppliers, words)
    last = _FIRST_LINE + len(contents) - 1
    sheet.autofilter(header, 0, max(last, header), len(COLUMNS) - 1)
    sheet.freeze_panes(_FIRST_LINE, 3)
    book.put(sheet, last + 2, 0, words("portfolio.note"), {**theme.SMALL, "text_wrap": False})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.5)
    sheet.repeat_rows(header)
    sheet.print_area(0, 0, last + 2, len(COLUMNS) - 1)
    sheet.set_footer(f"&L&8{date}&R&8&P / &N")


def _title(
    book: WorkbookWriter,
    sheet: Worksheet,
    contents: Sequence[SheetContent],
    suppliers: int,
    date: str,
    words: Wording,
) -> None:
    last = len(COLUMNS) - 1
    book.put_across(sheet, 0, 0, last, words("portfolio.title"), theme.BAND_TITLE)
    count = words("portfolio.subtitle", needs=len(contents), suppliers=suppliers)
    book.put_across(sheet, 1, 0, last, "  |  ".join(part for part in (count, date) if part), theme.BAND_SUB)
    sheet.set_row(0, 30)
    sheet.set_row(1, 17)
    sheet.set_row(2, 6)


def _cards(book: WorkbookWriter, sheet: Worksheet, contents: Sequence[SheetContent], words: Wording) -> None:
    best = [content.opportunity["best_grade"] for content in contents]
    counts = {
        "maker": sum(grade == 4 for grade in best),
        "sibling": sum(grade == 3 for grade in best),
        "convertible": sum(grade == 2 for grade in best),
        "nobody": sum(grade is None or grade < 2 for grade in best),
    }
    places = ((0, 2), (3, 6), (7, 11), (12, 13))
    for (first, last), (key, count) in zip(places, counts.items(), strict=True):
        value = theme.CARD_SIGNAL if key == "nobody" else theme.CARD_VALUE
        book.put_across(sheet, 3, first, last, count, {**value, "align": "left", "font_size": 20})
        book.put_across(sheet, 4, first, last, words(f"portfolio.card.{key}"), theme.CARD_NOTE)
    sheet.set_row(3, 28)
    sheet.set_row(4, 16)
    sheet.set_row(5, 6)
    sheet.set_row(6, 2)


def _line(
    book: WorkbookWriter, sheet: Worksheet, row: int, content: SheetContent, suppliers: Mapping[str, str],
    words: Wording,
) -> None:  # fmt: skip
    opportunity = content.opportunity
    values = _values(content, suppliers, words)
    formats: dict[str, dict[str, Any]] = {
        "volume": {"num_format": words.integer_format},
        "value": {"num_format": "0.0"},
        "completeness": {"num_format": words.percent_format},
    }
    for column, key in enumerate(COLUMNS):
        look = {**theme.ROW, **formats.get(key, {})}
        if key == "best":
            grade = opportunity["best_grade"]
            look = theme.grade_style(grade) if grade is not None else look
        if key == "sheet":
            target = f"internal:'{opportunity['sheet_id']}'!A1"
            book.link(sheet, row, column, target, values[key], {**theme.LINK, "bottom": 4})
        else:
            book.put(sheet, row, column, values[key], look)
    heights = [text_height(str(values[key] or ""), width) for key, width in COLUMNS.items()]
    sheet.set_row(row, max(15.0, *heights))


def _values(content: SheetContent, suppliers: Mapping[str, str], words: Wording) -> dict[str, Any]:
    need, opportunity = content.need, content.opportunity
    gross = opportunity["gross_value"]
    actors = {f"actor{i}": suppliers.get(opportunity[f"actor_{i}"], "") for i in (1, 2, 3)}
    return {
        "sheet": opportunity["sheet_id"],
        "buyer": phrases.buyer(need, words),
        "component": opportunity["component"],
        "hs": need["hs_code"],
        "volume": opportunity["volume"],
        "volume_kind": _volume_kind(need, words),
        "origin": need["imported_from"],
        "best": phrases.grade(opportunity["best_grade"], words),
        "grade4": opportunity["actors_4"],
        "grade3": opportunity["actors_3"],
        "grade2": opportunity["actors_2"],
        **actors,
        "value": gross / 1e6 if gross is not None else None,
        "currency": opportunity["currency"],
        "value_note": phrases.value_note(opportunity, words),
        "completeness": opportunity["completeness"],
        "confidence": words.known(f"confidence.{need['confidence']}", need["confidence"]),
    }


def _volume_kind(need: dict[str, Any], words: Wording) -> str:
    kind = phrases.volume_kind(need, words)
    unit = words.known(f"unit.{need['volume_unit']}", str(need["volume_unit"]))
    period = words(f"period.{need['volume_period']}")
    return f"{unit}{period}, {kind}" if kind else ""
