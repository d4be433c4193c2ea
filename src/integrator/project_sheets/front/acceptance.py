"""The three tests of a project: imports, jobs, profitability; by the rules of `data/project_sheets/acceptance.csv`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from integrator import data
from integrator.data import KnowledgeError
from integrator.project_sheets import theme
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valuations import MISSING
from integrator.project_sheets.valued.cards import figure_text, first_inputs
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

TESTS = "project_sheets/acceptance.csv"
State = Literal["met", "failed", "open", "unknown"]
_CONDITION = re.compile(r"(low|high)(<=|>=|<|>)(-?[0-9.]+)")
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_MOST_NAMED = 4
"""Missing inputs that a line names; the sections name them all."""


class Test(NamedTuple):
    """One test: where it stands, and whether that rests on an estimate."""

    name: str
    state: State
    is_estimated: bool
    figure: str
    shown: tuple[str, ...]
    lacks: str = ""
    """The field of the need without which it stays open."""


def acceptance(valued: Valued, need: Row) -> tuple[Test, ...]:
    """Every test in the order of the rules. A figure that is not known leaves its test unknown, never failed."""
    return tuple(_test(row, valued, need) for row in data.rows(TESTS))


def _test(rule: Mapping[str, str], valued: Valued, need: Row) -> Test:
    figure = rule["figure"]
    lacks = rule["only_with"] if rule["only_with"] and not need[rule["only_with"]] else ""
    state = _state(valued.figure(figure), rule)
    shown = tuple(rule["shown"].split())
    if state == "met" and lacks:
        return Test(rule["test"], "open", valued.is_estimated(figure), figure, shown, lacks)
    return Test(rule["test"], state, valued.is_estimated(figure), figure, shown)


def _state(figure: Row | None, rule: Mapping[str, str]) -> State:
    if figure is None or figure["status"] == MISSING:
        return "unknown"
    if _holds(figure, rule["met"]):
        return "met"
    return "failed" if _holds(figure, rule["failed"]) else "open"


def _holds(figure: Row, condition: str) -> bool:
    found = _CONDITION.fullmatch(condition)
    if found is None:
        raise KnowledgeError(f"{TESTS}: {condition!r} is no condition like low>0")
    side, comparison, number = found.groups()
    end = figure[side]
    return end is not None and _COMPARED[comparison](float(end), float(number))


def write_acceptance(page: Page, valued: Valued, need: Row, words: Wording) -> None:
    """One row a test: its name, where it stands, what that rests on or what is missing."""
    page.line([Cell(12, words("front.tests"), theme.FRONT_HEAD)], least=16)
    for test in acceptance(valued, need):
        state = words(f"front.state.{test.state}")
        page.line(
            [
                Cell(3, words(f"front.test.{test.name}"), theme.TEST_NAME),
                Cell(2, words("front.estimated", state=state) if test.is_estimated else state, theme.chip(test.state)),
                Cell(7, _said(test, valued, words), theme.ROW_INDENTED),
            ],
            least=15,
        )


def _said(test: Test, valued: Valued, words: Wording) -> str:
    known = names(words.language)
    if test.state == "unknown":
        lacking = first_inputs(valued.missing(test.figure), _MOST_NAMED, words)
        return words("worth.missing", inputs=lacking) if lacking else words("worth.unknown")
    rows = [row for name in test.shown if (row := valued.figure(name)) and row["status"] != MISSING]
    said = [words.told(known.figure(row["figure"]), figure_text(row, words)) for row in rows]
    return words.joined((words(f"front.lacks.{test.lacks}"), *said) if test.lacks else said)
