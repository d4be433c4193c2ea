"""The six named local integration rates, before and after a localisation, of a part, a vehicle and a portfolio.

A rate is a mean of shares weighted by prices: the share of a line is whether it is local (A, B, C), what of it is
domestic value added (D, E) or whether it is imported (F); assembly and other value are lines of their own. Formulas:
`data/valuation/rates.csv`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.valuation import bom
from integrator.valuation.bom import Line, Local, Vehicle
from integrator.valuation.bounds import total
from integrator.valuation.figures import Range
from integrator.valuation.rate_parts import NOTHING, WHOLE, Pair, items_of, missing_of, of_many, of_one, yearly

FILE = "valuation/rates.csv"
RATES = ("A", "B", "C", "D", "E", "F")
POWERTRAIN = frozenset({"powertrain"})


@dataclass(frozen=True)
class Definition:
    """One line of `data/valuation/rates.csv`."""

    depth: str
    """`tier1` or `all_tiers`."""
    better: str
    """`up` or `down`: the direction that is more local."""
    formula: str
    names: Mapping[str, str]
    """By language."""


@dataclass(frozen=True)
class Rate:
    """One rate with everything that must be printed beside it; shares, not percent."""

    id: str
    """A line of `data/valuation/rates.csv`."""
    scope: str
    """`part`, `vehicle` or `portfolio`."""
    of: str
    depth: str
    year: str
    left_out: tuple[str, ...]
    """Groups of lines that the definition leaves out."""
    before: Range | None
    after: Range | None
    change: Range | None
    """After - before, a share (x 100 = points)."""
    cost_gap: Range | None
    """Local price - price of today: per vehicle, for a portfolio a year. A dearer local part raises A to E."""
    currency: str
    missing: tuple[str, ...]
    """What would have to be known to say it at all, or at the price of local supply."""


@lru_cache(maxsize=1)
def definitions() -> Mapping[str, Definition]:
    """The shipped definitions. Raises `KnowledgeError` when a rate is missing or a line says something unknown."""
    found = {}
    for row in data.rows(FILE):
        if (
            row["rate"] not in RATES
            or row["depth"] not in ("tier1", "all_tiers")
            or row["better"] not in ("up", "down")
        ):
            raise data.KnowledgeError(f"{FILE}: rate {row['rate']!r}: unknown rate, depth or direction")
        names = {language: row[f"name_{language}"] for language in ("fr", "en", "ar")}
        found[row["rate"]] = Definition(row["depth"], row["better"], row["formula"], names)
    if tuple(found) != RATES:
        raise data.KnowledgeError(f"{FILE}: the lines must be {', '.join(RATES)} in this order")
    return found


def vehicle_rates(
    vehicle: Vehicle, locals_: Mapping[str, Local], left_out: Collection[str] = POWERTRAIN
) -> tuple[Rate, ...]:
    """The six rates of a vehicle before and after localising the lines of `locals_` (line name -> local supply).

    Undefined (nothing is bought) or not all known: None, with the missing inputs. An unknown local flag or domestic
    share makes an interval. Raises `KeyError` for a line that the vehicle does not have.
    """
    return tuple(_rate(rate, "vehicle", [vehicle], {vehicle.name: locals_}, left_out) for rate in RATES)


def part_rates(line: Line, local: Local, *, currency: str = "", year: str = "") -> tuple[Rate, ...]:
    """The six rates of one part alone, without a bill of materials around it: no assembly, nothing else bought."""
    alone = Vehicle(line.name, (line,), NOTHING, NOTHING, WHOLE, currency, year)
    left_out = POWERTRAIN if line.group else ()
    return tuple(_rate(rate, "part", [alone], {line.name: {line.name: local}}, left_out) for rate in RATES)


def portfolio_rates(
    vehicles: Sequence[Vehicle],
    locals_: Mapping[str, Mapping[str, Local]],
    left_out: Collection[str] = POWERTRAIN,
    name: str = "",
) -> tuple[Rate, ...]:
    """The six rates of several vehicles (`locals_`: vehicle name -> line name -> local supply), weighted by volume.

    A vehicle of unknown volume may weigh anything, so the rate lies between what the others give and its own.
    Raises `ValueError` when vehicles share a name or have two currencies, `KeyError` for an unknown vehicle or line.
    """
    names = [vehicle.name for vehicle in vehicles]
    if len(set(names)) < len(names) or len({vehicle.currency for vehicle in vehicles}) > 1:
        raise ValueError("a portfolio needs vehicles of different names and one currency")
    strange = sorted(set(locals_) - set(names))
    if strange:
        raise KeyError(f"no vehicle {strange[0]!r} in the portfolio")
    return tuple(_rate(rate, "portfolio", vehicles, locals_, left_out, name) for rate in RATES)


def _rate(
    rate: str,
    scope: str,
    vehicles: Sequence[Vehicle],
    locals_: Mapping[str, Mapping[str, Local]],
    left_out: Collection[str],
    name: str = "",
) -> Rate:
    wanted = [(vehicle, locals_.get(vehicle.name, {})) for vehicle in vehicles]
    after = [bom.localised(vehicle, of_vehicle) for vehicle, of_vehicle in wanted]
    gaps = [bom.cost_gap(vehicle, of_vehicle) for vehicle, of_vehicle in wanted]
    missing = [text for vehicle in vehicles for text in missing_of(rate, vehicle, left_out)]
    answers: tuple[Range | None, Range | None, Range | None] = (None, None, None)
    if vehicles and not missing:
        pairs = [
            Pair(items_of(rate, one, left_out, ()), items_of(rate, other, left_out, of_vehicle), one.volume)
            for one, other, (_, of_vehicle) in zip(vehicles, after, wanted, strict=True)
        ]
        answers = of_one(pairs[0]) if scope != "portfolio" else of_many(pairs)
        missing += ["a purchase above 0"] if answers[0] is None and answers[1] is None else []
    if scope == "portfolio":
        missing += [f"volume of {vehicle.name}" for vehicle in vehicles if vehicle.volume is None]
        gaps = [
            None if gap is None or vehicle.volume is None else yearly(gap, vehicle.volume)
            for gap, vehicle in zip(gaps, vehicles, strict=True)
        ]
    missing += [
        f"local price of {line}" for _, of in wanted for line, local in sorted(of.items()) if local.price is None
    ]
    known = [gap for gap in gaps if gap is not None]
    return Rate(
        id=rate,
        scope=scope,
        of=name or ", ".join(vehicle.name for vehicle in vehicles),
        depth=definitions()[rate].depth,
        year=", ".join(sorted({vehicle.year for vehicle in vehicles if vehicle.year})),
        left_out=tuple(sorted(left_out)) if rate == "B" else (),
        before=answers[0],
        after=answers[1],
        change=answers[2],
        cost_gap=total(known) if len(known) == len(gaps) else None,
        currency=vehicles[0].currency if vehicles else "",
        missing=tuple(dict.fromkeys(missing)),
    )
