"""The cells of one row of stated inputs -> a range in the unit that the input is counted in, or why there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from integrator.records import CellRef, Record
from integrator.valuation.figures import Range, exact
from integrator.valuation.reading import bom_cells
from integrator.valuation.reading.input_names import Input, Named
from integrator.valuation.reading.stated_amounts import Ends, counted_in, example_unit, read_ends
from integrator.valuation.reading.stated_units import NO_UNIT, read_unit

CELLS = ("value", "low", "high")
PERCENT = 0.01


class Unread(Exception):
    """Why a row cannot be used."""

    def __init__(self, column: str, code: str, message: str, action: str) -> None:
        super().__init__(message)
        self.column, self.code, self.message, self.action = column, code, message, action


def stated_value(record: Record, named: Named) -> tuple[Range, str, CellRef]:
    """What a row says of an input, its unit and the cell where it stands. Raises `Unread`."""
    one = named.input
    value, unit, cell = _flag(record, one) if one.is_flag else _amount(record, named)
    fault = one.bounds.fault(value)
    if fault:
        said = f"{record.get(_filled(record)[0])} {record.get('unit')}"
        share = unit.startswith("share") and value.high > 1 and "%" not in said
        hint = f"write it with %: {value.high:g} %, or as a share: {value.high / 100:g}" if share else "correct it"
        raise Unread(_filled(record)[0], "stated_value", f"{one.name} {fault}", hint)
    return value, unit, cell


def _filled(record: Record) -> list[str]:
    """The cells of the row that hold a value."""
    found = [name for name in CELLS if record.get(name)]
    if not found:
        raise Unread("", "no_value", f"no value of {record.get('input')!r}; it stays unknown", "fill it in or leave it")
    return found


def _flag(record: Record, one: Input) -> tuple[Range, str, CellRef]:
    name, *more = _filled(record)
    meaning = bom_cells.meaning("flag", record.get(name))
    if more or not meaning:
        raise Unread(name, "stated_value", f"{one.name} is neither yes nor no", "write yes or no in the column value")
    return exact(1.0 if meaning == "yes" else 0.0), "flag", record.cells[name]


def _amount(record: Record, named: Named) -> tuple[Range, str, CellRef]:
    names = _filled(record)
    read = {name: _cell(record, name, named) for name in names}
    units = sorted({unit for _, unit in read.values()})
    if len(units) > 1:
        raise Unread(names[0], "stated_unit", f"the cells say {' and '.join(units)}", "give them in one unit")
    ends = {name: ends for name, (ends, _) in read.items()}
    return _range(ends, names, units[0]), units[0], record.cells[names[0]]


def _range(ends: Mapping[str, Ends], names: Sequence[str], unit: str) -> Range:
    """One range of the cells: a value alone may be a range; beside other cells it is the likeliest one."""
    value, low, high = (ends.get(name) for name in CELLS)
    if (low or high) and any(one.low != one.high for one in ends.values()):
        raise Unread(names[0], "stated_value", "a range stands beside another cell of the value",
                     "write the ends in low and high and the likeliest in value")  # fmt: skip
    least = low.low if low else value.low if value and not high else None
    most = high.high if high else value.high if value and not low else None
    if unit == "share":
        least, most = least or 0.0, 1.0 if most is None else most
    if least is None or most is None:
        raise Unread(names[0], "stated_value", "one end of the value is open", "give both ends")
    point = value.low if value and value.low == value.high else None
    if not least <= (least if point is None else point) <= most:
        raise Unread(names[0], "stated_value", "low, value and high are not in order", "correct them")
    return Range(least, most, least if least == most else point)


def _cell(record: Record, name: str, named: Named) -> tuple[Ends, str]:
    """The ends of one cell in the unit that the input is counted in, and that unit."""
    ends = read_ends(record.get(name), record.decimals.get(name, ""))
    if ends is None:
        raise Unread(name, "stated_value", f"{named.input.name} is not one figure or range, or has two readings",
                     "write one number, or its ends in low and high")  # fmt: skip
    beside = [text for text in (record.get("unit"), record.units.get(name, ""), named.unit) if text]
    own = "" if read_unit(ends.unit) == NO_UNIT else ends.unit  # a remark in brackets
    unit, factor = _unit(own, beside, named.input, name)
    is_small = any(0 < one <= 1 for one in (ends.low, ends.high) if one is not None)
    # a number cell of a workbook may be formatted as a percentage
    if factor == PERCENT and is_small and not own and record.ref.sheet:
        raise Unread(name, "stated_value", f"{named.input.name} may be a share or a percentage",
                     "write it with % in the cell")  # fmt: skip
    low, high = (None if end is None else _times(end, factor) for end in (ends.low, ends.high))
    if math.inf in (low, high):
        raise Unread(name, "stated_value", f"{named.input.name} is too large a number", "correct it")
    return Ends(low, high, unit), unit


def _times(figure: float, factor: float) -> float:
    """A figure in another unit; divided where the factor is a part of 1, so that 35 % is 0.35 and nothing near it."""
    parts = 1 / factor
    return figure / round(parts) if factor < 1 and math.isclose(parts, round(parts)) else figure * factor


def _unit(own: str, beside: Sequence[str], one: Input, column: str) -> tuple[str, float]:
    """The unit that a cell is counted in, and how many of it one of its figures is. Raises `Unread`."""
    texts = [own, *beside] if own else list(beside) or [""]
    found = {text: _counted(text, one) for text in texts}
    longer = bool(beside) and own not in beside and all(map(_is_percent, beside))
    if own and found[own] is None and longer and _is_percent(own):
        del found[own]  # "12 %" beside a unit "% CIF": the longer one tells what of
    for text, counted in found.items():
        if counted is None:
            said = f"the unit {text!r} is none of {one.name}" if text else f"no unit says what {one.name} is counted in"
            raise Unread("unit" if text != own else column, "stated_unit", said, f"write {example_unit(one)}")
    units = {counted[0] for counted in found.values() if counted}
    if len(units) > 1:
        raise Unread(column, "stated_unit", f"the units {' and '.join(map(repr, found))} contradict each other",
                     "keep one of them")  # fmt: skip
    return next(counted for counted in found.values() if counted)


def _counted(text: str, one: Input) -> tuple[str, float] | None:
    said = read_unit(text)
    return said and counted_in(said, one)


def _is_percent(text: str) -> bool:
    said = read_unit(text)
    return said is not None and said.factor == PERCENT
