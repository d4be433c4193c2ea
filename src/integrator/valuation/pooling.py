"""Demand pooled over buyers and needs of the same part, or of the same family of parts.

Only yearly demands in one unit are added. A member whose demand is not known, or is known in another unit, asks for
something all the same: it is listed, and the pool has no upper end.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from integrator.valuation.bounds import total
from integrator.valuation.figures import Range

By = Literal["concept", "family"]


@dataclass(frozen=True)
class Demand:
    """What one need asks a year."""

    need_id: str
    buyer: str
    concept: str
    """Concept of the component, "" when it is not known: then the need is pooled with nothing."""
    family: str
    """Narrow family of the concept, "" when there is none."""
    volume: Range | None
    """Yearly demand; None when it is not known or not a yearly demand."""
    unit: str
    """Of the demand: `part`, `t`, ...; may be "" when the demand is not known."""


@dataclass(frozen=True)
class Pool:
    """The needs of one cluster and what they ask together in one unit."""

    key: str
    """The concept or family; of a need that names no known part `need:` and its id."""
    unit: str
    """"" when no member has a known demand."""
    volume: Range | None
    """What all members ask: no upper end and no point when some demand is not known; None when none is."""
    stated: Range | None
    """The sum of the demands that are known, for what is unknown may be anything."""
    counted: tuple[Demand, ...]
    """Members that are in the sum, by id."""
    unknown: tuple[Demand, ...]
    """Members without a known yearly demand."""
    other_units: tuple[Demand, ...]
    """Members whose demand is known in another unit."""

    @property
    def members(self) -> tuple[Demand, ...]:
        """Every need of the cluster, by id."""
        return tuple(sorted((*self.counted, *self.unknown, *self.other_units), key=lambda one: one.need_id))

    @property
    def buyers(self) -> tuple[str, ...]:
        """Who asks, each once; buyers without a name are left out."""
        return tuple(sorted({one.buyer for one in self.members} - {""}))


def pools(demands: Iterable[Demand], by: By = "concept") -> tuple[Pool, ...]:
    """The clusters, by key and unit: one pool for each unit in which a member's demand is known, else one without sum.

    `by="family"` puts a need without a family with those of its concept. Every need stands in every pool of its
    cluster: read one unit at a time. Raises `ValueError` for an id that stands twice or a demand below 0 or without
    unit.
    """
    clusters: dict[str, list[Demand]] = {}
    for one in _checked(demands):
        clusters.setdefault(_key(one, by), []).append(one)
    return tuple(
        _pool(key, unit, members)
        for key, members in sorted(clusters.items())
        for unit in sorted({one.unit for one in members if one.volume}) or [""]
    )


def _checked(demands: Iterable[Demand]) -> list[Demand]:
    listed = sorted(demands, key=lambda one: one.need_id)
    twice = [need_id for need_id, count in Counter(one.need_id for one in listed).items() if count > 1]
    if twice:
        raise ValueError(f"the need {twice[0]} stands twice")
    for one in listed:
        if one.volume and (one.volume.low < 0 or not one.unit):
            raise ValueError(f"the demand of {one.need_id} is below 0 or has no unit")
    return listed


def _key(one: Demand, by: By) -> str:
    return (one.family if by == "family" else "") or one.concept or f"need:{one.need_id}"


def _pool(key: str, unit: str, members: Sequence[Demand]) -> Pool:
    counted = tuple(one for one in members if one.volume and one.unit == unit)
    unknown = tuple(one for one in members if not one.volume)
    others = tuple(one for one in members if one.volume and one.unit != unit)
    volumes = [one.volume for one in counted if one.volume]
    stated = total(volumes) if volumes else None
    volume = Range(stated.low, math.inf) if stated and (unknown or others) else stated
    return Pool(key, unit, volume, stated, counted, unknown, others)
