"""A number, its other end, its multiplier, and the noun and period behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from integrator.text.quantity_words import currency, phrase, unit
from integrator.text.scanning import Token

_ENDS_NOUN = {"basis", "period", "bound", "approximate", "range", "source", "subset", "per", "stop", "between"}


class Figure(NamedTuple):
    """The two ends of a figure, equal when it is one number; multipliers are applied."""

    low: float
    high: float
    multiplied: bool = False

    def times(self, sign: int) -> Figure:
        """The figure, or its negative."""
        return self if sign > 0 else Figure(-self.high, -self.low, self.multiplied)


class Noun(NamedTuple):
    """What a figure counts."""

    name: str
    factor: float
    end: int
    """The place behind it."""
    plants: bool = False
    """It only says of how many plants a sum of money is."""


def joined(tokens: Sequence[Token], at: int, between: bool) -> tuple[Figure | None, int]:
    """The figure that begins at a number, and the place behind it; None when it could be read in two ways.

    "300-360 MDH", "2 à 3 MDH", "2 MDH à 3 MDH"; a multiplier behind the second end counts for both.
    """
    low, (factor, end) = tokens[at].value, multiplier(tokens, at + 1)
    money = currency(tokens, end)
    own = unit(tokens, end)
    other = _second_end(tokens, end + (money.length or own.length), between)
    if other is not None and own.length and unit(tokens, other + 1).name != own.name:
        other = None
    if _divided(tokens, end + money.length):
        return None, _past_numbers(tokens, end + money.length)
    if other is None:
        return (None if low is None else Figure(low * factor, low * factor, factor > 1)), end
    high, (last_factor, last) = tokens[other].value, multiplier(tokens, other + 1)
    if low is None or high is None or _shortened(tokens[at].text, tokens[other].text):
        return None, last
    if money.length or factor > 1:  # each end has its own
        behind = currency(tokens, last).factor if money.length else 1.0
        low, high = low * factor * money.factor / behind, high * last_factor
    else:
        low, high = low * last_factor, high * last_factor
    return (Figure(low, high, last_factor > 1) if low <= high else None), last


def _second_end(tokens: Sequence[Token], at: int, between: bool) -> int | None:
    said = phrase(tokens, at, "range")
    other = at + said.length
    if not said.length or (said.value == "and" and not between) or other >= len(tokens):
        return None
    return other if tokens[other].kind == "number" else None


def _divided(tokens: Sequence[Token], at: int) -> bool:
    """Whether another number follows after a sign of division or multiplication: which of the two is meant."""
    return at + 1 < len(tokens) and tokens[at].folded in ("/", "x", "*") and tokens[at + 1].kind == "number"


def _past_numbers(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and (tokens[at].kind == "number" or tokens[at].folded in ("/", "x", "*")):
        at += 1
    return at


def misspelt(tokens: Sequence[Token], at: int) -> bool:
    """Whether letters that are no word of figures hang on a number: 5OO, 3D."""
    if at >= len(tokens) or tokens[at].kind != "word" or not tokens[at].glued:
        return False
    known = phrase(tokens, at, "factor").length or unit(tokens, at).length or currency(tokens, at).length
    return not known and not phrase(tokens, at, "duration").length


def _shortened(low: str, high: str) -> bool:
    """Whether an end may have lost its thousands: is 12-15 000 from 12 or from 12,000."""
    grouped = any(sign in high for sign in " '’.,")
    return low.isdigit() and len(low) <= 3 and grouped and len(high.replace(" ", "")) >= len(low) + 3


def multiplier(tokens: Sequence[Token], at: int) -> tuple[float, int]:
    """The product of the multipliers at a place (`1,6 million`, `12 mille`), and the place behind them."""
    factor = 1.0
    while not currency(tokens, at).length:
        said = phrase(tokens, at, "factor")
        if not said.length or (said.value == "1000" and unit(tokens, at).length):
            break
        factor *= float(said.value)
        at += said.length
    return factor, at


def noun(tokens: Sequence[Token], at: int, about: str, aside: bool) -> Noun:
    """What stands behind a figure: a listed unit, or else the words as typed."""
    if at < len(tokens) and tokens[at].text == "%":
        return Noun("%", 1.0, at + 1)
    start = at
    while phrase(tokens, at, "filler").length:
        at += 1
    listed = unit(tokens, at)
    end = at + listed.length
    if about == "headcount":
        return Noun(listed.name or "person", listed.factor, end if listed.length else start)
    if about == "money" and listed.name != "person":
        return Noun("", 1.0, end, True) if aside and listed.length else Noun("", 1.0, start)
    behind = _past_words(tokens, end)
    if listed.length:
        return Noun(listed.name, listed.factor, behind)
    return Noun(" ".join(f"{token.elided}{token.text}".lower() for token in tokens[at:behind]), 1.0, behind)


def _past_words(tokens: Sequence[Token], at: int) -> int:
    start = at
    while at < len(tokens) and tokens[at].kind == "word":
        said = phrase(tokens, at)
        inner = said.meaning == "range" and at > start and at + 1 < len(tokens) and tokens[at + 1].kind == "word"
        if said.meaning in _ENDS_NOUN and not inner:
            break
        at += 1
    return at


def over(tokens: Sequence[Token], at: int, about: str) -> tuple[str, int]:
    """The period after `/` or `par`, and the place behind it; `rate` for a figure per something else."""
    slash = at < len(tokens) and tokens[at].text == "/"
    if not slash and not phrase(tokens, at, "per").length:
        return "", at
    after = phrase(tokens, at + 1, "period")
    if after.length:
        return after.value, at + 1 + after.length
    return "" if slash and about == "money" else "rate", at + 1
