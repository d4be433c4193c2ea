"""The file of an outline for the map -> closed rings; borders are the client's to state, none is shipped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from integrator.errors import InputRefused, Problem
from integrator.text.fold import fold
from integrator.text.numbers import parse_number
from integrator.workbooks import DEFAULT_LIMITS, InputFile, Limits, Sheet, cell_text, read_book

Point = tuple[float, float]
Rings = tuple[tuple[Point, ...], ...]
"""Closed lines of (longitude, latitude) in decimal degrees: the last point is the first."""
COLUMNS = ("ring", "longitude", "latitude")
MOST_POINTS = 32_000
"""Of all rings together: as many as a series of a chart held in every version of Excel since 2007."""
_FARTHEST = {"longitude": 180.0, "latitude": 90.0}


def read_outline(file: InputFile, *, limits: Limits = DEFAULT_LIMITS, encoding: str = "", delimiter: str = "") -> Rings:
    """The rings of the first visible sheet that is not blank, in the order in which they begin.

    Its first row names the columns `ring`, `longitude` and `latitude`; others are not read. Rows of one ring are its
    points in their order; a ring that is not closed is closed. Raises `InputRefused` with every row that cannot be
    read: nothing of an outline is left out in silence.
    """
    book = read_book(file.path, file.shown_as, limits, encoding, delimiter)
    sheet = next((one for one in book.sheets if one.state == "visible" and one.rows), None)
    if sheet is None:
        raise _refused(file, "", 0, "", "no visible sheet holds anything", "put the outline on the first sheet")
    first = next(at for at, row in enumerate(sheet.rows, start=1) if any(_texts(row)))
    columns = _columns(file, sheet, first)
    rings: dict[str, list[Point]] = {}
    begun: dict[str, int] = {}
    problems: list[Problem] = []
    for number, row in enumerate(sheet.rows[first:], start=first + 1):
        texts = _texts(row)
        values = {name: texts[at] if at < len(texts) else "" for name, at in columns.items()}
        if not any(texts):
            continue
        faults = [_fault(file, sheet, number, *fault) for fault in _faults(values)]
        problems += faults
        if not faults:
            begun.setdefault(values["ring"], number)
            rings.setdefault(values["ring"], []).append((_number(values, "longitude"), _number(values, "latitude")))
    problems += [] if problems else _whole(file, sheet, rings, begun)
    if problems:
        raise InputRefused(problems)
    return tuple(tuple(points if points[0] == points[-1] else [*points, points[0]]) for points in rings.values())


def _texts(row: Sequence[object]) -> list[str]:
    return [cell_text(value).strip() for value in row]  # type: ignore[arg-type]


def _columns(file: InputFile, sheet: Sheet, row: int) -> dict[str, int]:
    heads = [fold(text) for text in _texts(sheet.rows[row - 1])]
    for name in COLUMNS:
        if heads.count(name) != 1:
            message = f"the first row has {heads.count(name)} columns {name!r}"
            raise _refused(file, sheet.name, row, "", message, f"name one column each: {', '.join(COLUMNS)}")
    return {name: heads.index(name) for name in COLUMNS}


def _faults(values: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Column, what is wrong, what to do, the text found there."""
    if not values["ring"]:
        yield "ring", "the ring is not named", "write which ring the point belongs to", ""
    for name, farthest in _FARTHEST.items():
        found = _parsed(values[name])
        if found is None or abs(found) > farthest:
            message = f"the {name} is no number from -{farthest:g} to {farthest:g}"
            yield name, message, "write decimal degrees, as 33.57 or -7.59", values[name][:200]


def _parsed(text: str) -> float | None:
    """A position has no thousands: its one separator is the decimal one."""
    return parse_number(text, "," if "," in text else ".")


def _number(values: Mapping[str, str], name: str) -> float:
    found = _parsed(values[name])
    if found is None:
        raise ValueError(name)
    return found


def _whole(
    file: InputFile, sheet: Sheet, rings: Mapping[str, Sequence[Point]], begun: Mapping[str, int]
) -> list[Problem]:  # fmt: skip
    """What is wrong though every row can be read."""
    total = sum(map(len, rings.values()))
    if not total:
        return [_fault(file, sheet, 0, "", "it has no row below its first one", "give the points of a ring", "")]
    if total > MOST_POINTS:
        message = f"the outline has {total} points, and a chart takes {MOST_POINTS}"
        return [_fault(file, sheet, 0, "", message, "simplify it", "")]
    return [
        _fault(
            file, sheet, begun[name], "ring", "the ring has fewer than 3 different points", "complete it", name[:200]
        )
        for name, points in rings.items()
        if len(set(points)) < 3
    ]


def _fault(file: InputFile, sheet: Sheet, row: int, column: str, message: str, action: str, raw: str) -> Problem:
    return Problem(file.shown_as, sheet.name, row, column, "outline_file", "refused", message, action, raw)


def _refused(file: InputFile, sheet: str, row: int, column: str, message: str, action: str) -> InputRefused:
    return InputRefused([Problem(file.shown_as, sheet, row, column, "outline_file", "refused", message, action)])
