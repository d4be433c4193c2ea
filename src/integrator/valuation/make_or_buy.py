"""Landed cost, local cost and break-even of one need as figures: what is stated, what is defaulted, what is missing.

Inputs by name: `cif_price` or `fob_price`, `freight`, `insurance`; `duty_rate`, `levy_rate`, `handling`,
`transit_days`, `wacc`; `variable_cost`, `capex`, `lifetime`, `discount_rate`, `fixed_cost`; `volume` (addressable parts
a year); `exchange_rate` (unit `MAD/EUR`: home money for one of the reference). Units of money begin with the currency:
`EUR/part`, `MAD`, `EUR/year`. The currency of the import price is the reference; other money is divided by the rate.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from integrator.valuation import local_cost
from integrator.valuation.corners import corners
from integrator.valuation.cost_defaults import UNITS, cost_default
from integrator.valuation.figures import Figure, Given, Range, exact, unknown
from integrator.valuation.landed import Landing, cif_price, landed_cost
from integrator.valuation.local_cost import LocalCost

BORDER = ("fob_price", "freight", "insurance")
LANDING = ("duty_rate", "levy_rate", "handling", "transit_days", "wacc")
LOCAL = ("variable_cost", "capex", "lifetime", "discount_rate", "fixed_cost")
RELATIVE = ("of_cif", "of_landed", "of_sales")
Inputs = Mapping[str, Given]


def with_defaults(
    given: Inputs, lineage: Sequence[str] = (), *, is_from_eu: bool = False, assumptions: bool = False
) -> dict[str, Given]:
    """The stated inputs and, for the others, the shipped defaults; assumptions only when switched on."""
    found = {
        name: cost_default(name, lineage, is_from_eu=is_from_eu, assumptions=assumptions)
        for name in UNITS
        if name not in given
    }
    return {**given, **{name: one for name, one in found.items() if one is not None}}


def make_or_buy(given: Inputs) -> dict[str, Figure]:
    """The figures of a case by name, each with its inputs or with the names of those that are missing.

    `landed_cost`, `local_unit_cost`, `cost_gap`, `break_even_volume`, `break_even_share` (of the volume),
    `subsidy_yearly`, `subsidy_grant` and `scaled_break_even`.

    An infinite break-even says that no volume pays; a `volume` without an end (a pool with unknown members), or that
    may be none, gives no subsidy and no scaled break-even. What one figure alone cannot be worked out of (exponents of
    1, a landed cost that may be 0) leaves that figure out, with a note. Raises `ValueError` for an input below 0 or
    without an upper end, a share of something else than `cost_defaults.UNITS` has, a lifetime of 0, an exchange rate of
    0 or between other currencies.
    """
    _check(given)
    return _MakeOrBuy(given).figures()


def _check(given: Inputs) -> None:
    """Refuse inputs that no case can have."""
    for name in ("cif_price", *BORDER, *LANDING, *LOCAL, "exchange_rate"):
        one = given.get(name)
        if one is None:
            continue
        if one.value.high == math.inf:
            raise ValueError(f"{name} has no upper end")
        if one.unit in RELATIVE and one.unit != UNITS.get(name):
            raise ValueError(f"{name} cannot be counted {one.unit}")
    if "exchange_rate" in given and given["exchange_rate"].value.low <= 0:
        raise ValueError("exchange_rate must be above 0")


class _MakeOrBuy:
    """One case; what it looks up it remembers, so that each figure names its inputs."""

    def __init__(self, given: Inputs) -> None:
        self.given = given
        self.border = ("cif_price",) if "cif_price" in given else BORDER
        self.currency = self._reference()
        self.cif = self._worked(self._cif, self.border)
        self.landed = self._worked(self._landed, (*self.border, *LANDING))
        self.cost_inputs = (*LOCAL, *self._behind(*LOCAL))
        self.cost = self._cost() if not self._missing(self.cost_inputs) else None

    def figures(self) -> dict[str, Figure]:
        part, both = (*self.border, *LANDING), (*self.border, *LANDING, *self.cost_inputs)
        money, year, volume = self._per("part"), self._per("year"), (*both, "volume")
        scaled = (*volume, "capex_exponent", "fixed_exponent")
        return {
            one.name: one
            for one in (
                self._figure("landed_cost", money, part, lambda: self._said(self.landed)),
                self._figure("local_unit_cost", money, (*self.cost_inputs, "volume"), self._unit_cost),
                self._figure("cost_gap", "share", volume, self._gap),
                self._figure("break_even_volume", "part/year", both, self._break_even),
                self._figure("break_even_share", "share", volume, self._share),
                self._figure("subsidy_yearly", year, volume, lambda: self._subsidy().yearly, is_bounded=True),
                self._figure("subsidy_grant", self.currency, volume, lambda: self._subsidy().grant, is_bounded=True),
                self._figure("scaled_break_even", "part/year", scaled, self._scaled, is_bounded=True),
            )
        }

    def _per(self, what: str) -> str:
        return f"{self.currency}/{what}" if self.currency else ""

    def _reference(self) -> str:
        """The currency of the import price; without one that of the local costs, if there are two that of the rate."""
        price = self._money(self.border[0])
        local = [money for money in map(self._money, LOCAL) if money]
        rated = self.given["exchange_rate"].unit.partition("/")[2] if "exchange_rate" in self.given else ""
        return price or (rated if rated in local else next(iter(local), ""))

    def _figure(
        self, name: str, unit: str, inputs: Sequence[str], worked: Callable[[], Range], *, is_bounded: bool = False
    ) -> Figure:
        names = tuple(dict.fromkeys((*inputs, *self._rate(inputs))))
        missing = self._missing(names)
        known = [self.given[one] for one in names if one in self.given]
        if not missing and is_bounded and not self._is_bounded():
            missing = ("volume",)
        if missing:
            return unknown(name, unit, missing, known)
        try:
            return Figure(name, worked(), unit, tuple(known))
        except ValueError as error:
            return Figure(name, None, unit, tuple(known), note=str(error))

    def _is_bounded(self) -> bool:
        volume = self.given["volume"].value
        return volume.low > 0 and volume.high < math.inf

    def _missing(self, inputs: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in dict.fromkeys((*inputs, *self._rate(inputs))) if one not in self.given)

    def _worked(self, worked: Callable[[], Range], inputs: Sequence[str]) -> Range | None:
        return None if self._missing(inputs) else worked()

    def _rate(self, inputs: Sequence[str]) -> tuple[str, ...]:
        """The exchange rate where an input is in another money than the import price; without one nobody knows."""
        if self.border[0] in inputs and self.border[0] not in self.given:
            return ()
        foreign = any(self._money(one) not in ("", self.currency) for one in inputs)
        return ("exchange_rate",) if foreign and self.currency else ()

    def _money(self, name: str) -> str:
        """Currency of an input, "" for what is no money."""
        unit = self.given[name].unit if name in self.given else ""
        head = unit.split("/")[0]
        return head if len(head) == 3 and head.isupper() and name != "exchange_rate" else ""

    def _behind(self, *inputs: str) -> tuple[str, ...]:
        """What costs given as a share of the landed cost or of sales rest on."""
        units = {self.given[one].unit for one in inputs if one in self.given}
        names = (*self.border, *LANDING) if units & {"of_landed", "of_sales"} else ()
        return (*names, "volume") if "of_sales" in units else names

    def _value(self, name: str) -> Range:
        """An input in the reference currency, a share of something as that share of it."""
        one = self.given[name]
        if one.unit in RELATIVE:
            base = self._said(self.cif if one.unit == "of_cif" else self.landed)
            parts = self.given["volume"].value if one.unit == "of_sales" else exact(1)
            return corners(lambda share, money, count: share * money * count, one.value, base, parts)
        if self._money(name) in ("", self.currency):
            return one.value
        rate = self.given["exchange_rate"]
        if rate.unit != f"{self._money(name)}/{self.currency}":
            raise ValueError(f"exchange_rate is in {rate.unit}, not in {self._money(name)}/{self.currency}")
        return corners(lambda money, home: money / home, one.value, rate.value)

    @staticmethod
    def _said(value: Range | None) -> Range:
        if value is None:
            raise ValueError("asked before its inputs were known")
        return value

    def _cif(self) -> Range:
        values = [self._value(one) for one in self.border]
        return values[0] if len(values) == 1 else cif_price(values[0], values[1], values[2])

    def _landed(self) -> Range:
        duty, levy, handling, days, wacc = (self._value(one) for one in LANDING)
        return landed_cost(Landing(self._said(self.cif), duty, levy, handling, days, wacc))

    def _cost(self) -> LocalCost:
        return LocalCost(*(self._value(one) for one in LOCAL))

    def _local(self) -> LocalCost:
        if self.cost is None:
            raise ValueError("asked before its inputs were known")
        return self.cost

    def _unit_cost(self) -> Range:
        return local_cost.unit_cost(self._local(), self.given["volume"].value)

    def _gap(self) -> Range:
        return local_cost.cost_gap(self._unit_cost(), self._said(self.landed))

    def _break_even(self) -> Range:
        return local_cost.break_even(self._local(), self._said(self.landed))

    def _share(self) -> Range:
        return local_cost.needed_share(self._break_even(), self.given["volume"].value)

    def _subsidy(self) -> local_cost.Subsidy:
        return local_cost.subsidy(self._local(), self._said(self.landed), self.given["volume"].value)

    def _scaled(self) -> Range:
        """Scaled around the addressable volume, for which the line is planned."""
        exponents = (self.given["capex_exponent"].value, self.given["fixed_exponent"].value)
        return local_cost.scaled_break_even(
            self._local(), self._said(self.landed), self.given["volume"].value, *exponents
        )
