"""What an analyst can state for a valuation, and the names that each is known by: `data/valuation/inputs.csv`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.text.fold import fold
from integrator.valuation.figures import Range
from integrator.valuation.sourced import fault

FILE = "valuation/inputs.csv"
OWNERS = ("need", "supplier", "pair", "job")
LANGUAGES = ("fr", "en", "ar")
_BOUNDS = re.compile(r"(>?)(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)?( whole)?|")
_BRACKETS = re.compile(r"(.*?)\s*[(\[]([^()\[\]]*)[)\]]\s*(?:[(\[]([^()\[\]]*)[)\]]\s*)?")


@dataclass(frozen=True)
class Bounds:
    """Between which values an input makes sense."""

    least: float = 0.0
    is_above: bool = False
    """It must be above `least`."""
    most: float | None = None
    is_whole: bool = False

    def fault(self, value: Range) -> str:
        """Why a value does not fit, in a clause; "" when it does."""
        if value.low < self.least or (self.is_above and value.low == self.least):
            return f"is not {'above' if self.is_above else 'at least'} {self.least:g}"
        if self.most is not None and value.high > self.most:
            return f"is above {self.most:g}"
        whole = value.is_exact and value.low == int(value.low)
        return "is no whole number" if self.is_whole and not whole else ""


@dataclass(frozen=True)
class Input:
    """One line of the table."""

    name: str
    units: tuple[str, ...]
    of: frozenset[str]
    """Whom it is stated of: `OWNERS`."""
    has_step: bool
    bounds: Bounds
    names: Mapping[str, str]
    """By language."""
    also: tuple[str, ...]
    note: str

    @property
    def is_flag(self) -> bool:
        """Whether it is a yes or no."""
        return self.units == ("flag",)


@dataclass(frozen=True)
class Named:
    """An input as a row names it."""

    input: Input
    step: str = ""
    """As typed, for an input of one step."""
    unit: str = ""
    """What else the name says in brackets."""


@lru_cache(maxsize=1)
def inputs() -> Mapping[str, Input]:
    """The shipped inputs by name, in file order. Raises `KnowledgeError` naming the line and the fault."""
    return inputs_of(data.rows(FILE))


def inputs_of(rows: Sequence[Mapping[str, str]]) -> dict[str, Input]:
    """The inputs of the lines of a file like the shipped one; no name may stand for two of them."""
    found: dict[str, Input] = {}
    meant: dict[str, str] = {}
    for line, row in enumerate(rows, start=1):
        one = _input(row, line)
        for name in {fold(name) for name in (one.name, *one.names.values(), *one.also)}:
            if not name or meant.get(name, one.name) != one.name:
                fault(FILE, line, f"the name {name!r} is blank, or stands for {meant.get(name)} too")
            meant[name] = one.name
        if one.name in found:
            fault(FILE, line, f"{one.name} stands twice")
        found[one.name] = one
    return found


def _input(row: Mapping[str, str], line: int) -> Input:
    of, bounds = frozenset(row["of"].split(";")), _BOUNDS.fullmatch(row["bounds"])
    if not of <= set(OWNERS) or not row["unit"] or row["step"] not in ("", "yes"):
        fault(FILE, line, f"of is some of {', '.join(OWNERS)}, unit is not blank, step is yes or blank")
    if not bounds or bool(row["bounds"]) == (row["unit"] == "flag"):
        fault(FILE, line, f"the bounds {row['bounds']!r} are not like 0..1, >0.. or 1.. whole, or blank for a flag")
    above, least, most, whole = bounds.groups()
    return Input(
        row["input"],
        tuple(row["unit"].split(";")),
        of,
        row["step"] == "yes",
        Bounds(float(least or 0), bool(above), float(most) if most else None, bool(whole)),
        {language: row[f"name_{language}"] for language in LANGUAGES},
        tuple(name for name in row["also"].split(";") if name),
        row["note"],
    )


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, Input]:
    return {fold(name): one for one in inputs().values() for name in (one.name, *one.names.values(), *one.also)}


def find_input(text: str) -> Named | None:
    """The input that a cell names, with the step or unit in brackets behind it; None when no input is called so.

    >>> find_input("Prix CAF (EUR/pièce)").input.name, find_input("Prix CAF (EUR/pièce)").unit
    ('cif_price', 'EUR/pièce')
    >>> named = find_input("Temps de cycle [Injection] (s)"); named.input.name, named.step, named.unit
    ('cycle_seconds', 'Injection', 's')
    """
    whole = _by_name().get(fold(text))
    if whole:
        return Named(whole)
    match = _BRACKETS.fullmatch(text.strip())
    known = _by_name().get(fold(match[1])) if match else None
    if not match or not known:
        return None
    first, second = match[2].strip(), (match[3] or "").strip()
    return Named(known, first, second) if known.has_step else Named(known, "", first)


def nearest_input(text: str) -> str:
    """The name of the input that a text looks most like, or ""; to ask, never to apply."""
    near = difflib.get_close_matches(fold(text), list(_by_name()), n=1, cutoff=0.6)
    return _by_name()[near[0]].name if near else ""
