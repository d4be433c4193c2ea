"""Net domestic value added of a contract: what of its value stays in the country, own cost and second tier.

    domestic share = labour + other value added + local materials x their domestic share
                     + local energy and services x their domestic share

The five cost shares sum to 1. What is not stated may be anything that this sum allows; so the ends are those of a
linear program over a box cut by one plane, solved exactly by filling the shares in the order of what they keep. Gross
import replaced and net value kept are two figures and never stand for one another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from integrator.valuation.bounds import ANY_SHARE, holding, less, times
from integrator.valuation.cost_shares import INSIDE, ITEMS, OWN, PARTS, WHOLE, cost_share
from integrator.valuation.figures import Figure, Given, Range, exact, unknown

TOLERANCE = 0.001
"""How far stated shares may be from 1 together: rounding."""
EXACT = 1e-9
"""Rounding of floats alone."""


@dataclass(frozen=True)
class Domestic:
    """The figures of a contract, side by side."""

    gross: Figure
    """Import replaced, a year."""
    share: Figure
    """Domestic value added over the contract value (0-1)."""
    net: Figure
    """Domestic value added, a year; never above the gross value."""
    left: Figure
    """Imported inputs that remain, a year: gross - net."""
    certain: Figure
    """The net value by stated shares alone: what can be said without any default."""


@dataclass(frozen=True)
class Split:
    """Shares of the contract value that stay in the country."""

    direct: Range
    """Labour and other value added of the supplier."""
    second_tier: Range
    whole: Range
    """Both; not the sum of their ends, as the cost shares sum to 1."""


def split(shares: Mapping[str, Range]) -> Split:
    """What stays by tier, from cost shares by item (`PARTS`, or `own_value_added` for the last two, and `INSIDE`).

    An item that is not there may be anything between 0 and 1. Raises `ValueError` for shares that do not fit together.
    """
    return _split(tuple(shares.items()))


@lru_cache(maxsize=20_000)
def _split(listed: tuple[tuple[str, Range], ...]) -> Split:
    shares = dict(listed)
    fault = shares_fault(shares)
    if fault:
        raise ValueError(fault)
    materials, services = (shares.get(name, ANY_SHARE) for name in INSIDE)
    none, every = exact(0.0), exact(1.0)
    own = (none, none, none, every, every)
    tier = (none, materials, services, none, none)
    both = (none, materials, services, every, every)
    return Split(*(_kept(_boxes(shares), keeps) for keeps in (own, tier, both)))


def shares_fault(shares: Mapping[str, Range], tolerance: float = TOLERANCE) -> str:
    """Why cost shares cannot be those of one price, in a clause; "" when they can.

    `tolerance`: how far they may be from 1 together.
    """
    strange = sorted(set(shares) - set(ITEMS) | (set(shares) & {WHOLE}))
    if strange:
        return f"{strange[0]} is no cost share"
    if any(share.low < 0 or share.high > 1 for share in shares.values()):
        return "a cost share is not between 0 and 1"
    if OWN in shares and any(name in shares for name in PARTS[3:]):
        return "labour and other value added are stated, and their sum too: state one of both"
    boxes = _boxes(shares)
    least, most = (math.fsum(getattr(box, end) for box in boxes) for end in ("low", "high"))
    if least > 1 + tolerance or most < 1 - tolerance:
        return f"the cost shares sum to {least if least > 1 else most:.4g} and not to 1"
    return ""


def _boxes(shares: Mapping[str, Range]) -> list[Range]:
    """A range for each of `PARTS`; a stated sum of the last two stands whole in the first of them."""
    if OWN in shares:
        return [*(shares.get(name, ANY_SHARE) for name in PARTS[:3]), shares[OWN], exact(0.0)]
    return [shares.get(name, ANY_SHARE) for name in PARTS]


def _kept(boxes: Sequence[Range], keeps: Sequence[Range]) -> Range:
    """sum(share x kept) over all shares in their boxes that sum to 1."""
    low = _filled(boxes, [keep.low for keep in keeps], sign=1)
    high = _filled(boxes, [keep.high for keep in keeps], sign=-1)
    return holding(min(max(low, 0.0), 1.0), min(max(high, 0.0), 1.0), _point(boxes, keeps))


def _filled(boxes: Sequence[Range], keeps: Sequence[float], sign: int) -> float:
    """The least (sign 1) or most (sign -1) kept: what the lows leave of 1 goes where least or most of it is kept."""
    rest = 1.0 - math.fsum(box.low for box in boxes)
    parts = [box.low * keep for box, keep in zip(boxes, keeps, strict=True)]
    for box, keep in sorted(zip(boxes, keeps, strict=True), key=lambda pair: sign * pair[1]):
        more = min(max(rest, 0.0), box.high - box.low)
        parts.append(more * keep)
        rest -= more
    return math.fsum(parts)


def _point(boxes: Sequence[Range], keeps: Sequence[Range]) -> float | None:
    """The point value; a single share without a point is what the others leave of 1."""
    points = [box.point for box in boxes]
    known = [point for point in points if point is not None]
    rest = 1.0 - math.fsum(known)
    blanks = len(points) - len(known)
    if blanks > 1 or (blanks == 0 and abs(rest) > TOLERANCE):
        return None
    full = [rest if point is None else point for point in points]
    if any(not box.low - TOLERANCE <= one <= box.high + TOLERANCE for box, one in zip(boxes, full, strict=True)):
        return None
    if any(keep.point is None and one > 0 for keep, one in zip(keeps, full, strict=True)):
        return None
    return min(max(math.fsum(one * (keep.point or 0.0) for keep, one in zip(keeps, full, strict=True)), 0.0), 1.0)


def domestic_value(
    gross: Given | None,
    stated: Mapping[str, Given],
    lineage: Sequence[str] = (),
    *,
    assumptions: bool = False,
    gross_missing: Sequence[str] = ("volume", "price"),
    whole: Given | None = None,
) -> Domestic:
    """Net domestic value added of a contract with what it rests on.

    `gross`: the import replaced a year, in its currency; `stated`: cost shares by item; `lineage`: the main process and
    its wider families. With no cost share stated the share is the average published for the sector, a default that no
    single part is bound to; with assumptions on, that of the family's cost shares. Some shares stated: the others are
    anything that the sum of 1 allows, narrowed by a default of own value added. Shares that do not sum to 1: no figure,
    and the note says why. `whole`: a domestic share that was stated outright; it stands before any cost share.
    """
    unit = gross.unit if gross else ""
    replaced = Figure("gross_import_replaced", gross.value, unit, (gross,)) if gross else unknown(
        "gross_import_replaced", "", gross_missing
    )  # fmt: skip
    values = {name: one.value for name, one in stated.items()}
    fault = shares_fault(values)
    if whole is not None:
        share, sure = Figure("domestic_share", whole.value, "share", (whole,)), whole.value
    elif fault:
        share, sure = unknown("domestic_share", "share", ("cost_shares",), stated.values()), None
        share = Figure(share.name, None, "share", share.inputs, share.missing, fault)
    else:
        share = _share_figure(stated, lineage, assumptions)
        sure = split(values).whole
    certain = share if whole else Figure("domestic_share", sure, "share", tuple(stated.values()), _not_stated(values))
    return Domestic(
        gross=replaced,
        share=share,
        net=_product("net_domestic_value", replaced, share, share.value),
        left=_product("remaining_imports", replaced, share, less(exact(1.0), share.value) if share.value else None),
        certain=_product("net_domestic_value_certain", replaced, certain, sure),
    )


def _share_figure(stated: Mapping[str, Given], lineage: Sequence[str], assumptions: bool) -> Figure:
    """The domestic share: by stated shares, filled up with defaults that fit them."""
    missing = _not_stated({name: one.value for name, one in stated.items()})
    average = cost_share(WHOLE, lineage, assumptions=assumptions)
    if not any(name in stated for name in (*PARTS, OWN)) and average and not assumptions:
        note = "average of the sector, no bound for a single part"
        return Figure("domestic_share", average.value, "share", (average,), missing, note)
    used = dict(stated)
    left_out = []
    for item in (OWN, *PARTS[:3], *INSIDE):
        shipped = None if item in used else cost_share(item, lineage, assumptions=assumptions)
        if shipped is None or (item == OWN and any(name in used for name in PARTS[3:])):
            continue
        trial = {**used, item: shipped}
        tolerance = (
            TOLERANCE if item in INSIDE else EXACT
        )  # rounding is of stated shares: a default must fit what they leave
        if shares_fault({name: one.value for name, one in trial.items()}, tolerance):
            left_out.append(shipped.name)
        else:
            used = trial
    value = split({name: one.value for name, one in used.items()}).whole
    note = f"does not fit the stated shares, left out: {', '.join(left_out)}" if left_out else ""
    return Figure("domestic_share", value, "share", tuple(used.values()), missing, note)


def _not_stated(values: Mapping[str, Range]) -> tuple[str, ...]:
    """Items that were not stated and matter; a single cost share follows from the others."""
    parts = (*PARTS[:3], OWN) if OWN in values else PARTS
    blank = [name for name in parts if name not in values]
    inside = [
        name
        for name, of in zip(INSIDE, PARTS[1:3], strict=True)
        if name not in values and values.get(of, ANY_SHARE).high > 0
    ]
    return (*(blank if len(blank) > 1 else ()), *inside)


def _product(name: str, gross: Figure, share: Figure, factor: Range | None) -> Figure:
    inputs = tuple(dict.fromkeys((*gross.inputs, *share.inputs)))
    missing = tuple(dict.fromkeys((*gross.missing, *share.missing)))
    value = None if gross.value is None or factor is None else times(gross.value, factor)
    return Figure(name, value, gross.unit, inputs, missing, share.note)
