"""Where each opportunity stands on value, feasibility, jobs and readiness: a chart of both pairs, and the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.lists import Styled, write_list
from integrator.project_sheets.pages.above import text_line, total_line
from integrator.project_sheets.valuations import Row, rows_of
from integrator.project_sheets.valued.amounts import Amount, amount, amount_cell, amount_text
from integrator.workbooks.charts import place_half, point_chart

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.pages.job import Job
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

AXES = ("value", "feasibility", "jobs", "readiness")
TOTALS = (
    "gross_import_replaced", "net_domestic_value", "net_domestic_value_certain", "remaining_imports", "jobs",
)  # fmt: skip
_WIDTHS = {
    "rank": 6, "sheet": 9, "component": 30, "buyer": 15, "value": 9, "feasibility": 9, "jobs": 9, "readiness": 9,
    "composite": 10, "places": 9, "places_uncertain": 9, "gap": 12, "net": 22, "headcount": 18,
}  # fmt: skip
_FIGURE_OF = {"value": "net_domestic_value", "jobs": "jobs"}
"""Axes that rest on a figure which may be an estimate."""
_CHARTS = (("feasibility", "value"), ("readiness", "jobs"))
LABELLED = 12
"""So many points of a chart bear their name: those that rank first."""
_CHART_ROWS = 18


class Point(NamedTuple):
    """One opportunity in a chart."""

    label: str
    rank: float
    across: float
    up: float


def write_axes(book: WorkbookWriter, name: str, job: Job, words: Wording) -> None:
    """The sums of the job, both charts, and one row an opportunity in order of its rank."""
    axes = {row["need_id"]: row for row in rows_of(job.tables["axes"])}
    contents = sorted(job.contents, key=lambda one: _place(axes.get(one.need["need_id"])))
    heads = {words(f"pages.col.{key}"): width for key, width in _WIDTHS.items()}

    def above(sheet: Worksheet, row: int) -> int:
        last = len(_WIDTHS) - 1
        row = text_line(book, sheet, row, last, words("pages.axes.title"), theme.SECTION)
        for figure in TOTALS:
            row = total_line(book, sheet, row, last, job.whole, figure, words)
        row = text_line(book, sheet, row, last, unknown_line(axes, contents, words), theme.SMALL)
        row = _charts(book, sheet, row, (axes, contents), words)
        return text_line(book, sheet, row, last, words("pages.axes.note"), theme.SMALL)

    rows = [_line(one, axes.get(one.need["need_id"]), job, words) for one in contents]
    write_list(book, name, heads, rows, words, above=above)


def _place(row: Row | None) -> tuple[bool, float]:
    rank = row["rank"] if row else None
    return rank is None, rank or 0.0


def unknown_line(axes: Mapping[str, Row], contents: Sequence[SheetContent], words: Wording) -> str:
    """How many opportunities have no position on each axis, and no cost gap."""
    counts = {
        axis: sum(axes[need]["rank"] is None or axes[need][f"{axis}_low"] is None for need in axes) for axis in AXES
    }
    gaps = sum(row["gap_low"] is None for row in axes.values())
    said = [words.told(words(f"pages.col.{axis}"), words.number(count)) for axis, count in counts.items()]
    said.append(words.told(words("pages.col.gap"), words.number(gaps)))
    return words("pages.axes.unknown", total=words.number(len(contents)), counts=words.joined(said))


def _charts(
    book: WorkbookWriter, sheet: Worksheet, row: int, of: tuple[Mapping[str, Row], Sequence[SheetContent]],
    words: Wording,
) -> int:  # fmt: skip
    """Value against feasibility and jobs against readiness, where two axes are known of some opportunity."""
    drawn = [(pair, points(*pair, *of)) for pair in _CHARTS]
    for (across, up), found in drawn:
        if not found:
            text = words("pages.axes.no_chart", up=words(f"pages.col.{up}"), across=words(f"pages.col.{across}"))
            row = text_line(book, sheet, row, len(_WIDTHS) - 1, text, theme.SMALL)
    shown = [one for one in drawn if one[1]]
    for number, (pair, found) in enumerate(shown):
        _chart(book, sheet, (row, number), pair, found, words)
    return row + _CHART_ROWS + 1 if shown else row


def points(across: str, up: str, axes: Mapping[str, Row], contents: Sequence[SheetContent]) -> list[Point]:
    """The opportunities of which both positions are known, in the order of `contents`."""
    found = []
    for content in contents:
        row = axes.get(content.need["need_id"])
        if row and row[across] is not None and row[up] is not None:
            found.append(Point(content.opportunity["sheet_id"], _place(row)[1], row[across], row[up]))
    return found


def _chart(
    book: WorkbookWriter, sheet: Worksheet, place: tuple[int, int], pair: tuple[str, str], drawn: Sequence[Point],
    words: Wording,
) -> None:  # fmt: skip
    """The numbers of a chart stand to the right of what is printed."""
    row, number = place
    first = len(_WIDTHS) + 1 + 4 * number
    heads = (words("pages.col.sheet"), *(words(f"pages.col.{axis}") for axis in pair))
    for column, head in enumerate(heads, start=first):
        book.put(sheet, row, column, head, theme.SMALL)
    for below, point in enumerate(drawn, start=row + 1):
        for column, value in enumerate((point.label, point.across, point.up), start=first):
            book.put(sheet, below, column, value, {**theme.SMALL, "num_format": "0.00"})
    end = row + len(drawn)
    areas = ((row + 1, first + 1, end, first + 1), (row + 1, first + 2, end, first + 2))
    labels = {at: point.label for at, point in enumerate(drawn) if at < LABELLED}
    names = tuple(words(f"pages.axes.{axis}") for axis in pair)
    title = words("pages.axes.chart", up=words(f"pages.col.{pair[1]}"), across=words(f"pages.col.{pair[0]}"))
    chart = point_chart(book, sheet, title, (names[0], names[1]), areas, labels)
    place_half(sheet, row, chart, (number, 2), tuple(_WIDTHS.values()), _CHART_ROWS)


def _line(content: SheetContent, row: Row | None, job: Job, words: Wording) -> list[object]:
    valued = content.valued
    row = row or {}
    marked = {axis: valued.is_estimated(figure) for axis, figure in _FIGURE_OF.items()}
    axes = [_position(row, axis, marked.get(axis, False), words) for axis in AXES]
    gap = valued.figure("cost_gap")
    return [
        Styled(row.get("rank"), {**theme.ROW, "align": "center"}),
        job.link(content),
        phrases.short(phrases.component(content.need, words), 120),
        phrases.short(phrases.buyer(content.need, words), 60),
        *axes,
        _position(row, "composite", any(marked.values()), words),
        places(row, "", words),
        places(row, "_uncertain", words),
        _shown(_of(row, "gap", "share", gap is not None and valued.is_estimated("cost_gap")), words),
        *(_shown(_figure(content, name), words) for name in ("net_domestic_value", "jobs")),
    ]


def _position(row: Row, axis: str, is_estimated: bool, words: Wording) -> Styled:
    return _shown(_of(row, axis, "position", is_estimated), words)


def _of(row: Row, name: str, unit: str, is_estimated: bool) -> Amount | None:
    return amount(row, name, unit, is_estimated=is_estimated) if row else None


def _figure(content: SheetContent, name: str) -> Amount | None:
    row = content.valued.figure(name)
    return amount(row) if row else None


def _shown(value: Amount | None, words: Wording) -> Styled:
    """A number where it is one; an interval in short."""
    cell = amount_cell(1, value, words, theme.ROW)
    text = cell.value if value is None or value.is_exact else amount_text(value, words, short=True)
    return Styled(text, cell.style)


def places(row: Row, kind: str, words: Wording) -> str:
    """The places that an opportunity can take: `3 à 7`; "" when it has none. `kind`: "" or "_uncertain"."""
    best, worst = row.get(f"best_rank{kind}"), row.get(f"worst_rank{kind}")
    if best is None or worst is None:
        return ""
    return str(best) if best == worst else words("worth.between", low=best, high=worst)
