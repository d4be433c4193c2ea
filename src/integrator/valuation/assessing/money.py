"""Money of several currencies in one, by the exchange rate that an analyst states."""

from __future__ import annotations

from dataclasses import replace

from integrator.valuation.assessing.context import Case
from integrator.valuation.bounds import times
from integrator.valuation.figures import Figure, Given, kind_of

HOME_MONEY = "MAD"


def at_home(given: Given, case: Case) -> Given:
    """An amount in dirhams, by the stated rate of its currency; as it is without one."""
    currency, _, period = given.unit.partition("/")
    rate = case.given.get("exchange_rate")
    if rate is None or rate.unit != f"{HOME_MONEY}/{currency}":
        return given
    tail = f"/{period}" if period else ""
    said = f"{rate.value.point or rate.value.low:g} {rate.unit}"
    kind = kind_of((given, rate))
    told = "; ".join(part for part in (given.source, f"exchange rate {said}", rate.source) if part)
    return replace(given, value=times(given.value, rate.value), unit=f"{HOME_MONEY}{tail}", kind=kind, source=told)


def figure_at_home(figure: Figure, case: Case) -> Figure:
    """A figure in dirhams with the rate among its inputs, where one is stated; else as it is."""
    if figure.value is None:
        return figure
    given = at_home(Given(figure.name, figure.value, figure.unit, "derived"), case)
    if given.unit == figure.unit:
        return figure
    return replace(figure, value=given.value, unit=given.unit, inputs=(*figure.inputs, case.given["exchange_rate"]))
