"""Inputs of a valuation by chance: nothing, everything, open ends, wrong units, bills with gaps; all made up."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

from integrator.valuation.bills import Bills
from integrator.valuation.bom import Line, Local, Vehicle
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.options import Options
from integrator.valuation.stated import Stated

OF_NEED = {
    **dict.fromkeys(
        "imported_materials local_materials energy_services labour other_value_added own_value_added material_domestic"
        " service_domestic duty_rate levy_rate material_share operator_share integration_rate oee[a] oee[b]".split(),
        "share",
    ),
    **dict.fromkeys("cif_price fob_price freight insurance handling variable_cost".split(), "EUR/part"),
    **dict.fromkeys("gender future_trades sustainable".split(), "flag"),
    **dict.fromkeys("capex_exponent fixed_exponent".split(), "exponent"),
    **dict.fromkeys("cycle_seconds[a] cycle_seconds[b]".split(), "second"),
    **dict.fromkeys("operators[a] operators[b]".split(), "people"),
    **dict.fromkeys("transit_days days".split(), "day"),
    **dict.fromkeys("wacc discount_rate".split(), "share/year"),
    "capex": "MAD", "lifetime": "year", "fixed_cost": "EUR/year", "exchange_rate": "MAD/EUR", "volume": "part/year",
    "shifts": "", "hours": "hour", "lead_months": "month", "coordination": "MAD/year", "jobs": "jobs",
}  # fmt: skip
OF_PAIR = {
    "process_price[emboutissage]": "MAD/part", "process_capacity[emboutissage]": "part/year", "use": "",
    "weight": "MAD/part",
}  # fmt: skip
UNITS = ("USD/part", "MAD", "t/year", "of_sales", "of_landed", "of_cif", "MDH", "", "EUR/year", "USD")


def value(chance: random.Random, unit: str, *, is_open: bool = True) -> Range:
    """An exact number, or a range with or without a point or an upper end; a share within 0-1."""
    is_share = unit in ("share", "flag", "exponent")
    top = 1.0 if is_share else chance.choice([1.0, 10.0, 1e3, 1e6, 1e9])
    low, point, high = sorted(chance.choice([0.0, chance.random() * top, chance.random() * top, top]) for _ in "abc")
    made = [exact(point), Range(low, high, point), Range(low, high)]
    return chance.choice([*made, Range(low, math.inf)] if is_open and not is_share else made)


def given(chance: random.Random, name: str, unit: str) -> Given:
    """A stated input; one in ten is in a unit that it should not have."""
    unit = chance.choice(UNITS) if chance.random() < 0.1 else unit
    return Given(name, value(chance, unit), unit, "stated", "made up", "2026", "any.csv A1")


def stated(chance: random.Random) -> Stated:
    """Little, much or nearly everything, of the job, its needs, suppliers and pairs."""
    much = chance.choice([0.2, 0.6, 0.95])

    def some(of: Mapping[str, str], share: float) -> dict[str, Given]:
        return {name: given(chance, name, unit) for name, unit in of.items() if chance.random() < share}

    return Stated(
        some(OF_NEED, much / 3),
        {need: some(OF_NEED, much) for need in ("N1", "N2", "N3", "N4") if chance.random() < 0.7},
        {supplier: some({"capacity": "part/year"}, 0.7) for supplier in ("S1", "S2")},
        {("N3", supplier): some(OF_PAIR, 0.6) for supplier in ("S2", "S3")},
    )


def bills(chance: random.Random) -> Bills:
    """Up to three bills of up to four lines; any cell may be blank, but no price lies open."""

    def maybe(unit: str) -> Range | None:
        return None if chance.random() < 0.3 else value(chance, unit, is_open=False)

    def line(place: int) -> Line:
        return Line(
            f"line {place}", maybe("EUR"), chance.choice([None, True, False]), maybe("share"),
            chance.choice(["", "powertrain"]), chance.choice(["", "FR", "MA", "CN"]),
            chance.choice(["", "8708", "8544", "401110"]), chance.choice([None, True, False]), maybe("share"),
            chance.choice([None, True, False]), maybe("share"),
        )  # fmt: skip

    names = ["N1", "Car", "Van"][: chance.randint(0, 3)]
    vehicles = tuple(
        Vehicle(name, tuple(map(line, range(chance.randint(0, 4)))), maybe("EUR"), maybe("EUR"), maybe("part"),
                chance.choice(["EUR", "MAD"]), "2026")
        for name in names
    )  # fmt: skip
    lines = [(one.name, each.name) for one in vehicles for each in one.lines]
    marked: dict[str, dict[str, Local]] = {}
    for vehicle, name in lines:
        if chance.random() < 0.4:
            marked.setdefault(vehicle, {})[name] = Local(maybe("EUR"), maybe("share"))
    of = {need: tuple(key for key in lines if chance.random() < 0.3) for need in ("N1", "N2")}
    codes = {one.name: chance.choice(["8703", "8708.29", "8544", ""]) for one in vehicles}
    return Bills(vehicles, marked, {need: keys for need, keys in of.items() if keys}, {}, codes)


def options(chance: random.Random) -> Options:
    """Any settings."""
    return Options(
        assumptions=chance.random() < 0.5, depth=chance.randint(0, 3), lot=chance.choice([0, 1000]),
        suppliers_per_need=chance.choice([None, 1]), teams=chance.choice([0, 3]),
    )  # fmt: skip
