"""What an analyst should ask about the value cells: unread, out of bounds, unclear, or a factor of ten apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

from integrator import data
from integrator.errors import Problem
from integrator.normalization.codes import doubtful_codes
from integrator.normalization.levels import FIELD, is_understood
from integrator.normalization.values import FieldReading, read_field, unit_of, value_fields
from integrator.records import EntityKind, Quantity, Record
from integrator.text.numbers import Decimal
from integrator.text.quantities import About, contradicts, millions_or_metres
from integrator.text.registration import read_ice

_TONNES = ("t", "")
_GRAMMARS = ("headcount", "money", "volume")
TWO_WAYS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,])")
"""A figure with three digits behind one sign."""
_HOW = {
    "headcount": "write the number of persons: 250, 200-300, > 500",
    "money": "write the sum and its currency: 2,5 MDH, 300000 EUR",
    "volume": "write the figure, its unit and its period: 12000 t/an",
    "share": "write a share in per cent: 35",
    "years": "write a number of years: 7",
    "date": "write 2024, 2024-T3, 2024-03 or 2024-03-12",
}
_Doubt = tuple[str, str, str, str]
"""Field, problem code, message, what to do."""
_CODES = {"supplier": "hs_codes", "need": "hs_code"}
_CAPACITIES = ("annual_capacity", "spare_capacity")


def value_problems(records: Sequence[Record]) -> tuple[Problem, ...]:
    """Every doubt about a value cell, each with its cell; the row itself is used all the same."""
    found = {_problem(record, *doubt) for record in records for doubt in _doubts_of(record)}
    named = (
        problem
        for record in records
        for problem in (*_ice_problems(record), *_code_problems(record), *_level_problems(record))
    )
    return tuple(sorted({*found, *named}))


def _doubts_of(record: Record) -> Iterator[_Doubt]:
    for name, field in value_fields(record.kind).items():
        text = record.values.get(name)
        if text and not field.free:
            yield from _doubts(record.kind, name, text, unit_of(record, field), record.decimals.get(name, ""))


def _ice_problems(record: Record) -> Iterator[Problem]:
    said = read_ice(record.get("ice")) if record.get("ice") else None
    if said and said.verdict != "ok":
        why = {
            "wrong_check": "its check digits do not fit",
            "lost_zeros": "15 digits are expected; zeros in front were lost",
            "no_ice": "15 digits are expected",
        }[said.verdict]
        yield _problem(record, "ice", "wrong_ice", f"ice: {why}; not used", "ask for the ICE and type it as text")


def _code_problems(record: Record) -> Iterator[Problem]:
    field = _CODES.get(record.kind, "")
    text = record.get(field)
    for figure in doubtful_codes(text) if text else ():
        message = f"{field}: {figure} is no whole tariff code (4, 6, 8 or 10 digits): was a zero lost?"
        yield _problem(record, field, "doubtful_code", message, "type the code as text: 8544.30")


def _level_problems(record: Record) -> Iterator[Problem]:
    text = record.get(FIELD)
    if text and not is_understood(text):
        message = f"{FIELD}: {text[:80]!r} is no level; the row is taken for restricted"
        yield _problem(record, FIELD, "unknown_level", message, "write public, members or restricted")


@lru_cache(maxsize=200_000)
def _doubts(kind: EntityKind, name: str, text: str, unit: str, decimal: Decimal) -> tuple[_Doubt, ...]:
    """What is doubtful in one text of a field: the same in every row, so said once."""
    reading = read_field(kind, name, text, unit, decimal)
    return (*_unread(reading, text, unit, decimal), *_outside(reading), *_tonnes(reading), *_slips(reading))


def _unread(reading: FieldReading, cell: str, unit: str, decimal: Decimal) -> Iterator[_Doubt]:
    field = reading.field
    for text in reading.unread if field.strict else ():
        why, action = why_unread(field.about, text, unit, decimal)
        place = "" if text == cell else f" of {cell[:80]!r}"
        yield field.name, "unread_value", f"{field.name}: {text[:80]!r}{place} {why}; it is not used", action


def why_unread(about: str, text: str, unit: str, decimal: Decimal) -> tuple[str, str]:
    """Why a figure was not read, beside the unit of its column, and what to write."""
    clash = contradicts(text, unit, cast(About, about), decimal) if unit and about in _GRAMMARS else ""
    if clash == "unit":
        return (
            f"names another unit than its column, {unit!r}",
            "write it in the unit of the column, or leave that blank",
        )
    if clash == "multiplier":
        return f"has a multiplier and its column another one, {unit!r}", "write the figure in the unit of the column"
    if about == "volume" and millions_or_metres(text):
        return "is millions or metres", "write 1.5 million, or 1.5 metres"
    if two_ways := TWO_WAYS.search(text):
        whole, part = two_ways[0].replace(",", "").replace(".", ""), two_ways[0].replace(",", ".")
        shorter = part.rstrip("0").removesuffix(".")
        return f"is {whole} or {part}: no other figure of the column tells", f"write {whole} or {shorter}"
    return "cannot be read in one way", _HOW[about]


def _outside(reading: FieldReading) -> Iterator[_Doubt]:
    field = reading.field
    for value in reading.outside:
        message = f"{field.name}: {_figure(value)} is outside {field.smallest:g} to {field.largest:g}; not used"
        yield field.name, "out_of_range", message, "check the figure and its multiplier"


def _tonnes(reading: FieldReading) -> Iterator[_Doubt]:
    name = reading.field.name
    if name in _CAPACITIES and any((value.unit, value.period) == _TONNES for value in reading.quantities):
        message = f"{name}: tonnes of what: a press force, or a mass per year?"
        yield name, "unclear_tonnes", message, "write t/an for a mass, or move the press to the machines"


def _slips(reading: FieldReading) -> Iterator[_Doubt]:
    name = reading.field.name
    for one, other, rate, low, high in exchange_slips(reading.quantities):
        message = (
            f"{name}: {_figure(one)} and {_figure(other)} make {rate:.4g} {other.unit} for one {one.unit},"
            f" outside {low:g} to {high:g}"
        )
        yield name, "exchange_slip", message, "check the figures: a factor of ten is a usual slip"


def exchange_slips(values: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity, float, float, float]]:
    """Two sums of one kind whose rate is outside its band: both, the rate, and the band (`exchange_bands.csv`)."""
    exact = [value for value in values if value.low and value.low > 0 and value.high == value.low]
    for one in exact:
        for other in exact:
            band = _bands().get((one.unit, other.unit))
            same = (one.basis, one.year or other.year) == (other.basis, other.year or one.year)
            if band and same and one.low and other.low and not band[0] <= other.low / one.low <= band[1]:
                yield one, other, other.low / one.low, *band


@lru_cache(maxsize=1)
def _bands() -> dict[tuple[str, str], tuple[float, float]]:
    rows = data.rows("reading/exchange_bands.csv")
    return {(row["of"], row["in"]): (float(row["low"]), float(row["high"])) for row in rows}


def _figure(value: Quantity) -> str:
    ends = dict.fromkeys(end for end in (value.low, value.high) if end is not None)
    return f"{' to '.join(f'{end:,.15g}' for end in ends)} {value.unit}".strip()


def _problem(record: Record, field: str, code: str, message: str, action: str) -> Problem:
    cell = record.cells[field]
    raw = record.get(field)[:200]
    return Problem(cell.file, cell.sheet, cell.row, cell.letters, code, "warning", message, action, raw)
