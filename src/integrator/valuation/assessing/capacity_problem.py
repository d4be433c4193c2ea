"""The tables of a job -> what is shared out: needs, free capacities, pairs, and what a unit of a need counts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from integrator.valuation.allocation import Capacity, Need, Pair, Problem, Rules
from integrator.valuation.assessing.asking import PERIOD, asked, closed
from integrator.valuation.assessing.context import Case, Context
from integrator.valuation.assessing.free_capacity import Free, free_capacities
from integrator.valuation.assessing.hard_criteria import shut_out
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.shadow_words import Counts

ABLE = 3
"""Least grade of a pair: below it a supplier must invest first, and what it has free makes other things."""
ONE = exact(1.0)
NEED = "need"
"""Unit of a plan in which every need counts the same."""


@dataclass(frozen=True)
class Objective:
    """What a plan makes most of: one measure for all needs, never two."""

    counts: Counts
    unit: str
    """A currency, or `need`."""
    scale: float = 1.0
    """What the weights of the problem were multiplied by, so that the least is not lost beside rounding errors."""


@dataclass(frozen=True)
class Sharing:
    """What is shared out."""

    problem: Problem
    objective: Objective
    other_units: Mapping[str, str]
    """Suppliers whose capacity is stated, but in no unit that one of their needs counts in -> its unit."""

    @cached_property
    def capacities(self) -> Mapping[str, Capacity]:
        """By supplier."""
        return {one.supplier_id: one for one in self.problem.capacities}


@dataclass(frozen=True)
class _Couple:
    """A supplier that may make a need."""

    supplier_id: str
    need: Need
    use: Given | None
    weight: Given | None


def sharing(cases: Iterable[Case], context: Context, worths: Mapping[str, Given]) -> Sharing:
    """Every need, and the suppliers of grade 3 or 4 that fail no hard criterion, with their capacities in a year.

    `worths`: need id -> what one unit of it is worth to the country, e.g. in `MAD/part`. It is what counts when every
    pair has one (its own stated `weight` first) in one currency; else each need counts 1, in proportion to the share of
    its largest demand that is made. The two are never mixed: a need without a price would be worth nothing beside the
    others.
    """
    needs = tuple(_need(case) for case in cases)
    couples = _couples({one.need_id: one for one in needs if one.volume}, context)
    free = free_capacities(context.facts, context.stated)
    by_supplier: dict[str, list[_Couple]] = {}
    for couple in couples:
        by_supplier.setdefault(couple.supplier_id, []).append(couple)
    capacities = {one: _capacity(one, ones, free.get(one, {})) for one, ones in by_supplier.items()}
    objective, weights = _weights(couples, worths)
    pairs = tuple(_pair(one, capacities[one.supplier_id], weights[i]) for i, one in enumerate(couples))
    other = {
        one: min(free[one])
        for one, capacity in capacities.items()
        if capacity.amount is None and free.get(one) and capacity.unit not in free[one]
    }
    options = context.options
    rules = Rules(options.lot, options.suppliers_per_need, options.needs_per_supplier)
    return Sharing(Problem(needs, tuple(capacities.values()), pairs, rules), objective, other)


def _need(case: Case) -> Need:
    volume, unit = asked(case)
    return Need(case.need_id, closed(volume), f"{unit}/{PERIOD}" if unit else "")


def _couples(needs: Mapping[str, Need], context: Context) -> list[_Couple]:
    matches = context.matches
    able = matches[(matches["supplier_id"] != "") & (matches["grade"] >= ABLE)]
    failing = shut_out(context.reasons, "plan")
    found: list[_Couple] = []
    for need_id, supplier_id in zip(able["need_id"].tolist(), able["supplier_id"].tolist(), strict=True):
        if need_id in needs and (need_id, supplier_id) not in failing:
            given = context.stated.of_pairs.get((need_id, supplier_id), {})
            use, weight = (_usable(given.get(name)) for name in ("use", "weight"))
            found.append(_Couple(supplier_id, needs[need_id], use, weight))
    return found


def _usable(given: Given | None) -> Given | None:
    return given if given is not None and given.value.low >= 0 and given.value.high < math.inf else None


def _counted_in(couple: _Couple, unit: str) -> Range | None:
    """The capacity in a unit that one unit of the need takes; None when nothing tells."""
    if couple.use is not None and f"{couple.use.unit.partition('/')[0]}/{PERIOD}" == unit:
        return couple.use.value
    return ONE if couple.need.unit == unit else None


def _capacity(supplier_id: str, couples: list[_Couple], free: Free) -> Capacity:
    """The capacity in the unit in which most of the supplier's needs count (ties by name); unknown when none does.

    An unknown capacity counts in the unit of the needs, or in none where these differ.
    """
    counted = {unit: sum(_counted_in(one, unit) is not None for one in couples) for unit in free}
    unit = min(counted, key=lambda one: (-counted[one], one), default="")
    if not counted.get(unit):
        units = {one.need.unit for one in couples}
        return Capacity(supplier_id, None, units.pop() if len(units) == 1 else "")
    return Capacity(supplier_id, _ended(free[unit], unit, couples), unit)


def _ended(amount: Range, unit: str, couples: list[_Couple]) -> Range | None:
    """An open upper end becomes all that could be asked; None when nothing at all limits it."""
    if amount.low < 0 or amount.high < math.inf:
        return None if amount.low < 0 else amount
    uses = [(_counted_in(one, unit), one.need.volume) for one in couples]
    most = math.fsum(use.high * volume.high for use, volume in uses if use and volume)
    return Range(amount.low, max(amount.low, most)) if amount.low > 0 else None


def _pair(couple: _Couple, capacity: Capacity, weight: Range) -> Pair:
    """The pair in the unit of the capacity; one that cannot be counted in it keeps its own unit, which shuts it out."""
    use = _counted_in(couple, capacity.unit)
    if use is None and capacity.amount is None:
        use = ONE
    unit = capacity.unit if use is not None else couple.need.unit
    return Pair(couple.supplier_id, couple.need.need_id, weight, use or ONE, unit, couple.need.unit)


def _weights(couples: list[_Couple], worths: Mapping[str, Given]) -> tuple[Objective, list[Range]]:
    known = [_usable(one.weight or worths.get(one.need.need_id)) for one in couples]
    units = Counter(given.unit if given else "" for given in known)
    currencies = {unit.partition("/")[0] for unit in units}
    in_unit = all(
        given is not None and f"{given.unit.partition('/')[2]}/{PERIOD}" == one.need.unit
        for one, given in zip(couples, known, strict=True)
    )
    if couples and in_unit and len(currencies) == 1:
        return Objective("worth", currencies.pop()), [given.value for given in known if given]
    asked_most = [one.need.volume.high if one.need.volume else 0.0 for one in couples]
    scale = max(asked_most, default=1.0)
    return Objective("share", NEED, scale or 1.0), [exact(scale / most if most else 0.0) for most in asked_most]
