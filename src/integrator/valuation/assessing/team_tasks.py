"""One need of several processes -> the task of finding teams for it: candidates, offers, volume, money."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from integrator.valuation.assessing.asking import PERIOD, asked
from integrator.valuation.assessing.context import Case
from integrator.valuation.assessing.process_offers import Capable
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.teams import Offer, Task
from integrator.valuation.teams.task import NOTHING

MOST, PLENTY, FEW = 40, 10, 2
"""Candidates: at most `MOST` with a stated price or capacity, others up to `PLENTY`; of each process `FEW` or more."""

Capables = Mapping[str, Mapping[str, Capable]]
"""Supplier -> process -> what it can do of it; suppliers by rank."""


@dataclass(frozen=True)
class TeamTask:
    """A task, and what its plain numbers do not tell."""

    need_id: str
    task: Task
    """Its firms are places in `suppliers`, so that of teams alike the one of better ranked suppliers comes first."""
    suppliers: tuple[str, ...]
    """By rank."""
    capable: Capables
    alone: tuple[tuple[str, str], ...]
    """(process, supplier): processes that only one match of the need has, candidates or not."""
    volume: Range | None
    """Yearly demand; None when it is not known: then the task is for one part, and no price or capacity counts."""
    unit: str
    """Of the demand, e.g. `part/year`; "" when it is not known."""
    money: str
    """Currency of prices and coordination; "" when nothing is priced."""
    is_coordination_known: bool
    other_money: tuple[str, ...]
    """Suppliers with a price in another currency or unit, which is not counted."""
    other_unit: tuple[str, ...]
    """Suppliers with a capacity in another unit, which is not counted."""

    def supplier(self, firm: str) -> str:
        """The supplier id of a firm of the task."""
        return self.suppliers[int(firm)]

    @property
    def is_said(self) -> bool:
        """Whether every candidate says each process that it offers."""
        return all(one.is_said for of in self.capable.values() for one in of.values())

    def said(self) -> Task:
        """The task with only what candidates say, or have a price or capacity stated for."""
        capable = self.capable
        said = (one for one in self.task.offers if capable[self.supplier(one.firm)][one.process].is_said)
        return replace(self.task, offers=tuple(said))

    def step(self, process: str) -> int:
        """Place of a process in the order of the need, from 1."""
        return self.task.processes.index(process) + 1

    def firm(self, supplier_id: str) -> str:
        """The firm of the task for a candidate."""
        return _key(self.suppliers.index(supplier_id))


def team_task(case: Case, processes: tuple[str, ...], capables: Capables) -> TeamTask:
    """The task of one need. Capacities are those stated by process in the unit of the demand, else unknown.

    Money is that of the stated coordination, else of most stated prices.
    """
    alone = _alone(capables, processes)
    capables = {one: capables[one] for one in chosen(capables, processes)}
    volume, unit = asked(case)
    if volume is None or not 0 < volume.low <= volume.high < math.inf:
        volume, unit = None, ""
    offered = [one for of in capables.values() for one in of.values()]
    fee = case.given.get("coordination")
    money = _currency([fee] if fee else [one.price for one in offered if one.price]) if volume else ""
    cost = _in_unit(fee, f"{money}/{PERIOD}")
    price_unit, capacity_unit = f"{money}/{unit}", f"{unit}/{PERIOD}"
    suppliers = tuple(capables)
    offers = tuple(
        Offer(_key(place), process, _in_unit(one.price, price_unit), _in_unit(one.capacity, capacity_unit))
        for place, of in enumerate(capables.values())
        for process, one in of.items()
    )
    return TeamTask(
        need_id=case.need_id,
        task=Task(volume or exact(1.0), processes, offers, cost or NOTHING),
        suppliers=suppliers,
        capable=capables,
        alone=alone,
        volume=volume,
        unit=capacity_unit if volume else "",
        money=money,
        is_coordination_known=cost is not None,
        other_money=_uncounted(capables, price_unit, "price") if volume else (),
        other_unit=_uncounted(capables, capacity_unit, "capacity") if volume else (),
    )


def chosen(capables: Capables, processes: Sequence[str]) -> tuple[str, ...]:
    """The candidates, by rank: those with something stated, and the best `FEW` of each process, then the next best.

    Of a process first those that say it, then the better ranked. The rest is taken by turns up to `PLENTY` in all, few
    enough that every set of them is worked out.
    """
    order = list(capables)
    stated = [one for one in order if any(what.price or what.capacity for what in capables[one].values())]
    found = dict.fromkeys(stated[:MOST])
    able = {process: [one for one in order if process in capables[one]] for process in processes}
    for process, ones in able.items():
        ones.sort(key=lambda one: not capables[one][process].is_said)
    for turn in range(len(order)):
        for ones in able.values():
            if turn < len(ones) and (turn < FEW or len(found) < PLENTY):
                found[ones[turn]] = None
    return tuple(one for one in order if one in found)


def _alone(capables: Capables, processes: Sequence[str]) -> tuple[tuple[str, str], ...]:
    able = {process: [one for one, of in capables.items() if process in of] for process in processes}
    return tuple((process, ones[0]) for process, ones in able.items() if len(ones) == 1)


def _key(place: int) -> str:
    return f"{place:04}"


def _currency(givens: Iterable[Given]) -> str:
    """The currency of most amounts, of several the first by name; "" without any."""
    counts = Counter(one.unit.partition("/")[0] for one in givens)
    return min(counts, key=lambda one: (-counts[one], one), default="")


def _in_unit(given: Given | None, unit: str) -> Range | None:
    """The value when it is in this unit and can be counted with."""
    if given is None or given.unit != unit or given.value.low < 0 or given.value.high == math.inf:
        return None
    return given.value


def _uncounted(capables: Capables, unit: str, name: str) -> tuple[str, ...]:
    return tuple(
        supplier_id
        for supplier_id, of in capables.items()
        if any((given := getattr(one, name)) is not None and _in_unit(given, unit) is None for one in of.values())
    )
