"""The points of `figures.csv`: which value of which results file answers each, and whether it reaches its bar.

A point takes the rows of a results file that its `rows` name (`column=value; column~beginning; column<=number`; ` | `
between values of which one is enough) and of them the value in its `column`, by its `take`: the only one (blank), the
`least` or the `most` of them, their `sum`, the `last`, or `mean by COLUMN`, weighted. With `beside`, which names other
rows of the same file, the figure is the `ratio` or the `difference` of the two, as `as` says; `of`: the first alone
counts, and of how many it is stands beside it (of none: it was not measured). `beside_column`: when the second stands
in another column.
"""

from __future__ import annotations

import csv
import math
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from results_file import read_results

HERE = Path(__file__).resolve().parent
POINTS, RUNS = HERE / "figures.csv", HERE / "figure_runs.csv"
Row = dict[str, str]
Holds = Literal["yes", "no", "told", "not measured"]
CLOSE = 1e-9
WORDS: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    "<=": ("at most", lambda found, bar: found <= bar + CLOSE),
    "<": ("under", operator.lt),
    ">=": ("at least", lambda found, bar: found >= bar - CLOSE),
    ">": ("above", operator.gt),
    "=": ("", lambda found, bar: abs(found - bar) <= CLOSE),
}
_CONDITION = re.compile(r"([\w@ -]+?)(<=|>=|!=|=|~)(.*)")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "~": lambda cell, wanted: cell.startswith(wanted),
    "<=": lambda cell, wanted: number(cell) <= float(wanted),
    ">=": lambda cell, wanted: number(cell) >= float(wanted),
}


class PointError(ValueError):
    """A line of figures.csv that cannot be understood, or selects what no row is."""


@dataclass(frozen=True)
class Point:
    """A line of figures.csv."""

    issue: int
    point: str
    bar: str
    unit: str
    direction: str
    run: str
    results: str
    rows: str
    column: str
    take: str
    beside: str
    beside_column: str
    compared: str
    scale: str
    why: str


@dataclass(frozen=True)
class Found:
    """What a point measured, in words, and whether it holds; `told`: there is no bar."""

    text: str
    holds: Holds
    date: str = ""
    """Of the newest row that it rests on, where rows have one: some files keep rows of earlier runs."""


@dataclass(frozen=True)
class Heading:
    """What a results file says about itself; blank where it does not."""

    date: str = ""
    commit: str = ""
    command: str = ""
    machine: str = ""


def points(path: Path = POINTS) -> list[Point]:
    """The lines of figures.csv in their order; raises PointError with the number of a line that is not understood."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    made = []
    for place, row in enumerate(rows, start=1):
        kept = {("compared" if name == "as" else name): value for name, value in row.items()}
        if None in kept or None in kept.values() or row["direction"] not in ("", *WORDS):
            raise PointError(f"figures.csv, point {place}: a field too many or too few, or no such direction")
        made.append(Point(**{**kept, "issue": int(row["issue"])}))
    return made


def measure(point: Point, folder: Path) -> Found:
    """The figure of a point from the results files of a folder; raises PointError when no row is what it names."""
    path = folder / point.results
    if not path.is_file():
        return Found("", "not measured")
    table = _table(path, path.stat().st_mtime_ns)
    own = _taken(point, table, point.rows, point.column)
    text = _shown(*own)
    figure = own[0]
    if point.beside:
        other = _taken(point, table, point.beside, point.beside_column or point.column)
        if point.compared == "of" and not other[0]:
            return Found("", "not measured")
        figure, text = _compared(point.compared, own, other)
    date = max((row.get("date", "") for row in selected(table, point.rows)), default="")
    if not point.bar:
        return Found(text, "told", date)
    return Found(text, "yes" if WORDS[point.direction][1](figure, float(point.bar)) else "no", date)


def selected(table: Sequence[Row], wanted: str) -> list[Row]:
    """The rows that meet every condition of `column=value; column~beginning; column<=number`; all for a blank one."""
    rows = list(table)
    for condition in filter(None, (part.strip() for part in wanted.split("; "))):
        read = _CONDITION.fullmatch(condition)
        if not read:
            raise PointError(f"{condition!r} is no condition")
        name, sign, value = read.groups()
        if rows and name not in rows[0]:
            raise PointError(f"there is no column {name!r}")
        rows = [row for row in rows if any(_TESTS[sign](row[name], one) for one in value.split(" | "))]
    return rows


def heading(path: Path) -> Heading:
    """Date, commit, command and machine above the table; older files say less, some the date in a column alone."""
    if not path.is_file():
        return Heading()
    said = [line[2:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
    for place, line in enumerate(said):
        told = re.match(r"Measured (\S+) by `(.*)`(?: at (\S+))?$", line)
        if told:
            after = said[place + 1] if place + 1 < len(said) else ""
            return Heading(told[1], told[3] or "", told[2], after.removeprefix("on "))
    dates = re.findall(r"\b20\d\d-\d\d-\d\d\b", " ".join(said)) or [row.get("date", "") for row in read_results(path)]
    return Heading(max(dates, default=""))


def number(text: str) -> float:
    """The first number in a cell; NaN when there is none."""
    found = _NUMBER.search(text)
    return float(found[0]) if found else math.nan


def _taken(point: Point, table: list[Row], wanted: str, column: str) -> tuple[float, str]:
    """The figure, and the cell that says it when it is one."""
    try:
        rows = selected(table, wanted)
    except PointError as fault:
        raise PointError(f"{point.results}: {point.point}: {fault}") from None
    rows = [row for row in rows if not math.isnan(number(row.get(column, "")))]
    if not rows or (not point.take and len(rows) > 1):
        raise PointError(f"{point.results}: {point.point}: {len(rows)} rows with {column!r} are {wanted!r}")
    if point.take == "sum":
        return sum(number(row[column]) for row in rows), ""
    if point.take.startswith("mean by "):
        weights = [number(row[point.take.removeprefix("mean by ")]) for row in rows]
        return sum(w * number(row[column]) for w, row in zip(weights, rows, strict=True)) / sum(weights), ""
    if point.take not in ("", "least", "most", "last"):
        raise PointError(f"{point.point}: {point.take!r} is no way to take a value")
    cells = [row[column] for row in rows]
    cell = cells[-1] if point.take == "last" else (min if point.take == "least" else max)(cells, key=number)
    return number(cell), cell


def _compared(how: str, own: tuple[float, str], other: tuple[float, str]) -> tuple[float, str]:
    """The figure that the bar is about, and its words with both of its sides."""
    if how == "of":
        return own[0], f"{_shown(*own)} of {_shown(*other)}"
    figure = own[0] / other[0] if how == "ratio" else own[0] - other[0]
    return figure, f"{figure:{'.3g' if how == 'ratio' else '+.4g'}} ({_shown(*own)} beside {_shown(*other)})"


def _shown(figure: float, cell: str) -> str:
    return cell or f"{figure:.4g}"


@cache
def _table(path: Path, _changed: int) -> list[Row]:
    return read_results(path)
