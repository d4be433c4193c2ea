"""Gross import replaced and net domestic value of one need, side by side."""

from __future__ import annotations

import math
from dataclasses import replace

from integrator.valuation.assessing.context import Case, Context, Row
from integrator.valuation.bounds import times
from integrator.valuation.cost_shares import ITEMS, WHOLE
from integrator.valuation.domestic import Domestic, domestic_value
from integrator.valuation.figures import Given, Range, exact, kind_of
from integrator.valuation.gross import gross_value, is_yearly_demand, priced


def demand(case: Case) -> Given | None:
    """Parts a year: what was stated for the valuation, else the yearly demand of the need in parts."""
    if "volume" in case.given:
        return case.given["volume"]
    need = case.need
    if need["volume_unit"] != "part" or not is_yearly_demand(need):
        return None
    return case.stated("volume", "annual_volume", Given("volume", spread(need), "part/year", "stated"))


def unit_price(case: Case) -> Given | None:
    """The price of the need by the part, in its currency."""
    price, priced_in = priced(case.need)
    currency = str(case.need["currency"]) or priced_in
    if price is None or not currency:
        return None
    given = Given("unit_price", exact(price), f"{currency}/part", "stated")
    return case.stated("unit_price", "unit_price", given)


def gross(case: Case) -> tuple[Given | None, tuple[Given, ...], tuple[str, ...]]:
    """Import replaced a year, the inputs it was worked out of, and what is missing."""
    price, volume = unit_price(case), demand(case)
    if price and volume:
        value = times(price.value, volume.value)
        given = Given("gross_import_replaced", value, price.unit.replace("/part", "/year"), "derived")
        return given, (volume, price), ()
    found = gross_value(case.need)
    if found.value is not None and found.status == "stated":
        given = Given("annual_value", exact(found.value), f"{found.currency}/year", "stated")
        field = "annual_value" if "annual_value" in case.facts else "price_or_value"
        told = case.stated("annual_value", field, given)
        return replace(told, name="gross_import_replaced"), (told,), ()
    known = tuple(one for one in (volume, price) if one)
    return None, known, tuple(name for name, one in (("volume", volume), ("unit_price", price)) if one is None)


def worth(case: Case, context: Context) -> Domestic:
    """The figures of `domestic_value` for a need.

    A domestic share that a bill of materials states for the local supply of its line stands before cost shares.
    """
    value, inputs, missing = gross(case)
    shares = {name: one for name, one in case.given.items() if name in ITEMS and name != WHOLE}
    found = domestic_value(
        value, shares, case.lineage, assumptions=context.options.assumptions, gross_missing=missing,
        whole=_billed_share(case, context),
    )  # fmt: skip
    return replace(found, gross=replace(found.gross, inputs=inputs))


def worth_of_part(case: Case, found: Domestic) -> Given | None:
    """Net domestic value by the part, in the currency of the price; None when price or share are not known."""
    price = unit_price(case)
    if price is None or found.share.value is None:
        return None
    return Given("weight", times(price.value, found.share.value), price.unit, kind_of((price, *found.share.inputs)))


def _billed_share(case: Case, context: Context) -> Given | None:
    """The domestic share of the local supply, when every line of the need that states one states the same."""
    stated = [
        (context.bills.locals_.get(vehicle, {}).get(line), context.bills.cells.get((vehicle, line), ""))
        for vehicle, line in context.bills.lines_of.get(case.need_id, ())
    ]
    found = {local.domestic_share: cell for local, cell in reversed(stated) if local and local.domestic_share}
    if len(found) != 1:
        return None
    ((value, cell),) = found.items()
    return Given(WHOLE, value, "share", "stated", source=cell.split(" [")[0], cell=cell)


def spread(need: Row) -> Range:
    """The volume of a need with its ends, open where only one is said; without a single number it has no point."""
    low, point, high = (float(need[name]) for name in ("volume_low", "volume", "volume_high"))
    if not math.isnan(point):
        return Range(min([point, *_said(low)]), max([point, *_said(high)]), point)
    return Range(*(_said(low) or [0.0]), *(_said(high) or [math.inf]))


def _said(value: float) -> list[float]:
    return [] if math.isnan(value) else [value]
