"""Make or buy of one need, and its break-even against the demand that needs of the same part have together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from integrator.valuation.assessing.context import Case, Context
from integrator.valuation.assessing.worth import demand, unit_price
from integrator.valuation.corners import corners
from integrator.valuation.cost_defaults import UNITS
from integrator.valuation.figures import Figure, Given, unknown
from integrator.valuation.make_or_buy import BORDER, make_or_buy, with_defaults
from integrator.valuation.origin_rules import zone
from integrator.valuation.pooling import Pool
from integrator.valuation.rows import Row, ends, flag
from integrator.valuation.sensitivity import sensitivities

NAMES = ("cif_price", *BORDER, *UNITS, "volume", "exchange_rate")
_OF_POOL = ("pooled_volume", "break_even_share_pooled")
_OF_CASE = (
    "landed_cost", "local_unit_cost", "cost_gap", "break_even_volume", "break_even_share", "subsidy_yearly",
    "subsidy_grant", "scaled_break_even",
)  # fmt: skip


@dataclass(frozen=True)
class Making:
    """The figures of a need and the rows of its table of sensitivities."""

    figures: tuple[Figure, ...]
    sensitivities: tuple[Row, ...]


def making(case: Case, context: Context, pool: Pool | None) -> Making:
    """`make_or_buy` by what is stated of the need, what the need says and, where allowed, defaults.

    Inputs that cannot be together (a rate between other currencies, a lifetime of 0) give no figure; the note says why.
    """
    given = with_defaults(
        _known(case, assumptions=context.options.assumptions), case.lineage,
        is_from_eu=_is_from_eu(case), assumptions=context.options.assumptions,
    )  # fmt: skip
    try:
        figures = tuple(make_or_buy(given).values())
        moved = sensitivities(given) if any(one.value for one in figures if one.name == "landed_cost") else ()
    except ValueError as error:
        figures, moved = tuple(replace(unknown(name, "", ()), note=str(error)) for name in _OF_CASE), ()
    rows = tuple(
        {
            "need_id": case.need_id, "driver": one.step.driver, "change": one.step.change, "figure": figure.name,
            **ends(figure.value), "unit": figure.unit, "missing": "; ".join(figure.missing),
            "estimated": flag(figure.is_marked or one.is_marked),
        }
        for one in moved
        for figure in one.figures.values()
        if figure.value is not None
    )  # fmt: skip
    return Making((*figures, *_pooled(figures, pool)), rows)


def _known(case: Case, *, assumptions: bool) -> dict[str, Given]:
    """Stated inputs; the volume of the need; its price in place of a border price that nobody states, an assumption."""
    found = {name: one for name, one in case.given.items() if name in NAMES}
    volume, price = demand(case), unit_price(case)
    if volume is not None:
        found.setdefault("volume", volume)
    if assumptions and price is not None and not {"cif_price", "fob_price"} & set(found):
        stand_in = {"kind": "assumption", "source": f"unit price of the need, {price.source}".rstrip(", ")}
        found["cif_price"] = replace(price, name="cif_price", **stand_in)  # type: ignore[arg-type]
    return found


def _is_from_eu(case: Case) -> bool:
    countries = [one for one in str(case.need["import_country"]).split("; ") if one]
    return bool(countries) and set(countries) <= set(zone("EU"))


def _pooled(figures: Sequence[Figure], pool: Pool | None) -> tuple[Figure, Figure]:
    even = next(one for one in figures if one.name == "break_even_volume")
    if pool is None or pool.volume is None or pool.unit != "part":
        return unknown(_OF_POOL[0], "part/year", ("volume",)), unknown(
            _OF_POOL[1], "share", (*even.missing, "volume"), even.inputs
        )
    whole = Given("pooled_volume", pool.volume, "part/year", "derived", source=f"{len(pool.counted)} needs")
    open_ = tuple(f"volume of {one.need_id}" for one in (*pool.unknown, *pool.other_units))
    volume = Figure(_OF_POOL[0], pool.volume, "part/year", (whole,), open_)
    if even.value is None or pool.volume.low <= 0:
        return volume, unknown(_OF_POOL[1], "share", even.missing or ("volume",), (*even.inputs, whole))
    share = corners(lambda parts, asked: 0.0 if asked == math.inf else parts / asked, even.value, pool.volume)
    return volume, Figure(_OF_POOL[1], share, "share", (*even.inputs, whole), open_)
