"""What the words of a heading say of the figures below it, where no brackets hold it: a unit, a period."""

from __future__ import annotations

from integrator.records import Quantity
from integrator.text.figures import over
from integrator.text.numbers import Decimal
from integrator.text.quantities import About
from integrator.text.quantity_words import currency, phrase
from integrator.text.quantity_words import unit as listed_unit
from integrator.text.scanning import plain, scan
from integrator.text.shapes import read_quantities


def last_unit(heading: str, about: About) -> str:
    """The currency or listed unit at the end of a heading that writes it without brackets, or "".

    >>> last_unit("Turnover €m", "money"), last_unit("CA MDH", "money"), last_unit("Turnover", "money")
    ('€m', 'MDH', '')
    >>> last_unit("Output kpcs/an", "volume"), last_unit("Sales EUR m", "money"), last_unit("Turnover m", "money")
    ('kpcs/an', 'EUR m', '')
    """
    words = heading.split()
    for start in (-2, -1):
        behind = " ".join(words[start:])
        if len(words) > -start and _is_unit(behind, about):
            return behind
    return ""


def _is_unit(text: str, about: About) -> bool:
    """Whether a whole text is one currency or listed unit, with its multiplier and period, and nothing else."""
    tokens = scan(plain(text))
    length = (currency(tokens, 0) if about == "money" else listed_unit(tokens, 0)).length
    return bool(length) and over(tokens, length, about)[1] == len(tokens)


def said_period(heading: str) -> str:
    """The period that words of a heading say, as a unit of the figures below it: `/year`, or "".

    >>> said_period("Yearly qty"), said_period("Max output p.a."), said_period("Monthly volume"), said_period("Volume")
    ('/year', '/year', '/month', '')
    """
    tokens = scan(plain(heading))
    said = {phrase(tokens, at, "period").value for at in range(len(tokens))} - {""}
    return f"/{said.pop()}" if len(said) == 1 else ""


def said_of(text: str, unit: str, decimal: Decimal = "") -> str:
    """What of the unit that a heading says belongs to a volume cell: all, the period alone, or nothing.

    >>> said_of("350 000", "pièces/an"), said_of("25 millions", "pièces/an"), said_of("12 M pcs", "pièces/an")
    ('pièces/an', 'pièces/an', '/an')
    >>> said_of("900/jour", "pièces/an"), said_of("beaucoup", "pièces/an")
    ('', '')
    """
    own, unread = read_quantities(text, "volume", "", decimal)
    if not own or unread or any(value.period or value.unit == "%" or "total" in value.basis.split() for value in own):
        return ""
    said = unit if not any(value.unit for value in own) else "/" + unit.rpartition("/")[2] if "/" in unit else ""
    return said if said and _figures(read_quantities(text, "volume", said, decimal).values) == _figures(own) else ""


def _figures(values: tuple[Quantity, ...]) -> list[tuple[float | None, float | None, str]]:
    return [(value.low, value.high, value.basis) for value in values]
