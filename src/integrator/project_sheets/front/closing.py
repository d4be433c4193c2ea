"""The foot of page one: what is missing to decide, and where the actors are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator import places
from integrator.project_sheets import theme
from integrator.project_sheets.content import LEADING
from integrator.project_sheets.grouping import by_sentence
from integrator.project_sheets.page import COLUMN_WIDTH, PAGE_HEIGHT, Cell, clipped
from integrator.text.remarks import apart
from integrator.workbooks.charts import place_chart, stacked_chart
from integrator.workbooks.wrapping import pixels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from integrator.project_sheets.content import Actor, SheetContent
    from integrator.project_sheets.page import Page
    from integrator.wording import Wording

_ROWS = 8
_ROW = 19.5
"""Points of a row beside the chart."""
_AROUND_ROWS = 44.0
"""Points of their head and of the note at the foot of the page."""
_MOST_REGIONS = 6
_AROUND, _BAR = 38.0, 30.0
"""Points of a chart around its bars, and of a bar at most: one bar is not a wall."""
_LEAST_LEFT = 110.0
"""Points that must be left on page one for the chart."""


def write_closing(page: Page, content: SheetContent, words: Wording) -> None:
    """Left the questions that decide, right the actors by region and grade; as high as the page has room."""
    rows = max(min(_ROWS, int((PAGE_HEIGHT - page.used - _AROUND_ROWS) / _ROW)), 0)
    if not rows:
        return  # texts of extreme length have filled the page; the questions stand in their section
    page.line(
        [Cell(7, words("front.missing"), theme.FRONT_HEAD), Cell(5, words("front.where"), theme.FRONT_HEAD)], least=16
    )
    regions = by_region((*content.actors, *content.excluded))
    questions = _questions(content, words)
    if rows * _ROW >= _LEAST_LEFT and regions:
        _chart(page, regions, rows, words)
    before = ""
    for place in range(rows):
        who, text = questions[place] if place < len(questions) else ("", "")
        if place == rows - 1 and len(questions) > rows:
            who, text = "", words("front.more_questions", count=len(questions) - rows + 1)
        shown = who if who != before else ""
        before = who
        look = theme.SMALL_ROW if text else theme.SMALL_TEXT
        page.line([Cell(2, shown, theme.SMALL_LABEL), Cell(5, clipped(text, 5, 1, size=8), look)], least=_ROW)


def _questions(content: SheetContent, words: Wording) -> list[tuple[str, str]]:
    """Whom to ask, and what: the buyer first, then the first actors, each question once."""
    asked = [(words("front.ask_buyer"), one) for one in apart(content.opportunity["questions"])]
    return asked + [(words("front.ask_actor"), one) for one, _ in by_sentence(content.actors[:LEADING], "questions")]


def by_region(actors: Sequence[Actor]) -> list[tuple[str, dict[int, int]]]:
    """Actors of grade 1 or better by region and grade, the region with most of the best first; "" is unknown."""
    found: dict[str, dict[int, int]] = {}
    for actor in actors:
        grade = int(actor.match["grade"])
        if grade >= 1:
            counts = found.setdefault(str(actor.supplier["region"]), {})
            counts[grade] = counts.get(grade, 0) + 1
    return sorted(found.items(), key=lambda item: ([-item[1].get(grade, 0) for grade in (4, 3, 2, 1)], item[0]))


def _chart(page: Page, regions: list[tuple[str, dict[int, int]]], rows: int, words: Wording) -> None:
    shown = regions[:_MOST_REGIONS]
    rest = regions[_MOST_REGIONS:]
    if rest:
        shown = [*shown, (words("front.other_regions"), _summed(counts for _, counts in rest))]
    grades = [grade for grade in (4, 3, 2, 1) if any(grade in counts for _, counts in shown)]
    columns: dict[str, Sequence[object]] = {words("actors.col.place"): [_short(name, words) for name, _ in shown]}
    for grade in grades:
        columns[words(f"grade.{grade}")] = [counts.get(grade, 0) for _, counts in shown]
    names, series = page.beside(columns, [theme.GRADE_COLOURS[grade] for grade in grades], "0")
    chart = stacked_chart(page.book, page.sheet, "", names, series, "0", is_upright=False)
    width = pixels(COLUMN_WIDTH, 5)
    tall = min(rows * _ROW, _AROUND + len(shown) * _BAR)
    place_chart(page.sheet, page.row, chart, (width, tall * 4 / 3), column=7)


def _short(region: str, words: Wording) -> str:
    return places.region_name(region, words.language) or words("front.unknown_region")


def _summed(several: Iterable[Mapping[int, int]]) -> dict[int, int]:
    total: dict[int, int] = {}
    for counts in several:
        for grade, count in counts.items():
            total[grade] = total.get(grade, 0) + count
    return total
