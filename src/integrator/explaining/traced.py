"""The parts of an explained value, in plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """A number with its ends; `low` equals `high` for an exact one. None of the three is ever infinite."""

    low: float | None
    """None = no lower end; `high` None = no upper end."""
    point: float | None
    """The likeliest value; None when nothing tells."""
    high: float | None
    is_out_of_reach: bool = False
    """Whether no number is likely large enough, e.g. no volume pays for making a part: `point` is None then, and so is
    `low` where it is sure."""


@dataclass(frozen=True)
class TracedNumber:
    """One number with its formula."""

    name: str
    """A figure, or a column of the table."""
    label: str
    """In the reader's language."""
    value: Interval | None
    """None = not known."""
    unit: str
    status: str
    """known, estimated (a default, an assumption or something not verified went into it) or missing."""
    formula: str
    source: str
    """Where the formula was published, or the page that states it."""
    rests_on: tuple[str, ...] = ()
    """What it was worked out of, beside `inputs` of its row; see `data/valuation/columns.csv`."""


@dataclass(frozen=True)
class TracedInput:
    """One input of a row."""

    name: str
    """As methods call it."""
    label: str
    """In the reader's language where `data/valuation/inputs.csv` has it, else its name."""
    value: Interval | None
    unit: str
    kind: str
    """stated, derived, default or assumption."""
    source: str
    date: str
    cell: str
    is_verified: bool
    """False for what was not read in the primary text."""
    raw: str = ""
    """The text of the cell, where it is a field of the need."""


@dataclass(frozen=True)
class TracedRow:
    """One row of a table of the valuation, with every number in it."""

    table: str
    key: tuple[tuple[str, str], ...]
    """Column and value of what tells it from the other rows of the need."""
    status: str
    """missing when no number is known, estimated when one is, else known."""
    numbers: tuple[TracedNumber, ...]
    inputs: tuple[TracedInput, ...]
    missing: tuple[str, ...]
    """Inputs without which it cannot be said, or only as an interval."""
    facts: tuple[tuple[str, str], ...]
    """Column and value of everything else that the row says: definition, scope, depth, year, rule, source, words."""


@dataclass(frozen=True)
class ValueExplanation:
    """Every number of one sheet, traced."""

    need_id: str
    """"" for the portfolio."""
    component: str
    language: str
    rows: tuple[TracedRow, ...]
