"""Charts of cells of a sheet, in the colours of the workbooks; no text of the inputs becomes a formula."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from integrator.workbooks.wrapping import pixels
from integrator.workbooks.writing import WorkbookWriter, Worksheet, clean

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, 0-based."""
_ROW_PIXELS = 20
"""Of a row whose height nobody set."""
_POINT, _PALE = "#1B7F8C", "#9AA5B1"
FONT = {"name": "Calibri", "size": 9, "color": "#5F6B78"}
"""Of every text of a chart."""
_RULE = {"color": "#E3E8ED", "width": 0.5}
_GRID = {"visible": True, "line": _RULE}


def bar_chart(
    book: WorkbookWriter, sheet: Worksheet, title: str, names: Area, series: Sequence[tuple[str, Area, str]],
    number: str,
) -> Any:  # fmt: skip
    """Groups of upright bars; `names` are the cells that name the groups, `number` the format of the axis.

    A series is its name, its cells and its colour.
    """
    chart = book.chart("column")
    place = sheet.get_name()
    for name, area, colour in series:
        chart.add_series(
            {
                "name": inert(name), "categories": [place, *names], "values": [place, *area],
                "fill": {"color": colour}, "gap": 60,
                "data_labels": {"value": True, "font": {**FONT, "size": 8}, "num_format": number},
            }
        )  # fmt: skip
    dress(chart, title)
    chart.set_x_axis({"num_font": FONT})
    chart.set_y_axis({"num_font": FONT, "num_format": number, "major_gridlines": _GRID, "min": 0})
    chart.set_legend({"position": "bottom", "font": FONT})
    return chart


def lying_bars(
    book: WorkbookWriter, sheet: Worksheet, title: str, names: Area, series: Sequence[tuple[str, Area, str]],
    least_label: int = 1, pale: Collection[int] = (),
) -> Any:  # fmt: skip
    """Counts as bars from the left, the first cell on top; several series are stacked and named below.

    A series is its name, its cells and its colour. Counts below `least_label` bear no label: their bars are too short
    for it. `pale` are the places of bars that say what is not known.
    """
    is_stacked = len(series) > 1
    chart = book.chart("bar", "stacked" if is_stacked else "")
    place = sheet.get_name()
    font = {**FONT, "size": 8, **({"color": "#FFFFFF", "bold": True} if is_stacked else {})}
    count = names[2] - names[0] + 1
    for name, area, colour in series:
        points = [{"fill": {"color": _PALE}} if at in pale else None for at in range(count)] if pale else None
        chart.add_series(
            {
                "name": inert(name), "categories": [place, *names], "values": [place, *area],
                "fill": {"color": colour}, "border": {"none": True}, "gap": 35, "points": points,
                "data_labels": {"value": True, "font": font, "num_format": f"[>={least_label}]0;;;"},
            }
        )  # fmt: skip
    dress(chart, title)
    names_axis = {"reverse": True, "major_tick_mark": "none", "line": _RULE, "interval_unit": 1}
    chart.set_y_axis({"num_font": {**FONT, "size": 8}, **names_axis})
    chart.set_x_axis({"visible": False, "major_gridlines": _GRID, "min": 0})
    chart.set_legend({"position": "bottom", "font": FONT} if is_stacked else {"none": True})
    return chart


def point_chart(
    book: WorkbookWriter, sheet: Worksheet, title: str, axes: tuple[str, str], areas: tuple[Area, Area],
    labels: Mapping[int, str],
) -> Any:  # fmt: skip
    """Points of positions from 0 to 1; `areas` hold both positions, `labels` the texts of some points by place."""
    chart = book.chart("scatter")
    place = sheet.get_name()
    count = areas[0][2] - areas[0][0] + 1
    beyond = "left" if book.rtl else "right"
    custom = [{"value": inert(labels[at])} if at in labels else {"delete": True} for at in range(count)]
    chart.add_series(
        {
            "categories": [place, *areas[0]], "values": [place, *areas[1]],
            "marker": {"type": "circle", "size": 6, "fill": {"color": _POINT}, "border": {"color": "#FFFFFF"}},
            "data_labels": {"value": True, "custom": custom, "position": beyond, "font": FONT},
        }
    )  # fmt: skip
    dress(chart, title)
    for set_axis, name in ((chart.set_x_axis, axes[0]), (chart.set_y_axis, axes[1])):
        set_axis(
            {
                "name": inert(name), "name_font": {**FONT, "bold": False}, "num_font": FONT, "min": 0, "max": 1,
                "major_unit": 0.25, "num_format": "0.00", "major_gridlines": _GRID,
            }
        )  # fmt: skip
    chart.set_legend({"none": True})
    return chart


def stacked_chart(
    book: WorkbookWriter, sheet: Worksheet, title: str, names: Area, series: Sequence[tuple[str, Area, str]],
    number: str, *, is_upright: bool,
) -> Any:  # fmt: skip
    """Bars that are sums of their series, upright or lying, the first name on the left or on top."""
    chart = book.chart("column" if is_upright else "bar", "stacked")
    place = sheet.get_name()
    for name, area, colour in series:
        chart.add_series(
            {
                "name": inert(name), "categories": [place, *names], "values": [place, *area],
                "fill": {"color": colour}, "gap": _gap(names),
                "data_labels": {
                    "value": True, "font": {**FONT, "size": 8, "color": _ink_on(colour)}, "num_format": f"{number};;;",
                },
            }
        )  # fmt: skip
    dress(chart, title)
    along, across = (
        {"num_font": FONT, "line": {"none": True}},
        {"visible": False, "major_gridlines": {"visible": False}},
    )
    # of lying bars the library calls the upright axis, which holds the names, the axis x only when it is set as y
    chart.set_x_axis(along if is_upright else across)
    chart.set_y_axis(across if is_upright else {**along, "reverse": True, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "bottom", "font": FONT})
    return chart


def _gap(names: Area) -> int:
    """Percent of a bar between two bars: more where there are few, so that one bar is not a wall."""
    return 45 if names[2] - names[0] > 1 else 160


def _ink_on(colour: str) -> str:
    """White on a dark colour, ink on a light one."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#FFFFFF" if 0.3 * red + 0.59 * green + 0.11 * blue < 150 else "#1F2A36"


def place_chart(sheet: Worksheet, row: int, chart: Any, size: tuple[float, float], column: int = 0) -> None:
    """Put a chart of so many pixels, width and height, on a sheet."""
    chart.set_size({"width": round(size[0]), "height": round(size[1])})
    sheet.insert_chart(row, column, chart, {"object_position": 1})


def place_half(
    sheet: Worksheet, row: int, chart: Any, part: tuple[int, int], widths: Sequence[float], rows: int
) -> None:  # fmt: skip
    """Put a chart on one of the parts, (place from 0, how many), that columns of these widths are divided into."""
    place, count = part
    size = sum(pixels(width) for width in widths) / count
    chart.set_size({"width": round(size) - 6, "height": rows * _ROW_PIXELS})
    sheet.insert_chart(row, 0, chart, {"object_position": 1, "x_offset": round(place * size)})


def inert(text: str) -> str:
    """A text that a chart shows as it is: one that begins with = would be read as a formula."""
    plain = clean(text)
    return f" {plain}" if plain.startswith("=") else plain


def dress(chart: Any, title: str) -> None:
    """Title, ground and frame of a chart; without a title none."""
    if title:
        chart.set_title({"name": inert(title), "name_font": {**FONT, "size": 10, "bold": True}, "overlay": False})
    else:
        chart.set_title({"none": True})  # else a single series gives its name
    chart.set_chartarea({"border": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
