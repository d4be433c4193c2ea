"""Formulas of `data/project_sheets/calculator.csv`: their value, and the formula of a spreadsheet.

A formula is made of numbers, + - * / ^, brackets and holes like `{volume.low}`: the low or high end of another line.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from integrator.data import KnowledgeError

_HOLE = re.compile(r"\{([a-z_]+)\.(low|high)\}")
_OPERATIONS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


class End(NamedTuple):
    """One end of a line."""

    name: str
    side: str


def ends(formula: str) -> tuple[End, ...]:
    """The ends that a formula rests on, each once."""
    return tuple(dict.fromkeys(End(*found) for found in _HOLE.findall(formula)))


def value_of(formula: str, known: Mapping[End, float]) -> float | None:
    """What a formula gives; None where an end is not known or nothing can be divided by it."""
    if any(end not in known for end in ends(formula)):
        return None
    try:
        return _value(_parsed(formula), known)
    except (ZeroDivisionError, OverflowError):
        return None


def cell_formula(formula: str, cells: Mapping[End, str], above_zero: str = "") -> str:
    """The formula of a spreadsheet: blank where a cell it rests on holds no number, or a divisor is not above 0."""
    used = list(dict.fromkeys((*ends(formula), *ends(above_zero))))
    said = _filled(formula, cells)
    if above_zero:
        said = f'IF({_filled(above_zero, cells)}>0,{said},"")'
    counted = ",".join(cells[end] for end in used)
    return f'=IFERROR(IF(COUNT({counted})={len(used)},{said},""),"")'


def _filled(formula: str, cells: Mapping[End, str]) -> str:
    return _HOLE.sub(lambda found: cells[End(found[1], found[2])], formula)


@lru_cache(maxsize=200)
def _parsed(formula: str) -> ast.expr:
    plain = _HOLE.sub(lambda found: f"{found[1]}__{found[2]}", formula).replace("^", "**")
    try:
        return ast.parse(plain, mode="eval").body
    except SyntaxError as error:
        raise KnowledgeError(f"calculator.csv: {formula!r} is no formula") from error


def _value(node: ast.expr, known: Mapping[End, float]) -> float:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        return _OPERATIONS[type(node.op)](_value(node.left, known), _value(node.right, known))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, known)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.Name):
        name, _, side = node.id.rpartition("__")
        return known[End(name, side)]
    raise KnowledgeError(f"calculator.csv: {ast.unparse(node)!r} stands in a formula")
