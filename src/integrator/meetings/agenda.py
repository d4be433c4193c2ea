"""The agenda of a day: most match weight in the slots and at the tables there are, fairly shared, with a proven bound.

Pairs are chosen first (`choosing`: a linear program whose value nothing can exceed), slots are found for them
(`spreading`), what clashes is mended (`improving`); a day that is small enough is finished exactly (`exactly`). Then
meetings change slots so that participants wait less (`gaps`), at no price in weight, and get tables (`seating`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from integrator.errors import UsageError
from integrator.meetings import choosing
from integrator.meetings.day import Day, Draft, Floats, Ints
from integrator.meetings.exactly import finish
from integrator.meetings.gaps import close_up, idle
from integrator.meetings.improving import improve
from integrator.meetings.seating import seat
from integrator.meetings.spreading import spread

Pair = tuple[str, str]
Participant = tuple[str, str]
"""(side, name); side: buyer or supplier."""

_ROUNDS = 30
"""Most rounds of improvement; a day of 150 participants needs three or four."""
_COLUMNS = 4_000
"""Largest program that is finished exactly."""
_BLOCK_COLUMNS = 30_000
"""Largest program that sharpens the bound, and guides a second draft."""
_NEAR = 1e-3
"""A gap that is not worth a sharper bound."""


@dataclass(frozen=True)
class Rules:
    """What an agenda must keep, and what it is worth to be fair."""

    slots: int
    tables: int | None = None
    """Meetings at the same time; None = as many as wanted."""
    per_supplier: int | None = None
    """Most meetings a supplier; None = as many as there are slots."""
    unavailable: Collection[tuple[str, int]] = field(default_factory=frozenset)
    """(participant, slot) that cannot be; slots count from 0."""
    per_buyer: int | None = None
    """Most meetings a buyer; None = as many as there are slots."""
    caps: Mapping[Participant, int] = field(default_factory=dict)
    """Most meetings of single participants; the lower of both limits holds."""
    fairness: tuple[float, ...] = ()
    """What the first, second ... meeting of a participant adds, never growing; see `fairness.points`."""
    asking: Collection[Participant] | None = None
    """Whom that is for; None = everybody."""
    fairness_others: tuple[float, ...] = ()
    """The same for those who are not `asking`."""
    days: int = 1
    """Parts of equal length, in which waiting is counted apart."""


@dataclass(frozen=True, order=True)
class Meeting:
    """One meeting of the agenda."""

    slot: int
    buyer: str
    supplier: str
    weight: float
    table: int = 0
    """From 1; 0 = not given yet."""


@dataclass(frozen=True)
class Plan:
    """An agenda and how good it is."""

    meetings: tuple[Meeting, ...]
    """By slot, buyer and supplier."""
    value: float
    """Sum of the weights, and of what fairness adds."""
    bound: float
    """Proven: no agenda under these rules has a larger value."""
    weight_bound: float
    """Proven: no agenda under these rules has a larger sum of weights, fair or not."""
    idle_before: int = 0
    """Free slots between meetings, over all participants, before meetings changed slots."""
    idle: int = 0
    """The same in the agenda."""

    @property
    def weight(self) -> float:
        """Sum of the weights."""
        return float(sum(meeting.weight for meeting in self.meetings))

    @property
    def gap(self) -> float:
        """Share of the bound that is not reached, at most; 0 = nothing better exists."""
        return max(0.0, 1 - self.value / self.bound) if self.bound > 0 else 0.0


def plan(weights: Mapping[Pair, float], rules: Rules) -> tuple[Meeting, ...]:
    """The meetings of `arrange`."""
    return arrange(weights, rules).meetings


def arrange(weights: Mapping[Pair, float], rules: Rules) -> Plan:
    """The agenda with the largest value that was found, and the bound.

    `weights` gives each (buyer, supplier) a weight above 0. The same whatever the order of the pairs. Raises
    `UsageError` when the rules leave no slot, or fairness grows with the number of meetings.
    """
    if rules.slots < 1 or (rules.tables is not None and rules.tables < 1) or rules.days < 1:
        raise UsageError("an agenda needs at least one slot, one table and one day.")
    if any(later > before for points in (rules.fairness, rules.fairness_others) for before, later in pairwise(points)):
        raise UsageError("fairness: a later meeting cannot be worth more than an earlier one.")
    possible = {pair: float(weight) for pair, weight in weights.items() if weight > 0}
    buyers = sorted({buyer for buyer, _ in possible})
    suppliers = sorted({supplier for _, supplier in possible})
    if not possible:
        return Plan((), 0.0, 0.0, 0.0)
    day = _day(possible, buyers, suppliers, rules)
    draft, bound = _best(day)
    weight_bound = bound if not day.buyer_points.any() and not day.supplier_points.any() else _weight_bound(day)
    before = idle(draft, rules.days)
    close_up(draft, rules.days)
    for _ in range(_ROUNDS):  # other slots may have made room for a better meeting
        if not improve(draft, _ROUNDS):
            break
        close_up(draft, rules.days)
    tables = seat(draft)
    meetings = sorted(
        Meeting(slot, buyers[b], suppliers[s], possible[buyers[b], suppliers[s]], tables[b, slot])
        for b, s, slot in draft.held()
    )
    return Plan(tuple(meetings), draft.value(), bound, weight_bound, before, idle(draft, rules.days))


def _best(day: Day) -> tuple[Draft, float]:
    """The best draft found and the bound."""
    simple = choosing.program(day, [np.arange(day.slots)])
    solved = choosing.solve(simple)
    assert solved is not None  # without bounds of its own the program always has the empty solution
    draft, bound = Draft(day), solved.bound
    spread(draft, choosing.chosen(simple, solved.x, 0), range(day.slots))
    improve(draft, _ROUNDS)
    if bound <= draft.value() * (1 + 1e-9):
        return draft, max(bound, draft.value())
    pairs, groups = int((day.worth > 0).sum()), choosing.alike(day)
    if pairs * len(groups) <= _COLUMNS:
        draft, sharper = finish(draft, groups)
        bound = min(bound, sharper)
    elif bound > draft.value() * (1 + _NEAR):
        parts = choosing.blocks(day, max(1, _BLOCK_COLUMNS // pairs))
        draft, sharper = _by_groups(draft, groups if len(groups) <= len(parts) else parts)
        bound = min(bound, sharper)
    return draft, max(bound, draft.value())


def _by_groups(draft: Draft, groups: Sequence[Ints]) -> tuple[Draft, float]:
    """The better of a draft and of one made from the program of these groups of slots, and the bound of the program."""
    asked = choosing.program(draft.day, groups)
    solved = choosing.solve(asked)
    assert solved is not None  # as above
    other = Draft(draft.day)
    for number, slots in enumerate(groups):
        spread(other, choosing.chosen(asked, solved.x, number), slots.tolist())
    improve(other, _ROUNDS)
    return (other if other.value() > draft.value() else draft), solved.bound


def _weight_bound(day: Day) -> float:
    nothing = np.zeros((1, 0))
    plain = Day(
        day.worth, day.buyer_free, day.supplier_free, day.tables, day.buyer_cap, day.supplier_cap,
        nothing.repeat(len(day.buyer_cap), axis=0), nothing.repeat(len(day.supplier_cap), axis=0),
    )  # fmt: skip
    solved = choosing.solve(choosing.program(plain, [np.arange(day.slots)]))
    assert solved is not None
    return solved.bound


def _day(weights: Mapping[Pair, float], buyers: list[str], suppliers: list[str], rules: Rules) -> Day:
    row, column = {name: i for i, name in enumerate(buyers)}, {name: i for i, name in enumerate(suppliers)}
    worth = np.zeros((len(buyers), len(suppliers)))
    for (buyer, supplier), weight in weights.items():
        worth[row[buyer], column[supplier]] = weight
    free = {name: np.ones(rules.slots, dtype=bool) for name in {*buyers, *suppliers}}
    for name, slot in rules.unavailable:
        if name in free and 0 <= slot < rules.slots:
            free[name][slot] = False
    buyer_free, supplier_free = np.stack([free[name] for name in buyers]), np.stack([free[name] for name in suppliers])
    worth[buyer_free.astype(int) @ supplier_free.T.astype(int) == 0] = 0.0
    return Day(
        worth,
        buyer_free,
        supplier_free,
        min(rules.tables or len(buyers), len(buyers), len(suppliers)),
        _caps("buyer", buyers, rules.per_buyer, rules),
        _caps("supplier", suppliers, rules.per_supplier, rules),
        _points("buyer", buyers, rules),
        _points("supplier", suppliers, rules),
    )


def _caps(side: str, names: list[str], most: int | None, rules: Rules) -> Ints:
    general = rules.slots if most is None else most
    return np.asarray([min(general, rules.caps.get((side, name), rules.slots)) for name in names], dtype=np.int64)


def _points(side: str, names: list[str], rules: Rules) -> Floats:
    asking = None if rules.asking is None else frozenset(rules.asking)
    found = np.zeros((len(names), max(len(rules.fairness), len(rules.fairness_others))))
    for i, name in enumerate(names):
        points = rules.fairness if asking is None or (side, name) in asking else rules.fairness_others
        found[i, : len(points)] = points
    return found
