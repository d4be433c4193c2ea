"""A mean of shares weighted by amounts, and how it changes, where shares and amounts may be ranges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, product

from integrator.valuation.bounds import holding, less, times, total
from integrator.valuation.figures import Range

MOST_CORNERS = 6
"""Uncertain amounts up to which every combination of their ends is tried (64 of them)."""


@dataclass(frozen=True)
class Weighed:
    """One amount and the share of it that counts."""

    key: str
    """One thing before and after a change has one key; another thing another."""
    amount: Range
    share: Range


def mean(items: Iterable[Weighed]) -> Range | None:
    """sum(amount x share) / sum(amount), exactly bounded; None when no amount can be above 0.

    The lowest mean gives the highest amounts to the lowest shares and the lowest to the others; where to cut is tried
    at each place (the switch points of Karnik and Mendel's interval weighted average).
    """
    listed = sorted(items, key=_order)
    low = _lowest([(one.share.low, one.amount) for one in listed])
    if low is None:
        return None
    high = _lowest([(-one.share.high, one.amount) for one in listed])
    assert high is not None
    return holding(low, -high, _point(listed))


def _order(one: Weighed) -> tuple[float, float, float, float, str]:
    return (one.share.low, one.share.high, one.amount.low, one.amount.high, one.key)


def _point(items: Sequence[Weighed]) -> float | None:
    pairs = [(one.amount.point, one.share.point) for one in items]
    known = [(amount, share) for amount, share in pairs if amount is not None and (share is not None or amount == 0)]
    whole = math.fsum(amount for amount, _ in known)
    if len(known) < len(pairs) or whole <= 0:
        return None
    return math.fsum(amount * (share or 0.0) for amount, share in known) / whole


def _lowest(items: Sequence[tuple[float, Range]]) -> float | None:
    """The lowest mean of (share, amount) pairs."""
    if all(amount.is_exact for _, amount in items):
        whole = math.fsum(amount.low for _, amount in items)
        return math.fsum(share * amount.low for share, amount in items) / whole if whole > 0 else None
    ordered = sorted(items, key=lambda pair: (pair[0], pair[1].low, pair[1].high))
    first = [0.0, *accumulate(amount.high for _, amount in ordered)]
    last = [0.0, *accumulate(amount.low for _, amount in reversed(ordered))][::-1]
    first_part = [0.0, *accumulate(amount.high * share for share, amount in ordered)]
    last_part = [0.0, *accumulate(amount.low * share for share, amount in reversed(ordered))][::-1]
    means = [
        (first_part[cut] + last_part[cut]) / (first[cut] + last[cut])
        for cut in range(len(ordered) + 1)
        if first[cut] + last[cut] > 0
    ]
    return min(means, default=None)


def change(before: Sequence[Weighed], after: Sequence[Weighed]) -> Range | None:
    """mean(after) - mean(before); None when one of them is undefined.

    An unknown share of a thing that stays (one key) is the same before and after, so most of it cancels. Where the
    amounts of what stays are known the change is monotone in each other amount, so that the ends are at corners; with
    many uncertain amounts a bound a little wider is given. Otherwise it is the difference of the two means as if they
    were independent, which is wider than need be.
    """
    old, new = mean(before), mean(after)
    if old is None or new is None:
        return None
    point = _change_at_points(before, after)
    apart = less(new, old)
    low, high = max(apart.low, -1.0), min(apart.high, 1.0)
    loose = [one for one in (*before, *after) if not one.amount.is_exact]
    stays = _stays(before, after)
    if not any(one.key in stays for one in loose):
        bound = _cornered(before, after, len(loose)) if len(loose) <= MOST_CORNERS else _apart(before, after, stays)
        low, high = (low, high) if bound is None else bound
    return holding(low, high, point)


def _cornered(before: Sequence[Weighed], after: Sequence[Weighed], loose: int) -> tuple[float, float] | None:
    """The ends of the change over every corner; None when at one of them a sum of amounts is 0."""
    corners = [_at_corner(before, after, ends) for ends in product((0, 1), repeat=loose)]
    found = [corner for corner in corners if corner is not None]
    if len(found) < len(corners):
        return None
    return min(low for low, _ in found), max(high for _, high in found)


def _apart(before: Sequence[Weighed], after: Sequence[Weighed], stays: set[str]) -> tuple[float, float] | None:
    """Bounds of the change: what stays by what its weight changes, what is new and what is gone each by itself."""
    kept = total(times(one.amount, one.share) for one in after if one.key in stays)
    wholes = [total(one.amount for one in side) for side in (before, after)]
    if wholes[0].low <= 0 or wholes[1].low <= 0:
        return None
    weight = less(Range(1 / wholes[1].high, 1 / wholes[1].low), Range(1 / wholes[0].high, 1 / wholes[0].low))
    ends = [amount * change_ for amount in (kept.low, kept.high) for change_ in (weight.low, weight.high)]
    gone, come = (
        mean(replace(one, share=Range(0.0, 0.0)) if one.key in stays else one for one in side)
        for side in (before, after)
    )
    assert gone is not None
    assert come is not None
    return min(ends) + come.low - gone.high, max(ends) + come.high - gone.low


def _stays(before: Sequence[Weighed], after: Sequence[Weighed]) -> set[str]:
    """Keys of what has the same share before and after."""
    shares = {one.key: one.share for one in before}
    return {one.key for one in after if shares.get(one.key) == one.share}


def _at_corner(before: Sequence[Weighed], after: Sequence[Weighed], ends: Sequence[int]) -> tuple[float, float] | None:
    """Lowest and highest change with each uncertain amount at one of its ends; None when a sum of amounts is 0."""
    left = iter(ends)
    old, new = (
        [one.amount.low if one.amount.is_exact or not next(left) else one.amount.high for one in side]
        for side in (before, after)
    )
    parts = _parts(before, old, after, new)
    if parts is None:
        return None
    return (
        math.fsum(weight * (share.low if weight > 0 else share.high) for weight, share in parts),
        math.fsum(weight * (share.high if weight > 0 else share.low) for weight, share in parts),
    )


def _change_at_points(before: Sequence[Weighed], after: Sequence[Weighed]) -> float | None:
    """The change at the point values; None when one that matters is not known."""
    old, new = ([one.amount.point for one in side] for side in (before, after))
    known_old, known_new = ([point for point in side if point is not None] for side in (old, new))
    if len(known_old) < len(old) or len(known_new) < len(new):
        return None
    parts = _parts(before, known_old, after, known_new)
    if parts is None or any(weight and share.point is None for weight, share in parts):
        return None
    return math.fsum(weight * (share.point or 0.0) for weight, share in parts)


def _parts(
    before: Sequence[Weighed], old: Sequence[float], after: Sequence[Weighed], new: Sequence[float]
) -> list[tuple[float, Range]] | None:
    """The change as a sum of weight x share, one line a share; None when a sum of amounts is 0."""
    whole_old, whole_new = math.fsum(old), math.fsum(new)
    if whole_old <= 0 or whole_new <= 0:
        return None
    stays = _stays(before, after)
    amounts = {one.key: amount for one, amount in zip(before, old, strict=True) if one.key in stays}
    parts = [(-amount / whole_old, one.share) for one, amount in zip(before, old, strict=True) if one.key not in stays]
    for one, amount in zip(after, new, strict=True):
        was = amounts[one.key] / whole_old if one.key in stays else 0.0
        parts.append((amount / whole_new - was, one.share))
    return parts
