"""Cells that differ by their figures alone are read once: "12000 t/an" and "34500 t/an" have one shape.

The grammar is the rule and the oracle: a shape is used only when the grammar reads other figures in it in proportion,
as whole multiples, twice, and every other cell goes to the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from integrator.records import Quantity
from integrator.text.numbers import Decimal, has_letter_for_decimals
from integrator.text.quantities import About, Reading, read_by_grammar

_FIGURE = re.compile(r"(?<![\w.,])([1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3}){1,3}|[1-9][0-9]{0,11})(?![.,]?\d)")
_PARTS = re.compile(r"[;\n]")
_GAP = re.compile(r"[ \u00a0\u202f]")
_DIGIT = re.compile(r"[0-9]")
_ANY_DIGIT = re.compile(r"\d")
_NOT_ANY = re.compile(r"(?:19|20)\d\d|1")
"""A year is read as such, and some words begin with a 1 ("1re année")."""
_TRIED = ("2357", "3579")
"""First digits of the figures of two tries: they grow, and no two have one ratio from the first try to the second."""


class _End(NamedTuple):
    """One end of a quantity: a figure of the cell, by its place, times a factor."""

    figure: int
    factor: float


class _Template(NamedTuple):
    """A quantity of a shape, and where its ends come from; None for an open end."""

    said: Quantity
    low: _End | None
    high: _End | None


def read_quantities(text: str, about: About, unit: str = "", decimal: Decimal = "") -> Reading:
    """What `read_by_grammar` gives, sooner for figures in a shape that was met before.

    >>> [(q.low, q.unit, q.period) for q in read_quantities("12 000 t/an", "volume").values]
    [(12000.0, 't', 'year')]
    >>> read_quantities("85,o0", "volume")  # mistyped: 85 would be a guess
    Reading(values=(), unread=('85,o0',))
    """
    if has_letter_for_decimals(text):
        return Reading((), (text,))
    pieces = _FIGURE.split(text)
    figures = pieces[1::2]
    if 0 < len(figures) <= len(_TRIED[0]) and not any(map(_NOT_ANY.fullmatch, figures)):
        numbers = [float(_GAP.sub("", figure)) for figure in figures]
        pieces[1::2] = [_DIGIT.sub("0", figure) for figure in figures]
        shape = () if _may_fall(numbers, pieces[2:-1:2]) else _shape(tuple(pieces), about, unit, decimal)
        if shape:
            values = tuple(_filled(template, numbers, text) for template in shape)
            if all(value.low is None or value.high is None or value.low <= value.high for value in values):
                return Reading(values, ())
    return read_by_grammar(text, about, unit, decimal)


def _may_fall(numbers: Sequence[float], between: Sequence[str]) -> bool:
    """Whether two figures of a part may be the ends of a range that falls, "300-200": the grammar leaves it unread."""
    return any(
        second <= first and not _PARTS.search(piece)
        for (first, second), piece in zip(pairwise(numbers), between, strict=True)
    )


def _filled(template: _Template, numbers: Sequence[float], raw: str) -> Quantity:
    said, low, high = template
    return Quantity(
        None if low is None else numbers[low.figure] * low.factor,
        None if high is None else numbers[high.figure] * high.factor,
        said.unit, said.period, said.basis, said.year, said.approximate, said.multiplied, raw,
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _shape(pieces: tuple[str, ...], about: About, unit: str, decimal: Decimal) -> tuple[_Template, ...]:
    """The quantities of a shape, its figures written in zeros; empty when it must be read each time."""
    if any(map(_ANY_DIGIT.search, pieces[::2])):
        return ()
    tries = [_tried(pieces, digits) for digits in _TRIED]
    readings = [read_by_grammar("".join(written), about, unit, decimal) for written in tries]
    if any(reading.unread for reading in readings) or len({len(reading.values) for reading in readings}) > 1:
        return ()
    figures = [[float(_GAP.sub("", figure)) for figure in written[1::2]] for written in tries]
    found = [_template(pair, figures) for pair in zip(*(reading.values for reading in readings), strict=True)]
    return tuple(one for one in found if one) if all(found) else ()


def _tried(pieces: tuple[str, ...], digits: str) -> list[str]:
    """The shape with a first digit for each figure, the rest of it zeros."""
    written = list(pieces)
    written[1::2] = [digit + zeros[1:] for digit, zeros in zip(digits, pieces[1::2], strict=False)]
    return written


def _template(pair: tuple[Quantity, ...], figures: list[list[float]]) -> _Template | None:
    """What two readings of one quantity have in common; None when they differ by more than their figures."""
    first, second = pair
    rest = [(q.unit, q.period, q.basis, q.year, q.approximate, q.multiplied) for q in pair]
    low, high = _end(first.low, second.low, figures), _end(first.high, second.high, figures)
    open_ends = (first.low is None, first.high is None)
    if rest[0] != rest[1] or open_ends != (second.low is None, second.high is None):
        return None
    return _Template(first, low, high) if open_ends == (low is None, high is None) else None


def _end(first: float | None, second: float | None, figures: list[list[float]]) -> _End | None:
    """The figure and the whole factor that give an end in both tries."""
    if first is None or second is None:
        return None
    for place, (one, other) in enumerate(zip(*figures, strict=True)):
        factor = first / one
        if factor >= 1 and factor.is_integer() and other * factor == second:
            return _End(place, factor)
    return None
