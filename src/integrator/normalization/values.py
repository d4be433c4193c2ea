"""The value cells of a record, read by the grammar of their field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.records import EntityKind, Quantity, Record
from integrator.text.dates import read_date
from integrator.text.heading_parts import with_year, year_of
from integrator.text.numbers import Decimal, parse_number
from integrator.text.periods import Period
from integrator.text.quantities import About, Reading
from integrator.text.shapes import read_quantities


@dataclass(frozen=True)
class ValueField:
    """How one field is read: a line of `data/reading/value_fields.csv`."""

    name: str
    about: str
    unit_field: str
    strict: bool
    smallest: float | None
    largest: float | None

    @property
    def free(self) -> bool:
        """Whether nothing about its cells can be doubted: free text without bounds."""
        return not self.strict and self.smallest is None and self.largest is None

    def bears(self, quantity: Quantity) -> bool:
        """Whether a figure is within the bounds of the field."""
        ends = [end for end in (quantity.low, quantity.high) if end is not None]
        low, high = self.smallest, self.largest
        return all((low is None or end >= low) and (high is None or end <= high) for end in ends)


@dataclass(frozen=True)
class FieldReading:
    """What one cell says: quantities or a period, and what of it could not be read."""

    field: ValueField
    quantities: tuple[Quantity, ...] = ()
    period: Period | None = None
    unread: tuple[str, ...] = ()
    outside: tuple[Quantity, ...] = ()
    """Figures outside the bounds of the field: reported, not used."""

    @property
    def says_nothing(self) -> bool:
        """Whether nothing at all was read."""
        return not self.quantities and self.period is None


@lru_cache(maxsize=4)
def value_fields(kind: EntityKind) -> dict[str, ValueField]:
    """The value fields of one kind of record, by name."""
    return {
        row["field"]: ValueField(
            row["field"], row["about"], row["unit_field"], bool(row["strict"]),
            _bound(row["smallest"]), _bound(row["largest"]),
        )
        for row in data.rows("reading/value_fields.csv")
        if row["entity"] == kind
    }  # fmt: skip


def read_record_field(record: Record, name: str) -> FieldReading:
    """What one filled value cell of a record says, with its unit cell or the unit in its heading."""
    unit = unit_of(record, value_fields(record.kind)[name])
    return read_field(record.kind, name, record.get(name), unit, record.decimals.get(name, ""))


def unit_of(record: Record, field: ValueField) -> str:
    """The text of the unit cell of a field with the year in its heading, else the unit and year in its heading."""
    beside = record.get(field.unit_field) if field.unit_field else ""
    said = record.units.get(field.name, "")
    return with_year(beside, year_of(said)) if beside else said


@lru_cache(maxsize=200_000)
def read_field(kind: EntityKind, name: str, text: str, unit: str = "", decimal: Decimal = "") -> FieldReading:
    """Read one cell of a value field, with the text of its unit cell or of the unit in its heading."""
    field = value_fields(kind)[name]
    if field.about == "date":
        period = read_date(text, serial=True)
        return FieldReading(field, period=period, unread=() if period else (text,))
    found = _plain(text, decimal) if field.about in ("share", "years") else _grammar(field, text, unit, decimal)
    good = tuple(value for value in found.values if field.bears(value))
    outside = tuple(value for value in found.values if not field.bears(value))
    unread = found.unread or (() if found.values else (text,))
    return FieldReading(field, good, None, unread, outside)


def _grammar(field: ValueField, text: str, unit: str, decimal: Decimal) -> Reading:
    about: About = field.about  # type: ignore[assignment]
    return read_quantities(text, about, unit, decimal)


def _plain(text: str, decimal: Decimal) -> Reading:
    """A share in per cent or a number of years: the figure and nothing else."""
    number = parse_number(text.strip().removesuffix("%").removesuffix("ans").removesuffix("years").strip(), decimal)
    return Reading((Quantity(number, number, raw=text),), ()) if number is not None else Reading((), (text,))


def _bound(text: str) -> float | None:
    return float(text) if text else None
