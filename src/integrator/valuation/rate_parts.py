"""What a local integration rate is made of: amounts and shares, of one vehicle or of several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple, TypeAlias

from integrator.valuation import bom
from integrator.valuation.bom import Line, Vehicle
from integrator.valuation.bounds import ANY_SHARE, flag, holding, hull, less, times, total
from integrator.valuation.corners import corners
from integrator.valuation.figures import Range, exact
from integrator.valuation.weighing import Weighed, change, mean

NOTHING, WHOLE = exact(0.0), exact(1.0)


def missing_of(rate: str, vehicle: Vehicle, left_out: Collection[str]) -> list[str]:
    """What must be known of a vehicle for a rate to have a value."""
    missing = list(bom.unpriced(vehicle, left_out if rate == "B" else ()))
    if vehicle.has_two_currencies:
        return missing  # assembly and margin too may be stated
    if rate == "B" and left_out and not any(line.group for line in vehicle.lines):
        missing.append(f"group of the lines of {vehicle.name}")
    if rate in "CEF" and vehicle.assembly is None:
        missing.append(f"assembly of {vehicle.name}")
    if rate in "EF" and vehicle.other is None:
        missing.append(f"other value of {vehicle.name}")
    return missing


def items_of(rate: str, vehicle: Vehicle, left_out: Collection[str], changed: Collection[str]) -> list[Weighed]:
    """Amounts and shares whose weighted mean the rate is; a changed line is another thing than it was."""
    lines = [line for line in vehicle.lines if rate != "B" or line.group not in left_out]
    items = [
        Weighed(f"{vehicle.name}\n{line.name}\n{line.name in changed}", line.price, _share(rate, line))
        for line in lines
        if line.price is not None
    ]
    own = NOTHING if rate == "F" else WHOLE
    if rate in "CEF" and vehicle.assembly is not None:
        items.append(Weighed(f"{vehicle.name}\n\nassembly", vehicle.assembly, own))
    if rate in "EF" and vehicle.other is not None:
        items.append(Weighed(f"{vehicle.name}\n\nother", vehicle.other, own))
    return items


def _share(rate: str, line: Line) -> Range:
    local = flag(line.local)
    if rate == "F":
        return less(WHOLE, local)
    return local if rate in "ABC" else times(local, line.domestic_share or ANY_SHARE)


class Pair(NamedTuple):
    """One vehicle of a sum."""

    before: list[Weighed]
    after: list[Weighed]
    volume: Range | None


Answers: TypeAlias = tuple[Range | None, Range | None, Range | None]
"""A rate before, after, and its change."""


def of_one(pair: Pair) -> Answers:
    """The answers of one vehicle, whatever its volume."""
    return mean(pair.before), mean(pair.after), change(pair.before, pair.after)


def of_many(pairs: Sequence[Pair]) -> Answers:
    """Over vehicles: line by line where volumes are exact, else by vehicle; one of unknown volume weighs anything."""
    if all(pair.volume is not None and pair.volume.is_exact for pair in pairs):
        old = list(chain.from_iterable(_scaled(pair.before, pair.volume) for pair in pairs))
        new = list(chain.from_iterable(_scaled(pair.after, pair.volume) for pair in pairs))
        return mean(old), mean(new), change(old, new)
    before = _any_weight([(pair.before, pair.volume) for pair in pairs])
    after = _any_weight([(pair.after, pair.volume) for pair in pairs])
    return before, after, None if before is None or after is None else _difference(pairs, before, after)


def _scaled(items: Sequence[Weighed], volume: Range | None) -> list[Weighed]:
    return [replace(one, amount=times(one.amount, volume)) for one in items if volume is not None]


def _any_weight(sides: Sequence[tuple[list[Weighed], Range | None]]) -> Range | None:
    """Mean of the vehicles' rates, each weighted by its yearly amount."""
    rates = [(mean(items), total(one.amount for one in items), volume) for items, volume in sides]
    known = mean(
        Weighed(str(number), times(whole, volume), rate)
        for number, (rate, whole, volume) in enumerate(rates)
        if rate is not None and volume is not None
    )
    free = [rate for rate, _, volume in rates if rate is not None and volume is None]
    found = [*free, *([known] if known else [])]
    if not found:
        return None
    if known and not free:
        return known
    spread = hull(found)
    return holding(spread.low, spread.high, None)


def _difference(pairs: Sequence[Pair], before: Range, after: Range) -> Range:
    """Where known prices stay, a mean of the vehicles' own changes; else the difference of two ranges."""
    same = all([one.amount for one in old] == [one.amount for one in new] for old, new, _ in pairs)
    same = same and all(one.amount.is_exact for old, _, _ in pairs for one in old)
    changes = [found for old, new, _ in pairs if (found := change(old, new)) is not None]
    apart = less(after, before)
    if not same or not changes:
        return Range(max(apart.low, -1.0), min(apart.high, 1.0), apart.point)
    spread = hull(changes)
    return holding(spread.low, spread.high, apart.point)


def yearly(gap: Range, volume: Range) -> Range:
    """A gap per vehicle, of either sign, times the vehicles a year."""
    return corners(lambda one, count: one * count, gap, volume)
