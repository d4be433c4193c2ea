"""What is said of teams: members, cost, lead, single points of failure, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from integrator.valuation.figures import Range

Lead = Literal["certified", "largest", "nobody_certified"]
Lack = Literal["no_firm", "capacity_unknown", "capacity"]


@dataclass(frozen=True)
class Part:
    """What one member makes of one process."""

    process: str
    firm: str
    volume: float
    price: Range | None


@dataclass(frozen=True)
class Single:
    """A process that cannot be made when one firm drops out."""

    process: str
    firm: str


@dataclass(frozen=True)
class Leg:
    """A way that parts take between two members."""

    process: str
    next_process: str
    firm: str
    next_firm: str


@dataclass(frozen=True)
class Team:
    """A set of firms that makes every process for the whole volume."""

    members: tuple[str, ...]
    cost: Range
    """In the period; no upper end when a price is not known, or when the team holds only in a hopeful run."""
    production: Range
    coordination: Range
    is_firm: bool
    """Whether it holds with the least capacities and the most volume; else only if what is not known is well."""
    parts: tuple[Part, ...]
    """Who makes what, by process."""
    lead: str
    """"" when nobody holds the certification that is asked."""
    lead_by: Lead
    single_points: tuple[Single, ...]
    """Members that no other member can stand in for."""
    legs: tuple[Leg, ...]


@dataclass(frozen=True)
class Missing:
    """A process that the candidates do not cover."""

    process: str
    lack: Lack
    offered: float
    """The most that one firm, or all together where splitting is allowed, surely make in the period."""
    needed: float
    firms: tuple[str, ...]
    """Who offers it all the same."""


@dataclass(frozen=True)
class Incomplete:
    """The nearest team that is not one: it covers all that can be covered."""

    members: tuple[str, ...]
    covered: tuple[str, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class Teams:
    """The teams of a task, best first, and what stands beside them."""

    teams: tuple[Team, ...]
    smallest: int | None
    """Fewest members of a team that is firm, or, when there is none, that may be; None without a team."""
    single_points: tuple[Single, ...]
    """Firms among all candidates without which no team is firm."""
    incomplete: Incomplete | None
    """Set when no team is firm."""
    is_exhaustive: bool
    """Whether every set of candidates was worked out."""
