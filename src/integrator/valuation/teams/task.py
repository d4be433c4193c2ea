"""A need that asks for several processes, what firms offer for them, and the arrays of one run."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from integrator.valuation.figures import Range, exact

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Mask = NDArray[np.bool_]
    Places = NDArray[np.intp]

Run = Literal["cautious", "hopeful", "point"]
"""cautious: most volume and cost, least capacity; hopeful: the other ends; point: the likeliest values."""


NOTHING = exact(0.0)


@dataclass(frozen=True)
class Offer:
    """What one firm can do of one process in a period, whatever else it does."""

    firm: str
    process: str
    price: Range | None
    """By the part; None when it is not known."""
    capacity: Range | None
    """Parts in the period; None when it is not known."""


@dataclass(frozen=True)
class Task:
    """One need and its offers. Raises `ValueError` for doubled offers or processes and numbers out of range."""

    volume: Range
    """Parts in the period, each of which goes through every process."""
    processes: tuple[str, ...]
    """In the order of making."""
    offers: tuple[Offer, ...]
    coordination: Range = NOTHING
    """Cost of a member in the period, whatever it makes."""
    may_split: bool = False
    """Whether several members may share one process; else each process is one firm's, for the whole volume."""

    def __post_init__(self) -> None:
        for kind, ids in (
            ("process", self.processes),
            ("offer", tuple(f"{one.firm} - {one.process}" for one in self.offers)),
        ):
            twice = [one for one, count in Counter(ids).items() if count > 1]
            if twice:
                raise ValueError(f"the {kind} {min(twice)} stands twice")
        numbers = (self.volume, self.coordination, *(x for one in self.offers for x in (one.price, one.capacity)))
        if any(one and (one.low < 0 or one.high == math.inf) for one in numbers):
            raise ValueError("a volume, price, capacity or cost is below 0 or has no end: an unknown one is None")
        if self.volume.low == 0:
            raise ValueError("the volume may be 0: a task needs one above it")

    @property
    def candidates(self) -> tuple[str, ...]:
        """Firms that offer a process of the task, by id."""
        return tuple(sorted({one.firm for one in self.offers if one.process in self.processes}))


@dataclass(frozen=True)
class Case:
    """One run as arrays: firms by id, processes in their order."""

    firms: tuple[str, ...]
    processes: tuple[str, ...]
    volume: float
    price: Numbers
    """[firm, process]; infinite or 0 where it is not known, in a cautious and a hopeful run."""
    capacity: Numbers
    """[firm, process]; 0 where the firm does not offer it, and in a cautious run where it is not known."""
    coordination: float
    may_split: bool


def case_of(task: Task, run: Run) -> Case:
    """The arrays of a run. In a hopeful run an unknown capacity is the volume of the task: enough, not endless.

    The run `point` raises `ValueError` when a number has no likeliest value.
    """
    firms = task.candidates
    at = {firm: i for i, firm in enumerate(firms)}
    volume = _end(task.volume, run, most=False)
    price = np.full((len(firms), len(task.processes)), math.inf)
    capacity = np.zeros((len(firms), len(task.processes)))
    unknown_price, unknown_capacity = (0.0, volume) if run == "hopeful" else (math.inf, 0.0)
    for one in task.offers:
        if one.process not in task.processes:
            continue
        if run == "point" and not (one.price and one.capacity):
            raise ValueError(f"the offer of {one.firm} for {one.process} has no point")
        place = at[one.firm], task.processes.index(one.process)
        price[place] = _end(one.price, run, most=False) if one.price else unknown_price
        capacity[place] = _end(one.capacity, run, most=True) if one.capacity else unknown_capacity
    coordination = _end(task.coordination, run, most=False)
    return Case(firms, task.processes, volume, price, capacity, coordination, task.may_split)


def _end(value: Range, run: Run, *, most: bool) -> float:
    """The end that a run takes; `most`: whether more of it makes a team easier."""
    if run == "point":
        if value.point is None:
            raise ValueError("a number of the run has no point")
        return float(value.point)
    return float(value.high if (run == "hopeful") == most else value.low)
