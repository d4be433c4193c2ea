"""What is shared out: needs, capacities and the pairs that may be, and the arrays of one run over them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from integrator.valuation.figures import Range

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]

Run = Literal["cautious", "hopeful", "point"]
"""cautious: least demand, capacity and worth, most use; hopeful: the other ends; point: the likeliest values."""
Reason = Literal[
    "no_demand",
    "demand_unknown",
    "no_pair",
    "other_unit",
    "capacity_unknown",
    "no_capacity",
    "no_worth",
    "below_lot",
    "capacity_short",
    "supplier_limit",
    "need_limit",
    "displaced",
    "not_taken",
]


@dataclass(frozen=True)
class Need:
    """What is asked in one period."""

    need_id: str
    volume: Range | None
    unit: str
    """E.g. `part/month`: the same period as the capacities."""


@dataclass(frozen=True)
class Capacity:
    """What one supplier has free of its bottleneck in one period; None when it is not known."""

    supplier_id: str
    amount: Range | None
    unit: str
    """E.g. `hour/month` or `part/month`."""


@dataclass(frozen=True)
class Pair:
    """A supplier that passes every hard constraint of a need."""

    supplier_id: str
    need_id: str
    weight: Range
    """What one unit of the need is worth at this supplier, e.g. its domestic value added."""
    use: Range
    """Capacity that one unit of the need takes: hours a part; 1 where capacity is counted in parts."""
    capacity_unit: str
    """Unit of the capacity that `use` counts."""
    unit: str
    """Unit of the need that `use` and `weight` are for."""


@dataclass(frozen=True)
class Rules:
    """What a plan must keep beside capacity and demand; the defaults ask nothing."""

    lot: float = 0.0
    """Least amount of a pair that is used at all, in units of the need."""
    suppliers_per_need: int | None = None
    needs_per_supplier: int | None = None

    def __post_init__(self) -> None:
        limits = (self.suppliers_per_need, self.needs_per_supplier)
        if not 0 <= self.lot < math.inf or any(one is not None and one < 0 for one in limits):
            raise ValueError("a lot and limits must not be below 0")

    @property
    def is_linear(self) -> bool:
        """Whether a plan is free to split as it likes."""
        return self.lot == 0 and self.suppliers_per_need is None and self.needs_per_supplier is None


@dataclass(frozen=True)
class Problem:
    """Everything of one allocation. Raises `ValueError` for doubled ids or pairs, unknown ids, numbers out of range."""

    needs: tuple[Need, ...]
    capacities: tuple[Capacity, ...]
    pairs: tuple[Pair, ...]
    rules: Rules = field(default_factory=Rules)

    def __post_init__(self) -> None:
        needs, suppliers = [one.need_id for one in self.needs], [one.supplier_id for one in self.capacities]
        for kind, ids in (("need", needs), ("supplier", suppliers)):
            _single(kind, ids)
        _single("pair", [f"{one.supplier_id} - {one.need_id}" for one in self.pairs])
        known_needs, known_suppliers = set(needs), set(suppliers)
        for one in self.pairs:
            if one.need_id not in known_needs or one.supplier_id not in known_suppliers:
                raise ValueError(f"the pair {one.supplier_id} - {one.need_id} names an unknown need or supplier")
            if one.use.low < 0 or math.inf in (one.use.high, abs(one.weight.low), abs(one.weight.high)):
                raise ValueError(f"the pair {one.supplier_id} - {one.need_id} has a use below 0 or an endless number")
        for name, value in (
            *((one.need_id, one.volume) for one in self.needs),
            *((one.supplier_id, one.amount) for one in self.capacities),
        ):
            if value and (value.low < 0 or value.high == math.inf):
                raise ValueError(f"the volume or capacity of {name} is below 0 or has no end: an unknown one is None")


def _single(kind: str, ids: Sequence[str]) -> None:
    twice = [one for one, count in Counter(ids).items() if count > 1]
    if twice:
        raise ValueError(f"the {kind} {min(twice)} stands twice")


@dataclass(frozen=True)
class Scenario:
    """One run as arrays: needs, suppliers and pairs in the order of their ids, so the order of the input is lost."""

    needs: tuple[str, ...]
    suppliers: tuple[str, ...]
    demand: Numbers
    capacity: Numbers
    supplier: Places
    """Of each pair its place in `suppliers`; pairs are sorted by need, then supplier."""
    need: Places
    weight: Numbers
    use: Numbers
    rules: Rules
    most: Numbers
    """Of each pair the most it can be: min(demand, capacity / use)."""


def fits(pair: Pair, need: Need, capacity: Capacity) -> bool:
    """Whether the pair counts in the units that need and supplier state."""
    return pair.unit == need.unit and pair.capacity_unit == capacity.unit


def scenario(problem: Problem, run: Run) -> Scenario:
    """The arrays of a run. An unknown demand takes no part; an unknown capacity is nothing in a cautious run.

    In a hopeful run an unknown capacity is all that its pairs could be asked for: an end, not endless. The run
    `point` raises `ValueError` when a number that takes part has no point.
    """
    needs = sorted(problem.needs, key=lambda one: one.need_id)
    capacities = sorted(problem.capacities, key=lambda one: one.supplier_id)
    need_at = {one.need_id: i for i, one in enumerate(needs)}
    supplier_at = {one.supplier_id: i for i, one in enumerate(capacities)}
    pairs = [
        one
        for one in sorted(problem.pairs, key=lambda one: (one.need_id, one.supplier_id))
        if fits(one, needs[need_at[one.need_id]], capacities[supplier_at[one.supplier_id]])
    ]
    demand = np.array([_end(one.volume, run, most=True) if one.volume else 0.0 for one in needs], dtype=float)
    supplier = np.array([supplier_at[one.supplier_id] for one in pairs], dtype=np.intp)
    need = np.array([need_at[one.need_id] for one in pairs], dtype=np.intp)
    use = np.array([_end(one.use, run, most=False) for one in pairs], dtype=float)
    asked = np.bincount(supplier, use * demand[need], len(capacities)) if pairs else np.zeros(len(capacities))
    capacity = np.array([_free(one, run, asked[i]) for i, one in enumerate(capacities)], dtype=float)
    weight = np.array([_end(one.weight, run, most=True) for one in pairs], dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(use > 0, capacity[supplier] / use, math.inf) if pairs else np.zeros(0)
    return Scenario(
        tuple(need_at),
        tuple(supplier_at),
        demand,
        capacity,
        supplier,
        need,
        weight,
        use,
        problem.rules,
        np.minimum(demand[need], room) if pairs else np.zeros(0),
    )


def _free(one: Capacity, run: Run, asked: float) -> float:
    if one.amount:
        return _end(one.amount, run, most=True)
    if run == "point":
        raise ValueError(f"the capacity of {one.supplier_id} has no point")
    return asked if run == "hopeful" else 0.0


def _end(value: Range, run: Run, *, most: bool) -> float:
    """The end that a run takes; `most`: whether more of it makes a plan worth more."""
    if run == "point":
        if value.point is None:
            raise ValueError("a number of the run has no point")
        return value.point
    return value.high if (run == "hopeful") == most else value.low
