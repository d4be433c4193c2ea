"""What is said of teams: members, cost, lead, single points of failure, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
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

    team: Team | None
    """The best one for what is covered; None when nothing is."""
    covered: tuple[str, ...]
    missing: tuple[Missing, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """Firms of the team, by id."""
        return self.team.members if self.team else ()


@dataclass(frozen=True)
class Teams:
    """The teams of a task, best first, and what stands beside them."""

    teams: tuple[Team, ...]
    smallest: int | None
    """Fewest members of a team that is firm, or, when there is none, that may be; None without a team."""
    single_points: tuple[Single, ...]
    """Firms among all candidates without which no team is firm."""
    incomplete: Incomplete | None
    """Set when no team is firm: what can surely be covered; where there is no team at all, what can be covered if what
    is not known turns out well."""
    is_exhaustive: bool
    """Whether every set of candidates was worked out."""

    def renamed(self, named: Callable[[str], str]) -> Teams:
        """The same with other ids of the firms."""
        team = self.incomplete.team if self.incomplete else None
        missing = self.incomplete.missing if self.incomplete else ()
        lacks = tuple(replace(one, firms=tuple(map(named, one.firms))) for one in missing)
        return replace(
            self,
            teams=tuple(_renamed(one, named) for one in self.teams),
            single_points=tuple(replace(one, firm=named(one.firm)) for one in self.single_points),
            incomplete=self.incomplete and replace(self.incomplete, team=team and _renamed(team, named), missing=lacks),
        )


def _renamed(team: Team, named: Callable[[str], str]) -> Team:
    return replace(
        team,
        members=tuple(map(named, team.members)),
        parts=tuple(replace(one, firm=named(one.firm)) for one in team.parts),
        lead=team.lead and named(team.lead),
        single_points=tuple(replace(one, firm=named(one.firm)) for one in team.single_points),
        legs=tuple(replace(one, firm=named(one.firm), next_firm=named(one.next_firm)) for one in team.legs),
    )
