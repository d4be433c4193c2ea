"""Jobs of one need by every estimator that its inputs allow, and the trades that they are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from integrator.valuation.assessing.context import Case, Context
from integrator.valuation.assessing.money import at_home
from integrator.valuation.assessing.worth import demand, gross
from integrator.valuation.figures import Figure, Given, unknown
from integrator.valuation.jobs import UNIT, jobs_by, jobs_overall
from integrator.valuation.occupations import headcount_split
from integrator.valuation.rows import Row, ends, flag
from integrator.valuation.stations import NAME, Plan, Step, jobs_by_station
from integrator.valuation.trades import TradeNeed, needed_by, trades_of

_OF_STEP = re.compile(r"(cycle_seconds|operators|oee)\[(.+)\]")


@dataclass(frozen=True)
class Employment:
    """What one need would employ."""

    figures: tuple[Figure, ...]
    """`jobs` and the three estimators that it spans, or beside which it is stated."""
    trades: tuple[TradeNeed, ...]


def employment(case: Case, context: Context) -> Employment:
    """Jobs by revenue (what the import is worth), by investment and by station, and the trades of their span."""
    assumptions = context.options.assumptions
    value, _, missing = gross(case)
    revenue = None if value is None else at_home(replace(value, name="revenue"), case)
    by_revenue = jobs_by("revenue", revenue, case.concepts, context.lexicon, assumptions=assumptions)
    if value is None:
        by_revenue = unknown(by_revenue.name, UNIT, missing)
    by_capex = jobs_by("capex", capex(case), case.concepts, context.lexicon, assumptions=assumptions)
    found = (by_revenue, by_capex, _by_station(case))
    overall = _stated(case) or jobs_overall(found)
    when = needed_by(str(case.need["sop"]), case.given.get("lead_months"))
    trades = trades_of(overall, case.concepts, context.lexicon, case.region, when, assumptions=assumptions)
    return Employment((overall, *found), trades)


def _stated(case: Case) -> Figure | None:
    """The jobs that a project announces, when somebody states them."""
    given = case.given.get("jobs")
    return None if given is None else Figure("jobs", given.value, UNIT, (given,), note="stated, not estimated")


def capex(case: Case) -> Given | None:
    """The stated investment in money of the country, or in its own when no rate is stated; None when not in money."""
    stated = case.given.get("capex")
    return None if stated is None or stated.unit == "of_sales" else at_home(stated, case)


def _by_station(case: Case) -> Figure:
    """By the steps that are stated, when there are any; inputs outside their limits give no figure."""
    steps: dict[str, dict[str, Given]] = {}
    for name, given in case.given.items():
        found = _OF_STEP.fullmatch(name)
        if found:
            steps.setdefault(found[2], {})[found[1]] = given
    if not steps:
        return jobs_by_station(None)
    shifts = case.given.get("shifts")
    volume = demand(case)
    plan = Plan(
        tuple(_step(name, of) for name, of in sorted(steps.items())),
        volume if volume and volume.value.high < math.inf else None,
        int(shifts.value.low) if shifts and shifts.value.is_exact else None,
        case.given.get("hours"),
        case.given.get("days"),
    )
    try:
        return jobs_by_station(plan, case.given.get("operator_share") or _published_share())
    except ValueError as error:
        return replace(unknown(NAME, UNIT, ()), note=str(error))


def _published_share() -> Given:
    """The share of operators that nobody states: that of the headcount, a published default; trades rest on it too."""
    return replace(headcount_split()["operator"], name="operator_share")


def _step(name: str, given: Mapping[str, Given]) -> Step:
    return Step(name, given.get("cycle_seconds"), given.get("operators"), given.get("oee"))


def trade_rows(need_id: str, trades: Iterable[TradeNeed]) -> Iterable[Row]:
    """Rows of `tables.TRADES`."""
    for one in trades:
        is_estimated = any(given.kind in ("default", "assumption") for given in one.inputs)
        yield {
            "need_id": need_id, "level": one.trade.level, "isco08": one.trade.isco08, "rome": one.trade.rome,
            "rem": one.trade.rem, "title_fr": one.trade.titles["fr"], "title_en": one.trade.titles["en"],
            "title_ar": one.trade.titles["ar"],
            **ends(one.headcount), "region": one.region, "first": one.when.first, "last": one.when.last,
            "missing": "; ".join(one.missing), "estimated": flag(is_estimated),
            "verified": flag(one.trade.is_code_verified),
        }  # fmt: skip
