"""The cheapest teams among many candidates, one after the other, by mixed-integer programs.

    minimise coordination sum y + sum price x    subject to    sum over firms x = volume for each process
    x <= min(capacity, volume) y, y in {0, 1};    without splitting x is 0 or the whole volume

After each set lines are added that forbid it, and that forbid beside it each firm that would make nothing there: those
who are cheaper make the whole volume of all that it offers, whatever other firms join.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from integrator.valuation.teams.covering import SMALL, shares

if TYPE_CHECKING:
    from integrator.valuation.teams.task import Case, Mask, Numbers, Places

LEAST = 1e-6
"""Share of the volume that a member makes at least, so that no member is idle."""


def cheapest_sets(case: Case) -> Iterator[Mask]:
    """Sets of firms that cover the case, cheapest first; prices must be finite (see `priced`).

    A set may hold a member that only makes `LEAST` and would better make nothing.
    """
    lines: list[tuple[Numbers, float]] = []
    while (found := _cheapest(case, lines)) is not None:
        lines += [(np.where(found, 1.0, -1.0), float(found.sum()) - 1.0), *_idle_beside(case, found)]
        yield found


def _idle_beside(case: Case, found: Mask) -> Iterator[tuple[Numbers, float]]:
    """For each firm that makes nothing beside those of a set that make something: not together with all of them."""
    makers: Mask = np.asarray(shares(case, found).any(axis=1))
    for firm in np.flatnonzero(~makers):
        joined = makers.copy()
        joined[firm] = True
        if not shares(case, joined)[firm].any():
            yield joined.astype(float), float(makers.sum())


def priced(case: Case) -> Case:
    """The case with only the offers whose price is known."""
    known = np.isfinite(case.price)
    return replace(case, price=np.where(known, case.price, 0.0), capacity=np.where(known, case.capacity, 0.0))


def for_free(case: Case) -> Case:
    """The case with unknown prices at nothing: what matters of such teams is their size."""
    return replace(case, price=np.where(np.isfinite(case.price), case.price, 0.0))


def _cheapest(case: Case, lines: list[tuple[Numbers, float]]) -> Mask | None:
    firm, process, most = _offers(case)
    firms, offers = len(case.firms), len(firm)
    if not firms or len(set(process.tolist())) < len(case.processes):
        return None
    # In shares of the volume: columns are the firms, then the offers.
    at = np.arange(offers)
    made = sparse.csr_matrix((np.ones(offers), (process, firms + at)), shape=(len(case.processes), firms + offers))
    within = _lines(offers, firms + offers, (at, firms + at, np.ones(offers)), (at, firm, -most))
    each = np.arange(firms)
    busy = _lines(firms, firms + offers, (firm, firms + at, np.ones(offers)), (each, each, np.full(firms, -LEAST)))
    limits = [LinearConstraint(made, 1.0, 1.0), LinearConstraint(within, ub=0.0), LinearConstraint(busy, lb=0.0)]
    if lines:
        left = np.hstack([np.array([line for line, _ in lines]), np.zeros((len(lines), offers))])
        limits.append(LinearConstraint(left, ub=np.array([most for _, most in lines])))
    price = np.concatenate([np.full(firms, case.coordination), case.price[firm, process] * case.volume])
    found = milp(
        price / max(1.0, float(price.max())),
        constraints=limits,
        integrality=np.concatenate([np.ones(firms), np.full(offers, 0.0 if case.may_split else 1.0)]),
        bounds=Bounds(0.0, np.concatenate([np.ones(firms), most])),
        options={"mip_rel_gap": 1e-9},
    )
    return None if found.x is None else np.asarray(found.x)[:firms] > 0.5


def _offers(case: Case) -> tuple[Places, Places, Numbers]:
    """Firm, process and most, as a share of the volume, of the offers that count."""
    firm, process = np.nonzero(case.capacity > 0)
    volume = max(case.volume, 1e-12)
    most = np.minimum(1.0, case.capacity[firm, process] / volume)
    counts = np.ones(len(most), dtype=bool) if case.may_split else most >= 1 - SMALL
    return firm[counts], process[counts], most[counts]


def _lines(lines: int, columns: int, *parts: tuple[Places, Places, Numbers]) -> sparse.csr_matrix:
    """A sparse matrix from several (lines, columns, values)."""
    at, to, values = (np.concatenate([part[i] for part in parts]) for i in range(3))
    return sparse.csr_matrix((values, (at, to)), shape=(lines, columns))
