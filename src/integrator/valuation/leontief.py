"""Domestic value added through all tiers, from an input-output table (Leontief; the logic of trade in value added).

    v = 1 - colsum(Ad) - m        value added of a sector per unit of its output
    L = (I - Ad)^-1               all output that one unit of final demand asks for
    v L + m L = 1                 each unit is domestic value added or import content

Ad holds domestic input coefficients (column = using sector), m imported ones. Source: OECD Guide to TiVA indicators
(scribd.com/document/750903359). Coefficients are taken as exact: the table is the user's, and says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from integrator.errors import IntegratorError

Numbers: TypeAlias = NDArray[np.float64]
SLACK = 1e-9
"""Rounding that coefficients may show: a value added of -1e-10 is 0."""


class TableError(IntegratorError):
    """An input-output table, or a change of it, that cannot be."""

    exit_code = 3


@dataclass(frozen=True, eq=False)
class Economy:
    """An input-output table in coefficients; checked when it is made.

    Raises `TableError` when shapes differ, a coefficient is negative or no number, a sector spends more than its
    output, or the spectral radius of `domestic` is not below 1 (then no output would satisfy a demand).
    """

    sectors: tuple[str, ...]
    domestic: Numbers
    """n x n, row = supplying sector, column = using sector."""
    imported: Numbers
    """n."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "domestic", np.array(self.domestic, dtype=float))
        object.__setattr__(self, "imported", np.array(self.imported, dtype=float))
        count = len(self.sectors)
        if not count or self.domestic.shape != (count, count) or self.imported.shape != (count,):
            raise TableError(f"{count} sectors need a table of {count} x {count} and {count} imported inputs")
        if len(set(self.sectors)) < count:
            raise TableError("two sectors have one name")
        for column, sector in enumerate(self.sectors):
            inputs = np.append(self.domestic[:, column], self.imported[column])
            if not np.isfinite(inputs).all() or (inputs < 0).any():
                raise TableError(f"sector {sector!r}: an input is negative or not a number")
        radius = float(np.abs(np.linalg.eigvals(self.domestic)).max())
        if radius >= 1:
            raise TableError(
                f"the domestic inputs feed on themselves (spectral radius {radius:.4g}, must be below 1): check that "
                "columns are the using sectors and that coefficients are shares of their output"
            )
        short = np.flatnonzero(self.value_added < -SLACK)
        if short.size:
            raise TableError(f"sector {self.sectors[short[0]]!r}: its inputs are more than its output")

    @property
    def value_added(self) -> Numbers:
        """v, by sector."""
        return np.asarray(1.0 - self.domestic.sum(axis=0) - self.imported, dtype=np.float64)

    def index(self, sector: str) -> int:
        """The place of a sector. Raises `TableError` for one that the table does not have."""
        if sector not in self.sectors:
            raise TableError(f"the table has no sector {sector!r}: it has {', '.join(self.sectors)}")
        return self.sectors.index(sector)


def multipliers(economy: Economy) -> tuple[Numbers, Numbers]:
    """Domestic value added (v L) and import content (m L) of one unit of final output, by sector; they sum to 1."""
    upstream = (np.eye(len(economy.sectors)) - economy.domestic).T
    return _solved(upstream, economy.value_added), _solved(upstream, economy.imported)


def _solved(system: Numbers, right: Numbers) -> Numbers:
    return np.asarray(np.linalg.solve(system, right), dtype=np.float64)


def tiers(economy: Economy, demand: ArrayLike, depth: int = 2) -> Numbers:
    """Domestic value added of a final demand (by sector): own, tier 1, ... tier `depth`, and all further up."""
    asked = _demand(economy, demand)
    left = float(multipliers(economy)[0] @ asked)
    found = []
    for _ in range(depth + 1):
        found.append(float(economy.value_added @ asked))
        asked = economy.domestic @ asked
    return np.array([*found, left - math.fsum(found)])


def _demand(economy: Economy, demand: ArrayLike) -> Numbers:
    asked = np.asarray(demand, dtype=float)
    if asked.shape != (len(economy.sectors),):
        raise TableError(f"a demand needs {len(economy.sectors)} figures, one a sector")
    return asked


def localise(economy: Economy, moves: Mapping[tuple[str, str], float]) -> Economy:
    """The table with inputs moved from imports to a domestic sector: (supplier, user) -> share of the user's output.

    Raises `TableError` when more is moved than the user imports, or a negative share.
    """
    domestic, imported = economy.domestic.copy(), economy.imported.copy()
    for (supplier, user), share in sorted(moves.items()):
        if not share >= 0:
            raise TableError(f"{supplier!r} -> {user!r}: the share to localise is {share}, below 0")
        domestic[economy.index(supplier), economy.index(user)] += share
        imported[economy.index(user)] -= share
        if imported[economy.index(user)] < -SLACK:
            raise TableError(f"sector {user!r} imports less than what is to be localised")
    return replace(economy, domestic=domestic, imported=np.where(abs(imported) <= SLACK, 0.0, imported))


@dataclass(frozen=True)
class Effect:
    """What a localisation changes for one final demand, in the units of the demand."""

    before: float
    """Domestic value added."""
    after: float
    face_value: float
    """What is bought in the country instead of abroad: the naive gain."""

    @property
    def gain(self) -> float:
        """Domestic value added won."""
        return self.after - self.before

    @property
    def retained(self) -> float | None:
        """The part of the face value that stays in the country; None when nothing is moved."""
        return self.gain / self.face_value if self.face_value else None


def effect(economy: Economy, moves: Mapping[tuple[str, str], float], demand: ArrayLike) -> Effect:
    """Domestic value added of a final demand before and after `localise`.

    The face value is what the users' output, as the demand asks for it before, buys in the country instead.
    """
    asked = _demand(economy, demand)
    changed = localise(economy, moves)
    output = _solved(np.eye(len(economy.sectors)) - economy.domestic, asked)
    face = sum(share * float(output[economy.index(user)]) for (_, user), share in sorted(moves.items()))
    return Effect(float(multipliers(economy)[0] @ asked), float(multipliers(changed)[0] @ asked), face)
