"""Teams of firms for a need that asks for several processes: which, at what cost, who leads, what hangs on one firm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from integrator.valuation.figures import Range
from integrator.valuation.teams.covering import SMALL, Covered, cover, covered, every_set, shares
from integrator.valuation.teams.results import Incomplete, Lack, Lead, Leg, Missing, Part, Single, Team, Teams
from integrator.valuation.teams.search import cheapest_sets, for_free, priced
from integrator.valuation.teams.task import Case, Offer, Task, case_of

if TYPE_CHECKING:
    from integrator.valuation.teams.task import Mask

EVERY_SET = 15
"""Candidates up to which every set of firms is worked out; beyond, the cheapest are searched one by one."""
TRIES = 8
"""Sets looked at for each team that is asked, where sets are searched."""


def find_teams(task: Task, most: int = 5, certified: Collection[str] | None = None) -> Teams:
    """The best `most` teams of a task.

    Firm teams come before those that hold only in a hopeful run, then the lower cautious cost, the lower hopeful cost,
    the fewer members, the ids. A set with a member that would make nothing is no team. `certified`: firms known to hold
    the certification that the customer asks; None when none is asked. Source of the model: weighted set cover with
    capacity, Jarimo and Salo 2008.
    """
    runs = case_of(task, "cautious"), case_of(task, "hopeful")
    is_exhaustive = len(task.candidates) <= EVERY_SET
    sets = every_set(len(task.candidates)) if is_exhaustive else _searched(runs, most)
    results = covered(runs[0], sets), covered(runs[1], sets)
    found = _ordered(task, results, sets)[:most] if task.processes else ()
    teams = tuple(_team(task, runs, results, sets, place, certified) for place in found)
    everyone = np.ones(len(task.candidates), dtype=bool)
    is_firm = bool(teams) and teams[0].is_firm
    return Teams(
        teams,
        _fewest(results, sets) if is_exhaustive else _smallest(runs),
        _single_points(runs[0], everyone) if is_firm else (),
        None if is_firm or not task.processes else _incomplete(task, runs[0] if teams else runs[1]),
        is_exhaustive,
    )


def cover_of(task: Task, members: Collection[str]) -> tuple[Missing, ...]:
    """The processes of the task that a set of firms does not surely cover; empty for a team that is firm."""
    case = case_of(task, "cautious")
    chosen = np.array([firm in members for firm in case.firms], dtype=bool)
    return _missing(task, case, chosen)


def _searched(runs: tuple[Case, Case], most: int) -> Mask:
    """Sets for the teams that are asked: those of known price first, then any that are firm, then any that may be."""
    found: dict[bytes, Mask] = {}
    for case in (priced(runs[0]), for_free(runs[0]), for_free(runs[1])):
        taken = 0
        for members in islice(cheapest_sets(case), TRIES * most):
            found[members.tobytes()] = members
            taken += bool(covered(case, members[None, :]).all_used[0])
            if taken == most:
                break
        if taken == most:
            break
    return np.array(list(found.values()), dtype=bool).reshape(len(found), len(runs[0].firms))


def _ordered(task: Task, results: tuple[Covered, Covered], sets: Mask) -> tuple[int, ...]:
    """The places of the sets that are teams, best first."""
    sure, maybe = results
    teams = (sure.is_complete & sure.all_used) | (maybe.is_complete & maybe.all_used)
    cautious = np.where(sure.is_complete, sure.cost, np.inf)
    keys = [
        (not sure.is_complete[i], cautious[i], maybe.cost[i], int(sets[i].sum()), _names(task, sets[i]), i)
        for i in np.flatnonzero(teams)
    ]
    return tuple(int(key[-1]) for key in sorted(keys))


def _fewest(results: tuple[Covered, Covered], sets: Mask) -> int | None:
    """Members of the smallest set that covers the task, of all sets."""
    for run in results:
        if run.is_complete.any():
            return int(sets[run.is_complete].sum(axis=1).min())
    return None


def _smallest(runs: tuple[Case, Case]) -> int | None:
    """The same where sets are searched."""
    for case in runs:
        first = next(cheapest_sets(replace(case, price=np.zeros_like(case.price), coordination=1.0)), None)
        if first is not None:
            return int(first.sum())
    return None


def _team(
    task: Task, runs: tuple[Case, Case], results: tuple[Covered, Covered], sets: Mask, place: int,
    certified: Collection[str] | None,
) -> Team:  # fmt: skip
    members = sets[place]
    is_firm = bool(results[0].is_complete[place])
    case = runs[0] if is_firm else runs[1]
    names = _names(task, members)
    offers = {(one.firm, one.process): one for one in task.offers}
    made = shares(case, members)
    parts = tuple(
        Part(process, case.firms[firm], float(made[firm, step]), offers[case.firms[firm], process].price)
        for step, process in enumerate(case.processes)
        for firm in np.flatnonzero(made[:, step] > SMALL * case.volume)
    )
    low, high = float(results[1].cost[place]), float(results[0].cost[place]) if is_firm else np.inf
    fee = Range(task.coordination.low * len(names), task.coordination.high * len(names))
    lead, lead_by = _lead(parts, names, certified)
    return Team(
        names,
        _range(low, high),
        _range(low - fee.low, high - fee.high),
        _range(fee.low, fee.high),
        is_firm,
        parts,
        lead,
        lead_by,
        _single_points(case, members),
        _legs(case.processes, parts),
    )


def _range(low: float, high: float) -> Range:
    low, high = min(low, high), max(low, high)
    return Range(low, high, low if low == high else None)


def _names(task: Task, members: Mask) -> tuple[str, ...]:
    return tuple(firm for firm, is_in in zip(task.candidates, members, strict=True) if is_in)


def _lead(parts: tuple[Part, ...], names: tuple[str, ...], certified: Collection[str] | None) -> tuple[str, Lead]:
    """The member that holds the certification; of several, or when none is asked, the one that makes most for money.

    Where a price is not known, the one with most parts through its processes.
    """
    is_priced = all(one.price for one in parts)
    worth = dict.fromkeys(names, 0.0)
    for one in parts:
        worth[one.firm] += one.volume * (one.price.high if is_priced and one.price else 1.0)
    able = [name for name in names if certified is None or name in certified]
    if not able:
        return "", "nobody_certified"
    return min(able, key=lambda name: (-worth[name], name)), "largest" if certified is None else "certified"


def _single_points(case: Case, members: Mask) -> tuple[Single, ...]:
    """Processes that the set does not cover without one of its firms."""
    found: list[tuple[int, str]] = []
    for firm in np.flatnonzero(members):
        without = members.copy()
        without[firm] = False
        lost = cover(case, members) & ~cover(case, without)
        found.extend((int(place), case.firms[firm]) for place in np.flatnonzero(lost))
    return tuple(Single(case.processes[place], firm) for place, firm in sorted(found))


def _legs(processes: tuple[str, ...], parts: tuple[Part, ...]) -> tuple[Leg, ...]:
    """From each maker of a process to each other maker of the next one."""
    return tuple(
        Leg(one, other, maker.firm, taker.firm)
        for one, other in pairwise(processes)
        for maker in parts
        for taker in parts
        if (maker.process, taker.process) == (one, other) and maker.firm != taker.firm
    )


def _missing(task: Task, case: Case, members: Mask) -> tuple[Missing, ...]:
    lacking = ~cover(case, members)
    held = case.capacity * members[:, None]
    reached = held.sum(axis=0) if case.may_split else held.max(axis=0, initial=0.0)
    return tuple(
        _lack(
            process,
            [one for one in task.offers if one.process == process and members[case.firms.index(one.firm)]],
            float(reached[place]),
            case.volume,
        )
        for place, process in enumerate(case.processes)
        if lacking[place]
    )


def _lack(process: str, offers: list[Offer], offered: float, needed: float) -> Missing:
    unknown = any(one.capacity is None for one in offers)
    lack: Lack = "no_firm" if not offers else "capacity_unknown" if unknown else "capacity"
    return Missing(process, lack, offered, needed, tuple(sorted(one.firm for one in offers)))


def _incomplete(task: Task, case: Case) -> Incomplete:
    """The best team for the processes that can be covered in a run, and the others."""
    missing = _missing(task, case, np.ones(len(case.firms), dtype=bool))
    able = tuple(one for one in task.processes if one not in {lack.process for lack in missing})
    offers = tuple(one for one in task.offers if one.process in able)
    teams = find_teams(replace(task, processes=able, offers=offers), most=1).teams if able else ()
    return Incomplete(teams[0] if teams else None, able, missing)
