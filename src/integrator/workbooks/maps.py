"""A map as a chart: dots at longitude and latitude, names of places, an outline; east is right in every language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from integrator.workbooks.charts import FONT, Area, dress, inert
from integrator.workbooks.writing import WorkbookWriter, Worksheet

Areas = tuple[Area, Area]
"""The cells of longitudes and those of latitudes."""
_LINE = {"color": "#9AA5B1", "width": 0.75}
_NO_MARKER = {"type": "none"}
_UNSEEN = {"type": "circle", "size": 14, "fill": {"none": True}, "border": {"none": True}}
"""A marker that keeps a name off the dots at its position."""


class Dots(NamedTuple):
    """One series: its name, cells, colour and size in points; circles or crosses."""

    name: str
    areas: Areas
    colour: str
    size: int
    is_cross: bool = False


class Names(NamedTuple):
    """Names beside positions, on their right or left."""

    areas: Areas
    texts: Sequence[str]
    is_left: bool = False


class Outline(NamedTuple):
    """A line through cells; an empty cell interrupts it."""

    name: str
    areas: Areas


def map_chart(
    book: WorkbookWriter, sheet: Worksheet, bounds: tuple[float, float, float, float], dots: Sequence[Dots],
    names: Sequence[Names], outline: Outline | None, bottom: float,
) -> Any:  # fmt: skip
    """A chart without axes whose plot fills the sheet of the chart down to `bottom` (0 to 1), above the legend.

    `bounds`: west, east, south, north. Later dots lie on earlier ones; the outline lies below, the names on top.
    """
    chart = book.chart("scatter", keeps_sides=True)
    sheet_name = sheet.get_name()
    unnamed: list[int] = []

    def add(name: str, areas: Areas, **looks: Any) -> None:
        cells = {"categories": [sheet_name, *areas[0]], "values": [sheet_name, *areas[1]]}
        chart.add_series({"name": inert(name), **cells, **looks})

    if outline:
        add(outline.name, outline.areas, line=_LINE, marker=_NO_MARKER)
    for one in dots:
        add(one.name, one.areas, line={"none": True}, marker=_marker(one))
    for at, beside in enumerate(names, start=len(dots) + bool(outline)):
        custom = [{"value": inert(text)} for text in beside.texts]
        side = "left" if beside.is_left else "right"
        label = {"value": True, "custom": custom, "position": side, "font": {**FONT, "size": 8}}
        add("", beside.areas, line={"none": True}, marker=_UNSEEN, data_labels=label)
        unnamed.append(at)
    dress(chart, "")
    west, east, south, north = bounds
    bare = {"visible": False, "major_gridlines": {"visible": False}}
    chart.set_x_axis({**bare, "min": west, "max": east})
    chart.set_y_axis({**bare, "min": south, "max": north})
    chart.set_plotarea({"fill": {"none": True}, "layout": {"x": 0.0, "y": 0.0, "width": 1.0, "height": bottom}})
    chart.set_legend({"position": "bottom", "font": FONT, "delete_series": unnamed})
    return chart


def _marker(one: Dots) -> dict[str, Any]:
    if one.is_cross:
        return {
            "type": "x",
            "size": one.size,
            "border": {"color": one.colour, "width": 2},
            "fill": {"color": one.colour},
        }
    border = {"color": "#FFFFFF", "width": 0.5}
    return {"type": "circle", "size": one.size, "fill": {"color": one.colour}, "border": border}
