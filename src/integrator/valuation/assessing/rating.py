"""The six integration rates: of each part, each vehicle and the vehicles together; and the lines behind them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from integrator.valuation.assessing.context import Case, Context
from integrator.valuation.assessing.worth import unit_price
from integrator.valuation.bom import HOME, Line, Local, Vehicle
from integrator.valuation.figures import Figure
from integrator.valuation.rates import Rate, part_rates, portfolio_rates, vehicle_rates
from integrator.valuation.rows import Row, ends, flag


def part_rows(case: Case, share: Figure, cost: Figure) -> Iterator[Row]:
    """The rates of the part of a need when its price is known: by its line in a bill, else by the need itself.

    `share`: its domestic share, `cost`: its local unit cost, which stands for the local price that nobody states; one
    without an upper end (the volume may be nothing) does not.
    """
    price = unit_price(case)
    if price is None:
        return
    currency = price.unit.split("/")[0]
    countries = [one for one in str(case.need["import_country"]).split("; ") if one]
    origin = countries[0] if len(countries) == 1 else ""
    is_local = None if not countries else countries == [HOME]
    line = Line(case.need_id, price.value, is_local, origin=origin)
    is_usable = cost.value is not None and cost.unit == f"{currency}/part" and cost.value.high < math.inf
    local_price = cost.value if is_usable else None
    local = Local(local_price, share.value)
    for one in part_rates(line, local, currency=currency):
        yield _row(one, case.need_id, "")


def vehicle_rows(context: Context) -> Iterator[Row]:
    """The rates of each vehicle with all lines that its bill marks, and with the line of each need alone."""
    for vehicle in context.bills.vehicles:
        marked = context.bills.locals_.get(vehicle.name, {})
        for one in vehicle_rates(vehicle, marked, context.options.left_out):
            yield _row(one, vehicle.name, "")
    for need_id, lines in sorted(context.bills.lines_of.items()):
        for vehicle in context.bills.vehicles:
            own = {line for name, line in lines if name == vehicle.name}
            marked = context.bills.locals_.get(vehicle.name, {})
            if own:
                locals_ = {line: marked.get(line, Local()) for line in sorted(own)}
                for one in vehicle_rates(vehicle, locals_, context.options.left_out):
                    yield _row(one, vehicle.name, need_id)


def portfolio_rows(context: Context) -> Iterator[Row]:
    """The rates of the vehicles of one currency together, when there are several; a bill of a part is none."""
    by_currency: dict[str, list[Vehicle]] = {}
    needs = set(context.needs["need_id"])
    for vehicle in (one for one in context.bills.vehicles if one.name not in needs):
        by_currency.setdefault(vehicle.currency, []).append(vehicle)
    for currency, vehicles in sorted(by_currency.items()):
        names = {vehicle.name for vehicle in vehicles}
        locals_ = {name: of for name, of in context.bills.locals_.items() if name in names}
        for one in portfolio_rates(vehicles, locals_, context.options.left_out) if len(vehicles) > 1 else ():
            yield _row(one, currency, "")


def _row(rate: Rate, of: str, need_id: str) -> Row:
    return {
        "scope": rate.scope, "of": of, "need_id": need_id, "rate": rate.id, "depth": rate.depth, "year": rate.year,
        "left_out": ", ".join(rate.left_out), **ends(rate.before, "before_low", "before", "before_high"),
        **ends(rate.after, "after_low", "after", "after_high"),
        **ends(rate.change, "change_low", "change", "change_high"),
        **ends(rate.cost_gap, "gap_low", "gap", "gap_high"), "currency": rate.currency,
        "missing": "; ".join(rate.missing),
    }  # fmt: skip


def line_rows(context: Context) -> Iterator[Row]:
    """`tables.BILL_LINES`: every line of every bill as it was read."""
    needs: dict[tuple[str, str], list[str]] = {}
    for need_id, lines in sorted(context.bills.lines_of.items()):
        for key in lines:
            needs.setdefault(key, []).append(need_id)
    for vehicle in context.bills.vehicles:
        marked = context.bills.locals_.get(vehicle.name, {})
        for line in vehicle.lines:
            key = (vehicle.name, line.name)
            yield _line(vehicle, line, marked.get(line.name), needs.get(key, ()), context.bills.cells.get(key, ""))
        for kind, value in (("assembly", vehicle.assembly), ("other", vehicle.other)):
            if value is not None:
                cell = context.bills.added.get((vehicle.name, kind), "")
                yield {**_line(vehicle, Line("", value), None, (), cell), "kind": kind, "localise": ""}


def _line(vehicle: Vehicle, line: Line, local: Local | None, needs: Iterable[str], cell: str) -> Row:
    volume = vehicle.volume.point if vehicle.volume else None
    return {
        "vehicle": vehicle.name, "kind": "purchase", "line": line.name, "need_id": "; ".join(needs),
        **ends(line.price, "price_low", "price", "price_high"), "currency": vehicle.currency, "volume": volume,
        "year": vehicle.year, "local": flag(line.local), "origin": line.origin,
        **ends(line.domestic_share, "domestic_low", "domestic", "domestic_high"), "group": line.group,
        "hs_code": line.hs_code, "proof": flag(line.proof), "localise": flag(local is not None),
        **ends(local.price if local else None, "local_price_low", "local_price", "local_price_high"),
        **ends(
            local.domestic_share if local else None, "local_domestic_low", "local_domestic", "local_domestic_high"
        ),
        "cell": cell,
    }  # fmt: skip
