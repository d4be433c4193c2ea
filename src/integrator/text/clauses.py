"""One clause of a value cell -> its figures, and what it says of the figures beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from integrator.records import Quantity
from integrator.text.figures import Figure, Noun, joined, misspelt, multiplier, noun, over
from integrator.text.quantity_words import Phrase, currency, phrase, unit
from integrator.text.scanning import Token


@dataclass
class Clause:
    """What a clause said."""

    values: list[Quantity] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    year: int | None = None
    period: str = ""
    unread: list[str] = field(default_factory=list)


def read_clause(tokens: Sequence[Token], about: str, first: bool, aside: bool = False) -> Clause:
    """Read the tokens of one clause.

    `first`: a lone number here may be a value although it has the shape of a year. `aside`: the clause stands in
    brackets, where a bare count beside a sum of money counts plants.
    """
    return _Reader(tokens, about, first, aside).read()


class _Reader:
    """Walks the tokens once; each method takes a place and returns the next one."""

    def __init__(self, tokens: Sequence[Token], about: str, first: bool, aside: bool) -> None:
        self.tokens, self.about, self.aside = tokens, about, aside
        self.lone = first and sum(token.kind == "number" for token in tokens) == 1
        self.clause = Clause()
        self.press = about == "machines"
        self._forget()

    def _forget(self) -> None:
        self.bound, self.approximate, self.between, self.currency = "", False, False, ""

    def read(self) -> Clause:
        at = 0
        while at < len(self.tokens):
            said = phrase(self.tokens, at)
            if self.tokens[at].kind == "number":
                at = self._number(at)
            elif said.meaning in ("subset", "source"):
                break
            elif said.length:
                at = self._said(said, at)
            else:
                found = currency(self.tokens, at)
                self.currency = found.name or self.currency
                at += found.length or 1
        return self._closed()

    def _closed(self) -> Clause:
        clause = self.clause
        if not clause.year:
            clause.codes.discard("from")
        elif {"from", "investment"} <= clause.codes:
            clause.codes.add("total")  # what was invested since a year is a sum over years
        clause.values = [replace(value, period=value.period or clause.period) for value in clause.values]
        return clause

    # What the words say

    def _said(self, said: Phrase, at: int) -> int:
        end = at + said.length
        match said.meaning:
            case "basis":
                return self._basis(said.value, end)
            case "approximate":
                self._approximately(end)
            case "bound":
                self._bounded(said.value, end)
            case "between" | "press":
                setattr(self, said.meaning, True)
            case "period":
                self._period(said.value)
            case "number" | "whole":
                self.approximate = said.meaning == "number"
                return self._value(Figure(float(said.value), float(said.value), True), at, end)
            case "vague":
                self.clause.unread.append(" ".join(token.text for token in self.tokens[at : at + 2]))
                return len(self.tokens)
            case "factor" if currency(self.tokens, end).length and not self._has_numbers(0):
                return self._lone_factor(said, at)
            case "range" if at == 0 and self.tokens[0].text == "-" and self._is_number(1) and self.tokens[1].glued:
                return self._number(1, sign=-1)
        return end

    def _lone_factor(self, said: Phrase, at: int) -> int:
        """A multiplier without a number: in Arabic it is one million, elsewhere a number is missing."""
        end = at + said.length
        if self.tokens[at].text.isascii():
            self.clause.unread.append(self.tokens[at].text)
            return end
        return self._value(Figure(float(said.value), float(said.value), True), at, end)

    def _basis(self, code: str, end: int) -> int:
        self.clause.codes.add(code)
        numbered = code == "stage" and self._is_number(end) and self.tokens[end].text.isdigit()
        return end + numbered  # the number of a phase

    def _approximately(self, end: int) -> None:
        values = self.clause.values
        if values and not self._has_numbers(end):
            values[-1] = replace(values[-1], approximate=True)
        else:
            self.approximate = True

    def _bounded(self, side: str, end: int) -> None:
        values = self.clause.values
        if values and not self._has_numbers(end):
            exact = values[-1].low is not None and values[-1].high is not None
            if exact:
                values[-1] = replace(values[-1], high=None) if side == "low" else replace(values[-1], low=None)
        elif self._is_number(end) and self.tokens[end].is_year and self._is_year(end):
            self.clause.codes.add("from" if side == "low" else "planned")
        else:
            self.bound = side

    def _period(self, period: str) -> None:
        values = self.clause.values
        if values and not values[-1].period:
            values[-1] = replace(values[-1], period=period)
        elif not values:
            self.clause.period = period

    def _is_number(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].kind == "number"

    def _has_numbers(self, start: int) -> bool:
        return any(token.kind == "number" for token in self.tokens[start:])

    # What the figures say

    def _number(self, at: int, sign: int = 1) -> int:
        if not self.bound and not self.approximate and sign == 1 and self.tokens[at].is_year and self._is_year(at):
            return self._year(at)
        if at > 1 and self.tokens[at - 1].text == "/":  # 24h/24 says nothing; after anything else it is unclear
            if not phrase(self.tokens, at - 2, "duration").length:
                self.clause.unread.append(self.tokens[at].text)
            return at + 1
        figure, end = joined(self.tokens, at, self.between)
        if misspelt(self.tokens, at + 1):
            figure, end = None, at + 2
        if figure is None:
            words = self.tokens[at:end]
            text = "".join(t.text if t.glued or i == 0 else f" {t.text}" for i, t in enumerate(words))
            self.clause.unread.append(text)
            self._forget()
            return end
        return self._counted(at, end) or self._value(figure.times(sign), at, end)

    def _is_year(self, at: int) -> bool:
        """A number of the shape of a year is one, unless it is counted in something or is the only figure."""
        after = at + 1 + phrase(self.tokens, at + 1, "filler").length
        counts = phrase(self.tokens, at + 1, "factor").length or unit(self.tokens, after).length
        if counts or currency(self.tokens, after).length:
            return False
        return not self.lone or at > 0

    def _year(self, at: int) -> int:
        to = phrase(self.tokens, at + 1, "range")
        other = at + 1 + to.length
        if to.length and self._is_number(other) and self.tokens[other].is_year:
            at = other
        self.clause.year = int(self.tokens[at].text)
        return at + 1 + (at + 1 < len(self.tokens) and self.tokens[at + 1].text == "+")

    def _counted(self, at: int, end: int) -> int:
        """Past a figure that counts plants or years; 0 when it is a value."""
        for meaning in ("counted", "span", "duration"):
            said = phrase(self.tokens, end, meaning)
            if said.length:
                if said.value and (meaning == "span" or (self.tokens[at].value or 0) > 1):
                    self.clause.codes.add(said.value)
                self.bound = ""
                return end + said.length
        return 0

    def _value(self, figure: Figure, at: int, end: int) -> int:
        above = end < len(self.tokens) and self.tokens[end].text == "+" and not self._is_number(end + 1)
        what = self._noun(end + above)
        period, end = over(self.tokens, what.end, self.about)
        aside = bool(self.clause.values) and phrase(self.tokens, at - 1).meaning == "stop" and len(what.name) != 3
        if aside or (self.about == "machines" and not what.name):  # "sur 3 lignes", "Peugeot 103"
            self._forget()
            return end
        if at and self.tokens[at - 1].text == "+" and self.about == "money":
            self.clause.codes.add("change")
        if what.plants or period == "rate":
            if what.plants:
                self.clause.codes.add("group")
            elif not self.aside:
                self.clause.unread.append(f"{figure.low:.15g}")
            self._forget()
            return end
        bound = "low" if above else self.bound
        name = "t_force" if what.name == "t" and self.press and not period else what.name
        self.clause.values.append(
            Quantity(
                None if bound == "high" else figure.low * what.factor,
                None if bound == "low" else figure.high * what.factor,
                name, period, approximate=self.approximate, multiplied=figure.multiplied or what.factor >= 1000,
            )
        )  # fmt: skip
        self._forget()
        return end

    def _noun(self, at: int) -> Noun:
        behind = at + phrase(self.tokens, at, "filler").length
        money = currency(self.tokens, behind)
        if money.length:
            return Noun(money.name, money.factor, behind + money.length)
        if self.currency:
            factor, end = multiplier(self.tokens, at)
            if factor == 1 and end < len(self.tokens) and self.tokens[end].folded == "m":
                factor, end = 1e6, end + 1
            return Noun(self.currency, factor, end)
        return noun(self.tokens, at, self.about, self.aside)
