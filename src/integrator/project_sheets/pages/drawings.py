"""The charts of the overview, drawn from a block of numbers that stands to the right of what is printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from integrator.project_sheets import theme
from integrator.project_sheets.pages import summary
from integrator.project_sheets.pages.axes import LABELLED, Point, points
from integrator.project_sheets.phrases import short
from integrator.project_sheets.valuations import rows_of
from integrator.workbooks.charts import lying_bars, point_chart

if TYPE_CHECKING:
    from integrator.project_sheets.pages.job import Job
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

Draw = Callable[["WorkbookWriter", "Worksheet", int, int], Any]
"""Makes the chart of a block of numbers whose head stands at a row and column."""
AXES = ("feasibility", "value")
COLOURS: Mapping[str, str] = {"actors": theme.ACCENT, "convertible": "#C98A1B", "none": "#9AA5B1"}
_NOT_KNOWN = (summary.UNKNOWN, summary.NOBODY)
_LONGEST_NAME = 34
_ROOM_OF_A_LABEL = 22
"""A count that is less than this part of the longest bar has no room for its label inside."""


class Drawing(NamedTuple):
    """The block of a chart: its title, the heads, the rows below, and what draws it."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]
    draw: Draw
    decimals: str = "0"


def drawings(job: Job, words: Wording) -> tuple[list[Drawing], list[str]]:
    """The charts that have something to show, and a sentence for each that has not."""
    contents, marks = job.contents, job.marks
    bars = (
        ("family", summary.by_family(contents, marks), summary.OUTLOOKS),
        ("region", summary.by_region(contents, marks), ("needs",)),
        ("status", summary.by_status(contents, marks), ("needs",)),
    )
    found = [_bars(kind, slices, series, words) for kind, slices, series in bars if slices]
    said = [words(f"overview.no_chart.{kind}") for kind, slices, _ in bars if not slices]
    axes = {row["need_id"]: row for row in rows_of(job.tables["axes"])}
    shown = points(*AXES, axes, sorted(contents, key=lambda one: _rank(axes.get(one.need["need_id"]))))
    if shown:
        found.insert(2, _scatter(shown, len(contents), words))
    else:
        pair = {"up": words("pages.col.value"), "across": words("pages.col.feasibility")}
        said.append(words("pages.axes.no_chart", **pair))
    return found, said


def _rank(row: Mapping[str, Any] | None) -> float:
    return float("inf") if row is None or row["rank"] is None else float(row["rank"])


def _bars(kind: str, slices: Sequence[summary.Slice], series: Sequence[str], words: Wording) -> Drawing:
    heads = tuple(words(f"overview.series.{one}") for one in series)
    colours = [COLOURS.get(one, theme.ACCENT) for one in series]
    title = words(f"overview.chart.{kind}")
    is_stacked = len(series) > 1
    longest = max(one.total for one in slices)
    least = -(-longest // _ROOM_OF_A_LABEL) if is_stacked else 1
    pale = [at for at, one in enumerate(slices) if one.key in _NOT_KNOWN and not is_stacked]

    def draw(book: WorkbookWriter, sheet: Worksheet, row: int, column: int) -> Any:
        end = row + len(slices)
        drawn = [
            (head, (row + 1, column + at, end, column + at), colour)
            for at, (head, colour) in enumerate(zip(heads, colours, strict=True), start=1)
        ]
        return lying_bars(book, sheet, title, (row + 1, column, end, column), drawn, least, pale)

    rows = [(short(_name(kind, one.key, words), _LONGEST_NAME), *one.counts) for one in slices]
    return Drawing(title, (words(f"overview.kind.{kind}"), *heads), rows, draw)


def _name(kind: str, key: str, words: Wording) -> str:
    if key in (summary.OTHERS, *_NOT_KNOWN):
        return words(f"overview.{kind}.{key}")
    return words.known(f"status.{key}", key) if kind == "status" else key


def _scatter(shown: Sequence[Point], total: int, words: Wording) -> Drawing:
    title = words("overview.chart.points", count=words.number(len(shown)), total=words.number(total))
    across, up = (words(f"pages.col.{one}") for one in AXES)

    def draw(book: WorkbookWriter, sheet: Worksheet, row: int, column: int) -> Any:
        end = row + len(shown)
        areas = ((row + 1, column + 1, end, column + 1), (row + 1, column + 2, end, column + 2))
        labels = {at: point.label for at, point in enumerate(shown) if at < LABELLED}
        return point_chart(book, sheet, title, (across, up), areas, labels)

    heads = (words("pages.col.sheet"), *(words(f"pages.col.{one}") for one in AXES))
    return Drawing(title, heads, [(one.label, one.across, one.up) for one in shown], draw, "0.00")
