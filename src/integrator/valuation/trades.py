"""Trades of an opportunity: who is needed, how many, where and by when; and the skills demand of a portfolio.

headcount of a trade = jobs x share of its level (`headcount_split.csv`) x share of the trade in its level
(`occupations.csv`, assumptions). Without assumptions the only trade of a level has the whole level, and each of several
anything from none to the whole level.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from integrator.text.dates import read_date
from integrator.valuation.bounds import times, total
from integrator.valuation.figures import Figure, Given, Range
from integrator.valuation.occupations import LEVELS, Level, Occupation, headcount_split, occupations
from integrator.valuation.sourced import families_of

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy

DEMAND_COLUMNS = (
    "isco08",
    "title_en",
    "title_fr",
    "title_ar",
    "level",
    "region",
    "year",
    "low",
    "point",
    "high",
    "needs",
    "unknown",
)


@dataclass(frozen=True)
class NeededBy:
    """When people must be there; months as `YYYY-MM`, "" = not known."""

    first: str
    """If the lead time is long and production starts early; "" without a lead time."""
    last: str

    @property
    def year(self) -> str:
        """The year to plan for: the earliest known."""
        return (self.first or self.last)[:4]


@dataclass(frozen=True)
class TradeNeed:
    """One trade of one opportunity."""

    trade: Occupation
    headcount: Range | None
    """None: the jobs are not known."""
    region: str
    when: NeededBy
    inputs: tuple[Given, ...]
    missing: tuple[str, ...]


def needed_by(sop: str, lead_months: Given | None = None) -> NeededBy:
    """Start of production less the lead time (recruiting, training, trial runs).

    `sop` is a date or period as files write it ("2027", "09/2027", "T3 2027"): its first and last month bound the
    result. Without a lead time, or with one that has no upper end, only the latest moment is known; a text that is no
    date gives nothing.
    """
    period = read_date(sop) if sop else None
    if period is None:
        return NeededBy("", "")
    shortest = 0.0 if lead_months is None else lead_months.value.low
    if shortest < 0:
        raise ValueError(f"a lead time cannot be negative: {shortest}")
    last = "" if period.open == "after" else _month(period.end, -math.floor(shortest))
    if lead_months is None or lead_months.value.high == math.inf or period.open == "before":
        return NeededBy("", last)
    return NeededBy(_month(period.start, -math.ceil(lead_months.value.high)), last)


def trades_of(
    jobs: Figure, concepts: Sequence[str], lexicon: Taxonomy, region: str, when: NeededBy, *, assumptions: bool = False
) -> tuple[TradeNeed, ...]:
    """The trades of a part (`concepts`: the part and its processes), managers first, then by code.

    Where several families are involved the trades of each are listed; how a level divides among the families is not
    known, so with assumptions too none of them has a point or a low end above 0. Jobs that are unknown leave every
    headcount unknown.
    """
    found = []
    for level in LEVELS:
        split, chosen = headcount_split()[level], occupations_at(level, concepts, lexicon)
        for code in sorted(chosen):
            share = _share(chosen[code], chosen, assumptions)
            headcount = None if jobs.value is None else times(jobs.value, split.value, share)
            assumed = [one.share.given(f"share_of_{code}[{one.family}]") for one in chosen[code]] if assumptions else []
            inputs = (*jobs.inputs, split, *assumed)
            open_shares = () if assumptions or share.is_exact else ("trade_shares",)
            missing = (*open_shares, *(jobs.missing if jobs.value is None else ()))
            found.append(TradeNeed(chosen[code][0], headcount, region, when, inputs, missing))
    return tuple(found)


def demand_table(needs: Mapping[str, Iterable[TradeNeed]]) -> pd.DataFrame:
    """Demand of a portfolio by trade, region and year (`DEMAND_COLUMNS`), sorted by these.

    `low`, `point`, `high` sum the needs whose number is known, `point` only where each of them has one (else NaN);
    `needs` counts them, `unknown` the needs that ask for the trade without a number. Region or year "" = not known.
    """
    groups: dict[tuple[str, str, str, str], list[TradeNeed]] = {}
    for need_id in sorted(needs):
        for one in needs[need_id]:
            groups.setdefault((one.trade.isco08, one.trade.level, one.region, one.when.year), []).append(one)
    return pd.DataFrame([_demand(groups[key], key) for key in sorted(groups)], columns=list(DEMAND_COLUMNS))


def _demand(found: Sequence[TradeNeed], key: tuple[str, str, str, str]) -> dict[str, object]:
    known = [one.headcount for one in found if one.headcount is not None]
    whole = total(known) if known else None
    point = None if whole is None else whole.point
    titles = found[0].trade.titles
    return {
        "isco08": key[0], "title_en": titles["en"], "title_fr": titles["fr"], "title_ar": titles["ar"],
        "level": key[1], "region": key[2], "year": key[3],
        "low": math.nan if whole is None else whole.low,
        "point": math.nan if point is None else point,
        "high": math.nan if whole is None else whole.high,
        "needs": len(known),
        "unknown": len(found) - len(known),
    }  # fmt: skip


def occupations_at(level: Level, concepts: Sequence[str], lexicon: Taxonomy) -> dict[str, list[Occupation]]:
    """Trades of the families of a part at a level by code, those of one code by family."""
    here = _by_family(level)
    chosen: dict[str, list[Occupation]] = {}
    for family in families_of(concepts, here, lexicon):
        for one in here.get(family, ()):
            chosen.setdefault(one.isco08, []).append(one)
    return chosen


@lru_cache(maxsize=len(LEVELS))
def _by_family(level: Level) -> dict[str, list[Occupation]]:
    """The trades of a level by family."""
    found: dict[str, list[Occupation]] = {}
    for one in occupations():
        if one.level == level:
            found.setdefault(one.family, []).append(one)
    return found


def _share(same: Sequence[Occupation], chosen: Mapping[str, Sequence[Occupation]], assumptions: bool) -> Range:
    """Share of one trade in its level: `same` are its lines in the families, `chosen` those of all trades there."""
    if len(chosen) == 1:
        return Range(1.0, 1.0, 1.0)
    if not assumptions:
        return Range(0.0, 1.0)
    if len({one.family for trades in chosen.values() for one in trades}) == 1:
        return same[0].share.value
    return Range(0.0, max(one.share.value.high for one in same))


def _month(day: datetime.date, shift: int) -> str:
    months = day.year * 12 + day.month - 1 + shift
    return "" if months < 12 else f"{months // 12:04d}-{months % 12 + 1:02d}"
