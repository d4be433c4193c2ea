"""The chart of the map and the cells that hold its positions, right of what is printed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.pages.positions import GRADES, OTHER, Bounds, City, Mark, Positions, cities
from integrator.workbooks.charts import Area, place_chart
from integrator.workbooks.maps import Dots, Names, Outline, map_chart
from integrator.workbooks.wrapping import pixels

if TYPE_CHECKING:
    from integrator.project_sheets.pages.job import Job
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

COLUMNS, WIDTH = 12, 9.0
"""Columns of the page, and the width of each."""
_ROW_PIXELS, _ROW_POINTS = 20, 15
"""Of a row below the chart: stated, as a program that takes another height would squeeze the map."""
_CHART_ROWS = 35
_LEGEND_PIXELS = 84
_DATA = COLUMNS + 2
"""First column of the positions, right of what is printed."""
_MARGIN = 0.07
"""Part of the map that stays free on every side."""
_LEAST_SPAN = 1.0
"""Degrees of latitude that a map shows at least: about 111 km."""
_SIZES = {4: 12, 3: 10, 2: 8, 1: 6, OTHER: 4}
"""Points of the markers: where the last series lies on top each grade shows at one position, else the best does."""
_PLANT_SIZE = 14
"""Wider than every site: programs differ in which series lies on top."""
_PLAIN = theme.style(font_size=8, font_color=theme.GREY)
_NUMBER = {**_PLAIN, "num_format": "0.00"}


def bounds_of(marks: Iterable[tuple[float, float]], wide: float, high: float) -> Bounds:
    """The corners of a map of so many pixels that holds all (longitude, latitude), true to scale in its middle.

    A degree of longitude is drawn cos(latitude) times as long as one of latitude (equirectangular projection, standard
    parallel in the middle of the map).
    """
    longitudes, latitudes = zip(*marks, strict=True)
    middle = ((min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2)
    shrink = max(math.cos(math.radians(middle[1])), 0.01)
    free = 1 - 2 * _MARGIN
    up = max((max(latitudes) - min(latitudes)) / free, _LEAST_SPAN)
    across = (max(longitudes) - min(longitudes)) * shrink / free
    up = max(up, across * high / wide)
    across = up * wide / high / shrink
    return Bounds(
        middle[0] - across / 2, middle[0] + across / 2, middle[1] - up / 2, middle[1] + up / 2,
    )  # fmt: skip


def draw_map(
    book: WorkbookWriter, sheet: Worksheet, row: int, found: Positions, job: Job, words: Wording
) -> int:  # fmt: skip
    """The chart and its positions, one block of columns a series; returns the row below."""
    size = (pixels(WIDTH, COLUMNS) - 4, _CHART_ROWS * _ROW_PIXELS)
    drawn = [(one.longitude, one.latitude) for one in (*found.placed, *found.plants)]
    drawn += [point for ring in job.outline for point in ring]
    bounds = bounds_of(drawn, size[0], size[1] - _LEGEND_PIXELS)
    named = cities(found.placed, bounds, words.language)
    left = _DATA
    dots = []
    for name, marks, colour, points, is_plant in _series(found, words):
        head = words("map.series", name=name, count=words.number(len(marks)))
        area = _block(book, sheet, (row, left), head, marks, words)
        dots.append(Dots(head, area, colour, points, is_plant))
        left += 5
    names = []
    for is_left in (False, True):
        beside = [one for one in named if one.is_left == is_left]
        if beside:
            area = _block(book, sheet, (row, left), words("map.cities"), beside, words)
            names.append(Names(area, [one.name for one in beside], is_left))
            left += 5
    outline = _outline(book, sheet, (row, left), job, words)
    legend = 1 - _LEGEND_PIXELS / size[1]
    chart = map_chart(book, sheet, bounds, dots, names, outline, legend)
    for below in range(_CHART_ROWS):
        sheet.set_row(row + below, _ROW_POINTS)
    place_chart(sheet, row, chart, size)
    return row + _CHART_ROWS


def _series(
    found: Positions, words: Wording
) -> Iterable[tuple[str, Sequence[Mark], str, int, bool]]:  # fmt: skip
    """Name, positions, colour, size and whether they are plants, of every series that has any."""
    for grade in GRADES:
        if found.sites[grade]:
            name = words("map.others") if grade == OTHER else phrases.grade(grade, words)
            yield name, found.sites[grade], theme.GRADE_COLOURS[grade], _SIZES[grade], False
    if found.plants:
        yield words("map.plants"), found.plants, theme.DARK, _PLANT_SIZE, True


def _block(
    book: WorkbookWriter, sheet: Worksheet, place: tuple[int, int], head: str, marks: Sequence[Mark | City],
    words: Wording,
) -> tuple[Area, Area]:  # fmt: skip
    """Names, longitudes, latitudes, and whether each is verified or its count; returns where the positions stand."""
    row, column = place
    third = words("map.col.verified" if marks and isinstance(marks[0], Mark) else "map.col.sites")
    for at, text in enumerate((head, words("map.col.longitude"), words("map.col.latitude"), third)):
        book.put(sheet, row, column + at, text, theme.SMALL)
    for below, one in enumerate(marks, start=row + 1):
        if isinstance(one, Mark):
            last: object = words("map.verified" if one.is_verified else "map.unverified")
        else:
            last = one.sites
        for at, value in enumerate((one.name, one.longitude, one.latitude, last)):
            book.put(sheet, below, column + at, value, _NUMBER if at in (1, 2) else _PLAIN)
    end = row + max(len(marks), 1)
    return (row + 1, column + 1, end, column + 1), (row + 1, column + 2, end, column + 2)


def _outline(
    book: WorkbookWriter, sheet: Worksheet, place: tuple[int, int], job: Job, words: Wording
) -> Outline | None:  # fmt: skip
    """The rings one below the other, an empty row between two: there the line is interrupted."""
    if not job.outline:
        return None
    row, column = place
    head = words("map.outline")
    for at, text in enumerate((head, words("map.col.longitude"), words("map.col.latitude"))):
        book.put(sheet, row, column + at, text, theme.SMALL)
    below = row
    for number, ring in enumerate(job.outline):
        below += number > 0
        for longitude, latitude in ring:
            below += 1
            book.put(sheet, below, column + 1, longitude, _NUMBER)
            book.put(sheet, below, column + 2, latitude, _NUMBER)
    return Outline(head, ((row + 1, column + 1, below, column + 1), (row + 1, column + 2, below, column + 2)))
