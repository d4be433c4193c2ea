"""Cells that differ by their figure alone are read once: "12000 t/an" and "34500 t/an" have one shape.

The grammar is the rule and the oracle: a shape is used only when the grammar reads two other figures in it
in proportion, as whole multiples, and every other cell goes to the grammar.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from integrator.records import Quantity
from integrator.text.numbers import Decimal
from integrator.text.quantities import About, Reading, read_by_grammar

_ONE_FIGURE = re.compile(r"([^\d]*)([1-9][0-9]{0,11}|[1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3}){1,3})([^\d]*)")
_GAP = re.compile(r"[ \u00a0\u202f]")
_DIGIT = re.compile(r"[0-9]")
_YEAR = re.compile(r"19[5-9]\d|20[0-4]\d")
_TRIED = ("1", "3")


@lru_cache(maxsize=100_000)
def read_quantities(text: str, about: About, unit: str = "", decimal: Decimal = "") -> Reading:
    """What `read_by_grammar` gives, sooner for a figure in a shape that was met before.

    >>> [(q.low, q.unit, q.period) for q in read_quantities("12 000 t/an", "volume").values]
    [(12000.0, 't', 'year')]
    """
    match = _ONE_FIGURE.fullmatch(text)
    if match and not _YEAR.fullmatch(match[2]):
        shape = _shape(match[1], _DIGIT.sub("0", match[2]), match[3], about, unit, decimal)
        if shape:
            template, factor = shape
            value = float(_GAP.sub("", match[2])) * factor
            low = None if template.low is None else value
            high = None if template.high is None else value
            return Reading((_filled(template, low, high, text),), ())
    return read_by_grammar(text, about, unit, decimal)


def _filled(shape: Quantity, low: float | None, high: float | None, raw: str) -> Quantity:
    return Quantity(
        low, high, shape.unit, shape.period, shape.basis, shape.year, shape.approximate, shape.multiplied, raw
    )


@lru_cache(maxsize=20_000)
def _shape(
    head: str, zeros: str, tail: str, about: About, unit: str, decimal: Decimal
) -> tuple[Quantity, float] | None:
    """The one quantity of a shape, its figure written in zeros, and what its figure is multiplied by.

    None when it must be read each time.
    """
    found: set[tuple[Quantity, float]] = set()
    for digit in _TRIED:
        figure = digit + zeros[1:]
        reading = read_by_grammar(head + figure + tail, about, unit, decimal)
        if reading.unread or len(reading.values) != 1:
            return None
        value = reading.values[0]
        ends = {end for end in (value.low, value.high) if end is not None}
        factor = ends.pop() / float(_GAP.sub("", figure)) if len(ends) == 1 else 0.0
        if not factor.is_integer() or factor < 1:
            return None
        low, high = (None if end is None else 0.0 for end in (value.low, value.high))
        found.add((replace(value, low=low, high=high, raw=""), factor))
    return found.pop() if len(found) == 1 else None
